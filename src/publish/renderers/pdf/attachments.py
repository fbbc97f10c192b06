"""Attachments: files within the PDF, each with what it is to the text (PDF/A-3).

Sources: ISO 19005-3, 6.8 and annex E (embedded and associated files); ISO 32000-1, 7.11.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from hashlib import md5
from typing import Any

import pydyf

from publish.editions import Attachment


def add(files: Sequence[Attachment], date: dt.date, pdf: Any) -> None:
    """Put files into a PDF.

    In: the files; the publication's date, which is theirs too; pydyf's PDF, complete but not yet
    written, which is changed in place.
    """
    if not files:
        return
    named = {file.name: _specification(file, date, pdf) for file in files}
    pairs = ((pydyf.String(name), named[name]) for name in sorted(named))
    tree = pydyf.Dictionary({"Names": pydyf.Array([part for pair in pairs for part in pair])})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
    pdf.catalog["AF"] = pydyf.Array([named[name] for name in sorted(named)])


def _specification(file: Attachment, date: dt.date, pdf: Any) -> Any:
    day = pydyf.String(f"D:{date:%Y%m%d}")
    sum_ = md5(file.data, usedforsecurity=False).hexdigest()
    about = {"Size": len(file.data), "ModDate": day, "CheckSum": f"<{sum_}>"}
    kind = file.kind.replace("/", "#2f").replace("+", "#2b")
    extra = {"Type": "/EmbeddedFile", "Subtype": f"/{kind}", "Params": pydyf.Dictionary(about)}
    stream = pydyf.Stream([file.data], extra, compress=True)
    pdf.add_object(stream)
    name = pydyf.String(file.name)
    held = pydyf.Dictionary({"F": stream.reference, "UF": stream.reference})
    found = pydyf.Dictionary({"Type": "/Filespec", "F": name, "UF": name, "EF": held,
                              "Desc": pydyf.String(file.about),
                              "AFRelationship": f"/{file.relationship}"})  # fmt: skip
    pdf.add_object(found)
    return found.reference
