"""The posts that every generator is given: the same words in the same order, on every machine."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TAGS", "Code", "Heading", "Items", "Link", "Picture", "Post", "Prose", "posts"]

SEED = 5
FIRST = datetime(2015, 1, 1, 12, tzinfo=UTC)
YEARS = 10
CONSONANTS, VOWELS, ENDS = "bcdfghjklmnprstvwz", "aeiou", ("", "n", "s", "r", "")


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs, with strong and emphasised words, code, quotes and links to elsewhere, as Markdown that all read alike."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code."""

    language: Literal["python", "nix"]
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A sentence with a link to another post, named by its slug."""

    before: str
    text: str
    slug: str
    after: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with a caption. It is the same picture in all posts."""

    alternative: str
    caption: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post of about 720 words."""

    slug: str
    title: str
    date: datetime
    tags: tuple[str, ...]
    summary: str
    blocks: tuple[Prose | Heading | Code | Items | Link | Picture, ...]


PYTHON = '''\
def {name}(items, limit={number}):
    """The first {word} that pass."""
    found = []
    for place, item in enumerate(items):
        if item is None or place % {digit} == 0:
            continue
        found.append(f"{{item!r}}-{{place:03d}}")  # keeps the order
    return sorted(found, key=len)[:limit]


class {name2}(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(name) from error
'''
NIX = """\
{{ lib, stdenv, fetchurl }}:

stdenv.mkDerivation rec {{
  pname = "{name}";
  version = "{number}.{digit}";
  src = fetchurl {{
    url = "mirror://gnu/${{pname}}-${{version}}.tar.gz";
    sha256 = lib.fakeSha256;
  }};
  buildInputs = lib.optional ({digit} > 4) {name2};
  # as many at once as there are processors
  enableParallelBuilding = true;
  meta = {{
    description = "A {word} tool";
    license = lib.licenses.mit;
  }};
}}
"""


def _word(dice: random.Random) -> str:
    syllables = "".join(dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(dice.choice((1, 2, 2, 3))))
    return syllables + dice.choice(ENDS)


_DICE = random.Random(SEED)  # noqa: S311 (nobody is to be kept from guessing these words)
WORDS = tuple(_word(_DICE) for _ in range(2000))
TAGS = tuple(f"{WORDS[number]}-{WORDS[number + 40]}" for number in range(40))


def posts(count: int) -> Iterator[Post]:
    """`count` posts, the oldest first, spread over ten years."""
    for number in range(count):
        yield _post(number, count)


def _post(number: int, count: int) -> Post:
    dice = random.Random(f"{SEED}/{number}")  # noqa: S311 (as above)
    blocks: list[Prose | Heading | Code | Items | Link | Picture] = [Prose(_paragraphs(dice, 2))]
    sections: tuple[tuple[Code | Items | Link | Picture, ...], ...] = (
        (_code(dice),),
        (Items(tuple(_sentence(dice) for _ in range(5))), _link(dice, number, count)),
        (Picture(f"A {dice.choice(WORDS)} picture", _plain(dice)),),
    )
    for more in sections:
        blocks += [Heading(_title(dice, 3)), Prose(_paragraphs(dice, 3)), *more]
    return Post(
        slug=_slug(number),
        title=_title(dice, 5),
        date=FIRST + timedelta(minutes=YEARS * 365 * 24 * 60 * number // count),
        tags=tuple(dice.sample(TAGS, 3)),
        summary=f"{_plain(dice)} {_plain(dice)}",
        blocks=tuple(blocks),
    )


def _slug(number: int) -> str:
    return f"post-{number:05d}"


def _title(dice: random.Random, words: int) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(words)).capitalize()


def _plain(dice: random.Random) -> str:
    return f"{_title(dice, dice.randint(7, 16))}."


def _sentence(dice: random.Random) -> str:
    words = [dice.choice(WORDS) for _ in range(dice.randint(7, 16))]
    words[0] = words[0].capitalize()
    for chance, form in ((0.12, "**{}**"), (0.12, "*{}*"), (0.1, "`{}()`"), (0.06, "[{}](https://example.org/there)"), (0.06, '"{}"')):
        if dice.random() < chance:
            place = dice.randrange(1, len(words))
            if words[place].isalpha():  # one thing at a time
                words[place] = form.format(words[place])
    return f"{' '.join(words)}."


def _paragraphs(dice: random.Random, number: int) -> tuple[str, ...]:
    return tuple(" ".join(_sentence(dice) for _ in range(dice.randint(3, 6))) for _ in range(number))


def _code(dice: random.Random) -> Code:
    language: Literal["python", "nix"] = dice.choice(("python", "nix"))
    values = {"name": dice.choice(WORDS), "name2": dice.choice(WORDS).capitalize(), "word": dice.choice(WORDS)}
    text = (PYTHON if language == "python" else NIX).format(number=dice.randint(2, 99), digit=dice.randint(2, 9), **values)
    return Code(language, text)


def _link(dice: random.Random, number: int, count: int) -> Link:
    other = (number + dice.randrange(1, count)) % count if count > 1 else number
    return Link("See also ", "an older note", _slug(other), " on this.")
