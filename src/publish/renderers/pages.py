"""Pages: what the web page, the printed page and the EPUB have in common.

Templates (Jinja2 is met only here) come as texts from a `Style`, run in a sandbox and escape
whatever is not marked as HTML: a catalogue and a partner's style are strangers' input. The
fragments of the trunk are read and written here too, as XML that is HTML as well.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from traceback import extract_tb
from typing import TYPE_CHECKING

from lxml import etree

from publish import fonts, styles
from publish.editions import Credit, Edition, Heading
from publish.problems import Location, Problem, PublishError
from publish.records import Record
from publish.renderers import compiled
from publish.styles import Style

if TYPE_CHECKING:
    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket
    from jinja2.sandbox import SandboxedEnvironment

TEMPLATES = "templates/"
STYLES = "styles/"
# The HTML Standard, 13.1.2 “Void elements”: all others need an end tag, even if empty.
VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split(),
)
# SMIL and CSS in SVG, and the signs of GIF, PNG and WebP files with more than one picture.
_MOVING = re.compile(rb"<(?:animate|set)|@keyframes|NETSCAPE2\.0|acTL|ANMF")
FOREIGN = ("{http://www.w3.org/2000/svg}", "{http://www.w3.org/1998/Math/MathML}")


class Entry(Record, frozen=True):
    """A heading with those beneath it."""

    heading: Heading
    children: tuple[Entry, ...] = ()


def render(template: str, edition: Edition, style: Style, **more: object) -> str:
    """The template `template` of a style, filled with an edition.

    In: a name beneath `templates/`; further values by name. Out: the text. Errors: PublishError
    `style-template` for a publication's own template; one of ours that fails is our mistake.
    Source: Jinja2's “Sandbox” and “API” chapters.
    """
    return fill(template, style, edition=edition, **more)


def fill(template: str, style: Style, **values: object) -> str:
    """A template of a style filled with values by name; errors as `render`."""
    environment = _environment(_templates(style))
    try:
        return environment.get_template(template).render(**values)
    except Exception as error:
        problem = _fault(error)
        if not _own(problem.location.path.removeprefix(STYLES), style):
            raise
        raise PublishError(problem) from error


def document(template: str, edition: Edition, style: Style, **more: object) -> etree._Element:
    """The template `template` of a style, filled with an edition, as a tree.

    As `render`; PublishError `style-template` also for what is no well-formed XML.
    """
    text = render(template, edition, style, **more)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        if not _own(f"{TEMPLATES}{template}", style):
            raise
        what = f"what the template gives is no well-formed XML: {error.msg}"
        hint = "Close every element, and put the values of attributes in quotation marks."
        place = Location(f"{STYLES}{TEMPLATES}{template}")
        raise PublishError(Problem("style-template", what, place, hint=hint)) from error


def _own(name: str, style: Style) -> bool:
    """Whether a file of a style is the publication's own, and not that of publish."""
    return style.files.get(name) != styles.read().files.get(name)


def _fault(error: Exception) -> Problem:
    """What is wrong with a template, at the line where it failed."""
    frames = [f for f in extract_tb(error.__traceback__) if f.filename.startswith(STYLES)]
    place = Location(frames[-1].filename, frames[-1].lineno) if frames else Location(STYLES)
    if (name := getattr(error, "filename", None)) and hasattr(error, "lineno"):
        place = Location(str(name), error.lineno)
    what = f"the template cannot be filled: {error}"
    hint = "Compare it with publish's own template of that name, or take it away."
    return Problem("style-template", what, place, hint=hint)


def font_stack(edition: Edition) -> str:
    """CSS that names the edition's typefaces: `--font-text`, `--font-latin` and `--font-mono`.

    Out: one rule for `:root`, to stand after the tokens. `--font-latin` begins with those of
    the language's families that have a slanted form, for words in other scripts than its own.
    """
    lines = (f"--font-{name}: {_quoted(names)};" for name, names in families(edition).items())
    return f":root {{ {' '.join(lines)} }}\n"


def families(edition: Edition) -> dict[str, tuple[str, ...]]:
    """The families of each stack in order: the first that has a character draws it."""
    own, others = edition.language.fonts, (*fonts.OTHER_SCRIPTS, *fonts.MONOSPACE)
    return {
        "text": (*own, *others),
        "latin": (*_slanted_first(own), *others),
        "mono": (*fonts.MONOSPACE, *own, *fonts.OTHER_SCRIPTS),
    }


def language_rules(edition: Edition) -> str:
    """CSS that the edition's language asks for: typefaces, emphasis, breaking of lines.

    Out: a few rules to stand last.
    """
    language = edition.language
    rules = [font_stack(edition)]
    if language.emphasis == "weight":
        rules.append(_emphasis_by_weight(language.tag))
    if language.keep_words:
        rules.append("html { word-break: keep-all; overflow-wrap: break-word }\n")
    if language.hyphenate:
        rules.append("p, li, dd { hyphens: auto }\n")
    return "".join(rules)


