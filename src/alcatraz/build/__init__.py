"""From content to output: a function of settings, a moment and a folder.

    read → relate → render → collect → switch

steps.py takes Pelican's run apart into these steps; between reading and rendering, the package `site` relates the posts to
one another. writer.py hands what is rendered to collect.py, switch.py puts the finished folder in the place of the old one,
and run.py does all of it.
"""

from alcatraz.build.run import Report, Request, build, inspect

__all__ = ["Report", "Request", "build", "inspect"]
