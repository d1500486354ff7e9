"""When a score stops, when it goes on, and what a person's answer does."""

from datetime import date

import pandas as pd
import pytest

from riskmodel.watch import Measured, breaches, fairness, limits, stability, stops
from riskmodel.watch.calibration import calibration
from riskmodel.watch.rules import subject_label
from riskmodel.watch.stops import Answer, Breach
from tests.unit.watch import landlord

LIMITS = limits()
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)
NOBODY = pd.DataFrame({"management_unit": pd.Series(dtype=str), "is_against": pd.Series(dtype=bool)})


def measured(
    seen: tuple[float, float] = (0.6, 0.6), *, debt: float = 0.4, decisions: pd.DataFrame = NOBODY, events: float = 0.15
) -> Measured:
    rows, groups = landlord.rows(seen=seen, events=events)
    before, now = landlord.inputs(), landlord.inputs(debt=debt, seed=3)
    moved = stability(landlord.table(), before, now, rows[rows["listed"]], decisions, LIMITS.confidence)
    return Measured(landlord.table(), fairness(rows, groups, LIMITS), calibration(rows, groups, LIMITS, 90), moved)


def decided(against: int, rows: int) -> pd.DataFrame:
    return pd.DataFrame({"management_unit": "UG01", "is_against": [rank < against for rank in range(rows)]})


def names(found: tuple[Breach, ...]) -> list[tuple[str, str]]:
    return [(breach.name, breach.subject) for breach in found]


def test_a_quiet_month_has_nothing_to_say() -> None:
    assert breaches(OCTOBER, [measured()], 0, LIMITS) == ()


def test_a_missed_group_stops_the_score_the_second_month_running() -> None:
    first = breaches(OCTOBER, [measured((0.3, 0.7))], 0, LIMITS)
    assert names(first) == [("rappel_par_groupe", "priority_area=inside"), ("rappel_par_groupe", "priority_area=outside")]
    assert stops(first, LIMITS, (), OCTOBER) == ()
    second = breaches(NOVEMBER, [measured((0.3, 0.7))], 0, LIMITS, first)
    (stop, _) = stops(second, LIMITS, (), NOVEMBER)
    assert (stop.name, stop.score, stop.subject, stop.since, stop.limit) == (
        "rappel_par_groupe",
        "derive",
        "priority_area=inside",
        OCTOBER,
        0.8,
    )
    assert "en QPV" in stop.sentence
    assert stop.sentence.endswith(".")


def test_a_month_that_returns_within_bounds_lifts_the_stop_and_the_count_begins_anew() -> None:
    first = breaches(OCTOBER, [measured((0.3, 0.7))], 0, LIMITS)
    returned = breaches(NOVEMBER, [measured()], 0, LIMITS, first)
    assert returned == ()
    again = breaches(DECEMBER, [measured((0.3, 0.7))], 0, LIMITS, returned)
    assert stops(again, LIMITS, (), DECEMBER) == ()


def test_a_gap_between_units_asks_a_question_and_never_stops() -> None:
    gap = Breach("rappel_par_groupe", "derive", "management_unit=UG01", 0.5, 0.8, OCTOBER, "Écart.", months=6)
    assert stops([gap], LIMITS, (), OCTOBER) == ()


def test_an_answer_lifts_a_stop_for_the_declared_days_and_no_longer() -> None:
    breach = Breach("deplacement", "derive", "rejects_120d", 0.4, 0.25, OCTOBER, "Déplacement.")
    said = Answer("deplacement", "derive", "rejects_120d", "expliquee", "resp.contentieux", date(2026, 11, 3))
    other = Answer("deplacement", "derive", "plan_missed", "expliquee", "resp.contentieux", date(2026, 11, 3))
    assert len(stops([breach], LIMITS, (other,), date(2026, 11, 4))) == 1
    assert stops([breach], LIMITS, (said,), date(2027, 2, 3)) == ()
    assert len(stops([breach], LIMITS, (said,), date(2027, 2, 4))) == 1


def test_households_unlike_those_before_stop_the_score_at_once() -> None:
    found = breaches(OCTOBER, [measured(debt=3.0)], 0, LIMITS)
    assert names(found) == [("deplacement", "overdue_terms")]
    assert len(stops(found, LIMITS, (), OCTOBER)) == 1


def test_a_level_twice_what_was_announced_stops_in_two_months() -> None:
    found = breaches(OCTOBER, [measured(events=0.4)], 0, LIMITS)
    assert ("calibrage_d_ensemble", "tous") in names(found)
    assert stops(found, LIMITS, (), OCTOBER) == ()


@pytest.mark.parametrize(
    ("against", "rows", "rule"),
    [(0, 30, "suivi_aveugle"), (0, 29, None), (1, 30, None), (18, 30, None), (19, 30, "desaveu")],
)
def test_a_list_followed_blindly_or_thrown_away_stops_its_score(against: int, rows: int, rule: str | None) -> None:
    found = breaches(OCTOBER, [measured(decisions=decided(against, rows))], 0, LIMITS)
    assert [breach.name for breach in found] == ([rule] if rule else [])


@pytest.mark.parametrize(("gap", "is_out"), [(3, False), (4, True)])
def test_more_than_three_days_without_a_delivery_stop_both_scores(gap: int, is_out: bool) -> None:
    found = stops(breaches(OCTOBER, [measured()], gap, LIMITS), LIMITS, (), OCTOBER)
    assert [(stop.name, stop.score) for stop in found] == [("trou_de_livraison", None)] * is_out


def test_what_is_noted_can_be_read_again() -> None:
    (breach, _) = breaches(OCTOBER, [measured((0.3, 0.7))], 0, LIMITS)
    assert Breach.from_note(breach.as_note()) == breach
    said = Answer("deplacement", None, "tous", "corrigee", "dpo", OCTOBER)
    assert Answer.from_note(said.as_note()) == said


def test_every_rule_that_can_speak_is_declared_with_its_reason() -> None:
    assert all(rule.reason and rule.months >= 1 for rule in LIMITS.rules.values())
    assert LIMITS.order == ("recall", "precision", "false_alarm")
    assert (LIMITS.low, LIMITS.high, LIMITS.fewest) == (0.8, 1.25, 30)


def test_a_subject_is_named_in_words() -> None:
    assert subject_label("age_band=under_30") == "Âge du titulaire le plus âgé : moins de 30 ans"
    assert subject_label("rejects_120d") == "rejects_120d"
