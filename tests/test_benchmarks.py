"""What the benchmark says can be wrong too: its arithmetic, its simulation, its translations."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import growth
import plot
import report
import series
import translating
from cluster import Check, Findings
from commands import Run
from contest import EVERYTHING, IDLE, ONE, STAYING, Results
from goals import ARTICLE, Figure, compared, of_work, stored
from growth import Book
from series import Costs, Task
from works import Work

QUICK = Costs(0, 0, [Task(0, 2, 0, 0), Task(0, 1, 0, 0)])


def results(seconds: float) -> Results:
    """An article on which publish takes so long each time, and everybody else a second."""
    found = Results(Work("article", Path(), {}))
    for case in (EVERYTHING, IDLE, ONE, STAYING):
        found.runs[case]["publish"].append(Run(seconds, 100))
        for who in ("weasyprint", "typst", "hastened", "as it comes", "python"):
            found.runs[case][who].append(Run(1))
    return found


def test_one_worker_that_costs_nothing_else_takes_as_long_as_its_work() -> None:
    outcome = series.simulated(100, 1, 1, QUICK)
    assert outcome.seconds == 300
    assert outcome.busy == 1


def test_readers_keep_workers_busy_with_publications_abreast_as_long_as_they_can() -> None:
    assert 150 <= series.simulated(100, 2, 1, QUICK).seconds < 155
    slow = Costs(0, 0, [Task(2, 2, 0, 0), Task(1, 1, 0, 0)])
    assert series.simulated(100, 2, 1, slow).seconds == 100 * 2 + 2
    assert 150 < series.simulated(100, 2, 2, slow).seconds < 160
    best = series.enough(100, 2, slow)
    assert (best.readers, best.busy > 0.9) == (2, True)
    busy = Costs(0, 0, slow.tasks, rest=2)  # the client itself, whoever reads for it
    assert series.simulated(100, 2, 9, busy).seconds > 100 * 2


def test_nothing_is_begun_while_enough_is_under_way() -> None:
    cluster = series.Cluster(100, 2, 9, QUICK)
    most = 0
    while cluster.events:
        cluster.step()
        most = max(most, cluster.open)
    assert most == 22  # two files each of eleven publications


def test_more_workers_help_no_more_when_the_scheduler_has_no_time_left() -> None:
    costs = Costs(0, 0.5, QUICK.tasks)
    assert series.simulated(100, 50, 50, costs).seconds >= 200 * 0.5


def test_what_connects_prepares_and_travels_takes_its_time() -> None:
    costs = Costs(3, 0, [Task(4, 5, int(series.LINK), 2 * int(series.LINK))])
    assert series.simulated(1, 1, 1, costs).seconds == 3 + 4 + 1 + 5 + 2
    assert series.simulated(2, 1, 1, costs).seconds == 3 + 4 + 1 + 5 + 5 + 2


def test_a_goal_is_reached_or_not_and_a_regression_is_told(tmp_path: Path) -> None:
    slow, quick = list(of_work(results(0.9), ARTICLE)), list(of_work(results(0.1), ARTICLE))
    assert all(figure.reached for figure in quick)
    missed = {figure.what for figure in slow if not figure.reached}
    assert "article: everything from nothing, of po4a + pandoc + WeasyPrint" in missed
    assert "article: nothing changed" in missed
    assert not any("Typst" in what or "memory" in what for what in missed)
    stored(quick, tmp_path / "figures.json")
    assert "article: nothing changed" not in json.loads((tmp_path / "figures.json").read_text())
    lines, worse = compared(slow, tmp_path / "figures.json")
    assert worse
    assert any(line.startswith("WORSE") for line in lines)
    assert not compared(list(of_work(results(0.119), ARTICLE)), tmp_path / "figures.json")[1]


@pytest.mark.parametrize(("goal", "below", "said"), [(1, True, "**no**"), (1, False, "yes")])
def test_as_long_as_a_rival_is_not_ahead_of_it(goal: float, below: bool, said: str) -> None:
    assert Figure("x", 1, goal, below=below).row.endswith(f"| {said} |")


def test_growth_that_is_linear_has_the_figure_one() -> None:
    books = [Book(n, n * 2000, Run(n * 0.5, 150 + 2 * n)) for n in (10, 40, 160)]
    assert growth.slowing(books) == growth.steepening(books) == 1
    steep = [*books[:2], Book(160, 320_000, Run(200, 2000))]
    assert growth.slowing(steep) > 2
    assert growth.steepening(steep) > 1.2


def test_a_translation_by_word_keeps_all_that_is_no_word(tmp_path: Path) -> None:
    text = r"The *treaty*[^n1-0] of See @sec-12, \"so\"\n {#sec-1} | a |"
    made = translating.translated(text, ["북한", "조약"])
    marks = ("[^n1-0]", "@sec-12", r"\"", r"\n", "{#sec-1}", "| ")
    assert all(mark in made for mark in marks)
    assert made.count("북한") + made.count("조약") == len(["The", "treaty", "of", "See", "so", "a"])
    assert "treaty" not in made
    catalogue = tmp_path / "x.po"
    catalogue.write_text(
        'msgid ""\nmsgstr ""\n"Language: ko\\n"\n\nmsgid "One two"\nmsgstr ""\n\n'
        'msgid ""\n"three "\n"four"\nmsgstr ""\n'
    )
    translating.fill(catalogue, ["북한"])
    assert '"One two"\nmsgstr "북한 북한"\n' in catalogue.read_text()
    assert 'msgstr ""\n"북한 "\n"북한"\n' in catalogue.read_text()
    assert 'msgstr ""\n"Language: ko' in catalogue.read_text()


def test_a_plot_is_well_formed_and_its_text_is_text() -> None:
    bars = [plot.Bar("a < b", 0.5, "1 s", ours=True, goal=0.4), plot.Bar("c", 9, "9 s")]
    root = ET.fromstring(plot.drawn("Title & more", [plot.Group("G", bars)]))
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["Title & more", "G", "a < b", "1 s", "c", "9 s"]
    wide = max(
        float(r.get("x", 0)) + float(r.get("width", 0)) for r in root.iter() if "rect" in r.tag
    )
    assert wide < plot.WIDTH


def test_the_report_has_every_part_and_the_plot_every_goal() -> None:
    measured, books = results(0.9), [Book(n, n * 2000, Run(n * 0.5, 150 + n)) for n in (1, 2, 3)]
    figures = list(of_work(measured, ARTICLE))
    outcome = series.simulated(4, 2, 1, QUICK)
    findings = Findings(QUICK, [Check(2, 4, 3.0, 4.0)], 10_000, [(outcome, outcome)])
    text = report.written(report.Measured(figures, [measured], books, {}, findings, "0.15"))
    assert "| everything from nothing | 0.90 s | 1.00 s | 1.00 s | 1.00 s | 1.00 s |" in text
    assert "| 2 | 4 | 3.0 s | 4.0 s | 1.33 |" in text
    assert "10,000 publications × 12 files" in text
    drawn = report.plotted([measured], figures)
    assert drawn.count('class="goal"') == drawn.count('class="publish"') == 3
