"""A post as each generator's users write it: front matter, links between posts, pictures with captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.speed.corpus import Code, Heading, Items, Link, Picture, Prose

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.speed.corpus import Post

__all__ = ["alcatraz", "eleventy", "hugo", "pelican"]

PICTURE = "images/picture.png"


def alcatraz(post: Post) -> str:
    """YAML; links and pictures by their files, a caption as a definition."""
    return _post(
        f"title: {post.title}\ndate: {post.date.isoformat()}\nlabel: human\ntags: [{', '.join(post.tags)}]\ndescription: {post.summary}\n",
        post,
        lambda slug: f"{slug}.md",
        lambda picture: f"![{picture.alternative}](../{PICTURE})\n: {picture.caption}",
    )


def pelican(post: Post) -> str:
    """Pelican's own header and links. The label, which stock Pelican passes over, is for those who read the same files as ours."""
    header = {
        "Title": post.title,
        "Date": f"{post.date:%Y-%m-%d %H:%M}",
        "Tags": ", ".join(post.tags),
        "Slug": post.slug,
        "Summary": post.summary,
        "Label": "human",
    }
    text = _post("", post, lambda slug: f"{{filename}}{slug}.md", lambda picture: _figure(picture, f"{{static}}/{PICTURE}"))
    return "".join(f"{key}: {value}\n" for key, value in header.items()) + text


def hugo(post: Post) -> str:
    """YAML; Hugo's shortcodes for links and figures."""
    return _post(
        _front_matter(post) + f"slug: {post.slug}\n",
        post,
        lambda slug: f'{{{{< relref "{slug}.md" >}}}}',
        lambda picture: f'{{{{< figure src="/{PICTURE}" alt="{picture.alternative}" caption="{picture.caption}" >}}}}',
    )


def eleventy(post: Post) -> str:
    """YAML; addresses as they will be, figures in HTML."""
    return _post(_front_matter(post), post, lambda slug: f"/posts/{slug}/", lambda picture: _figure(picture, f"/{PICTURE}"))


def _front_matter(post: Post) -> str:
    return f'title: "{post.title}"\ndate: {post.date:%Y-%m-%dT%H:%M:%SZ}\ntags: [{", ".join(post.tags)}]\nsummary: "{post.summary}"\n'


def _figure(picture: Picture, source: str) -> str:
    return f'<figure><img src="{source}" alt="{picture.alternative}"><figcaption>{picture.caption}</figcaption></figure>'


def _post(front: str, post: Post, link: Callable[[str], str], picture: Callable[[Picture], str]) -> str:
    parts = [f"---\n{front}---"] if front else [""]
    for block in post.blocks:
        match block:
            case Prose(paragraphs):
                parts += paragraphs
            case Heading(text):
                parts.append(f"## {text}")
            case Code(language, text):
                parts.append(f"```{language}\n{text}```")
            case Items(texts):
                parts.append("\n".join(f"- {text}" for text in texts))
            case Link(before, text, slug, after):
                parts.append(f"{before}[{text}]({link(slug)}){after}")
            case Picture():
                parts.append(picture(block))
    return "\n\n".join(parts) + "\n"
