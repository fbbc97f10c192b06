"""Classes: those of publish's own sheets and templates are out of a manuscript's reach.

An author may call a box `note` or a word `title`: it is no note at the foot of a page and no title
of the whole. Such a class gets `text-` in front, wherever it is given, in raw HTML as well; it can
be styled by that name. Words as they were written, and catalogues, know nothing of it.
"""

from __future__ import annotations

import re

from publish.documents import trees
from publish.documents.trees import Node

OURS = frozenset(
    """
about abstract accessibility affiliation back backlink bio book book-contents box brace chapter
citation colophon contents contents-page contributor contributors cover crammed csl-entry date-line
disclaimer downloads draft-note edition-language editions equation equation-number files front
funder funding held identifier imprint keyword keywords label lag-note languages licence logo name
next note note-number noteref notes number on-behalf-of one-paren-decimal one-paren-lower-alpha
one-paren-lower-roman one-paren-upper-alpha one-paren-upper-roman orcid original-name people
published publisher radicand reading references rights role role-aut ror running scripts scroll
series short side site-footer site-header site-start size skip-link start subtitle tall tick title
title-block title-page translation-note turning two-parens-decimal two-parens-lower-alpha
two-parens-lower-roman two-parens-upper-alpha two-parens-upper-roman version visually-hidden
weighty wide
""".split()
)
KINDS = frozenset((*trees.ATTRIBUTED, "RawInline", "RawBlock"))
_TAG = re.compile(r"""<[a-z](?:"[^"]*"|'[^']*'|[^<>"'])*>""", re.IGNORECASE)
_CLASS = re.compile(r"""(?<=\s)class\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_NAME = re.compile(r"[\w-]+")


def apart(node: Node) -> Node | None:
    """A node whose classes are not publish's; None if they are not."""
    if node["t"] in {"RawInline", "RawBlock"}:
        return {"t": node["t"], "c": [node["c"][0], _TAG.sub(_tag, node["c"][1])]}
    attr = trees.attr_of(node)
    if not attr or OURS.isdisjoint(attr[1]):
        return None
    contents = list(node["c"])
    contents[node["t"] == "Header"] = [attr[0], [_renamed(name) for name in attr[1]], attr[2]]
    return {"t": node["t"], "c": contents}


def _tag(found: re.Match[str]) -> str:
    def names(given: re.Match[str]) -> str:
        start, sign, value = given[0].partition("=")
        return f"{start}{sign}{_NAME.sub(lambda name: _renamed(name[0]), value)}"

    return _CLASS.sub(names, found[0])


def _renamed(name: str) -> str:
    return f"text-{name}" if name in OURS else name
