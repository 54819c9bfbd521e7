"""The settings of this blog. All of Pelican's work here: https://docs.getpelican.com/en/stable/settings.html"""

from alcatraz.starter import *  # noqa: F403

SITENAME = "My blog"
SITESUBTITLE = ""
SITEURL = "https://blog.example"  # the whole address, as in "https://me.example/blog"
AUTHOR = "Me"
DESCRIPTION = ""  # one sentence: who writes here
TIMEZONE = "UTC"  # as in "Europe/Lisbon"
SOCIAL = []  # as in [("Mastodon", "https://social.example/@me")]
LICENSE = None  # as in ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
MENUITEMS = [("About", "about/"), *MENUITEMS]
