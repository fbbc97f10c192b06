"""Paging: a document laid out page by page, and only those pages that its changes reach.

WeasyPrint knows at the end of each page where the next one goes on. What it knows is kept with
the pages (`Stand`), so that a layout can begin in the middle: a page before the one on which the
first changed block begins (that page has looked whether the block finds room on it). It is over
as soon as, behind the last changed block, a page begins as it did before. All other pages are as
they were.

Source: WeasyPrint 70, `weasyprint.layout.layout_document`, which does this for all pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from weasyprint import layout
from weasyprint.layout import page as pages_of

from publish.renderers.pdf import freeing
from publish.renderers.pdf.blocks import Blocks
from publish.renderers.pdf.parts import Leaf, ObjectReference, Part, Piece, Stand

Former = Callable[[Blocks], Part | None]


@contextmanager
def one_by_one(files: Mapping[str, bytes], former: Former) -> Iterator[Paged]:
    """While WeasyPrint renders one document: only those pages that a former part does not have.

    In: the files that the document may refer to; what has a part of the same frame, if any.
    """
    paged = Paged(files, former)
    with freeing.let_go(paged.lay_out):
        yield paged


class Paged:
    """A document that was laid out so.

    `blocks` are those of its text; `heads` those of tables that stand on a page before what was
    laid out; `whole` says that a page asked for what is known only at the end, so that all pages
    have to be laid out together.
    """

    def __init__(self, files: Mapping[str, bytes], former: Former) -> None:
        self._files, self._find = files, former
        self.blocks: Any = None
        self.heads: list[Any] = []
        self.whole = False

    def lay_out(self, html: Any, root: Any, context: Any) -> list[Any]:
        """The pages that have to be laid out, in the place of WeasyPrint's `layout_document`."""
        self.blocks = Blocks(root, self._files)
        self._former = self._find(self.blocks) or Part([], {})
        self._layout = _Layout(html, root, context, self.blocks, self._former)
        self.whole = not self._layout.run()
        self.heads = self._layout.heads
        return self._layout.pages

    def part(self, leaves: Sequence[Leaf], about: dict[str, str | list[str] | None]) -> Part:
        """All pages: in their place those that were laid out, painted now.

        In: these, and what the document says of itself.
        """
        former, begin, end = self._former, self._layout.begin, self._layout.end
        return Part(
            [*former.leaves[:begin], *leaves, *former.leaves[end:]],
            about,
            self.blocks.digests,
            [*former.stands[:begin], *self._layout.stands, *former.stands[end:]],
        )


