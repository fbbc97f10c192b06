"""What a handed-out table says to its translator, in languages in which we can say it."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The words of a table, and the language that they are in."""

    language: str
    context: str
    source: str
    translation: str
    glossary: str
    doubtful: str
    legend: tuple[str, ...]


def words_of(tag: str) -> Words:
    """The words for translators into a language, in English where there are no others."""
    return _WORDS.get(tag.partition("-")[0], _WORDS["en"])


_WORDS = {
    "en": Words(
        "en",
        "Context",
        "Source",
        "Translation",
        "Terms",
        "Yellow: please look at this translation again, its source has changed.",
        (
            "Write into the last column only; what is grey stays as it is.",
            (
                "Tokens such as ⟦1⟧ stand for what must not be typed (notes, citations, emphasis). "
                "Copy each of them into the translation, where it belongs. "
                "⟦1⟧ and ⟦/1⟧ enclose words."
            ),
            "Tracked changes are taken as accepted. Please keep all rows, and save as DOCX.",
        ),
    ),
    "ko": Words(
        "ko",
        "맥락",
        "원문",
        "번역",
        "용어",
        "노란색: 원문이 바뀌었으니 번역을 다시 확인해 주십시오.",
        (
            "마지막 열에만 쓰십시오. 회색 칸은 그대로 두십시오.",
            (
                "⟦1⟧ 같은 기호는 직접 입력하면 안 되는 것(각주, 인용, 강조)을 나타냅니다. "
                "번역문의 알맞은 자리에 그대로 복사해 넣으십시오. "
                "⟦1⟧과 ⟦/1⟧은 그 사이의 말을 묶습니다."
            ),
            "변경 내용 추적은 모두 적용된 것으로 봅니다. 행을 지우지 말고 DOCX로 저장하십시오.",
        ),
    ),
    "ru": Words(
        "ru",
        "Контекст",
        "Оригинал",
        "Перевод",
        "Термины",
        "Жёлтый цвет: проверьте перевод ещё раз, оригинал изменился.",
        (
            "Пишите только в последнем столбце; серые ячейки не меняйте.",
            (
                "Метки вида ⟦1⟧ стоят на месте того, что нельзя набирать вручную (сноски, ссылки, "
                "выделения). Скопируйте каждую в нужное место перевода. ⟦1⟧ и ⟦/1⟧ заключают слова."
            ),
            "Исправления считаются принятыми. Не удаляйте строки; сохраните файл как DOCX.",
        ),
    ),
    "de": Words(
        "de",
        "Zusammenhang",
        "Original",
        "Übersetzung",
        "Begriffe",
        "Gelb: bitte noch einmal prüfen, das Original hat sich geändert.",
        (
            "Bitte nur in die letzte Spalte schreiben; was grau ist, bleibt, wie es ist.",
            (
                "Zeichen wie ⟦1⟧ stehen für das, was nicht getippt werden soll (Fußnoten, Zitate, "
                "Hervorhebungen). Bitte jedes an seine Stelle in der Übersetzung kopieren. "
                "⟦1⟧ und ⟦/1⟧ schließen Wörter ein."
            ),
            (
                "Nachverfolgte Änderungen gelten als angenommen. Bitte alle Zeilen behalten und "
                "als DOCX speichern."
            ),
        ),
    ),
}

HEADS = tuple(words.translation for words in _WORDS.values())
"""What the column of the translations may be called."""
