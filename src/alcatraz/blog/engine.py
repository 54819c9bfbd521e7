"""The engine as one wheel, which a blog keeps in its folder: nothing of ours is on an index."""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import json
import tempfile
import zipfile
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from alcatraz.errors import UsageError
from alcatraz.shipped import CHECKOUT

__all__ = ["Engine", "find_engine"]


@dataclass(frozen=True, slots=True)
class Engine:
    """A wheel of the engine: its file name and its bytes, and what they say of it."""

    file: str
    data: bytes
    version: str
    summary: str
    python: str
    requires: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The hash that pins it."""
        return f"sha256:{hashlib.sha256(self.data).hexdigest()}"

    def has(self, name: str) -> bool:
        """Whether the wheel holds a file, by its path in the package."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as wheel:
            return f"alcatraz/{name}" in wheel.namelist()

    def read(self, name: str) -> str:
        """A text file that the wheel holds, by its path in the package. Raises UsageError where it holds none."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as wheel:
            try:
                return wheel.read(f"alcatraz/{name}").decode()
            except KeyError:
                raise UsageError(f"the wheel has no alcatraz/{name}", where=self.file, remedy="take a wheel of the engine") from None

    def names(self, folder: str) -> list[str]:
        """The files below a folder of the package, relative to it."""
        prefix = f"alcatraz/{folder}/"
        with zipfile.ZipFile(io.BytesIO(self.data)) as wheel:
            return sorted(name.removeprefix(prefix) for name in wheel.namelist() if name.startswith(prefix) and not name.endswith("/"))


def find_engine(source: Path | None) -> Engine:
    """The engine in `source`, a wheel or a checkout; where there is none, the engine that is running.

    Raises UsageError where no engine is found.
    """
    if source is None:
        if CHECKOUT:
            return _build(CHECKOUT)
        return _read(_installed_from())
    if source.is_dir() and (source / "src" / "alcatraz").is_dir():
        return _build(source)
    if source.suffix == ".whl" and source.is_file():
        return _read(source)
    raise UsageError("this is neither a wheel nor a checkout of the engine", where=str(source), remedy="name one with --from")


def _build(checkout: Path) -> Engine:
    from poetry.core.factory import Factory
    from poetry.core.masonry.builders.wheel import WheelBuilder

    with tempfile.TemporaryDirectory() as folder:
        try:
            name = WheelBuilder.make_in(Factory().create_poetry(checkout), Path(folder))
        except (RuntimeError, ValueError, OSError) as error:
            raise UsageError(f"no wheel can be built ({error})", where=str(checkout), remedy="mend its pyproject.toml") from error
        return _read(Path(folder, name))


def _read(path: Path) -> Engine:
    data = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as wheel:
            (metadata,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
            headers = HeaderParser().parsestr(wheel.read(metadata).decode())
    except (zipfile.BadZipFile, ValueError) as error:
        raise UsageError("this is no wheel", where=str(path), remedy="take a wheel of the engine, or a checkout") from error
    if headers["Name"] != "alcatraz":
        raise UsageError(f"this is a wheel of {headers['Name']}, not of alcatraz", where=str(path), remedy="take a wheel of the engine")
    return Engine(
        file=path.name,
        data=data,
        version=headers["Version"],
        summary=headers["Summary"],
        python=headers["Requires-Python"],
        requires=tuple(headers.get_all("Requires-Dist", [])),
    )


def _installed_from() -> Path:
    """The wheel that pip has installed the running engine from: PEP 610."""
    record = importlib.metadata.distribution("alcatraz").read_text("direct_url.json")
    url = urlsplit(json.loads(record)["url"]) if record else None
    if url and url.scheme == "file" and (path := Path(unquote(url.path))).is_file():
        return path
    raise UsageError("the wheel that this engine was installed from is not there any more", remedy="name a wheel or a checkout with --from")
