"""Markup: the HTML of an edition as well-formed XML in which nothing acts and nothing is fetched.

A manuscript may be a stranger's, and so may the raw HTML in it. What pandoc wrote is left as
it is where it is well-formed and has nothing but elements, attributes and addresses that are for
text. Else nh3 reads it as a browser does (HTML Standard, 13.2) and takes out all others; what it
leaves is looked at once more, for what a list of names cannot tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

_TEXT = """
a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup dd del details
dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li
main mark nav ol p pre q rp rt ruby s samp section small span strong sub summary sup table tbody td
tfoot th thead time tr u ul var wbr
""".split()
_MATH = """
annotation maction math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom
mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder
munderover none semantics
""".split()
_ALLOWED = {*_TEXT, *_MATH}
# Elements whose contents are not text of the page: they go with all that is in them.
_WHOLE = set(
    "script style template iframe object embed applet noscript noframes title textarea".split()
)
_WHOLE |= set("select button svg audio video canvas frameset head datalist map".split())
_VOID = set("br col hr img input wbr".split())
# Of HTML, of RDFa and microdata, and of MathML; also `aria-*` and `data-*`.
_ATTRIBUTES = set(
    """
abbr align alt axis bgcolor border cellpadding cellspacing char charoff checked cite clear color
cols colspan compact coords datetime dir disabled download draggable encoding face for frame
frameborder headers height hidden href hreflang hspace id class inert ismap itemid itemprop itemref
itemscope itemtype lang longdesc media name nowrap numberofpages open part rel rev reversed role
rows rowspan rules scope shape size slot span spellcheck src start style summary tabindex title
translate type usemap valign value vspace width xml:lang
about content datatype inlist prefix property resource typeof vocab
accent accentunder columnalign columnlines columnspacing columnspan crossout depth display
displaystyle equalcolumns equalrows fence form framespacing linethickness lspace mathbackground
mathcolor mathsize mathvariant maxsize minlabelspacing minsize movablelimits notation rowalign
rowlines rowspacing rspace scriptlevel scriptminsize separator separators stretchy subscriptshift
superscriptshift symmetric voffset xmlns
""".split()
)
_PREFIXES = ("aria-", "data-")
_SCHEMES = {"http", "https", "mailto", "tel", "doi", "urn", "geo", "ftp"}
_STYLE = re.compile(r"url\s*\(|expression|import|position|behavior|[\\<@]", re.IGNORECASE)
_NAME = re.compile(r"[a-z_][a-z0-9_.-]*", re.IGNORECASE)
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MATHML = "http://www.w3.org/1998/Math/MathML"
_XML = {"xml:lang", _XML_LANG}
_CLOSING = re.compile(r"<(\w+)(?:\s[^<>]*)?/>")  # <x />: to a browser a beginning, but for these:
_CLOSED = {*_VOID, *_MATH}
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """A fragment of HTML that an XML parser reads and that does nothing."""
    text = _UNSEEN.sub("", text)
    if is_clean(text):
        return text
    text = _sanitised(text)
    root = html.document_fromstring(f"<html><body>{text}</body></html>").find("body")
    if root is None:
        return ""
    _name_well(root)
    for element, name in list(refused(root)):
        _take_out(element, name)
    return _UNSEEN.sub("", _written(root))


def is_clean(text: str) -> bool:
    """Whether a fragment of HTML is well-formed and does nothing as it is."""
    root = _strict(text)
    return root is not None and not any(True for _ in refused(root))


def _sanitised(text: str) -> str:
    import nh3  # few editions need it

    return nh3.clean(
        text,
        tags=_ALLOWED,
        clean_content_tags=_WHOLE,
        attributes={"*": _ATTRIBUTES},
        generic_attribute_prefixes=set(_PREFIXES),
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def lost(text: str) -> list[str]:
    """What of some HTML has no place in an edition: names of elements and attributes."""
    root = html.document_fromstring(f"<html><body>{text}</body></html>").find("body")
    found = [] if root is None else [each for each in refused(root) if _name(each[0])]
    return list(dict.fromkeys(name or f"<{_name(element)}>" for element, name in found))


def refused(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """What has no place in an edition: an element and the name of its attribute, '' for itself."""
    for element in root.iterdescendants():
        if _name(element) not in _ALLOWED or _remote(element):
            yield element, ""
        else:
            yield from (
                (element, str(name)) for name in element.attrib if _acts(element, str(name))
            )


def _strict(text: str) -> etree._Element | None:
    """The text as XML, None where a browser would read it in another way."""
    if "<!" in text or "<?" in text or any(n not in _CLOSED for n in _CLOSING.findall(text)):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(f"<div>{text}</div>", parser)
    except etree.XMLSyntaxError:
        return None


def _name_well(root: etree._Element) -> None:
    """Away with what HTML takes and XML does not: names of attributes, signs; and namespaces.

    Only formulas have one of their own, whoever wrote them.
    """
    for each in root.iter():
        each.text, each.tail = (text and _UNSEEN.sub("", text) for text in (each.text, each.tail))
    for element in root.iter(etree.Element):
        given = [(str(name), str(value)) for name, value in element.items()]
        element.attrib.clear()  # one by one they could not all be named
        for name, value in given:
            if name in _XML:
                element.set(_XML_LANG, value)
            elif _NAME.fullmatch(name) and name.lower() != "xmlns":
                element.set(name, _UNSEEN.sub("", value))
        if _name(element) == "math":  # a browser knows formulas without, a page of XML does not
            element.set("xmlns", _MATHML)


def _name(element: etree._Element) -> str:
    """An element's name in small letters, '' for a comment and the like."""
    if not isinstance(element.tag, str):
        return ""
    tag = element.tag  # of HTML it may be `m}th`, which is no namespace with a name
    return (tag.rpartition("}")[2] if tag.startswith("{") else tag).lower()


def _remote(element: etree._Element) -> bool:
    """A picture from elsewhere, or a control other than the box of a task."""
    if _name(element) == "input":
        return element.get("type") != "checkbox"
    return _name(element) == "img" and bool(
        re.match(r"\s*([\w.+-]+:|[/\\]{2})", element.get("src", ""))
    )


def _acts(element: etree._Element, name: str) -> bool:
    """Whether an attribute is a handler, leads out of the page by itself or hides a script."""
    if not _NAME.fullmatch(name) and name not in _XML:
        return True
    value, name = str(element.attrib[name]), name.lower()
    if name == "href":
        scheme = re.match(r"([\w.+-]*):", re.sub(r"[\s\x00-\x20]+", "", value))
        return scheme is not None and scheme[1].lower() not in _SCHEMES
    if name == "style":
        return bool(_STYLE.search(value))
    return name not in _ATTRIBUTES and not name.startswith(_PREFIXES) and name != _XML_LANG


def _take_out(element: etree._Element, attribute: str) -> None:
    if attribute:
        element.attrib.pop(attribute, None)
    elif _name(element) in _WHOLE or _name(element) == "":
        element.drop_tree()  # type: ignore[attr-defined]  # an lxml.html element
    else:
        element.drop_tag()  # type: ignore[attr-defined]  # an lxml.html element


def _written(root: etree._Element) -> str:
    """The contents of an element; one that is empty has an end tag, unless HTML knows none."""
    for element in root.iter(etree.Element):
        if _name(element) not in _VOID and not len(element) and not element.text:
            element.text = ""
    whole = etree.tostring(root, encoding="unicode")
    return whole[whole.index(">") + 1 : whole.rindex("</")]
