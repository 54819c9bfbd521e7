"""Feeds: a site as Atom and JSON Feed, with whole posts in them."""
