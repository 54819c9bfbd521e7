"""Replaces `BlockParser.parseBlocks` of python-markdown, which asks each kind of block of each block by a search through its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockQuoteProcessor, HashHeaderProcessor, ReferenceProcessor, SetextHeaderProcessor
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.md_in_html import MarkdownInHtmlProcessor
from markdown.extensions.tables import TableProcessor
from markdown.util import HTML_PLACEHOLDER

from alcatraz.pelican_parts.replacing import Part

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PART"]

# What a block must have in it before one of these can be concerned with it; without, it says no and changes nothing.
MARKS: dict[type, str] = {
    AbbrBlockprocessor: "*[",
    BlockQuoteProcessor: ">",
    DefListProcessor: ":",
    FootnoteBlockProcessor: "]:",
    HashHeaderProcessor: "#",
    MarkdownInHtmlProcessor: HTML_PLACEHOLDER.partition("%")[0],
    ReferenceProcessor: "]:",
    SetextHeaderProcessor: "\n",
    TableProcessor: "\n",
}


def _made(stock: Callable[..., None]) -> Callable[..., None]:
    def parse_blocks(self: Any, parent: Any, blocks: list[str]) -> None:
        """The elements of blocks of text."""
        processors = list(self.blockprocessors)
        if not all(type(processor).__module__.startswith("markdown.") for processor in processors):
            return stock(self, parent, blocks)  # one that may add others while it works
        asked = [(MARKS.get(type(processor), ""), processor) for processor in processors]
        while blocks:
            for mark, processor in asked:
                if mark in blocks[0] and processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break
        return None

    return parse_blocks


PART = Part(BlockParser, "parseBlocks", _made, rests_on=tuple(MARKS))
