"""The report says who would serve, whichever way it falls, and shows what its sentences rest on."""

from pathlib import Path

import pytest

from riskmodel.backtest import bars, evidence, report
from riskmodel.backtest.answer import sentences
from riskmodel.backtest.evidence import Evidence, Question
from riskmodel.documents.page import Page, Plot, Section, Table
from riskmodel.errors import NothingKnown
from tests.unit.backtest.written import files

WITHOUT_FITTED = ("points", "points_menages", "hgb", "hgb_menages", "hgb_monotone", "hgb_monotone_menages")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return evidence.read(files(tmp_path_factory.mktemp("fitted")))


@pytest.fixture(scope="module")
def page(found: Evidence) -> Page:
    return report.report(found)


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Question:
    """A landlord whose past is too short for a fitted table."""
    return evidence.read(files(tmp_path_factory.mktemp("cold"), without=WITHOUT_FITTED)).questions[0]


def section(page: Page, title: str) -> Section:
    return next(one for one in page.sections if one.title == title)


def table(page: Page, caption: str) -> Table:
    tables = [block for one in page.sections for block in one.blocks if isinstance(block, Table)]
    return next(one for one in tables if one.caption.startswith(caption))


def test_three_sentences_say_who_would_serve_by_how_much_and_how_sure(found: Evidence) -> None:
    first, second, third = sentences(found.questions[0])
    assert first == (
        "Avec la table ajustée, le score servirait la liste : écart de +10,0 (de +2,0 à +18,0) pour 100 signalés, "
        "l'écart est établi."
    )
    assert second == (
        "Sur 100 ménages signalés, 45,0 ont dérivé dans les 90 jours, contre 35,0 avec la meilleure règle simple "
        "(solde exigible) et 10,0 au hasard."
    )
    assert "la règle servirait la liste, pas le score : écart de −5,0 (de −13,0 à +3,0)" in third
    assert "l'écart n'est pas établi" in third


def test_without_a_fitted_table_the_hand_set_one_answers_and_the_report_says_why(cold: Question) -> None:
    first, _, third = sentences(cold)
    assert first.startswith("Avec la table posée à la main, la règle servirait la liste")
    assert third == "Le passé est trop court pour ajuster une table et la comparer."
    said = {bar.found: bar.is_met for bar in bars.bars(cold)}
    assert said["—"] is None, "ce qui n'est pas ajusté ne se mesure pas"


def test_the_answer_comes_first_and_the_limits_and_words_last(page: Page) -> None:
    chapters = [one.title for one in page.sections if one.is_chapter]
    assert chapters == ["La réponse", "Dérive d'impayé", "Ce que ces chiffres ne disent pas"]
    assert page.sections[-1].title == "Les mots"


def test_whoever_cannot_be_judged_is_counted_with_the_reason(page: Page) -> None:
    rows = {row[0]: row[1:] for row in table(page, "Ce qui a été demandé").rows}
    assert rows["Ne peuvent pas être jugés"] == ("10", "3,3")
    assert rows["dont plan d'apurement signé entre-temps"] == ("8", "2,7")
    assert rows["dont aidés entre-temps"] == ("2", "0,7")
    assert "dont titulaire décédé" not in rows


def test_every_order_is_shown_at_every_length_with_its_interval(page: Page) -> None:
    shown = table(page, "Sur 100 ménages signalés, combien ont dérivé")
    assert [row[0] for row in shown.rows][:2] == ["Table ajustée", "Table posée à la main"]
    assert len(shown.rows) == 10
    assert len(shown.headers) == 6
    assert shown.rows[0][1].startswith("45,0\n")
    assert shown.strong == {0, 1}


@pytest.mark.parametrize(
    ("asked", "shown", "is_met"),
    [
        ("Table ajustée : au moins autant", "+10,0 (de +2,0 à +18,0)", True),
        ("Table posée à la main : au moins autant", "−5,0 (de −13,0 à +3,0)", False),
        ("Table ajustée : erreur d'annonce", "0,020", True),
        ("Sur 100 signalés, à la capacité", "97,8 %", True),
        ("Précision moyenne", "90,9 %", False),
    ],
)
def test_each_bar_says_its_figure_and_whether_it_is_met(found: Evidence, asked: str, shown: str, is_met: bool) -> None:
    bar = next(one for one in bars.bars(found.questions[0]) if one.asked.startswith(asked))
    assert (bar.found, bar.is_met) == (shown, is_met)


def test_a_list_for_both_questions_is_asked_only_to_beat_the_rule(tmp_path: Path) -> None:
    joint = evidence.read(
        files(tmp_path, score="commun", asked={"commun": {"rows": 9, "households": 9, "events": 1, "non_events": 8}})
    )
    assert len(bars.bars(joint.questions[0])) == 2
    titles = [one.title for one in report.report(joint).sections]
    assert "Liste commune" in titles
    assert "Les chances annoncées se réalisent-elles ?" not in titles


def test_a_capacity_that_reaches_everybody_proves_nothing_and_the_report_says_so(tmp_path: Path) -> None:
    crowded = evidence.read(files(tmp_path, capacity={"derive": 50, "commun": 60}))
    said = " ".join(block for block in section(report.report(crowded), "Dérive d'impayé").blocks if isinstance(block, str))
    assert "6\u00a0dimanches sur 6, les équipes pouvaient examiner tous les ménages" in said


def test_every_picture_has_a_title_and_says_what_it_shows(page: Page) -> None:
    pictures = [block for one in page.sections for block in one.blocks if isinstance(block, Plot)]
    assert len(pictures) == 5
    assert all(one.title and one.alt for one in pictures)


def test_no_word_of_computing_is_left_on_the_page(page: Page) -> None:
    said = repr(page)
    for word in ("bootstrap", "hgb", "boosté, ", "logistic", "PSI", "ranker", "capacite"):
        assert word not in said, word


def test_a_folder_without_its_files_is_told_what_to_run(tmp_path: Path) -> None:
    (files(tmp_path) / "leads.parquet").unlink()
    with pytest.raises(NothingKnown, match=r"il manque leads\.parquet.*riskmodel backtest run"):
        evidence.read(tmp_path)
