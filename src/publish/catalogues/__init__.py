"""Catalogues: gettext's PO files read, written and brought up to date, without losing anything."""

from publish.catalogues.reading import parse
from publish.catalogues.starting import new, template
from publish.catalogues.updating import Match, Update, update
from publish.catalogues.values import Catalogue, Entry, Key, Previous
from publish.catalogues.writing import serialise

__all__ = [
    "Catalogue",
    "Entry",
    "Key",
    "Match",
    "Previous",
    "Update",
    "new",
    "parse",
    "serialise",
    "template",
    "update",
]
