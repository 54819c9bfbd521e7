"""How a poetry.lock is tied to the pyproject.toml it was made from."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["content_hash"]

# The keys that count even where they are missing, and those that count where they are there.
_ALWAYS = ("dependencies", "source", "extras", "dev-dependencies")
_IF_THERE = ("group",)


def content_hash(pyproject: Mapping[str, Any]) -> str:
    """The `content-hash` that Poetry 2 writes into the lock of this pyproject.toml, of the form with [tool.poetry] metadata.

    It changes with the dependencies and with nothing else, and tells whether the lock is older than they are.

    Source: `Locker._get_content_hash` of Poetry 2.5 (src/poetry/packages/locker.py).
    """
    if pyproject.keys() & {"project", "dependency-groups"}:
        raise ValueError("a pyproject.toml with [project] or [dependency-groups] is hashed in another way")
    poetry = pyproject["tool"]["poetry"]
    relevant = {key: poetry.get(key) for key in _ALWAYS} | {key: poetry[key] for key in _IF_THERE if key in poetry}
    return sha256(json.dumps(relevant, sort_keys=True).encode()).hexdigest()
