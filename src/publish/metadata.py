"""What people write in YAML, read and validated: `metadata.yaml` and `edition.yaml`.

The models are msgspec structs, so that the same definition validates and gives the JSON
Schema for editors. Every scalar is read as the text that stands in the file and converted
by the model: `version: 1.0` stays "1.0", and Norwegian (`no`) is not taken for a Boolean.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

import msgspec
import yaml

from publish.problems import Location, Problem, PublishError


class Model(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping in a YAML file; keys that it does not name are refused."""


class Organisation(Model, frozen=True, kw_only=True):
    """A publisher, a partner institute or a funder; `ror` as in https://ror.org."""

    name: str = ""
    place: str = ""
    url: str = ""
    ror: str = ""


class Contributor(Model, frozen=True, kw_only=True):
    """Somebody who had a part in the work; `role` is a MARC relator code.

    https://id.loc.gov/vocabulary/relators.html
    """

    name: str
    role: str = "aut"
    given: str = ""
    family: str = ""
    organisation: bool = False
    affiliation: str = ""
    orcid: str = ""
    url: str = ""
    bio: str = ""


class Identifiers(Model, frozen=True, kw_only=True):
    """Identifiers of the work or of one edition."""

    doi: str = ""
    isbn: str = ""
    issn: str = ""
    uuid: str = ""


class Metadata(Model, frozen=True, kw_only=True):
    """A publication: `manuscript/metadata.yaml`."""

    title: str
    subtitle: str = ""
    language: str = "en"
    date: datetime.date
    version: str = "1.0"
    kind: Literal["article", "book"] = "article"
    slug: str = ""
    contributors: tuple[Contributor, ...] = ()
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    licence: str = ""
    rights: str = ""
    identifiers: Identifiers = Identifiers()
    publisher: Organisation = Organisation()
    funding: str = ""
    base_url: str = ""
    references: str = ""
    csl: str = ""
    chapters: tuple[str, ...] = ()


class Release(Model, frozen=True, kw_only=True):
    """What an edition must have before it may be released."""

    translated: float = 100.0


class EditionFile(Model, frozen=True, kw_only=True):
    """What one edition adds to the publication: `translations/<lang>/edition.yaml`."""

    contributors: tuple[Contributor, ...] = ()
    publisher: Organisation | None = None
    identifiers: Identifiers = Identifiers()
    date: datetime.date | None = None
    version: str = ""
    rights: str = ""
    funding: str = ""
    disclaimer: str = ""
    release: Release = Release()


M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Source:
    """A YAML file that was read: its path, and the line of each key by its dotted name."""

    path: str
    lines: Mapping[str, int]

    def at(self, key: str = "") -> Location:
        """Where a key stands, or the nearest mapping above it."""
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return Location(self.path, self.lines.get(key, 1))


def parse(text: str, path: str, model: type[M]) -> tuple[M, Source]:
    """A YAML text as a model.

    Errors (all of a file together): `metadata-yaml`, `metadata-key`, `metadata-value`,
    `metadata-missing`.
    """
    node = _compose(text, path)
    source = Source(path, dict(_lines(node)))
    data = _construct(node)
    problems = [*_duplicates(node, path), *_unknown(data, model, source)]
    if problems:
        raise PublishError(*problems)
    try:
        return msgspec.convert(data, model, strict=False), source
    except msgspec.ValidationError as error:
        raise PublishError(_invalid(error, source)) from error


def load(text: str, path: str) -> Any:
    """Any YAML text as plain values (a bibliography); the error is `metadata-yaml`."""
    return _construct(_compose(text, path))


def schema(model: type[Model]) -> dict[str, Any]:
    """The JSON Schema of a model, for editors."""
    return msgspec.json.schema(model)


def _compose(text: str, path: str) -> yaml.Node:
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Location(path, mark.line + 1 if mark else None)
        what = f"this is not valid YAML: {error.problem or error.context}"
        hint = "Mend the line; text with a colon or a # in it wants quotes around it."
        raise PublishError(Problem("metadata-yaml", what, place, hint=hint)) from error
    except yaml.YAMLError as error:
        what = f"this is not valid YAML: {' '.join(str(error).split())}"
        raise PublishError(Problem("metadata-yaml", what, Location(path))) from error
    return node or yaml.MappingNode("tag:yaml.org,2002:map", [])


def _construct(node: yaml.Node) -> Any:
    """Plain values of a node. An empty scalar in a mapping is a key that was left out."""
    if isinstance(node, yaml.MappingNode):
        pairs = ((str(_construct(key)), _construct(value)) for key, value in node.value)
        return {key: value for key, value in pairs if value != ""}
    if isinstance(node, yaml.SequenceNode):
        return [_construct(item) for item in node.value]
    return node.value


def _lines(node: yaml.Node, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Dotted key and line of everything in a node, e.g. `contributors.0.role`."""
    if isinstance(node, yaml.MappingNode):
        items = [(str(key.value), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        items = [(str(n), item, item) for n, item in enumerate(node.value)]
    else:
        return
    for name, start, value in items:
        yield prefix + name, start.start_mark.line + 1
        yield from _lines(value, f"{prefix}{name}.")


def _duplicates(node: yaml.Node, path: str) -> Iterator[Problem]:
    """A key given twice in one mapping: YAML 1.2 forbids it, and one value would be lost."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield Problem(
                    "metadata-key",
                    f"“{key.value}” is given twice",
                    Location(path, key.start_mark.line + 1),
                    hint="Keep one of the two.",
                )
            seen.add(key.value)
            yield from _duplicates(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _duplicates(item, path)


def _unknown(data: Any, model: type[Model], source: Source, prefix: str = "") -> Iterator[Problem]:
    """Keys that the model does not have, each with the nearest one that it has."""
    if not isinstance(data, dict):
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(model)}
    for key, value in data.items():
        if key not in fields:
            yield _unknown_key(key, list(fields), source.at(prefix + key))
            continue
        if inner := _model_of(fields[key].type):
            items = enumerate(value) if isinstance(value, list) else [(None, value)]
            for n, item in items:
                middle = f"{key}." if n is None else f"{key}.{n}."
                yield from _unknown(item, inner, source, prefix + middle)


def _unknown_key(key: str, known: list[str], location: Location) -> Problem:
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"Did you mean “{near[0]}”?" if near else f"Known here: {', '.join(known)}."
    return Problem("metadata-key", f"there is no key “{key}”", location, hint=hint)


def _model_of(kind: Any) -> type[Model] | None:
    """The model inside a field's type: `Model`, `tuple[Model, ...]` or `Model | None`."""
    if isinstance(kind, type) and issubclass(kind, Model):
        return kind
    found = (_model_of(argument) for argument in get_args(kind))
    return next((model for model in found if model), None)


def _invalid(error: msgspec.ValidationError, source: Source) -> Problem:
    what, _, place = str(error).partition(" - at `$")
    key = re.sub(r"\[(\d+)\]", r".\1", place.rstrip("`")).strip(".")
    missing = re.search(r"missing required field `(\w+)`", what)
    if missing:
        return Problem(
            "metadata-missing",
            f"“{missing[1]}” is missing",
            source.at(key),
            hint=f"Add a line `{missing[1]}: …`.",
        )
    hint = "See docs/authors.md for what each key takes."
    return Problem("metadata-value", f"“{key}”: {what[0].lower()}{what[1:]}", source.at(key), hint=hint)
