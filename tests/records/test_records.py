"""What the records say, and how they are written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from lxml import etree

from publications import publish
from publish.distribution.records.onix import access
from records import everything

pytestmark = pytest.mark.xdist_group("records")

ONIX = {"o": "http://ns.editeur.org/onix/3.0/reference"}
CROSSREF = {
    "c": "http://www.crossref.org/schema/5.4.0",
    "fr": "http://www.crossref.org/fundref.xsd",
    "rel": "http://www.crossref.org/relations.xsd",
}
DC = {"dc": "http://purl.org/dc/elements/1.1/"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HREF = "{http://www.w3.org/1999/xlink}href"


def record(folder: Path, edition: str, name: str) -> bytes:
    return (folder / "build" / edition / "metadata" / name).read_bytes()


def tree(folder: Path, edition: str, name: str) -> etree._Element:
    return etree.fromstring(record(folder, edition, name))


def texts(root: etree._Element, path: str, names: dict[str, str] | None = None) -> list[str]:
    return ["".join(each.itertext()) for each in root.iterfind(path, names)]


def test_a_deposit_names_the_source_its_title_people_funders_and_references(article: Path) -> None:
    root = tree(article, "ko+kips", "crossref.xml")
    relation = root.find(".//rel:intra_work_relation", CROSSREF)
    assert relation is not None
    assert relation.get("relationship-type") == "isTranslationOf"
    assert (relation.get("identifier-type"), relation.text) == ("doi", "10.5555/12345678")
    original = root.find(".//c:original_language_title", CROSSREF)
    assert original is not None
    assert (original.get("language"), original.text) == ("en", "Treaties & Trust: 1 < 2")
    assert texts(root, ".//c:title", CROSSREF) == ["조약과 신뢰: 1 < 2"]
    roles = [each.get("contributor_role") for each in root.find(".//c:contributors", CROSSREF)]  # type: ignore[union-attr]  # it is there
    assert roles == ["author", "editor", "author", "translator"]
    assert texts(root, ".//c:ORCID", CROSSREF) == [
        "https://orcid.org/0000-0002-1825-0097",
        "https://orcid.org/0000-0001-5109-3700",
    ]
    assert texts(root, ".//c:institution_id", CROSSREF) == ["https://ror.org/05gq02987"]
    assert "EX-2026/1" in texts(root, ".//fr:assertion[@name='award_number']", CROSSREF)
    assert [each.get("key") for each in root.iterfind(".//c:citation", CROSSREF)] == [
        "doe2020",
        "book",
    ]
    assert texts(root, ".//c:article_title", CROSSREF)[0] == "Treaties and trust"
    assert texts(root, ".//c:email_address", CROSSREF) == ["doi@example.com"]


def test_the_source_is_no_translation(article: Path) -> None:
    deposit = record(article, "en", "crossref.xml")
    assert b"isTranslationOf" not in deposit
    assert b"original_language_title" not in deposit
    product = tree(article, "en", "onix.xml")
    assert texts(product, ".//o:LanguageRole", ONIX)[:1] == ["01"]
    assert "02" not in texts(product, ".//o:LanguageRole", ONIX)


def test_without_a_doi_there_is_no_deposit_and_a_note_says_so(article: Path) -> None:
    done = publish("records", "-l", "ko", cwd=article)
    assert done.returncode == 0
    assert "note: ko: no deposit for Crossref (crossref.xml), which wants identifiers.doi" in (
        done.stderr.splitlines()
    )
    assert not (article / "build/ko/metadata/crossref.xml").exists()


def test_jats_has_all_languages_labels_and_both_forms_of_a_reference(article: Path) -> None:
    root = tree(article, "en", "jats.xml")
    assert root.get("article-type") == "research-article"
    assert [each.get(LANG) for each in root.iter("trans-title-group")] == ["ko"]
    assert texts(root, ".//trans-title") == ["조약과 신뢰: 1 < 2"]
    assert [each.get(LANG) for each in root.iter("trans-abstract")] == ["ko"]
    assert [each.get(LANG) for each in root.iter("kwd-group")] == ["en", "ko"]
    assert texts(root, ".//kwd-group[2]/kwd")[0] == "조약"
    assert texts(root, "body/sec/label") == ["1", "2"]
    assert texts(root, ".//fig/label") + texts(root, ".//table-wrap/label") == [
        "Figure\xa01",
        "Table\xa01",
    ]
    assert texts(root, ".//disp-formula/label") == ["(1)"]
    assert texts(root, ".//verse-line") == ["A line of verse", "and another"]
    kinds = {str(each.get("rid")): each.get("ref-type") for each in root.iter("xref")}
    assert kinds == {
        "fn1": "fn",
        "ref-doe2020": "bibr",
        "ref-book": "bibr",
        "sec-two": "sec",
        "fig-line": "fig",
        "tbl-x": "table",
        "eq-one": "disp-formula",
    }
    both = [[part.tag for part in each] for each in root.iter("citation-alternatives")]
    assert both == [["element-citation", "mixed-citation"]] * 2
    graphic = root.find(".//graphic")
    assert graphic is not None
    assert record(article, "en", str(graphic.get(HREF))).startswith(b"<")


def test_a_translation_in_jats_is_related_to_its_source_by_doi(article: Path) -> None:
    root = tree(article, "ko+kips", "jats.xml")
    related = root.find(".//related-article")
    assert root.get("article-type") == "translation"
    assert related is not None
    assert texts(root, ".//name-alternatives/string-name") == ["김하나", "Kim Hana"]
    assert (related.get("related-article-type"), related.get(HREF)) == (
        "translated-article",
        "10.5555/12345678",
    )


def test_the_words_of_the_text_are_all_in_jats(own: Path) -> None:
    """Every word of the article's page stands in its JATS, notes and references included."""
    assert publish("build", "-f", "html", "-l", "de", cwd=own).returncode == 0
    html = etree.HTML((own / "build/de/borrowed-strength.html").read_bytes())
    reading = html.find(".//div[@id='pub-text']")
    assert reading is not None
    root = tree(own, "de", "jats.xml")
    said = set(" ".join(root.itertext()).split())
    shown: set[str] = set()
    for paragraph in reading.iterfind(".//section//p"):
        for link in list(paragraph.iterfind(".//a[@role='doc-backlink']")):
            link.text = ""
        shown |= set("".join(paragraph.itertext()).replace("\xa0", " ").split())
    missing = {word for word in shown - said if word.isalpha()}
    assert len(shown) > 1000
    assert not missing


