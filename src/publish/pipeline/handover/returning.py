"""Returning: a bundle that comes back from a partner, taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from publish.distribution import bundles, manifests
from publish.distribution.bundles import Bundle
from publish.distribution.signatures import PublicKey
from publish.pipeline import naming
from publish.pipeline.translation import exchanging
from publish.pipeline.translation.exchanging import Imported, Manner, Ready
from publish.problems import Collected, Location, Problem, PublishError, Severity
from publish.project import Project

_TEXTS = (".po", ".xlf")


@dataclass(frozen=True, slots=True)
class Returned:
    """What came of it: the files that were taken in, and what is odd about the others."""

    edition: str
    taken: Sequence[Imported]
    warnings: Sequence[Problem]


def is_bundle(file: Path) -> bool:
    """Whether a file looks like a bundle; PublishError `exchange-unreadable`."""
    return file.suffix.lower() == ".zip" and bundles.is_bundle(_data(file))


def verify(file: Path, key: PublicKey | None) -> list[Problem]:
    """What is wrong with a bundle; PublishError if it cannot even be opened."""
    bundle = bundles.read(_data(file), file.name)
    return bundles.verified(bundle, key, file.name)


def import_(project: Project, file: Path, manner: Manner, key: PublicKey | None) -> Returned:
    """Take back what a partner changed in a bundle: the catalogue or its XLIFF, and the glossary.

    PublishError with all that speaks against it; then nothing was written.
    """
    bundle = bundles.read(_data(file), file.name)
    told = list(manifests.authentic(bundle.raw, bundle.signature, key, file.name))
    if any(problem.severity is Severity.ERROR for problem in told):
        raise PublishError(*told)
    edition = manner.edition or str(bundle.manifest.about.get("edition", ""))
    naming.asked(project, [edition])
    how, changed = replace(manner, edition=edition), _changed(bundle, file.name)
    errors, found = Collected(), list[Ready]()
    for name in changed:
        with errors.each():
            found.append(exchanging.ready(project, bundle.files[name], Path(name), how))
            errors.problems += found[-1].done.errors
    errors.stop()
    taken = [each.done for each in found]
    if not how.dry_run:
        taken = exchanging.take(project, f"exchange import {file.name}", found)
    return Returned(edition, taken, [*told, *_others(bundle, changed, file.name)])


def _data(file: Path) -> bytes:
    return exchanging.contents(file, bundles.LARGEST)


def _changed(bundle: Bundle, path: str) -> list[str]:
    """The files that were changed and can be taken in; PublishError `bundle-ambiguous`."""
    listed = {entry.name: entry for entry in bundle.manifest.files}
    changed = [
        name
        for name, data in sorted(bundle.files.items())
        if name in listed and name.startswith("translation/")
        if manifests.entry(name, data) != listed[name]
    ]
    texts = [name for name in changed if name.endswith(_TEXTS)]
    if len(texts) > 1:
        what = f"the text was changed in {' and in '.join(texts)}; which of them counts?"
        hint = "Ask which one; import that file alone with `publish exchange import`."
        raise PublishError(Problem("bundle-ambiguous", what, Location(path), hint=hint))
    return [*texts, *(name for name in changed if name.endswith("glossary.csv"))]


def _others(bundle: Bundle, taken: Sequence[str], path: str) -> Iterator[Problem]:
    """What is other than it was sent, and is not taken in."""
    found = {name: manifests.entry(name, data) for name, data in bundle.files.items()}
    hint = "It stays as it is here; if a change was meant, make it in the publication."
    ours = {f"{path}/{name}" for name in (*taken, manifests.SUMS)}
    for problem in manifests.compared(bundle.manifest, found, path):
        if problem.location.path not in ours:
            yield problem._replace(severity=Severity.WARNING, hint=hint)
