"""Formulas: a formula in words and signs that can be read aloud, from its MathML.

TeX would be read as “backslash frac, brace”. This is the linear form of plain text, such as
`(a + b)/2`, `x^2`, `√(x)`; what is longer than a sign stands in brackets.

Source: Unicode Technical Note 28, “UnicodeMath”.
"""

from __future__ import annotations

from typing import Any

_BETWEEN = {"mfrac": ("/",), "msup": ("^",), "msub": ("_",), "msubsup": ("_", "^"),
            "munder": ("_",), "mover": ("^",), "munderover": ("_", "^")}  # fmt: skip
_UNREAD = ("annotation", "annotation-xml")


def read(formula: Any) -> str:
    """A `math` element as one line: what was read before it was laid out, if it was."""
    return formula.get("alttext") or " ".join(_read(formula).split())


def _read(element: Any) -> str:
    name = element.tag.rpartition("}")[2]
    children = (child for child in element if isinstance(child.tag, str))
    parts = [_read(child) for child in children if child.tag.rpartition("}")[2] not in _UNREAD]
    if name in _BETWEEN:
        joins = ("", *_BETWEEN[name], "", "")
        return "".join(f"{join}{_held(part)}" for join, part in zip(joins, parts, strict=False))
    if name in {"msqrt", "mroot"}:
        index = parts.pop() if name == "mroot" and parts else ""
        return f"{index}√({''.join(parts)})"
    if name == "mtr":
        return ", ".join(parts) + "; "
    if name == "mspace":
        return " "
    text = (element.text or "").strip() + "".join(parts)
    return f" {text} " if name == "mo" and len(text) == 1 and text in "+−-=<>≤≥≠≈±×·∈→" else text


def _held(part: str) -> str:
    part = part.strip()
    return part if len(part) < 2 or part.isalnum() else f"({part})"  # noqa: PLR2004  # one sign
