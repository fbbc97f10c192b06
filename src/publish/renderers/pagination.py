"""Pagination: how the PDF says where its pages begin, and the EPUB finds the same places.

Both show the text of one trunk, so a place is told by an element with an id and by what stands
between it and the page's beginning. Counted are letters, digits and pictures: not what one of
the two adds or hides (hyphens, joiners, signs of lists), nor heads that tables repeat.
"""

from __future__ import annotations

PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
# Elements whose words do not count: a table's head and foot stand on each of its pages, and a
# formula's source on none.
SILENT = frozenset(("thead", "tfoot", "annotation"))


def counted(text: str) -> str:
    """What counts of a text, e.g. `theend` of “(the end)”."""
    return "".join(filter(str.isalnum, text))