def parse(html: str) -> etree._Element:
    """A fragment of the trunk as an element `body` around it.

    In: HTML that is well-formed XML, as pandoc writes it. Errors: etree.XMLSyntaxError.
    Entities are not resolved and nothing is fetched.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(f"<body>{html}</body>".encode(), parser)


def serialise(element: etree._Element) -> str:
    """What stands within an element, as text that is both HTML and XML.

    Empty elements of HTML that are not void get their end tag: `<span/>` would stay open in
    HTML (HTML Standard, 13.1.2.1).
    """
    for each in element.iter(etree.Element):
        if each.text is None and not len(each) and str(each.tag) not in VOID:
            each.text = None if str(each.tag).startswith(FOREIGN) else ""
    parts = [etree.tostring(child, encoding="unicode") for child in element]
    return _escaped(element.text or "") + "".join(parts)


def taken(element: etree._Element) -> etree._Element:
    """The element, taken out of its tree; the text behind it stays."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    if parent is None:
        return element
    if before is not None:
        before.tail = f"{before.tail or ''}{tail or ''}" or None
    else:
        parent.text = f"{parent.text or ''}{tail or ''}" or None
    element.tail = None
    parent.remove(element)
    return element


def outline(headings: Sequence[Heading], depth: int = 6) -> tuple[Entry, ...]:
    """Headings in reading order as a tree, down to the level `depth`."""
    shown = [heading for heading in headings if heading.level <= depth]
    return tuple(_entries(shown))


def orcid_url(orcid: str) -> str:
    """The address of an ORCID, given as a number or as an address already."""
    return f"https://orcid.org/{orcid.rstrip('/').rpartition('/')[2]}"


def policy_hash(script: str) -> str:
    """How a Content-Security-Policy names a script that may run (CSP Level 3, 2.3.1)."""
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"


def _slanted_first(names: Sequence[str]) -> list[str]:
    """Families with an italic first: those of East Asian and Semitic scripts have none."""
    slanted = {face.family for face in fonts.faces(names) if face.style == "italic"}
    return sorted(names, key=lambda family: family not in slanted)


def _emphasis_by_weight(tag: str) -> str:
    """Rules for a script without a slanted form.

    What is in another language or in Latin letters (`lang="ko-Latn"`), and titles in the
    references, keep their slant and come from other faces: those of East Asia draw Cyrillic
    on the full square.
    """
    foreign = (f'[lang]:not([lang|="{tag}"])', '[lang$="-Latn"]')  # Calibre knows no :lang()
    slanted = ", ".join(f"{selector} em" for selector in (*foreign, ".csl-entry"))
    return (
        ":root { --slant: normal }\n"
        "em, i, cite, dfn { font-style: normal; font-weight: bold }\n"
        f"{slanted} {{ font-style: italic; font-weight: inherit }}\n"
        f"{', '.join(foreign)}, .csl-entry em {{ font-family: var(--font-latin) }}\n"
    )


def are_still(pictures: Mapping[str, bytes]) -> bool:
    """Whether none of these files can move: no SMIL, no CSS that does it, no second picture."""
    return not any(map(_MOVING.search, pictures.values()))


def hazard(*, still: bool) -> str:
    """The value of schema.org's `accessibilityHazard`; what moves may flash for all we know."""
    return "none" if still else "unknown"


def _entries(headings: Sequence[Heading]) -> Iterator[Entry]:
    while headings:
        first, rest = headings[0], headings[1:]
        inside = next((n for n, each in enumerate(rest) if each.level <= first.level), len(rest))
        yield Entry(first, tuple(_entries(rest[:inside])))
        headings = rest[inside:]


def prepare(style: Style) -> None:
    """Make the templates of a style ready to be filled."""
    environment = _environment(_templates(style))
    for name, _ in _templates(style):
        environment.get_template(name)


def _templates(style: Style) -> tuple[tuple[str, str], ...]:
    """Names beneath `templates/` and texts."""
    files = sorted(style.files.items())
    return tuple((n.removeprefix(TEMPLATES), text) for n, text in files if n.startswith(TEMPLATES))


def _kept_code() -> BytecodeCache:
    """Keeps the code of publish's own templates; a stranger's is never put beside it."""
    import jinja2

    own = {text for name, text in styles.read().files.items() if name.startswith(TEMPLATES)}

    class Kept(jinja2.BytecodeCache):
        def get_source_checksum(self, source: str) -> str:
            return f"{jinja2.__version__}\n{source}"

        def load_bytecode(self, bucket: Bucket) -> None:
            data = compiled.find(f"template-{bucket.key[:16]}", bucket.checksum)
            if data is not None:
                bucket.bytecode_from_string(data)

        def dump_bytecode(self, bucket: Bucket) -> None:
            if bucket.checksum.partition("\n")[2] in own:
                data = bucket.bytecode_to_string()
                compiled.keep(f"template-{bucket.key[:16]}", bucket.checksum, data)

    return Kept()


@lru_cache(maxsize=8)
def _environment(files: tuple[tuple[str, str], ...]) -> SandboxedEnvironment:
    """The environment of a style; kept, since compiling templates takes longer than filling."""
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    templates = dict(files)

    def load(name: str) -> tuple[str, str, None] | None:
        """A template's text, and its path for tracebacks."""
        return (templates[name], f"{STYLES}{TEMPLATES}{name}", None) if name in templates else None

    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load),
        bytecode_cache=_kept_code(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "by_bio_title": _by_bio_title,
        "orcid_url": orcid_url,
        "outline": outline,
        "policy_hash": policy_hash,
    }
    return environment


def _by_bio_title(people: Iterable[Credit]) -> list[tuple[str, list[Credit]]]:
    """Neighbours with the same heading together, in the order of the credits."""
    grouped = groupby(people, key=lambda credit: credit.bio_title)
    return [(title, list(group)) for title, group in grouped]


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
