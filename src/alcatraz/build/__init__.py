"""From content to output: a function of settings, a moment and a folder.

    read → resolve → render → switch

engine.py takes Pelican's run apart into these steps, resolve.py follows links when everything is read, switch.py puts the
finished folder in the place of the old one, run.py does all of it.
"""

from alcatraz.build.run import Report, Request, build, inspect

__all__ = ["Report", "Request", "build", "inspect"]
