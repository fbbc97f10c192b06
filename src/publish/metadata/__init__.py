"""Metadata: what people write in YAML, read and validated.

The models are msgspec structs, so that the same definition validates and gives the JSON
Schema for editors. Every scalar is read as the text that stands in the file and converted
by the model: `version: 1.0` stays "1.0", and Norwegian (`no`) is not taken for a Boolean.
"""

from __future__ import annotations

import json
from typing import Any, TypeVar

import msgspec

from publish.metadata import nodes
from publish.metadata.bibliographies import load
from publish.metadata.models import (
    Accessibility,
    Contributor,
    Depositor,
    EditionFile,
    Funder,
    Identifiers,
    Metadata,
    Model,
    Organisation,
    Release,
    Rules,
    Series,
    Tokens,
)
from publish.metadata.nodes import Source
from publish.metadata.validation import problems
from publish.problems import PublishError

__all__ = [
    "Accessibility",
    "Contributor",
    "Depositor",
    "EditionFile",
    "Funder",
    "Identifiers",
    "Metadata",
    "Model",
    "Organisation",
    "Release",
    "Rules",
    "Series",
    "Source",
    "Tokens",
    "load",
    "parse",
    "problems",
    "schema",
    "schemas",
]

M = TypeVar("M", bound=Model)


def parse(text: str, path: str, model: type[M]) -> tuple[M, Source]:
    """A YAML text as a model.

    Errors (all of a file together): `metadata-yaml`, `metadata-key`, `metadata-value`,
    `metadata-missing`.
    """
    node = nodes.compose(text, path)
    source = nodes.source(node, path)
    data = nodes.values(node)
    found = [*nodes.duplicates(node, path), *problems(data, model, source)]
    if found:
        raise PublishError(*found)
    return msgspec.convert(data, model, strict=False), source


def schema(model: type[Model]) -> dict[str, Any]:
    """The JSON Schema of a model, for editors."""
    return msgspec.json.schema(model)


def schemas() -> dict[str, bytes]:
    """The schemas of the files that people write, by the files' names without suffix."""
    models: dict[str, type[Model]] = {"metadata": Metadata, "edition": EditionFile}
    return {name: _written(schema(model)) for name, model in models.items()}


def _written(schema: dict[str, Any]) -> bytes:
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(dialect | schema, ensure_ascii=False, indent=1).encode() + b"\n"
