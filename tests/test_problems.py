"""Problems: how they read, and that each code is explained."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.problems import Collected, Location, Problem, PublishError, in_order

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "problems.md"


SOURCE = ROOT / "src"


def file_of(module: str) -> Path | None:
    path = SOURCE.joinpath(*module.split("."))
    found = (path.with_suffix(".py"), path / "__init__.py")
    return next((each for each in found if each.is_file()), None)


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules of ours that a module names, in imports or (renderers) in a table."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
        elif isinstance(node, ast.Constant) and str(node.value).startswith("publish."):
            yield str(node.value)


def trees() -> list[ast.Module]:
    """Every module that the command line comes to, by imports of imports."""
    found: dict[Path, ast.Module] = {}
    wanted = ["publish.cli"]
    while wanted:
        path = file_of(wanted.pop())
        if path and path not in found:
            found[path] = ast.parse(path.read_text("utf-8"))
            wanted += imported(found[path])
    return list(found.values())


def makers(nodes: list[ast.AST]) -> dict[str, int]:
    """Functions that are given a code, and at which place among their arguments."""
    places = {"Problem": 0, "Fault": 0}
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
            if "code" in names:
                places[node.name] = names.index("code")
    return places


def codes() -> Iterator[str]:
    """The code of every problem that the source makes, wherever it is first written."""
    nodes = [node for tree in trees() for node in ast.walk(tree)]
    places = makers(nodes)
    for node in nodes:
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = node.args[places[name] :] if name in places else []
            if given and isinstance(given[0], ast.Constant):
                yield str(given[0].value)


def sections() -> dict[str, str]:
    """What docs/problems.md says of each code."""
    text = DOCUMENT.read_text("utf-8")
    return dict(re.findall(r"^### `([a-z-]+)`\n+((?:(?!^##).*\n?)*)", text, re.MULTILINE))


def test_each_code_is_documented_and_each_documented_code_is_one() -> None:
    assert sorted(sections()) == sorted(set(codes()))


def test_codes_stand_in_the_order_of_the_alphabet() -> None:
    assert list(sections()) == sorted(sections())


@pytest.mark.parametrize("code", sorted(set(codes())))
def test_a_section_has_symptom_cause_and_solution(code: str) -> None:
    assert re.findall(r"^\*\*(\w+)\.\*\*", sections()[code], re.MULTILINE) == [
        "Symptom", "Cause", "Solution",
    ]  # fmt: skip


@pytest.mark.parametrize("code", sorted(set(codes())))
def test_a_code_is_two_or_three_words(code: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+){1,2}", code)


def test_a_problem_reads_place_severity_code_message_and_remedy_below() -> None:
    problem = Problem("file-missing", "“a” is not there", Location("b.md", 3), hint="Put it there.")
    assert str(problem) == "b.md:3: error file-missing: “a” is not there\n    Put it there."


def test_problems_are_sorted_by_place_and_each_is_told_once() -> None:
    places = [("b", 2), ("a", 10), ("a", 9), ("a", None), ("a", 9)]
    found = in_order(Problem("x-y", "", Location(*place)) for place in places)
    assert [str(one.location) for one in found] == ["a", "a:9", "a:10", "b:2"]


def test_an_error_comes_back_whole_from_another_process() -> None:
    error = PublishError(Problem("a-b", "1", Location("x")), Problem("a-c", "2", Location("y", 1)))
    assert pickle.loads(pickle.dumps(error)).problems == error.problems  # noqa: S301  # our own


def test_steps_go_on_where_one_has_failed() -> None:
    collected = Collected()
    for code in ("a-b", "a-c"):
        with collected.each():
            raise PublishError(Problem(code, "", Location("x")))
    with pytest.raises(PublishError) as caught:
        collected.stop()
    assert [one.code for one in caught.value.problems] == ["a-b", "a-c"]
