"""Naming: what an edition is called, `ko` or `ko+kips` (a language, and whose edition it is)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from publish.problems import Location, Problem, PublishError
from publish.project import Project

_NAME = re.compile(r"[A-Za-z0-9-]+(\+[a-z0-9][a-z0-9-]*)?")


def tag_of(edition: str) -> str:
    """The language tag of an edition's name: `ko` for `ko+kips`."""
    return edition.partition("+")[0]


def asked(project: Project, names: Sequence[str], source: str = "") -> list[str]:
    """The editions of these names, all of them for no name; `source` is the manuscript's own.

    PublishError `edition-unknown`; `edition-text` if all are asked for and one has no text.
    """
    textless = [_textless(project, name) for name in _imprints(project) if name != source]
    if textless and source and not names:
        raise PublishError(*textless)
    known = [*([source] if source else []), *project.editions()]
    unknown = [name for name in dict.fromkeys(names) if name not in known]
    if unknown:
        own = source or _source(project)
        raise PublishError(*(_unknown(name, known, own) for name in unknown))
    return list(dict.fromkeys(names)) or known


def translated(project: Project, edition: str) -> None:
    """See that there is an edition of this name, and something to translate in it.

    PublishError `edition-unknown`, `exchange-nothing`.
    """
    asked(project, [edition])
    if tag_of(edition) not in project.languages():
        what = f"“{edition}” is in the manuscript's own language; there is nothing to translate"
        place = Location(project.name(project.edition_file(edition)))
        hint = "Change the text in manuscript/."
        raise PublishError(Problem("exchange-nothing", what, place, hint=hint))


def unwritten(project: Project, source: str) -> Iterator[Problem]:
    """Partners' editions in a language that has no text; Problem `edition-text`."""
    for name in project.partners():
        tag = tag_of(name)
        if tag not in {source, *project.languages()}:
            what = f"“{name}” has the text of “{tag}”, and there is no edition of that name"
            place = Location(project.name(project.edition_file(name)))
            hint = f"Start it with `publish add {tag}`, or give the folder another name."
            yield Problem("edition-text", what, place, hint=hint)


def _imprints(project: Project) -> list[str]:
    """Folders that say what an edition adds, but have no catalogue, and are no partner's."""
    named = {path.parent.name for path in project.translations.glob("*/edition.yaml")}
    return sorted(named - {*project.languages(), *project.partners()})


def _textless(project: Project, name: str) -> Problem:
    place = Location(project.name(project.edition_file(name)))
    what = f"there is no catalogue beside this file, and so no edition “{name}”"
    hint = f"Start it with `publish add {name}`, bring the catalogue back, or delete the folder."
    return Problem("edition-text", what, place, hint=hint)


def check(names: Sequence[str], source: str) -> Iterator[Problem]:
    """What is wrong with the names of translated editions; `source` is the manuscript's language.

    Problems `edition-name`, `edition-source`, `language-unknown`.
    """
    for name in names:
        place = Location(f"translations/{name}")
        if not _NAME.fullmatch(name.replace("_", "-")):
            what = f"“{name}” cannot be the name of an edition"
            hint = "Use a language tag, or one with + and a word of small letters: ko, ko+kips."
            yield Problem("edition-name", what, place, hint=hint)
        elif name == source:
            what = f"“{name}” is the language of the manuscript itself"
            hint = "A second edition in that language has a name with a +, such as en+kips."
            yield Problem("edition-source", what, place, hint=hint)
        else:
            yield from _check_tag(tag_of(name), place)


def check_new(name: str, source: str) -> Iterator[Problem]:
    """What is wrong with the name of a new edition: as `check`, and `edition-source` of its tag.

    Where the manuscript is in en-GB, who says en means it; zh beside zh-Hant is another script.
    """
    yield from check([name], source)
    tag, _, house = name.partition("+")
    if re.fullmatch(rf"{re.escape(tag)}-([A-Z]{{2}}|\d{{3}})", source):
        what = f"“{tag}” is the language of the manuscript itself, which calls it “{source}”"
        hint = f"A partner's edition: {source}+{house or 'kips'}; another “{tag}” has its region."
        yield Problem("edition-source", what, Location(f"translations/{name}"), hint=hint)


def _check_tag(tag: str, place: Location) -> Iterator[Problem]:
    from publish import languages

    written = _written(tag.replace("_", "-"))
    try:
        languages.locale(tag)
    except PublishError as error:
        (problem,) = error.problems
        hint = f"Did you mean {written}?" if _exists(written) else problem.hint
        yield problem._replace(location=place, hint=hint)
    else:
        if tag != written:  # so that one language has one folder
            hint = f"Did you mean {written}?"
            yield Problem("language-unknown", f"“{tag}” is no language tag", place, hint=hint)


def _exists(tag: str) -> bool:
    from publish import languages

    try:
        languages.locale(tag)
    except PublishError:
        return False
    return True


def _written(tag: str) -> str:
    """A tag as it is to be written (RFC 5646, 2.1.1): zh-Hant-TW."""
    language, *others = tag.split("-")
    cases = {4: str.title, 2: str.upper}
    return "-".join([language.lower(), *(cases.get(len(o), str.lower)(o) for o in others)])


def _source(project: Project) -> str:
    """The language of the manuscript; none if nobody can tell."""
    from publish import manuscripts

    with suppress(PublishError):
        return manuscripts.read(project).metadata.language
    return ""


def _unknown(name: str, known: Sequence[str], source: str) -> Problem:
    from difflib import get_close_matches

    near = [tag_of(name).split("-")[0]]
    near = [one for one in near if one in known] or get_close_matches(name, known, n=1)
    hint = f"There are {', '.join(known)}; " if known else "There is none yet; "
    wrong = next(check_new(name, source), None)
    hint += f"{wrong.message}." if wrong else f"`publish add {name}` starts it."
    if "," in name:
        hint = f"Give the option once for each: -l {' -l '.join(name.split(','))}."
    elif near:
        hint = f"Did you mean {near[0]}?"
    what = f"there is no edition “{name}”"
    return Problem("edition-unknown", what, Location(f"translations/{name}"), hint=hint)
