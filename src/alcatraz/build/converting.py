"""Which files of a site python-markdown will convert, before Pelican comes to them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from pelican.readers import MarkdownReader

from alcatraz.content.generators import KINDS, files_of
from alcatraz.pelican_parts.markdown_reader_read import is_replaced_for
from alcatraz.settings import is_ours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pelican.generators import Generator

__all__ = ["converts", "rest_of", "to_be_converted"]


def converts(generators: Iterable[Generator]) -> bool:
    """Whether there is anything that it converts as Pelican has it do so."""
    return any(_extensions(generator) for generator in generators)


def to_be_converted(generators: Iterable[Generator]) -> list[str]:
    """The files, named as their reader will be told them, in the order in which they are come to."""
    return list(dict.fromkeys(_files(generators)))


def rest_of(settings: Mapping[str, Any]) -> float:
    """What reading takes besides, as a part of the time of all conversions: measured, and it need not be right."""
    return 0.6 if is_ours(settings) else 0.18


def _files(generators: Iterable[Generator]) -> Iterator[str]:
    for kind in KINDS:
        for generator in generators:
            if type(generator) is kind and (extensions := _extensions(generator)):
                for file in files_of(generator):
                    if file.rpartition(".")[2] in extensions:
                        yield os.path.abspath(os.path.join(generator.path, file))  # noqa: PTH100, PTH118 (as Pelican makes it)


def _extensions(generator: Any) -> list[str]:
    """The ends of the names of files that python-markdown's reader reads."""
    if not MarkdownReader.read.__module__.startswith("alcatraz."):
        return []  # a plugin has put its own in this place
    return [end for end, reader in generator.readers.readers.items() if is_replaced_for(type(reader))]
