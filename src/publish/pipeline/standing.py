"""Standing: from which revision of the source an edition was translated, and whether it lags."""

from __future__ import annotations

from publish.catalogues import Catalogue, revisions
from publish.catalogues.revisions import OURS, Revision
from publish.editions.translations import Translation
from publish.imprints import Imprint
from publish.metadata import EditionFile, Metadata
from publish.pipeline import preparing
from publish.project import Project
from publish.records import replace


def standing(
    project: Project, name: str, metadata: Metadata, imprint: Imprint, translation: Translation
) -> tuple[Imprint, bool]:
    """An edition's imprint with the version that was translated; and whether it lags behind.

    It does if its own `edition.yaml` names another version than the manuscript's, or if it has
    not all of the manuscript as it is but once had all of it as it was. One that was never
    complete is a draft, and does not lag.
    """
    values = imprint.values
    if values.source_version or values.source_date:
        return imprint, _said(values, metadata)
    if not any(context not in OURS for context, _ in translation.untranslated):
        return imprint, False
    if known := revisions.of(preparing.catalogue(project, name)):
        return replace(imprint, values=values.made_from(known.version, known.date)), True
    return imprint, False


def marked(metadata: Metadata, before: Catalogue, after: Catalogue) -> Catalogue:
    """A catalogue just brought up to date, with a note of which revision it now has."""
    return revisions.marked(before, after, Revision(metadata.version, metadata.date))


def _said(values: EditionFile, metadata: Metadata) -> bool:
    """Whether the version named in an edition's file is another than the manuscript's."""
    return (values.source_version or metadata.version) != metadata.version or (
        values.source_date or metadata.date
    ) != metadata.date
