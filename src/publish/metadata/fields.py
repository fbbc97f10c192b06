r"""Fields: what a key of `metadata.yaml` or `edition.yaml` may hold.

`description` says what a key takes, for the JSON Schema and for whoever wrote something else;
the `examples` are what the remedy shows. A pattern ends in `$(?!\n)`: to Python `$` also stands
before a last line break.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

Address = Annotated[
    str,
    Meta(
        pattern=r"^https?://[^\s<>\"]+$(?!\n)",
        description="an address that begins with https://",
        examples=["https://example.org/"],
    ),
]
Contact = Annotated[
    str,
    Meta(
        pattern=r"^(https?://[^\s<>\"]+|[^\s<>\"@:/]+@[^\s<>\"@:/]+)$(?!\n)",
        description="an address that begins with https://, or one of e-mail",
        examples=["access@example.org"],
    ),
]
# https://id.loc.gov/vocabulary/relators.html
Role = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{3}$(?!\n)",
        description="a MARC relator, a code of three letters",
        examples=["aut", "edt", "trl", "ill", "ctb", "ant", "fnd"],
    ),
]
Slug = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$(?!\n)",
        description="a file name of letters a to z, digits, hyphens and dots",
        examples=["my-article"],
    ),
]
Licence = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9.+-]+$(?!\n)",
        description="an identifier from https://spdx.org/licenses/",
        examples=["CC-BY-4.0"],
    ),
]
Orcid = Annotated[
    str,
    Meta(
        pattern=r"^(https://orcid\.org/)?(\d{4}-){3}\d{3}[\dX]/?$(?!\n)",
        description="an ORCID of four times four digits",
        examples=["0000-0002-1825-0097"],
    ),
]
Ror = Annotated[
    str,
    Meta(
        pattern=r"^(https://ror\.org/)?0[a-z0-9]{6}\d{2}$(?!\n)",
        description="an identifier from https://ror.org",
        examples=["https://ror.org/01pp8nd67"],
    ),
]
Doi = Annotated[
    str,
    Meta(
        pattern=r"^10\.\d{4,9}/[^\s<>\"]+$(?!\n)",
        description="a DOI without an address before it",
        examples=["10.1000/182"],
    ),
]
Isbn = Annotated[
    str,
    Meta(
        pattern=r"^(97[89][- ]?)?(\d[- ]?){9}[\dX]$(?!\n)",
        description="an ISBN of 13 or 10 digits",
        examples=["978-3-16-148410-0"],
    ),
]
Issn = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}-\d{3}[\dX]$(?!\n)",
        description="an ISSN of twice four digits",
        examples=["2049-3630"],
    ),
]
Uuid = Annotated[
    str,
    Meta(
        pattern=r"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$(?!\n)",
        description="a UUID",
        examples=["e8d312eb-3fbf-4d58-8525-5e1d650ed85c"],
    ),
]
Email = Annotated[
    str,
    Meta(
        pattern=r"^[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+$(?!\n)",
        description="an address for e-mail",
        examples=["editors@example.org"],
    ),
]
FunderId = Annotated[
    str,
    Meta(
        pattern=r"^10\.13039/\d+$(?!\n)",
        description="an identifier of the Crossref Funder Registry",
        examples=["10.13039/501100004189"],
    ),
]
Logo = Annotated[
    str,
    Meta(
        pattern=r"^[^\\]+\.(svg|png|jpe?g)$(?!\n)",
        description="a picture beside this file, in SVG, PNG or JPEG",
        examples=["logo.svg"],
    ),
]
# A stranger's input that goes into style sheets: nothing but figures can pass.
Colour = Annotated[
    str,
    Meta(
        pattern=r"^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$(?!\n)",
        description="a colour as six or three hexadecimal digits, in quotation marks",
        examples=['"#1b4f72"'],
    ),
]
Typeface = Annotated[
    str,
    Meta(
        pattern=r"^[^\W_][\w .-]{0,63}$(?!\n)",
        description="the name of a typeface",
        examples=["Noto Serif KR"],
    ),
]
Share = Annotated[float, Meta(ge=0, le=100, description="a number from 0 to 100", examples=[95.5])]

Quotes = Annotated[
    tuple[str, ...],
    Meta(
        min_length=4,
        max_length=4,
        description="a list of four marks, the outer pair and the inner pair",
        examples=['["“", "”", "‘", "’"]'],
    ),
]
Words = Annotated[
    tuple[str, ...],
    Meta(description="a list of words", examples=['["Nr.", "Art."]']),
]
Families = Annotated[
    tuple[str, ...],
    Meta(
        min_length=1,
        description="a list of typefaces, the preferred one first",
        examples=['["Gentium Book Plus", "Noto Serif"]'],
    ),
]
