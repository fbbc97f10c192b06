"""The fixed words of a publication's pages, in English; every other language translates them.

`{…}` marks what is put in. They are messages like any other, under the context "publish",
so that a new language gets them with its catalogue; `defaults/words/` has those of the
languages that publish itself speaks.
"""

from __future__ import annotations

WORDS: dict[str, str] = {
    "contents": "Contents",
    "notes": "Notes",
    "references": "References",
    "abstract": "Abstract",
    "keywords": "Keywords",
    "figure": "Figure {number}",
    "table": "Table {number}",
    "page": "Page",
    "page-list": "Pages of the PDF",
    "cover": "Cover",
    "title-page": "Title page",
    "start-of-text": "Text",
    "colophon": "About this edition",
    "published": "Published",
    "version": "Version {version}",
    "licence": "Licence",
    "rights": "Rights",
    "funding": "Funding",
    "publisher": "Publisher",
    "identifier": "Identifier",
    "languages": "Other editions",
    "all-editions": "All editions",
    "read": "Read",
    "downloads": "Downloads",
    "chapters": "Chapters",
    "previous": "Previous",
    "next": "Next",
    "affiliation": "Affiliation",
    "translation": "Translation",
    "translated-from": "Translated from the {language}, version {version} of {date}",
    "translated-by": "{note}, by {names}",
    "translated-for": "{note}, on behalf of {institution}",
    "source-counts": "{note}; the {language} text is authoritative",
    "sentence": "{note}.",
    "on-behalf-of": "On behalf of",
    "series": "Series",
    "award": "grant {number}",
    "untranslated-note": "Some passages have not been translated yet and stand in {language}.",
    "source-revised": "The {language} text has been revised since then; "
    "its present version is {version} of {date}.",
    "source-changed": "The {language} text has been changed since then.",
    "skip-to-text": "Skip to the text",
    "back-to-text": "Back to the text",
    "note": "Note {number}",
    "close": "Close",
    "cite": "How to cite",
    "reference-files": "For reference managers",
    "about-aut": "About the author",
    "about-ant": "About the author of the source analysis",
    "about-trl": "About the translator",
    "about-edt": "About the editor",
    "about-rev": "About the reviewer",
    "about-ctb": "About the contributor",
    "role-aut": "Author",
    "role-ant": "Author of the source analysis",
    "role-trl": "Translator",
    "role-edt": "Editor",
    "role-rev": "Reviewer",
    "role-pfr": "Proofreader",
    "role-ill": "Illustrator",
    "role-ctb": "Contributor",
    "role-pbl": "Publisher",
    "role-fnd": "Funder",
    "a11y-structure": "Headings give the text its structure, "
    "and one can move from one to the next.",
    "a11y-notes": "Notes are linked from the text and back to it.",
    "a11y-pictures-described": "All pictures are described in words.",
    "a11y-pictures-undescribed": "Not all pictures are described in words.",
    "a11y-pictures-none": "There are no pictures.",
    "a11y-formulas": "Formulas are given in MathML.",
    "a11y-pages": "Page numbers are those of the PDF of this edition.",
    "a11y-still": "Nothing moves, flashes or makes a sound.",
    "accessibility": "Accessibility",
    "a11y-conforms": "This publication conforms to {standard}; certified by {name}.",
    "a11y-unclaimed": "Conformance to a standard is not claimed.",
    "a11y-contact": "If something bars your way, please tell us:",
    "licence-cc-by-4.0": "Creative Commons Attribution 4.0 International",
    "licence-cc-by-sa-4.0": "Creative Commons Attribution-ShareAlike 4.0 International",
    "licence-cc-by-nc-4.0": "Creative Commons Attribution-NonCommercial 4.0 International",
    "licence-cc-by-nd-4.0": "Creative Commons Attribution-NoDerivatives 4.0 International",
    "licence-cc0-1.0": "Creative Commons Zero 1.0 Universal",
}

# What makes up whole sentences with what is put in: they are all in one language.
NOTES = (
    *("translated-from", "translated-by", "translated-for", "source-counts", "sentence"),
    *("untranslated-note", "source-revised", "source-changed"),
)

# How a text refers to a numbered thing; a language may want another form than in a caption
# (“рис. 1” within a sentence, “Рис. 1.” under the figure).
REFERENCES: dict[str, str] = {
    "section": "Section {number}",
    "chapter": "Chapter {number}",
    "figure": "Figure {number}",
    "table": "Table {number}",
    "equation": "Equation {number}",
}

CONTEXT = "publish"
REFERENCE_CONTEXT = "publish reference"


def filled(word: str, **values: str) -> str:
    """A fixed word with values put in for their names in braces; anything else in braces stays."""
    for name, value in values.items():
        word = word.replace(f"{{{name}}}", value)
    return word
