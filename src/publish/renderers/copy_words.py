"""What a copy for review says to its reviewer, in languages in which we can say it."""

from __future__ import annotations

from collections.abc import Mapping

from publish.records import Record


class Words(Record, frozen=True):
    """The words of a copy, and the language that they are in."""

    language: str
    title: str
    about: str
    source: str
    translation: str
    states: Mapping[str, str]
    doubtful: str
    waived: str
    note: str
    remark: str
    context: str
    former: str
    look: str
    nothing: str
    parts: str
    fixed: str
    show: str
    everything: str
    only: str
    places: str
    places_about: str


def words_of(tag: str) -> Words:
    """The words for a reviewer of a language, in English where there are no others."""
    return _WORDS.get(tag.partition("-")[0], _WORDS["en"])


_WORDS = {
    "en": Words(
        language="en",
        title="Review copy",
        about="Source and translation side by side, passage by passage. Each has its number, "
        "its place in the manuscript and the line of the catalogue in which it is corrected.",
        source="Source",
        translation="Translation",
        states={
            "missing": "not translated",
            "fuzzy": "to be looked at again",
            "translated": "translated",
            "reviewed": "reviewed",
            "approved": "approved",
        },
        doubtful="doubtful",
        waived="waived",
        note="Author’s note",
        remark="Translator’s remark",
        context="Context",
        former="The source has changed",
        look="To be looked at",
        nothing="Nothing: every passage is translated, and no check has found anything.",
        parts="Contents",
        fixed="Words that publish itself puts on pages",
        show="Show",
        everything="all passages",
        only="only what is to be looked at",
        places="Where each message stands",
        places_about="Lines of the catalogue, each with the number of its passage here.",
    ),
    "ko": Words(
        language="ko",
        title="검토본",
        about="원문과 번역문을 단락별로 나란히 실었습니다. 단락마다 번호, 원고에서의 위치, "
        "번역을 고칠 카탈로그 줄 번호가 있습니다.",
        source="원문",
        translation="번역",
        states={
            "missing": "번역되지 않음",
            "fuzzy": "다시 확인할 것",
            "translated": "번역됨",
            "reviewed": "검토됨",
            "approved": "승인됨",
        },
        doubtful="의심스러움",
        waived="예외 허용",
        note="저자의 설명",
        remark="번역자의 메모",
        context="맥락",
        former="원문이 바뀌었음",
        look="확인할 단락",
        nothing="없음: 모든 단락이 번역되었고 검사에서 발견된 문제가 없습니다.",
        parts="차례",
        fixed="publish가 쪽에 넣는 고정 문구",
        show="보기",
        everything="모든 단락",
        only="확인할 단락만",
        places="메시지 위치",
        places_about="카탈로그의 줄 번호와 이 검토본의 단락 번호입니다.",
    ),
    "ru": Words(
        language="ru",
        title="Экземпляр для проверки",
        about="Оригинал и перевод рядом, абзац за абзацем. У каждого абзаца есть номер, место "
        "в рукописи и строка каталога, в которой перевод исправляют.",
        source="Оригинал",
        translation="Перевод",
        states={
            "missing": "не переведено",
            "fuzzy": "проверить ещё раз",
            "translated": "переведено",
            "reviewed": "проверено",
            "approved": "утверждено",
        },
        doubtful="сомнительно",
        waived="допущено",
        note="Примечание автора",
        remark="Замечание переводчика",
        context="Контекст",
        former="Оригинал изменился",
        look="Требует внимания",
        nothing="Ничего: всё переведено, и проверки ничего не нашли.",
        parts="Содержание",
        fixed="Слова, которые publish ставит на страницы сам",
        show="Показать",
        everything="все абзацы",
        only="только то, что требует внимания",
        places="Где находится каждое сообщение",
        places_about="Строки каталога и номера абзацев в этом экземпляре.",
    ),
    "de": Words(
        language="de",
        title="Prüfexemplar",
        about="Original und Übersetzung nebeneinander, Absatz für Absatz. Jeder Absatz hat seine "
        "Nummer, seine Stelle im Manuskript und die Zeile des Katalogs, in der er berichtigt wird.",
        source="Original",
        translation="Übersetzung",
        states={
            "missing": "nicht übersetzt",
            "fuzzy": "noch einmal anzusehen",
            "translated": "übersetzt",
            "reviewed": "geprüft",
            "approved": "freigegeben",
        },
        doubtful="zweifelhaft",
        waived="zugelassen",
        note="Hinweis des Autors",
        remark="Bemerkung der Übersetzung",
        context="Zusammenhang",
        former="Das Original hat sich geändert",
        look="Anzusehen",
        nothing="Nichts: Alles ist übersetzt, und keine Prüfung hat etwas gefunden.",
        parts="Inhalt",
        fixed="Wörter, die publish selbst auf die Seiten setzt",
        show="Zeigen",
        everything="alle Absätze",
        only="nur, was anzusehen ist",
        places="Wo jeder Eintrag steht",
        places_about="Zeilen des Katalogs, jede mit der Nummer ihres Absatzes hier.",
    ),
}
