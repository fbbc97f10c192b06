"""Twenty changes in the manuscript of this publication, of all kinds that editors make."""

from __future__ import annotations

import re
from pathlib import Path

from publications import ARTICLE, METADATA, Change, all_of, replace

BIOGRAPHY = "manuscript/bio/friedrichs.md"
FIGURE = "manuscript/figures/timeline.svg"

# What changes no translation, and is said with `update --minor`.
MINOR = {
    "a comma": replace(ARTICLE, "arrangement and whatever", "arrangement, and whatever"),
    "a spelling": replace(ARTICLE, "pre-emptive use", "preemptive use"),
}


def paragraph(text: str, beginning: str) -> str:
    """The paragraph that begins so, with the empty line below it."""
    found = re.search(rf"^{re.escape(beginning)}.*?(?:\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, beginning
    return found[0]


def vanished(beginning: str) -> Change:
    """A paragraph less."""

    def change(folder: Path) -> None:
        path = folder / ARTICLE
        text = path.read_text("utf-8")
        path.write_text(text.replace(paragraph(text, beginning), "", 1), "utf-8")

    return change


def moved(beginning: str, before: str) -> Change:
    """A paragraph to another place."""

    def change(folder: Path) -> None:
        path = folder / ARTICLE
        text = path.read_text("utf-8")
        passage = paragraph(text, beginning)
        text = text.replace(passage, "", 1).replace(before, passage + before, 1)
        path.write_text(text, "utf-8")

    return change


NEW = """Whether the partners see it so is another matter. Official statements speak of
brotherhood [@treaty-2024, art. 1], and they speak of it on both sides.[^brothers]

[^brothers]: Statements of this kind have a public of their own and prove little.

"""

BLOC = "[^bloc]: A bloc would have organs and members.\n\n"

MAJOR = {
    "a new paragraph with a citation and a note": replace(
        ARTICLE, "![From mutual", f"{NEW}![From mutual"
    ),
    "a paragraph less": vanished("Such symbols matter"),
    "a paragraph moved": moved("China has responded", "Against this background"),
    "a paragraph split": replace(ARTICLE, "[^doctrine] In January", "[^doctrine]\n\nIn January"),
    "two paragraphs joined": replace(
        ARTICLE, "adversaries, not a project.\n\n", "adversaries, not a project.\n"
    ),
    "a number": replace(ARTICLE, "some 10,000 North Korean", "some 11,000 North Korean"),
    "a note": all_of(
        replace(ARTICLE, "North-East Asia; the", "North-East Asia;[^bloc] the"),
        replace(ARTICLE, "uncertain scope.\n\n", f"uncertain scope.\n\n{BLOC}"),
    ),
    "a note moved": all_of(
        replace(ARTICLE, "him.[^jang] North", "him. North"),
        replace(ARTICLE, "executed; a channel", "executed;[^jang] a channel"),
    ),
    "a citation": replace(
        ARTICLE,
        "Taken literally, the clause",
        "Taken literally [@un-charter, art. 103], the clause",
    ),
    "a row": replace(
        ARTICLE,
        "| October 2024 |",
        "| 4 December 2024 | The treaty enters into force |\n| October 2024 |",
    ),
    "a caption": replace(ARTICLE, "of the events discussed {", "of the events discussed here {"),
    "a word in a figure": replace(FIGURE, "Troops in Russia", "Soldiers in Russia"),
    "a heading": replace(ARTICLE, "## The region {", "## The region after the treaty {"),
    "an alternative text": replace(
        ARTICLE, '2024 is emphasised."}', '2024 is emphasised by its colour."}'
    ),
    "the abstract": replace(METADATA, "repealing any of them.", "repealing a single one of them."),
    "a keyword": replace(METADATA, "  - self-defence\n", "  - self-defence\n  - deterrence\n"),
    "a biography": replace(BIOGRAPHY, "He has three\nbooks", "He has four\nbooks"),
    "a locator": replace(ARTICLE, "[@un-charter, art. 2(5)]", "[@un-charter, art. 2(6)]"),
}

# What each desk makes of its part (`desks.Work`).
WORK = {
    "xliff": {
        "Whether the partners": (
            "",
            (
                "당사국들도 그렇게 보는지는 별개의 문제이다.\n공식 성명은 형제애를 말하며⟦1⟧⟦2⟧, "
                "제1조⟦/1⟧, 양쪽이 모두 그렇게 말한다.⟦3⟧"
            ),
        ),
        "Statements of this kind": (
            "",
            "이러한 성명에는 저마다 청중이 있으며, 입증하는 바는 적다.",
        ),
        "Russia’s return": ("약 1만 명", "약 1만 1,000명"),
        "The heaviest": ("처형되면서 (.*막혔다\\.)⟦1⟧", "처형되었고,⟦1⟧ \\1"),
        "The treaty supplies": ("문언대로 읽으면", "문언대로 읽으면⟦3⟧⟦4⟧, 제103조⟦/3⟧"),
        "No formal bloc": ("형성되지는 않았다\\.", "형성되지는 않았다.⟦1⟧"),
        "A bloc would have": ("", "블록이라면 기관과 회원국이 있을 것이다."),
    },
    "docx": {
        "deterrence": ("", "억제력"),
        "A timeline of nine": ("강조되어", "색으로 강조되어"),
        "Chronology of": ("이 글에서", "여기에서"),
        "4 December 2024": ("", "2024년 12월 4일"),
        "The treaty enters": ("", "조약 발효"),
        "Soldiers in Russia": ("북한군 러시아 파병", "러시아의 북한 군인"),
        "The region after": ("", "조약 이후 지역에 미치는 영향"),
        "The duty in the Charter": ("제5항", "제6항"),
    },
    "po": {
        "In June 2024": ("하나도", "단 하나도"),
        "Two decisions": (" 2024년 1월에는.*", ""),
        "In January 2024 reunification": ("^.*(?=2024년 1월에는)", ""),
        "The treaty of 2024": ("", ""),
        "Gordon Friedrichs is": ("저서 세 권", "저서 네 권"),
    },
}


def expected(before: list[str]) -> list[str]:
    """The Korean page after the twenty changes, made by hand from the page before them."""
    page = list(before)

    def at(beginning: str) -> int:
        (found,) = [place for place, text in enumerate(page) if text.startswith(beginning)]
        return found

    def change(beginning: str, old: str, new: str) -> None:
        place = at(beginning)
        assert old in page[place]
        page[place] = page[place].replace(old, new, 1)

    change("주제어", "자위권 · ", "자위권 · 억제력 · ")
    for each in (place for place, text in enumerate(page) if text.startswith("2024년 6월 북한과")):
        page[each] = page[each].replace("하나도", "단 하나도")
    for each in (place for place, text in enumerate(page) if text == "7.3 지역에 미치는 영향"):
        page[each] = "7.3 조약 이후 지역에 미치는 영향"
    page.insert(
        at("이 글에서는 이를 선택적 제휴") + 1,
        "당사국들도 그렇게 보는지는 별개의 문제이다. 공식 성명은 형제애를 말하며"
        "(북러 동반자조약 2024, 제1조), 양쪽이 모두 그렇게 말한다.[]",
    )
    change("북한과 이웃 강대국들의 관계에서", "강조되어", "색으로 강조되어")
    change("북한군 러시아 파병", "북한군 러시아 파병", "러시아의 북한 군인")
    change("러시아는 그 값을", "약 1만 명", "약 1만 1,000명")
    change("표 1 ", "이 글에서", "여기에서")
    row = at("북한군 약 1만 명이") - 1
    page[row:row] = ["2024년 12월 4일", "조약 발효"]
    del page[at("이러한 상징은")]
    whole = page[at("조약에 앞선 두 가지")]
    half = whole.index(" 2024년 1월에는")
    page[at("조약에 앞선 두 가지")] = whole[:half]
    page.insert(at("조약에 앞선 두 가지") + 1, whole[half + 1 :])
    change("북한의 대외 의존", "처형되면서", "처형되었고,[]")
    change("북한의 대외 의존", "막혔다.[]", "막혔다.")
    reserve = page.pop(at("중국은 유보적인"))
    page.insert(at("이러한 배경에서"), reserve)
    change("조약은 이러한 행위를", "읽으면", "읽으면(유엔 헌장 1945, 제103조)")
    change("동북아시아에", "않았다.", "않았다.[]")
    last = page.pop(at("따라서 두 방향"))
    page[at("2024년의 조약은")] += f" {last}"
    page.insert(
        at("러시아가 연장을") + 1, "이러한 성명에는 저마다 청중이 있으며, 입증하는 바는 적다."
    )
    change("유엔이 방지조치", "제5항", "제6항")
    page.insert(at("다섯 결의는") + 1, "블록이라면 기관과 회원국이 있을 것이다.")
    change("고든 프리드리히스(Gordon", "세 권", "네 권")
    return page
