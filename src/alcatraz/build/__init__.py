"""From content to output: a function of settings, a moment and a folder.

    read → relate → render → collect → switch

steps.py takes Pelican's run apart into these steps; between reading and rendering, the package `site` relates the posts to
one another. writer.py hands on what is to be rendered, with its key (keys.py). collect.py has that made by whoever is free (shared.py),
unless the tree (tree.py, rows.py) holds it already; switch.py puts the tree in the place of the old one, and run.py does all of it.
What one build knows of the last is memory.py; again.py answers where nothing has changed, and trust.py says whose code has a say.
"""

from alcatraz.build.run import Report, Request, build, inspect

__all__ = ["Report", "Request", "build", "inspect"]
