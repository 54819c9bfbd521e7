"""What a site has beside its posts: feeds, site map, redirects, search, and how posts relate to one another."""
