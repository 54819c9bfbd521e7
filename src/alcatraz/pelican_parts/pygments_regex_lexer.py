"""Replaces `RegexLexer.get_tokens_unprocessed` of Pygments, which tries all rules of a state at each place of a text, a score or more.

Most cannot match there, as their expression must begin with another character. To find out with which takes a while, so that it is
worth it only where there is much to colour.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pygments.lexer import RegexLexer
from pygments.token import Error, Whitespace, _TokenType

from alcatraz.pelican_parts.first_characters import ALL, first_characters
from alcatraz.pelican_parts.replacing import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["PART"]

FEW = 20  # texts in one language that are not worth it

Rule = tuple[Any, Any, Any]
Token = tuple[int, Any, str]


class _State:
    """The rules of a state, by the character that they are to match at."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.all = list(rules)
        self.by_first: dict[str, list[Rule]] = {}
        self._first = [_first(rule[0]) for rule in self.all]

    def at(self, character: str) -> list[Rule]:
        """The rules that may match where this character stands."""
        if not "\0" <= character <= "\x7f":
            return self.all
        bit = 1 << ord(character)
        found = self.by_first[character] = [rule for rule, first in zip(self.all, self._first, strict=True) if first & bit]
        return found


def _first(match: Any) -> int:
    expression = getattr(match, "__self__", None)
    return first_characters(expression) if isinstance(expression, re.Pattern) and match == expression.match else ALL


def _made(stock: Callable[..., Iterable[Token]]) -> Callable[..., Iterable[Token]]:
    languages: dict[int, tuple[Any, dict[str, _State]]] = {}  # with the rules themselves, so that no others get their number
    texts: dict[int, int] = {}

    def get_tokens_unprocessed(self: Any, text: str, stack: Iterable[str] = ("root",)) -> Iterable[Token]:
        """A text as its tokens, with their places."""
        rules = self._tokens
        number = id(rules)
        if number not in languages:
            texts[number] = texts.get(number, 0) + 1
            if texts[number] <= FEW:
                return stock(self, text, stack)
            languages[number] = rules, {}
        return _tokens(self, text, list(stack), rules, languages[number][1])

    return get_tokens_unprocessed


def _tokens(lexer: Any, text: str, stack: list[str], rules: Any, states: dict[str, _State]) -> Iterator[Token]:
    def entered(name: str) -> _State:
        if name not in states:
            states[name] = _State(rules[name])
        return states[name]

    state, place = entered(stack[-1]), 0
    while True:
        character = text[place : place + 1]
        for match, action, following in state.by_first.get(character) or state.at(character):  # noqa: B007 (used when it is found)
            if found := match(text, place):
                break
        else:
            if not character:
                return
            yield place, Whitespace if character == "\n" else Error, character
            if character == "\n":  # Pygments' rule: what goes wrong ends with the line
                stack = ["root"]
                state = entered("root")
            place += 1
            continue
        if type(action) is _TokenType:
            yield place, action, found.group()
        elif action is not None:
            yield from action(lexer, found)
        place = found.end()
        if following is not None:
            _follow(stack, following)
            state = entered(stack[-1])


def _follow(stack: list[str], following: Any) -> None:
    """Goes from a state to those that a rule names; the outermost is never left."""
    if isinstance(following, int):
        del stack[1 if abs(following) >= len(stack) else following :]
        return
    for name in following if isinstance(following, tuple) else (following,):
        if name == "#pop":
            del stack[max(1, len(stack) - 1) :]
        else:
            stack.append(stack[-1] if name == "#push" else name)


PART = Part(RegexLexer, "get_tokens_unprocessed", _made)
