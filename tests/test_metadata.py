"""YAML that people write: as text, by models, with the line of everything."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, get_args, get_origin

import pytest

from publish import metadata
from publish.metadata import EditionFile, Metadata, models
from publish.problems import Problem, PublishError

HEAD = "title: T\ndate: 2026-01-31\n"


def problems(text: str) -> list[Problem]:
    with pytest.raises(PublishError) as caught:
        metadata.parse(text, "m.yaml", Metadata)
    return list(caught.value.problems)


def test_scalars_are_the_text_that_stands_there() -> None:
    values, _ = metadata.parse(
        "title: 007\ndate: 2026-01-31\nversion: 1.0\nlanguage: no\n", "", Metadata
    )
    assert (values.title, values.version, values.language) == ("007", "1.0", "no")
    assert values.date == dt.date(2026, 1, 31)


@pytest.mark.parametrize("nothing", ["", "~", "null", '""', "'  '"])
def test_a_key_without_a_value_is_left_out(nothing: str) -> None:
    values, _ = metadata.parse(f"{HEAD}kind: {nothing}\npublisher: {nothing}\n", "", Metadata)
    assert values.kind == "article"


def test_null_in_quotation_marks_is_a_word() -> None:
    values, _ = metadata.parse('title: "null"\ndate: 2026-01-31\n', "", Metadata)
    assert values.title == "null"


def test_an_edition_need_not_say_anything() -> None:
    assert metadata.parse("# nothing yet\n", "", EditionFile)[0] == EditionFile()


def test_the_line_of_each_key_is_known_and_of_others_that_above_them() -> None:
    text = f"{HEAD}contributors:\n  - name: A\n    role: edt\n"
    _, source = metadata.parse(text, "m.yaml", Metadata)
    keys = ("title", "contributors", "contributors.0.role", "contributors.0.bio", "csl")
    assert [source.at(key).line for key in keys] == [1, 3, 5, 4, 1]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("slug: ../x", "takes a file name"),
        ("slug: " + "x" * 81, "takes a file name"),
        ("slug: |\n  my-article", "takes a file name"),
        ("licence: All rights reserved", "spdx.org"),
        ("kind: novel", "article or book"),
        ("contributors: {name: A}", "takes a list, and here is a mapping of keys"),
        ("contributors: [A]", "an item of “contributors” takes keys with values"),
        ("contributors: [{name: A, organisation: perhaps}]", "true or false"),
        ("contributors: [{name: A, role: AUT}]", "three letters"),
        ("keywords: [a, '']", "an item of “keywords” takes a text, and here is nothing"),
        ("identifiers: {doi: 'https://doi.org/10.1000/182'}", "a DOI without an address"),
        ("identifiers: {isbn: 978-3}", "an ISBN of 13 or 10 digits"),
        ("identifiers: {issn: 20493630}", "an ISSN of twice four digits"),
        ("identifiers: {uuid: 1234}", "a UUID"),
        ("publisher: {ror: x}", "https://ror.org"),
        ("publisher: {url: 'data:text/html,x'}", "begins with https://"),
        ("base_url: 'https://example.org/\"><script>'", "begins with https://"),
    ],
)
def test_a_value_that_is_none_is_told_with_an_example(line: str, what: str) -> None:
    (problem,) = problems(f"{HEAD}{line}\n")
    assert (problem.code, problem.location.line) == ("metadata-value", 3)
    assert what in problem.message
    assert problem.hint.startswith("For example: ")


@pytest.mark.parametrize(
    "line",
    [
        "slug: my-article.v2",
        "licence: CC-BY-4.0",
        "contributors: [{name: A, orcid: 0000-0002-1825-0097}]",
        "contributors: [{name: A, orcid: 'https://orcid.org/0000-0002-1694-233X'}]",
        "identifiers: {doi: 10.1000/182, isbn: 978-3-16-148410-0, issn: 2049-3630}",
        "identifiers: {isbn: '3161484100', uuid: E8D312EB-3fbf-4d58-8525-5e1d650ed85c}",
        "publisher: {url: 'http://example.org', ror: 'https://ror.org/01pp8nd67'}",
    ],
)
def test_values_as_they_are_usually_written_are_taken(line: str) -> None:
    metadata.parse(f"{HEAD}{line}\n", "", Metadata)


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("title: 'T\ndate: x\n", 1, "Close it"),
        ("title: [T\ndate: x\n", 1, "Close it"),
        ("title: T: U\n", 1, "quotation marks"),
        ("title: T\n\tdate: x\n", 2, "spaces"),
        ("title: @T\n", 1, "quotation marks"),
        ("title: T\n  date: x\n", 2, "quotation marks"),
        ("title: |\n  T\nmore\ndate: x\n", 3, "`key: value`"),
        ("title: T\n---\ntitle: U\n", 2, "---"),
        ("title: &t T\nsubtitle: *t\n", 2, "Write the value out"),
        ("title:\n- [", 2, "Close the bracket"),
    ],
)
def test_yaml_that_is_none_is_told_in_words_of_this_world(text: str, line: int, hint: str) -> None:
    (problem,) = problems(text)
    assert problem.code == "metadata-yaml"
    assert abs((problem.location.line or 0) - line) <= 1
    assert hint in problem.hint


def test_all_that_is_wrong_is_told_at_once_with_the_nearest_key() -> None:
    found = problems("subtitel: S\nkind: x\ndate: 2026-13-01\ncontributors:\n  - rolle: aut\n")
    assert {(one.code, one.location.line) for one in found} == {
        ("metadata-missing", 1),
        ("metadata-key", 1),
        ("metadata-value", 2),
        ("metadata-value", 3),
        ("metadata-missing", 5),
        ("metadata-key", 5),
    }
    assert "“subtitle”" in next(one.hint for one in found if one.code == "metadata-key")


def test_nothing_that_has_a_pattern_ends_in_a_line_break() -> None:
    kinds = [kind for kind in vars(models).values() if get_origin(kind) is Annotated]
    patterns = [meta for kind in kinds if (meta := get_args(kind)[1]).pattern]
    assert len(patterns) > 14
    for meta in patterns:
        (example, *_) = (str(each).strip('"') for each in meta.examples)
        assert re.search(meta.pattern, example)
        assert not re.search(meta.pattern, f"{example}\n")


def test_the_schema_describes_every_key() -> None:
    definitions = metadata.schema(Metadata)["$defs"]
    keys = definitions["Contributor"]["properties"]
    assert keys["role"]["pattern"]
    assert keys["orcid"]["description"]


@pytest.mark.parametrize(
    "text", ["", "references: []", "- id: a\n  title: T\n", "references:\n- id: a\n"]
)
def test_a_bibliography_is_a_list_of_works(text: str) -> None:
    assert all(work["id"] == "a" for work in metadata.load(text, "r.yaml"))