def test_onix_says_of_access_what_the_epub_says(own: Path) -> None:
    assert publish("build", "-f", "epub", "-l", "ru", cwd=own).returncode == 0
    with ZipFile(own / "build/ru/borrowed-strength.epub") as file:
        name = next(each for each in file.namelist() if each.endswith(".opf"))
        package = etree.fromstring(file.read(name))
    said: dict[str, tuple[str, ...]] = {}
    for meta in package.iterfind(".//{*}meta[@property]"):
        prefix, _, key = str(meta.get("property")).partition(":")
        if prefix == "schema":
            said[key] = (*said.get(key, ()), meta.text or "")
    product = tree(own, "ru", "onix.xml").find("o:Product", ONIX)
    assert product is not None
    found = [
        tuple(
            each.findtext(f"o:ProductFormFeature{part}", "", ONIX)
            for part in ("Type", "Value", "Description")
        )
        for each in product.iterfind(".//o:ProductFormFeature", ONIX)
    ]
    assert found == list(access.epub(said))
    assert {"00", "13", "14"} <= {value for kind, value, _ in found if kind == "09"}


def test_onix_of_a_translation(article: Path) -> None:
    root = tree(article, "ko+kips", "onix.xml")
    first = root.find("o:Product", ONIX)
    assert first is not None
    codes = zip(
        texts(first, ".//o:LanguageRole", ONIX),
        texts(first, ".//o:LanguageCode", ONIX),
        strict=True,
    )
    assert list(codes) == [("01", "kor"), ("02", "eng")]
    translator = first.find(".//o:Contributor[o:ContributorRole='B06']", ONIX)
    assert translator is not None
    assert translator.findtext("o:FromLanguage", "", ONIX) == "eng"
    assert translator.findtext("o:ToLanguage", "", ONIX) == "kor"
    work = first.find(".//o:RelatedWork[o:WorkRelationCode='29']", ONIX)
    assert work is not None
    assert "10.5555/12345678" in texts(work, ".//o:IDValue", ONIX)


