"""Sites: the pages of all editions in one folder, which can be put on a web server as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from publish import artefacts, styles
from publish.artefacts import State
from publish.editions import Edition
from publish.pipeline.editing import Editing
from publish.pipeline.making.wishes import DOWNLOADS, SITE, Job, Wish
from publish.problems import Location, Problem, Severity
from publish.project import Project


class Made(NamedTuple):
    """A site that was made: the names of its files, and what did not stop it."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...]


def build(project: Project, wish: Wish, jobs: Sequence[Job]) -> Made | None:
    """Make `build/site` anew, whole or not at all; None if it is as these jobs would make it.

    In: the jobs whose artefacts lie in `build/` by now, among them what is to be downloaded.
    PublishError as for a build.
    """
    state = State(project.build)
    inputs = artefacts.digest(SITE.encode(), *(job.inputs.encode() for job in jobs))
    if state.fresh_folder(SITE, inputs):
        return None
    from publish.renderers.html import site

    with Editing(project) as editing:
        editions = [editing.edition(name, release=wish.release) for name in wish.editions]
        problems = [*editing.warnings, *_unaddressed(editions[0])]
    downloads = {edition.id: _files(project, edition) for edition in editions}
    files = site.render(editions, styles.read(project.styles), downloads)
    artefacts.write_folder(project.build / SITE, files, f"build/{SITE}")
    state.forget(SITE)
    state.keep({f"{SITE}/{name}": artefacts.Made(data, inputs) for name, data in files.items()})
    return Made(tuple(files), tuple(dict.fromkeys(problems)))


def _files(project: Project, edition: Edition) -> dict[str, bytes]:
    """What is offered beside an edition's page."""
    folder = project.build / edition.id
    return {kind: project.bytes(folder / f"{edition.slug}.{kind}") for kind in DOWNLOADS}


def _unaddressed(edition: Edition) -> list[Problem]:
    if edition.base_url:
        return []
    what = "the site has no address, and so no sitemap, no feed and no links between languages"
    what += " for search engines"
    place = Location("manuscript/metadata.yaml")
    hint = "Say under base_url where the site will stand: https://example.org/my-article"
    return [Problem("site-address", what, place, severity=Severity.WARNING, hint=hint)]
