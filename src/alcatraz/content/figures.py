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

__all__ = ["CREDIT", "set_figures"]

IMAGE = r"(<a [^>]*>)?<img ([^>]*?) ?/?>(?:</a>)?"
ALONE = re.compile(rf"<p>{IMAGE}</p>")
LIST = re.compile(r"<dl>\n((?:(?!</?dl>).)*)</dl>", re.DOTALL)
GROUP = re.compile(r"<dt>(.*?)</dt>\n((?:<dd>.*?</dd>\n)+)", re.DOTALL)
TERM = re.compile(IMAGE)
DEFINITION = re.compile(r"<dd>(.*?)</dd>\n", re.DOTALL)
LONE_PARAGRAPH = re.compile(r"<p>((?:(?!<p>).)*)</p>", re.DOTALL)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
CREDIT = re.compile(r"Credit:\s*", re.IGNORECASE)


def set_figures(html: str) -> str:
    """Makes figures of the pictures that stand alone or are defined."""
    if "<img" not in html:
        return html
    html = ALONE.sub(lambda found: _figure(found[1] or "", found[2], []), html)
    return LIST.sub(_figures_of_list, html)


def _figures_of_list(found: re.Match[str]) -> str:
    """Terms that are pictures become figures; the others stay a list, in their order."""
    groups = GROUP.findall(found[1])
    if not any(TERM.fullmatch(term) for term, _ in groups):
        return found[0]
    parts: list[str] = []
    for term, definitions in groups:
        if image := TERM.fullmatch(term):
            parts.append(_figure(image[1] or "", image[2], DEFINITION.findall(definitions)))
        elif parts and parts[-1].startswith("<dl>"):
            parts[-1] = parts[-1].removesuffix("</dl>") + f"<dt>{term}</dt>\n{definitions}</dl>"
        else:
            parts.append(f"<dl>\n<dt>{term}</dt>\n{definitions}</dl>")
    return "\n".join(parts)


def _figure(link: str, attributes: str, definitions: list[str]) -> str:
    values = dict(ATTRIBUTE.findall(attributes))
    title = values.pop("title", "")
    spoken = ""
    if not values.get("alt"):
        # The title is better than silence, and `data-alt` lets the author be asked for better still.
        values["alt"] = title
        spoken = ' data-alt="title"'
    kept = "".join(f' {name}="{value}"' for name, value in values.items())
    caption = [f'<strong class="title">{title}</strong>'] if title else []
    for definition in definitions:
        text = _inline(definition)
        if CREDIT.match(text):
            caption.append(f'<small class="credit">{CREDIT.sub("", text, count=1)}</small>')
        else:
            caption.append(f'<span class="caption">{text}</span>')
    legend = f"<figcaption>{' '.join(caption)}</figcaption>" if caption else ""
    return f'<figure>{link}<img{kept} loading="lazy"{spoken}>{"</a>" if link else ""}{legend}</figure>'


def _inline(definition: str) -> str:
    text = definition.strip()
    lone = LONE_PARAGRAPH.fullmatch(text)
    return (lone[1] if lone else text.replace("<p>", "").replace("</p>", "<br>")).strip()