def test_a_product_has_an_isbn_of_its_own(article: Path) -> None:
    """One ISBN for two formats is one product; the ISBN of 10 digits here is that of 13."""
    root = tree(article, "en", "onix.xml")
    assert texts(root, "o:Product/o:DescriptiveDetail/o:ProductFormDetail", ONIX) == ["E101"]
    numbers = root.iterfind("o:Product/o:ProductIdentifier[o:ProductIDType='15']", ONIX)
    assert [each.findtext("o:IDValue", "", ONIX) for each in numbers] == ["9783161484100"]
    assert len(list(tree(article, "ko", "onix.xml").iterfind("o:Product", ONIX))) == 2


def test_feeds_have_all_editions_with_their_files(article: Path) -> None:
    feed = json.loads(record(article, "ko", "opds.json"))
    tags = [each["metadata"]["language"] for each in feed["publications"]]
    assert tags == ["en", "ko", "ko"]
    kips = feed["publications"][2]
    assert [person["name"] for person in kips["metadata"]["translator"]] == ["김하나"]
    files = [each["href"] for each in kips["links"] if "acquisition" in each["rel"]]
    base = "https://example.org/treaties/ko+kips/treaties"
    assert files == [f"{base}.epub", f"{base}.pdf", f"{base}.html"]
    atom = tree(article, "ko", "opds.xml")
    links = atom.findall("{*}entry[3]/{*}link[@rel='http://opds-spec.org/acquisition/open-access']")
    assert [each.get("href") for each in links] == files
    assert [each.get("rel") for each in atom.findall("{*}link")] == ["self", "start"]


def test_dublin_core_and_cff(article: Path) -> None:
    root = tree(article, "ko+kips", "dublin-core.xml")
    assert texts(root, "dc:source", DC) == ["https://doi.org/10.5555/12345678"]
    assert texts(root, "dc:identifier", DC)[0] == "https://doi.org/10.5555/87654321"
    assert texts(root, "dc:creator", DC) == ["Carberry, Josiah", "The Example Working Group"]
    cited = yaml.safe_load(record(article, "ko+kips", "CITATION.cff"))["preferred-citation"]
    assert cited["translators"] == [
        {"name": "김하나", "orcid": "https://orcid.org/0000-0001-5109-3700"}
    ]
    assert (cited["doi"], cited["license"]) == ("10.5555/87654321", "CC-BY-4.0")


def test_a_book_has_no_jats_and_a_note_says_so(book: Path) -> None:
    done = publish("records", "-l", "en", cwd=book)
    assert "note: en: no jats.xml: JATS is for articles" in done.stderr
    assert not (book / "build/en/metadata/jats.xml").exists()
    deposit = tree(book, "en", "crossref.xml")
    assert deposit.find(".//c:book_metadata", CROSSREF) is not None


def test_the_same_bytes_in_another_folder_place_and_time(article: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    shutil.copytree(article, other, ignore=shutil.ignore_patterns("build"))
    zone = {"TZ": "Asia/Seoul", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    assert publish("records", cwd=other, environment=zone).returncode == 0

    def built(folder: Path) -> dict[str, bytes]:
        paths = [path for path in folder.glob("build/*/metadata/**/*") if path.is_file()]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}

    assert built(other) == built(article)


def test_all_of_them_or_none_and_none_that_is_old(tmp_path: Path) -> None:
    folder = everything.made(tmp_path)
    assert publish("records", "-l", "en", cwd=folder).returncode == 0
    metadata = folder / "manuscript/metadata.yaml"
    text = metadata.read_text("utf-8")
    metadata.write_text(text.replace("doi: 10.5555/12345678, ", ""), "utf-8")
    before = record(folder, "en", "onix.xml")
    edition = folder / "translations/ko+kips/edition.yaml"
    good = edition.read_text("utf-8")
    edition.write_text(good.replace("doi: 10.5555", "doi: no"), "utf-8")
    assert publish("records", "-l", "en", cwd=folder).returncode == 1
    assert record(folder, "en", "onix.xml") == before
    assert (folder / "build/en/metadata/crossref.xml").exists()
    edition.write_text(good, "utf-8")
    assert publish("records", "-l", "en", cwd=folder).returncode == 0
    assert record(folder, "en", "onix.xml") != before
    assert not (folder / "build/en/metadata/crossref.xml").exists()
