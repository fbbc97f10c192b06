"""Structure beyond what must never break (`messages.comparison`): emphasis, and words of links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from publish.checks.translations.cases import Case, Setting
from publish.checks.translations.prose import foreign, nodes
from publish.documents import trees
from publish.documents.trees import Inlines
from publish.problems import Problem

_NAMES = {"Emph": "emphasis", "Strong": "strong emphasis"}


def check(cases: Sequence[Case], setting: Setting) -> Iterator[Problem]:
    """`translation-emphasis` and `translation-link` of all translations."""
    for case in cases:
        given = case.pair.inlines or []
        yield from _emphasis(case, given, setting)
        yield from _links(case, given)


def _emphasis(case: Case, given: Inlines, setting: Setting) -> Iterator[Problem]:
    """Emphasis lost or added; that of words in another language may come and go with them."""
    source = case.pair.message.inlines
    least, most = _counts(source, setting.source_language.tag)
    ours, all_ours = _counts(given, setting.language.tag)
    for kind, name in _NAMES.items():
        if all_ours[kind] < least[kind]:
            what = f"{name} is missing: {_shown(source, kind)}"
            yield case.warning("translation-emphasis", what, "Mark the same words as the source.")
        elif ours[kind] > most[kind]:
            what = f"{name} that the source does not have: {_shown(given, kind)}"
            yield case.warning("translation-emphasis", what, "Take the asterisks away.")


def _counts(inlines: Inlines, tag: str) -> tuple[Counter[str], Counter[str]]:
    """How often each node occurs: outside of words in another language, and at all."""
    own, every = Counter[str](), Counter[str]()
    for node in inlines:
        inner = trees.inlines_of(node)
        if inner is not None:
            theirs, all_theirs = _counts(inner, tag)
            every.update((node["t"],))
            every.update(all_theirs)
            if not foreign(node, tag):
                own.update((node["t"],))
                own.update(theirs)
    return own, every


def _shown(inlines: Inlines, kind: str) -> str:
    found = (trees.text(node["c"]) for node in nodes(inlines) if node["t"] == kind)
    return ", ".join(f"“{text}”" for text in found)


def _links(case: Case, given: Inlines) -> Iterator[Problem]:
    """Links whose words stand there as in the source; names, numbers and addresses may."""
    source = set(_worded(case.pair.message.inlines))
    for link in _worded(given):
        if link in source and case.source.text != case.translation.text:
            what = f"the words of this link are not translated: “{link[1]}”"
            yield case.warning("translation-link", what, "Translate what stands between [ and ].")


def _worded(inlines: Inlines) -> Iterator[tuple[str, str]]:
    """Target and words of each link that has an ordinary word."""
    for node in nodes(inlines):
        if node["t"] == "Link":
            text = trees.text(node["c"][1])
            if text not in node["c"][2][0] and any(word.islower() for word in text.split()):
                yield node["c"][2][0], text
