"""Templates that are compiled when a page is made of them, and once for all of Pelican's generators.

Each generator has an environment of its own with the same templates, and asks for each before anybody knows whether it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import BytecodeCache
from pelican.generators import Generator, PelicanTemplateNotFound

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

    from jinja2.bccache import Bucket

__all__ = ["Asking", "Compiled", "Promised", "promising"]


class Compiled(BytecodeCache):
    """What templates compile to, for as long as this lives: by their source, so that one that is edited is compiled again."""

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja for a template that it is to load."""
        checksum, code = self._code.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja for a template that it has compiled."""
        if bucket.code is not None:
            self._code[bucket.key] = bucket.checksum, bucket.code


class Asking(jinja2.Template):
    """A template that asks anew for what it imports, page by page, so that each page is seen to ask for what it needs of the theme."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        self._module = None
        return super()._get_default_module(ctx)


class Promised:
    """A template that is there, and is loaded when it is rendered."""

    def __init__(self, environment: jinja2.Environment, name: str) -> None:
        self.environment = environment
        self.name = name

    def render(self, *args: Any, **kwargs: Any) -> str:
        """As the template's own. Raises what loading it raises."""
        return self.environment.get_template(self.name).render(*args, **kwargs)


def promising(generator: Generator) -> Callable[[str], Promised]:
    """What takes the place of a generator's `get_template`."""
    found: dict[str, Promised] = {}
    loader: jinja2.BaseLoader = generator.env.loader

    def get_template(name: str) -> Promised:
        for extension in generator.settings["TEMPLATE_EXTENSIONS"] if name not in found else ():
            try:
                loader.get_source(generator.env, name + extension)
            except jinja2.TemplateNotFound:
                continue
            found[name] = Promised(generator.env, name + extension)
            break
        if name not in found:
            raise PelicanTemplateNotFound(f"[templates] unable to load {name} from {generator._templates_path}")  # noqa: SLF001 (Pelican's own words)
        return found[name]

    return get_template
