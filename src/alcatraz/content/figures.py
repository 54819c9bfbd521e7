"""Figures: a picture alone in its paragraph, or a picture that is defined.

    ![What is to be seen](images/crowd.jpg "Its title")

    ![What is to be seen](images/crowd.jpg "Its title")
    : A caption, with *inline* Markdown.
    : Credit: [Jane Doe](https://example.org/)

The second is Markdown's definition list, with the picture as the term: nothing to learn, and a caption may hold
whatever a paragraph may.
"""

from __future__ import annotations

import re
from html import escape

from alcatraz.content.tags import INSIDE, StartTag, outside

__all__ = ["CREDIT", "set_figures"]

IMAGE = rf"(?P<link><a\s{INSIDE}>)?<img(?P<inside>\s{INSIDE})>(?(link)</a>)"
ALONE = outside(rf"<p>{IMAGE}</p>")
LIST = outside(r"<dl>\n(?P<groups>(?:(?!</?dl>).)*)</dl>")
GROUP = re.compile(r"<dt>((?:(?!<dt>).)*?)</dt>\n((?:<dd>(?:(?!<dt>).)*?</dd>\n)+)", re.DOTALL)
TERM = re.compile(IMAGE, re.DOTALL | re.IGNORECASE)
DEFINITION = re.compile(r"<dd>(.*?)</dd>\n", re.DOTALL)
LONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p\b).)*)</p>", re.DOTALL)
BLOCK = re.compile(
    r"<(?:p|[ou]l|dl|pre|div|table|blockquote|h[1-6]|hr|figure|section|aside|details|math display=\"block\")[\s/>]", re.IGNORECASE
)
CREDIT = re.compile(r"(<p>)?Credit:\s*", re.IGNORECASE)


def set_figures(html: str) -> str:
    """Makes figures of the pictures that stand alone or are defined."""
    if "<img" not in html.lower():
        return html
    html = ALONE.sub(lambda found: found[0] if found["skipped"] else _figure(found, []), html)
    return LIST.sub(_figures_of_list, html)


def _figures_of_list(found: re.Match[str]) -> str:
    """Terms that are pictures become figures; the others stay a list, in their order."""
    if found["skipped"]:
        return found[0]
    whole = list(GROUP.finditer(found["groups"]))
    groups = [(group[1], group[2]) for group in whole]
    if not any(TERM.fullmatch(term) for term, _ in groups) or "".join(group[0] for group in whole) != found["groups"]:
        return found[0]
    parts: list[str] = []
    for term, definitions in groups:
        if image := TERM.fullmatch(term):
            parts.append(_figure(image, DEFINITION.findall(definitions)))
        elif parts and parts[-1].startswith("<dl>"):
            parts[-1] = parts[-1].removesuffix("</dl>") + f"<dt>{term}</dt>\n{definitions}</dl>"
        else:
            parts.append(f"<dl>\n<dt>{term}</dt>\n{definitions}</dl>")
    return "\n".join(parts)


def _figure(image: re.Match[str], definitions: list[str]) -> str:
    tag = StartTag("img", image["inside"])
    title = tag.get("title") or ""
    kept = []
    for attribute in tag.attributes:
        if attribute.name == "alt" and not attribute.value:
            kept.append(f'alt="{escape(title)}"')  # better than silence
        elif attribute.name != "title":
            kept.append(attribute.written)
    if title and tag.get("alt") is None:
        kept.append(f'alt="{escape(title)}"')
    if tag.get("loading") is None:
        kept.append('loading="lazy"')
    caption = [f'<strong class="title">{escape(title, quote=False)}</strong>'] if title else []
    for definition in definitions:
        text = _caption(definition)
        name, element = ("credit", "small") if CREDIT.match(text) else ("caption", "span")
        if name == "credit":
            text = CREDIT.sub(lambda found: found[1] or "", text, count=1)
        if BLOCK.search(text):  # which neither <span> nor <small> may hold
            element = "div"
        caption.append(f'<{element} class="{name}">{text}</{element}>')
    legend = f"<figcaption>{' '.join(caption)}</figcaption>" if caption else ""
    link = image["link"] or ""
    return f"<figure>{link}<img {' '.join(kept)}>{'</a>' if link else ''}{legend}</figure>"


def _caption(definition: str) -> str:
    text = definition.strip()
    lone = LONE_PARAGRAPH.fullmatch(text)
    return (lone[1] if lone else text).strip()
