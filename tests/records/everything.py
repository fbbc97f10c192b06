"""A publication that has all that a record can tell, with the identifiers kept for examples.

DOIs of the prefix 10.5555 are Crossref's for tests; the ORCID is that of Josiah Carberry, who does
not exist; the ISBN is the one of the ISBN manual. The ROR and the numbers of grants are invented.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from publications import publish

METADATA = """\
title: "Treaties & *Trust*: 1 < 2"
subtitle: Of everything at once
language: en
date: 2026-05-03
version: "1.2"
kind: KIND
slug: treaties
contributors:
  - name: Josiah Carberry
    given: Josiah
    family: Carberry
    role: aut
    affiliation: Brown University
    affiliation_ror: https://ror.org/05gq02987
    orcid: 0000-0002-1825-0097
  - {name: Ed Itor, given: Ed, family: Itor, role: edt}
  - {name: The Example Working Group, organisation: true, role: aut}
  - {name: Anna Antecedent, role: ant}
abstract: |
  It says *much* about H~2~O & peace.

  And then some more.
keywords: [treaties, trust & peace]
licence: CC-BY-4.0
rights: © 2026 Josiah Carberry & others
identifiers: {doi: 10.5555/12345678, isbn: 978-3-16-148410-0, isbn-pdf: 3-16-148410-X}
publisher: {name: The Example Institute, place: Heidelberg, ror: https://ror.org/00examp01}
funding: Paid by the Example Fund.
funders:
  - name: Example Fund
    ror: https://ror.org/021nxhr62
    funder_id: 10.13039/100000001
    award: EX-2026/1
  - {name: Another Fund}
series: {title: Working Papers, number: "7", issn: 2049-3630}
depositor: {name: Example Depositor, email: doi@example.org}
base_url: https://example.org/treaties
references: references.yaml
chapters: [article.md]
"""

ARTICLE = """\
# What it asks {#sec-one}

A claim[^a] [@doe2020, p. 3; @book], “quoted *twice*”, $a^2$, x~1~ and [한국]{lang=ko}.
See @sec-two, @fig-line, @tbl-x and @eq-one; and [a place](https://example.org/?a=1&b=2).

[^a]: First of two paragraphs [@doe2020].

    Second, with `code` & a [link](#sec-two).

> A quotation.

| A line of verse
| and *another*

## A part {.unnumbered}

![What is *shown* here](figures/line.svg){#fig-line alt="A line from left to right"}

| A | B |
|---|--:|
| x | 1 |

: What is listed {#tbl-x}

[$$x = \\frac{1}{2}$$]{#eq-one}

1. one

   more
2. two

- [ ] to do

Term
:   What it means

``` python
x < 1 and y
```

::: {.epigraph lang=fr}
Bonjour.
:::

---

# What it finds {#sec-two}

<b>Raw</b> words, ~~struck~~, [small]{.smallcaps}, **bold**.\\
A new line.
"""

REFERENCES = """\
references:
- id: doe2020
  type: article-journal
  title: "Treaties and *trust*"
  author: [{family: Doe, given: Jane}, {family: Roe, given: Richard}]
  issued: 2020-03-04
  container-title: Journal of Things
  volume: 3
  issue: 2
  page: 1-9
  DOI: 10.5555/24242424
  ISSN: 2049-3630
- id: book
  type: book
  title: A Book & More
  author: [{literal: Example Council}]
  issued: 1999
  publisher: Example Press
- {id: unused, type: book, title: Never cited}
"""

KOREAN = """\
partner: {name: 예시 연구소, source_name: Example Institute of Korea, ror: https://ror.org/00examp02}
contributors:
  - {name: 김하나, source_name: Kim Hana, role: trl, orcid: 0000-0001-5109-3700}
identifiers: {doi: 10.5555/87654321}
date: 2026-06-01
version: "1.0"
depositor: {name: 예시 연구소, email: doi@example.com}
"""
TRANSLATED = {
    "Treaties & *Trust*": "조약과 *신뢰*: 1 < 2",
    "Of everything at once": "모든 것을 한꺼번에",
    "treaties": "조약",
}
MANUSCRIPT = Path(__file__).parents[1] / "sample" / "manuscript"


def made(folder: Path, kind: str = "article") -> Path:
    """The publication in a new folder, with editions `ko` and `ko+kips`."""
    pages = folder / "manuscript"
    (pages / "figures").mkdir(parents=True)
    shutil.copy(MANUSCRIPT / "figures" / "line.svg", pages / "figures" / "line.svg")
    (pages / "metadata.yaml").write_text(METADATA.replace("KIND", kind), "utf-8")
    (pages / "article.md").write_text(ARTICLE, "utf-8")
    (pages / "references.yaml").write_text(REFERENCES, "utf-8")
    for name in ("ko", "ko+kips"):
        done = publish("add", name, cwd=folder)
        assert done.returncode == 0, done.stderr
    (folder / "translations/ko+kips/edition.yaml").write_text(KOREAN, "utf-8")
    catalogue = folder / "translations/ko/LC_MESSAGES/manuscript.po"
    text = catalogue.read_text("utf-8")
    for source, target in TRANSLATED.items():
        pattern = rf'(msgid "{re.escape(source)}[^\n]*"\nmsgstr ")"'
        text, count = re.subn(pattern, rf'\g<1>{target}"', text, count=1)
        assert count, source
    catalogue.write_text(text, "utf-8")
    return folder