class _Layout:
    """A layout under way.

    `begin` pages of the former part come before those that are laid out, and those from `end` on
    after them.
    """

    def __init__(self, html: Any, root: Any, context: Any, blocks: Blocks, former: Part) -> None:
        self.html, self.root, self.context, self.blocks = html, root, context, blocks
        self.former = former
        self.changed = _changed(former, blocks)
        self.begin = self.number = _beginning(former, self.changed)
        self.end = len(former.leaves)
        self.pages: list[Any] = []
        self.heads: list[Any] = []
        self.stands: list[Stand | None] = []
        self.strings: dict[str, str] = {}
        self.bookmarked: set[tuple[Any, str]] = set()

    def run(self) -> bool:
        """Lay out what has to be; False if a page asks for what is known only at the end."""
        if self.former.leaves and not self.changed:
            return True
        stand = self._start()
        goes_on = True
        while goes_on:
            self.stands.append(stand)
            page, goes_on = self._page()
            if page is None:
                return False
            self.pages.append(page)
            stand = self._stand() if goes_on else None
            if stand and self._is_known(stand):
                self.end = self.number
                break
        self._set_margins()
        return True

    def _start(self) -> Stand | None:
        """Begin, at the beginning or where a former layout stood."""
        layout.initialize_page_maker(self.context, self.root)
        self.context.rendered_notes = []
        stand = self.former.stands[self.begin] if self.begin else None
        if stand:
            self._go_on(stand)
        return stand

    def _go_on(self, stand: Stand) -> None:
        quotes, counters, scopes = stand.state
        state: Any = quotes, counters, [set(each) for each in scopes], []
        now = (_nested(stand.path), stand.following, stand.right, state, _fresh())
        self.context.page_maker = [(None, None, None, None, {})] * self.begin + [now]
        self.strings = dict(stand.strings)
        for name, text in stand.strings.items():
            self.context.string_set[name][self.begin].append(text)
        for box in self.blocks.begun(stand.path):
            self.bookmarked.add(_name(box))
            if box.element_tag == "table":
                self.heads += box.element.iterfind("thead")

    def _page(self) -> tuple[Any, bool]:
        """The next page, and whether there are more; None if it asks for what is not known yet."""
        *_, asked = self.context.page_maker[self.number]
        asked.update(_fresh())
        page, resume_at = pages_of.remake_page(self.number, self.context, self.root, self.html)
        if asked["content_changed"] or asked["pages_wanted"] or page.fixed_boxes:
            return None, False
        self.number += 1
        self._hear(page)
        return page, bool(resume_at is not None or self.context.reported_footnotes)

    def _hear(self, page: Any) -> None:
        """The words of running heads on a page, and its bookmarks: one for each element."""
        for box in page.descendants():
            if box.bookmark_label:
                if _name(box) in self.bookmarked:
                    box.bookmark_label = ""
                self.bookmarked.add(_name(box))
            if box.string_set and box.string_set != "none":
                for name, text in box.string_set:
                    self.context.string_set[name][self.number].append(text)
                    self.strings[name] = text

    def _stand(self) -> Stand | None:
        """Where the next page begins; None if something waits for it that came before."""
        context = self.context
        resume_at, following, right, state, _ = context.page_maker[self.number]
        quotes, counters, scopes, groups = state
        path = _path(resume_at)
        waits = context.reported_footnotes or context.broken_out_of_flow or groups
        floated = {*zip(self.blocks.begun(path), path, strict=False)} & vars(context).get(
            "floated", set()
        )
        if not path or waits or floated:
            return None
        counters = {name: [*values] for name, values in counters.items()}
        plain = [*quotes], counters, [sorted(each) for each in scopes]
        begun, strings = self.blocks.at(path), dict(self.strings)
        return Stand(path, begun, dict(following), right, plain, strings)

    def _is_known(self, stand: Stand) -> bool:
        """Whether the next page begins, behind all that has changed, as it did before."""
        if self.number >= len(self.former.leaves) or stand.block <= self.changed[-1]:
            return False
        return stand == self.former.stands[self.number]

    def _set_margins(self) -> None:
        """Set the margins of the pages, in which they may say what was said on others."""
        for number, page in enumerate(self.pages, self.begin + 1):
            root, footnotes, notes = page.children
            self.context.current_page = number
            *_, state, _ = self.context.page_maker[number]
            children = [root, *(each for each in (footnotes, notes) if each.children)]
            children += layout.make_margin_boxes(self.context, page, state)
            page.children = tuple(children)
            layout.layout_backgrounds(page, self.context.get_image_from_uri)


def _changed(former: Part, blocks: Blocks) -> list[int]:
    """The blocks that are others than in a former part, which has as many."""
    pairs = zip(former.blocks, blocks.digests, strict=False)
    return [number for number, (before, now) in enumerate(pairs) if before != now]


def _beginning(former: Part, changed: Sequence[int]) -> int:
    """The first page to be laid out: before that on which the first changed block begins."""
    touched = {*changed}
    pages = (n for n, leaf in enumerate(former.leaves) if touched & {*_blocks_on(leaf.pieces)})
    begin = max(0, next(pages, len(former.leaves)) - 1)
    while begin and former.stands[begin] is None:
        begin -= 1
    return begin


def _blocks_on(kids: Sequence[Piece | ObjectReference | int]) -> Iterator[int]:
    for kid in kids:
        if isinstance(kid, Piece):
            yield kid.key[0]
            yield from _blocks_on(kid.kids)


def _name(box: Any) -> tuple[Any, str]:
    """What a bookmark is made for once: an element, or what stands before or after it."""
    return box.element, box.element_tag.partition("::")[2]


def _fresh() -> dict[str, Any]:
    return {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}


def _path(resume_at: Any) -> list[int]:
    """Places within places; none where there are several beside each other."""
    path = []
    while resume_at is not None:
        if not isinstance(resume_at, dict) or len(resume_at) != 1:
            return []
        ((place, resume_at),) = resume_at.items()
        path.append(place)
    return path


def _nested(path: Sequence[int]) -> Any:
    found: Any = None
    for place in reversed(path):
        found = {place: found}
    return found
