"""Sheets: style sheets as WeasyPrint takes them, parsed once a process, and the fonts in use."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from publish.renderers.pdf import engine, rules, typefaces
from publish.renderers.pdf.hearing import heard

_OWN = re.compile("@(font-face|color-profile)")  # what a sheet brings that others may not see


def bring_their_own(sheets: Sequence[str]) -> bool:
    """Whether sheets bring typefaces or colours that other documents may not see."""
    return any(map(_OWN.search, sheets))


def fonts(sheets: Sequence[str]) -> Any:
    """WeasyPrint's font configuration for a document with these sheets."""
    own = bring_their_own(sheets)
    families = frozenset[str]() if own else typefaces.named(sheets)
    config = typefaces.configuration(families) if own else _fonts(families, os.getpid())
    typefaces.ask(config)
    return config


@cache
def _fonts(families: frozenset[str], _process: int) -> Any:
    """The fonts that are open, for all documents of a process with the same families.

    A process forked from it opens its own: a thread in which Pango may look fonts up would be
    left behind. So does a document whose sheet brings fonts, which others must not see.
    """
    return typefaces.configuration(families)


def read(sheets: Sequence[str], config: Any) -> dict[str, Any]:
    """Sheets as WeasyPrint takes them, with the styles of counters that they define."""
    from weasyprint.css.counters import CounterStyle

    counters = CounterStyle()
    found = []
    for sheet in sheets:
        css, own, said = _parse(sheet, config) if bring_their_own([sheet]) else _parsed(sheet)
        found.append(css)
        counters.update(own)
        for message in said:
            logging.getLogger("weasyprint").log(logging.WARNING, "%s", message)
    return {"stylesheets": found, "counter_style": counters}


def prepare(sheet: str) -> None:
    """Parse a sheet of ours before it is asked for."""
    with rules.kept():
        _parsed(sheet)


@lru_cache(maxsize=8)
def _parsed(sheet: str) -> tuple[Any, Any, list[str]]:
    """A sheet, parsed once for all documents of a process; what was wrong is said each time."""
    return _parse(sheet, None)


def _parse(sheet: str, config: Any) -> tuple[Any, Any, list[str]]:
    from weasyprint.css.counters import CounterStyle

    counters = CounterStyle()
    with heard() as messages:
        css = engine.load().CSS(
            string=sheet,
            base_url=engine.BASE,
            url_fetcher=engine.fetcher({}),
            font_config=config,
            counter_style=counters,
        )
    return css, counters, messages
