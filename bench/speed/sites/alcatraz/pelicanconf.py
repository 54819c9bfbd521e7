"""Our settings and our own theme, and no more pages than every generator makes here: posts, index, tags, a feed.

What cannot be turned off is measured with the rest: a JSON feed, both feeds for each tag, the site map, robots.txt.
"""

from alcatraz.starter import *  # noqa: F403

SITENAME = "Bench"
SITEURL = "https://bench.example"
AUTHOR = "Somebody"
MENUITEMS = [("Tags", "tags/")]
DIRECT_TEMPLATES = ["index", "tags"]
PAGINATED_TEMPLATES = {"index": 10, "tag": None}
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = YEAR_ARCHIVE_SAVE_AS = ""
FEED_MAX_ITEMS = 20
