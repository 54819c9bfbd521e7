"""Parts of Pelican, and of the python-markdown it reads with, that do needless work, replaced from outside for as long as a build goes on.

A file for each, named for the part it replaces. A replacement gives the same bytes for any plugin and any theme: it leaves
alone what a plugin has put in the part's place, and asks the part's own code wherever it cannot be sure. docs/upstream.md says
what Pelican itself should have; tests/build/test_pelican_parts.py fails where the code of a part changes, and says what to do.
"""

from alcatraz.pelican_parts import (
    articles_generator_dates,
    codehilite_pygments,
    content_expand_settings,
    content_intrasite_links,
    content_relative_source_path,
    generator_get_files,
    markdown_block_parser,
    markdown_inline_patterns,
    markdown_reader_read,
    pygments_regex_lexer,
    utils_dates,
    utils_process_translations,
    utils_slugify,
)
from alcatraz.pelican_parts.replacing import Part, is_stock, replaced

__all__ = ["PARTS", "Part", "is_stock", "replaced"]

PARTS: tuple[Part, ...] = (
    *articles_generator_dates.PARTS,
    *codehilite_pygments.PARTS,
    content_expand_settings.PART,
    *content_intrasite_links.PARTS,
    *generator_get_files.PARTS,
    utils_process_translations.PART,
    content_relative_source_path.PART,
    markdown_block_parser.PART,
    markdown_inline_patterns.PART,
    markdown_reader_read.PART,
    pygments_regex_lexer.PART,
    *utils_dates.PARTS,
    *utils_slugify.PARTS,
)
