"""Parts of Pelican that do needless work, replaced from outside for as long as a build goes on.

A file for each, named for the part it replaces. A replacement gives the same bytes for any plugin and any theme: it leaves
alone what a plugin has put in the part's place, and asks Pelican's own code wherever it cannot be sure. docs/upstream.md says
what Pelican itself should have; tests/build/test_pelican_parts.py fails where Pelican's code changes, and says what to do.
"""

from alcatraz.pelican_parts import (
    articles_generator_dates,
    content_expand_settings,
    content_intrasite_links,
    generator_get_files,
    utils_process_translations,
    utils_slugify,
)
from alcatraz.pelican_parts.replacing import Part, replaced

__all__ = ["PARTS", "Part", "replaced"]

PARTS: tuple[Part, ...] = (
    *articles_generator_dates.PARTS,
    content_expand_settings.PART,
    *content_intrasite_links.PARTS,
    *generator_get_files.PARTS,
    utils_process_translations.PART,
    *utils_slugify.PARTS,
)
