"""Wishes: what a build is asked for, and what of it is there already.

Nothing heavy is imported here: an answer of “nothing to do” comes at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from publish import artefacts
from publish.artefacts import Made, State
from publish.pipeline import naming
from publish.pipeline.making import inputs
from publish.pipeline.making.inputs import Manuscript
from publish.problems import Location, Problem, PublishError
from publish.project import Project
from publish.renderers import DEFAULTS, FORMATS, SEVERAL, file_name

# What spans all editions: their site, and what lies in it to be downloaded.
SITE = "site"
DOWNLOADS = ("pdf", "epub")


class Wish(NamedTuple):
    """What is asked for: editions (their names) and formats; `release` allows no half thing.

    `site` is the site of all editions, which is made of what was asked for.
    """

    editions: tuple[str, ...]
    formats: tuple[str, ...]
    release: bool = False
    jobs: int = 0
    site: bool = False


class Job(NamedTuple):
    """One artefact to make: its name below `build/`, and the digest of what goes into it.

    `richer` is the digest of one that has more in it than was asked for; `parts` are digests
    by what goes in, in words.
    """

    name: str
    edition: str
    format: str
    inputs: str
    richer: str = ""
    parts: Mapping[str, str] = MappingProxyType({})

    def __hash__(self) -> int:
        return hash((self.name, self.inputs))

    @property
    def is_copy(self) -> bool:
        """Whether it is a copy for review, not an edition for readers."""
        return self.format in SEVERAL["review"]


def of(
    project: Project, editions: Sequence[str], formats: Sequence[str], *, release: bool, count: int
) -> tuple[Wish, list[Job]]:
    """A wish from the command line's options, and its artefacts.

    PublishError `edition-unknown`, `format-unknown`, and what is wrong in the manuscript's files.
    """
    manuscript = inputs.manuscript(project)
    names = tuple(naming.asked(project, editions, manuscript.language))
    if SITE in formats and editions:
        what, hint = "a site has all editions", "Leave --language (-l) out."
        raise PublishError(Problem("site-editions", what, Location("--language"), hint=hint))
    wish = Wish(names, named(formats) or DEFAULTS, release, count, SITE in formats)
    return wish, _jobs(project, wish, manuscript)


def stale(project: Project, all_jobs: Sequence[Job]) -> tuple[State, list[Job]]:
    """Those of the artefacts that must be made, and the state that says so."""
    state = State(project.build)
    wanted = {job.name for job in all_jobs if not _is_fresh(job, state)}
    paged = {job.edition for job in all_jobs if job.name in wanted and job.format == "epub"}
    return state, [
        job
        for job in all_jobs
        if job.name in wanted or (job.format == "pdf" and job.edition in paged)
    ]


def unchanged(project: Project, wish: Wish, jobs: Sequence[Job]) -> set[str]:
    """The names of those artefacts whose inputs still are what they were when they were told.

    What was changed meanwhile was made from nobody knows what: it is not noted as up to date.
    """
    try:
        now = _jobs(project, wish, inputs.manuscript(project))
    except PublishError:
        return set()
    digests = {job.name: job.inputs for job in now}
    return {job.name for job in jobs if digests.get(job.name) == job.inputs}


def _is_fresh(job: Job, state: State) -> bool:
    return any(state.fresh(job.name, each) for each in (job.inputs, job.richer) if each)


def named(asked: Sequence[str]) -> tuple[str, ...]:
    """The formats that these names stand for; PublishError `format-unknown`."""
    several = SEVERAL | {SITE: DOWNLOADS}
    unknown = [name for name in dict.fromkeys(asked) if name not in (*FORMATS, *several)]
    if unknown:
        raise PublishError(*map(_unknown, unknown))
    wanted = [each for name in asked for each in several.get(name, (name,))]
    return tuple(dict.fromkeys(wanted))


def _unknown(format: str) -> Problem:
    from difflib import get_close_matches

    known = [name for name in (*FORMATS, *SEVERAL, SITE) if "." not in name]
    near = get_close_matches(format.lower(), known, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}."
    if "," in format:
        hint = f"Give the option once for each: -f {' -f '.join(format.split(','))}."
    what, place = f"there is no format “{format}”", Location("--format")
    return Problem("format-unknown", what, place, hint=hint)


def explained(all_jobs: Sequence[Job], stale: Sequence[Job], state: State) -> Iterator[str]:
    """For each artefact, why it is made again or not."""
    for job in all_jobs:
        if job not in stale:
            yield f"build/{job.name}: kept, since nothing that goes into it has changed"
        elif reasons := state.reasons(job.name, job.parts):
            yield f"build/{job.name}: made, since {', '.join(reasons)}"
        else:
            yield f"build/{job.name}: made, since the EPUB lists its pages"


def recalled(project: Project, wish: Wish, stale: Sequence[Job], state: State) -> list[Job]:
    """Those that were made from the same inputs before are put in place; which those are.

    For a release nothing is: its artefacts come all together or not at all.
    """
    store = artefacts.Store(project.build)
    found = {} if wish.release else {job: store.find(job.inputs) for job in stale}
    paged = {job.edition for job, data in found.items() if job.format == "epub" and not data}
    made = {
        job.name: Made(data, job.inputs, job.parts)
        for job, data in found.items()
        if data and not (job.format == "pdf" and job.edition in paged)
    }
    for name, each in made.items():
        artefacts.write(project.build / name, each.data, f"build/{name}")
    if made:
        state.keep(made)
    return [job for job in stale if job.name in made]


def _jobs(project: Project, wish: Wish, manuscript: Manuscript) -> list[Job]:
    """Every artefact of a wish, with the digest of its inputs; nothing is parsed for it.

    The source's language has nothing to compare. PublishError `review-source` if nothing is left.
    """
    common = inputs.common(project, manuscript)
    looks = inputs.style(project, {*wish.formats, "pdf"})
    jobs = [
        _job(
            f"{edition}/{file_name(manuscript.slug, format)}",
            edition,
            format,
            common | own | _more(project, wish, edition, format, manuscript.language),
            wish.formats,
            looks,
        )
        for edition in wish.editions
        for own in [inputs.own(project, edition)]
        for format in wish.formats
    ]
    kept = [
        job
        for job in jobs
        if not (job.is_copy and naming.tag_of(job.edition) == manuscript.language)
    ]
    if not kept:
        what = "there is no translation to be reviewed in the editions that were asked for"
        hint = "Name a translated one with -l; `publish add LANG` starts one."
        raise PublishError(Problem("review-source", what, Location("--format"), hint=hint))
    return kept


def _more(project: Project, wish: Wish, edition: str, format: str, source: str) -> dict[str, str]:
    """What goes into a copy for review besides, and into a translation's release."""
    if format in SEVERAL["review"]:
        return inputs.said(project, edition)
    if wish.release and naming.tag_of(edition) != source:
        return inputs.released(project, edition)
    return {}


def _job(
    name: str,
    edition: str,
    format: str,
    parts: dict[str, str],
    formats: Sequence[str],
    looks: Mapping[str, str],
) -> Job:
    """An artefact. An EPUB that is made with the PDF has the list of its pages in it.

    Such a one will do where one without was asked for.
    """
    alone = parts | {"the style": looks[format], "the format": f"{edition} {format}"}
    if format != "epub":
        return Job(name, edition, format, _digest(alone), parts=alone)
    pages = {"the style of the PDF": looks["pdf"], "its list of pages": "of the PDF"}
    paged = alone | pages
    if "pdf" in formats:
        return Job(name, edition, format, _digest(paged), parts=paged)
    return Job(name, edition, format, _digest(alone), _digest(paged), parts=alone)


def _digest(parts: Mapping[str, str]) -> str:
    return artefacts.digest("\n".join(f"{k}: {v}" for k, v in sorted(parts.items())).encode())
