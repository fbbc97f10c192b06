"""Records: what libraries, shops, archives and search engines are told of an edition.

All of them are made from the same values, so that they cannot contradict each other: `make` gives
the files of `build/<edition>/metadata/` by their names. What each standard wants stands in a
module of its own; `works` has what they share.
"""

from __future__ import annotations

from collections.abc import Mapping

from publish.distribution.records.works import Subject, Work

__all__ = ["Subject", "Work", "make"]


def make(subject: Subject) -> Mapping[str, bytes]:
    """The records of an edition, and the files that they name, by their names in its folder.

    A book has no JATS, which is for articles; an edition that lacks what a deposit wants has
    none (`crossref.lacking`).
    """
    from publish.distribution.records import cff, crossref, dublin_core, jats, onix, opds
    from publish.editions import citing
    from publish.renderers.html import sitemaps

    edition = subject.edition
    made: dict[str, bytes] = {
        "CITATION.cff": cff.render(edition),
        "citation.bib": citing.bibtex(edition).encode(),
        "citation.json": citing.csl_json(edition).encode(),
        "citation.ris": citing.ris(edition).encode(),
        "cover.png": subject.cover,
        "dublin-core.xml": dublin_core.render(subject),
        "onix.xml": onix.render(subject),
        "opds.json": opds.render(subject),
        "opds.xml": opds.atom(subject),
    }
    if subject.depositor and not crossref.lacking(subject):
        made["crossref.xml"] = crossref.render(subject, subject.depositor)
    if edition.base_url:
        made["sitemap.xml"] = sitemaps.render(subject.work.editions)
    if edition.kind == "article":
        made["jats.xml"] = jats.render(subject)
        made |= _pictures(subject)
    return made


def _pictures(subject: Subject) -> dict[str, bytes]:
    """The pictures that the full text names, by the names that it has for them."""
    text = subject.archive.whole
    found = subject.edition.resources.items()
    return {name: data for name, data in found if f'xlink:href="{name}"' in text}
