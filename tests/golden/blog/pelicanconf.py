"""A blog that has everything, small."""

from alcatraz.starter import *  # noqa: F403

SITENAME = "Golden & small"
SITESUBTITLE = "A blog that has everything"
SITEURL = "https://golden.example/blog"
AUTHOR = "Ada Example"
TIMEZONE = "Europe/Lisbon"
DESCRIPTION = "Ada writes about trams <and> their timetables."
SOCIAL = [("Mastodon", "https://social.example/@ada")]
LICENSE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
