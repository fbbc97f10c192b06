"""Styles: the sheets, templates and typefaces that give an edition its looks.

A publication's own `styles/` lies over the ones that come with publish, file by file;
`tokens.css` is read from both, so that a publication need name only what it changes.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

DEFAULTS = Path(__file__).parent / "defaults" / "styles"
TEXTS = frozenset((".css", ".html", ".xhtml", ".xml", ".svg", ".toml", ".csl"))
READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of text and its ground
_LINEAR = 0.04045  # up to here sRGB is linear


class Style(NamedTuple):
    """Texts of all files of a style by relative name, such as `templates/web.html`."""

    files: Mapping[str, str]

    def sheet(self, *names: str) -> str:
        """Style sheets joined, tokens first."""
        return "\n".join(self.files[name] for name in ("tokens.css", *names))

    def with_tokens(self, tokens: Mapping[str, str]) -> Self:
        """The style with other values of its tokens; they must have been validated before."""
        if not tokens:
            return self
        values = "".join(f" --{name}: {value};" for name, value in sorted(tokens.items()))
        sheet = f"{self.files['tokens.css']}\n:root {{{values} }}\n"
        return self._replace(files={**self.files, "tokens.css": sheet})


def read(own: Path | None = None) -> Style:
    """The default style under that of a publication's `styles/` folder, if it has one."""
    if own and own.resolve() == DEFAULTS.resolve():
        return Style(_texts(own))  # as it is now: it may change while `--watch` stays
    files = dict(_defaults())
    if own and own.is_dir():
        for name, text in _texts(own).items():
            files[name] = f"{files[name]}\n{text}" if name == "tokens.css" else text
    return Style(files)


@cache
def _defaults() -> dict[str, str]:
    return _texts(DEFAULTS)


def _texts(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.suffix in TEXTS and path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}


def contrast(one: Sequence[int], other: Sequence[int]) -> float:
    """The contrast of two colours, red, green and blue to 255 each (WCAG 2.2, “contrast ratio”)."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Sequence[int]) -> float:
    """How bright a colour is (WCAG 2.2, “relative luminance”)."""
    parts = [value / 255 for value in colour]
    linear = [p / 12.92 if p <= _LINEAR else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
