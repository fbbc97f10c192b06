"""Frames: what stands around the text of a web page: its addresses, its switch, its links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from publish.editions import Alternate, Edition
from publish.records import Record, field
from publish.renderers.html import linked, sitemaps


class Link(Record, frozen=True):
    """A link to another page of the site, with its words."""

    href: str
    text: str


class Download(Record, frozen=True):
    """A file that lies beside the page: PDF or EPUB, and how large it is, in words."""

    name: str
    href: str
    type: str
    size: str


class Frame(Record, frozen=True):
    """What is around a page's text; addresses are absolute, all other links relative.

    `home` is the page's own address, `addresses` those of the same page in other languages by
    their tags, `default` that of readers of none of them ('' and empty without a base URL).
    `part` is what of the publication stands on the page; `title` and `up` are a chapter's.
    """

    switch: tuple[tuple[Alternate, str], ...]
    home: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    part: Literal["whole", "opening", "chapter"] = "whole"
    title: str = ""
    up: str = ""
    start: str = ""
    feed: str = ""
    downloads: tuple[Download, ...] = ()
    previous: Link | None = None
    following: Link | None = None


def alone(edition: Edition) -> Frame:
    """The frame of a page that needs no other: others may lie beside it, as in `build/`."""
    return Frame(
        switch=tuple(
            (each, f"../{each.edition}/{edition.slug}.html") for each in edition.alternates
        ),
        home=edition.address(),
        addresses=sitemaps.addresses(edition) if edition.base_url else {},
        default=linked.original(edition),
    )
