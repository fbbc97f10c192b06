"""Validation: all in which plain values are not what a model asks for, each with its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

import msgspec

from publish.metadata.models import Model
from publish.metadata.nodes import Source
from publish.problems import Location, Problem

_LONGEST = 60


class _Takes(NamedTuple):
    """What a kind of value is to people: its name, and one as an example."""

    name: str
    example: str


_SCALARS = {
    str: _Takes("a text", '"…"'),
    float: _Takes("a number", "100"),
    bool: _Takes("true or false", "true"),
    dt.date: _Takes("a date, written year-month-day", "2026-11-22"),
}


def problems(value: Any, kind: Any, source: Source, key: str = "") -> Iterator[Problem]:
    """What is wrong with a value that should be of a kind, and with everything inside it."""
    if isinstance(value, str) and (words := _words(kind)):
        yield from _scalar(value, words, source, key)
    elif model := _model(kind):
        yield from _mapping(value, model, source, key)
    elif get_origin(kind) is tuple:
        yield from _list(value, get_args(kind)[0], source, key)
    else:
        yield from _scalar(value, kind, source, key)


def _model(kind: Any) -> type[Model] | None:
    """The model that a kind is: `Model` or `Model | None`."""
    if isinstance(kind, type):
        return kind if issubclass(kind, Model) else None
    if get_origin(kind) is tuple:
        return None
    return next(filter(None, map(_model, get_args(kind))), None)


def _words(kind: Any) -> Any:
    """The words that may stand in a model's place, as in `release: approved`."""
    if _model(kind) is None:
        return None
    return next((each for each in get_args(kind) if get_origin(each) is Literal), None)


def _mapping(value: Any, model: type[Model], source: Source, key: str) -> Iterator[Problem]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(model)}
    if not isinstance(value, Mapping):
        takes = _Takes("keys with values", f"a line `{next(iter(fields))}: …` below it")
        yield _wrong(value, takes, source, key)
        return
    for name, field in fields.items():
        if field.required and name not in value:
            hint = f"Add a line `{name}: …`."
            yield Problem("metadata-missing", f"“{name}” is missing", source.at(key), hint=hint)
    for name, inner in value.items():
        full = f"{key}.{name}".strip(".")
        if name in fields:
            yield from problems(inner, fields[name].type, source, full)
        else:
            yield _unknown(name, list(fields), source.at(full))


def _unknown(key: str, known: list[str], location: Location) -> Problem:
    near = get_close_matches(key, known, n=1)
    hint = f"Did you mean “{near[0]}”?" if near else f"Known here: {', '.join(known)}."
    return Problem("metadata-key", f"there is no key “{key}”", location, hint=hint)


def _list(value: Any, kind: Any, source: Source, key: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        takes = _Takes("a list", "each item on a line of its own, after “- ”")
        yield _wrong(value, takes, source, key)
        return
    for n, item in enumerate(value):
        yield from problems(item, kind, source, f"{key}.{n}")


def _scalar(value: Any, kind: Any, source: Source, key: str) -> Iterator[Problem]:
    if value != "":
        try:
            msgspec.convert(value, kind, strict=False)
        except msgspec.ValidationError:
            pass
        else:
            return
    yield _wrong(value, _takes(kind), source, key)


def _takes(kind: Any) -> _Takes:
    if get_origin(kind) is Literal:
        return _Takes(" or ".join(get_args(kind)), get_args(kind)[0])
    if get_origin(kind) is Annotated:
        about = get_args(kind)[1]
        return _Takes(about.description, ", ".join(map(str, about.examples)))
    return next(_SCALARS[each] for each in (kind, *get_args(kind)) if each in _SCALARS)


def _wrong(value: Any, takes: _Takes, source: Source, key: str) -> Problem:
    above, _, name = key.rpartition(".")
    subject = f"an item of “{above.rpartition('.')[2]}”" if name.isdecimal() else f"“{name}”"
    what = f"{subject if key else 'the file'} takes {takes.name}, and here is {_shown(value)}"
    return Problem("metadata-value", what, source.at(key), hint=f"For example: {takes.example}")


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, Mapping):
        return "a mapping of keys"
    text = " ".join(str(value).split())
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return f"“{text}”" if text else "nothing"
