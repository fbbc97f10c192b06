"""Contents: what the navigation shows, as nested entries, and the landmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from publish.editions import Edition
from publish.records import Record
from publish.renderers import pages
from publish.renderers.epub.texts import REFERENCES, Text

DEPTH = 3
ACCESSIBILITY = "accessibility.xhtml"


class Entry(Record, frozen=True):
    """A line of the contents: its words as HTML and as plain text, and where it leads."""

    html: str
    plain: str
    href: str
    children: tuple[Entry, ...] = ()


class Landmark(Record, frozen=True):
    """A place that reading systems know by its term of the EPUB vocabulary."""

    term: str
    title: str
    href: str


def entries(edition: Edition, texts: Sequence[Text]) -> tuple[Entry, ...]:
    """All that begins with an `h1`, in reading order, with the headings beneath."""
    return tuple(_entries(edition, texts))


def landmarks(edition: Edition, texts: Sequence[Text]) -> tuple[Landmark, ...]:
    """The places a reader may want to go to at once."""
    words = edition.words
    found = [
        Landmark("cover", words["cover"], "cover.xhtml"),
        Landmark("titlepage", words["title-page"], "title.xhtml"),
        Landmark("toc", words["contents"], "contents.xhtml"),
        Landmark("bodymatter", words["start-of-text"], texts[0].name),
    ]
    if len(edition.chapters) == 1:
        found += (Landmark("endnotes", each.plain, each.href) for each in _notes(edition, texts[0]))
    if texts[-1].name == REFERENCES:
        found.append(Landmark("bibliography", words["references"], REFERENCES))
    return tuple(found)


def bio_titles(edition: Edition) -> tuple[str, ...]:
    """The headings on the page about the contributors, in the order of `parts.about`."""
    titles = (credit.bio_title for credit in edition.credits if credit.bio)
    return tuple(title for title, _ in groupby(titles))


def _entries(edition: Edition, texts: Sequence[Text]) -> Iterator[Entry]:
    words = edition.words
    if edition.abstract:
        yield _entry(words["abstract"], "abstract.xhtml")
    for text in texts:
        tree = pages.outline(text.headings, DEPTH)
        yield from _nested(tree, text) if tree else (_entry(text.title, text.name),)
        if len(edition.chapters) == 1:
            yield from _notes(edition, text)
    for number, title in enumerate(bio_titles(edition), start=1):
        yield _entry(title, f"about.xhtml#pub-about-{number}")
    yield _entry(words["colophon"], "colophon.xhtml")
    yield _entry(words["accessibility"], ACCESSIBILITY)


def _notes(edition: Edition, text: Text) -> Iterator[Entry]:
    if text.notes:
        yield _entry(edition.words["notes"], f"{text.name}#{text.notes}")


def _nested(tree: Iterable[pages.Entry], text: Text) -> Iterator[Entry]:
    for each in tree:
        number, words = each.heading.number, each.heading.text
        label = f'<span class="number">{escape(number)}</span> ' if number else ""
        yield Entry(
            html=label + words.html,
            plain=f"{number} {words.plain}".strip(),
            href=f"{text.name}#{each.heading.id}",
            children=tuple(_nested(each.children, text)),
        )


def _entry(title: str, href: str) -> Entry:
    return Entry(escape(title), title, href)
