"""How fast a blog is built, beside other generators: the same posts, equal themes, runs in turn."""
