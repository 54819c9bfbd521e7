"""All of the posts together: addresses, links between them, how they relate, and what a site has beside its pages."""
