"""Leftovers: words of the source language that were not translated, and whole such messages."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from publish.checks.translations.cases import Case, Setting
from publish.problems import Problem

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_RUN = 3  # words in a row that two languages hardly share
_KEPT = 2  # messages in which a word is kept, before it is a name

# Words that are frequent in a language; those that the other language has too do not count.
_FREQUENT = {
    "de": "der die das und oder ist sind war nicht ein eine einer eines von vom mit für auf dem"
    " den des im zu zum zur auch als bei durch nach über werden wurde hat haben sich dass"
    " was war wo so an am man will bald in um es er sie wie",
    "en": "the of and to in is are was were be been has have had that which this these those"
    " with by from for on at as it its not or but their his her they who whom would should"
    " could may might into than then there when where while between"
    " war die hat man will",
    "es": "el la los las y de del que en un una por con para se su es son fue más como pero sus al",
    "fr": "le la les et de des du que qui dans un une par pour avec sur est sont été ce cette"
    " ces au aux plus comme mais leur ses ou",
    "it": "il lo la i gli le e di del della che in un una per con si è sono più come ma nel alla",
    "nl": "de het een en van in is dat die niet met op voor zijn aan door bij ook als maar",
    "pt": "o a os as e de do da que em um uma por com para se é são mais como mas no na ao",
    "sv": "och att det som en ett i på är av för med den till inte om har de",
}


def check(cases: Sequence[Case], setting: Setting) -> Iterator[Problem]:
    """`translation-leftover` and `translation-same` of all translations."""
    theirs = script(setting.source_language.name)
    ours = script(setting.language.name)
    frequent = _frequent(setting)
    left = {id(case): list(_left(case, theirs)) for case in cases if theirs != ours}
    words = (set(" ".join(runs).casefold().split()) for runs in left.values())
    often = Counter(chain.from_iterable(words))
    kept = {word for word, messages in often.items() if messages >= _KEPT}
    for case in cases:
        if _same(case):
            hint = "Translate it; if it is a name that stays, waive this with a reason."
            yield case.warning("translation-same", "the translation is the source", hint)
            continue
        if theirs != ours:
            runs = [run for run in left[id(case)] if _is_left(run, kept)]
        else:
            runs = _shared(case, frequent)
        if runs:
            what = f"words of the source: {', '.join(f'“{run}”' for run in runs)}"
            hint = 'Translate them; if they stay on purpose, mark them: [words]{lang="…"}.'
            yield case.warning("translation-leftover", what, hint)


@cache
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""


def script(text: str) -> str:
    """The script of most letters: LATIN, CYRILLIC, HANGUL and so on."""
    found = Counter(map(_script_of, text))
    del found[""]
    return found.most_common(1)[0][0] if found else ""


def _frequent(setting: Setting) -> set[str]:
    theirs = _FREQUENT.get(setting.source_language.tag.partition("-")[0], "")
    ours = _FREQUENT.get(setting.language.tag.partition("-")[0], "")
    short = {word for word in theirs.split() if len(word) < 3}  # noqa: PLR2004  # words of two letters
    clear = {"of", "to", "is", "by"} & short  # the other short words mean something elsewhere
    return {word for word in theirs.split() if word not in short} - set(ours.split()) | clear


def _same(case: Case) -> bool:
    """Whether a translation is its source, and has an ordinary word that is no name or number."""
    same = case.source.text == case.translation.text
    same = same or case.entry.text == case.entry.translation
    return same and any(
        word.islower() and len(word) > 1 for word in _WORD.findall(case.source.text)
    )


def _is_left(run: str, kept: set[str]) -> bool:
    """Whether a run is more than words that are kept elsewhere too, and one name with them."""
    others = [word for word in run.split() if word.casefold() not in kept]
    return any(word.islower() for word in others) or len(others) > 1


def _left(case: Case, theirs: str) -> Iterator[str]:
    """Runs of words in the source's script that the source has; no titles, no short forms."""
    words = set(_WORD.findall(case.source.text))
    titles = " ".join(title for title in case.translation.titles if title in case.source.titles)
    for run in _runs(case.translation.text, theirs):
        known = [word for word in run if word in words or word.casefold() in words]
        ordinary = any(word.islower() and len(word) > 1 for word in known)
        text = " ".join(run)
        if text not in titles and (ordinary or _is_name(run, known, case.translation.text)):
            yield text


def _is_name(run: list[str], known: list[str], text: str) -> bool:
    """Whether a run is a name as the source has it, and not one in brackets behind another."""
    names = len(known) == len(run) > 1 and not any(word.isupper() for word in run)
    return names and f"({run[0]}" not in text


def _runs(text: str, theirs: str) -> Iterator[list[str]]:
    """Words of a script that follow one another."""
    run: list[str] = []
    end = -1
    for match in _WORD.finditer(text):
        if _script_of(match[0][0]) != theirs:
            continue
        word = "".join(s for s in match[0] if _script_of(s) in ("", theirs))
        if run and text[end : match.start()].strip():
            yield run
            run = []
        run = [*run, word]
        end = match.start() + len(word)
    if run:
        yield run


def _shared(case: Case, frequent: set[str]) -> list[str]:
    """Words of a language in the same script: its frequent ones, and runs that the source has."""
    titles = {title for title in case.translation.titles if title in case.source.titles}
    named = {word for title in titles for word in _WORD.findall(title)}
    source = [word.casefold() for word in _WORD.findall(case.source.text)]
    given = [word for word in _WORD.findall(case.translation.text) if word not in named]
    folded = [word.casefold() for word in given]
    runs = set(_threes(source))
    found = [word for word in given if word.casefold() in frequent & set(source)]
    for n, run in enumerate(_threes(folded)):
        if run in runs and any(word.islower() for word in given[n : n + _RUN]):
            found.append(" ".join(given[n : n + _RUN]))
    return list(dict.fromkeys(found))


def _threes(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1)]
