"""The blog that lives in this repository."""

from alcatraz.starter import *  # noqa: F403

SITENAME = "Alcatraz"
SITESUBTITLE = "A Pelican blog, built sealed"
SITEURL = "https://alcatraz.example"
AUTHOR = "The founders of Alcatraz"
DESCRIPTION = "Notes from building a blog engine whose sites are the same bytes everywhere."
LICENSE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
MENUITEMS = [("About", "about/"), *MENUITEMS]
