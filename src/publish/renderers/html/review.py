"""The copy for review as one web page: source and translation side by side, without a script."""

from __future__ import annotations

from publish.editions import Edition
from publish.renderers import copy_words, pages
from publish.renderers.html import VOID_END, webfonts
from publish.styles import Style


def render(edition: Edition, style: Style) -> bytes:
    """The copy of an edition as a web page.

    In: an edition with a `copy`; of the style `templates/copy-page.html`, `tokens.css` and
    `copy-web.css`. Errors: PublishError `font-missing`, `font-glyph-missing`.
    """
    page = pages.render(
        "copy-page.html",
        edition,
        style,
        said=copy_words.words_of(edition.language.tag),
        css=style.sheet("copy-web.css") + pages.language_rules(edition),
    )
    page = VOID_END.sub(r"<\1\2>", page)
    faces = f"<style>\n{webfonts.rules(page, edition)}</style>\n</head>"
    return page.replace("</head>", faces, 1).encode()
