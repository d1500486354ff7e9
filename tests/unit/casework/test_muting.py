"""A dismissal keeps its flag quiet for eight weeks and a pause until its day; two weeks of silence are heard."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from riskmodel.casework.decisions import muted, silent, undo
from riskmodel.casework.key import ListKey
from tests.unit.casework.lists import KEY, MONDAY, ROWS, at, decided, frozen

NEXT = ListKey("essai", "2026-S44", "UG01")


def monday(weeks: int) -> date:
    return MONDAY + timedelta(weeks=weeks)


def test_rien_a_faire_keeps_the_flag_it_was_about_quiet_for_eight_weeks(session: Session) -> None:
    decided(session, "B2", "no_action")
    assert muted(session, "essai", monday(1)) == {("B2", "derive"): MONDAY + timedelta(weeks=8)}
    assert ("B2", "derive") in muted(session, "essai", monday(7))
    assert muted(session, "essai", monday(8)) == {}


def test_a_row_on_both_tabs_is_quiet_on_both_and_an_urgency_on_none(session: Session) -> None:
    decided(session, "B3", "no_action")
    decided(session, "B1", "no_action")
    assert set(muted(session, "essai", monday(1))) == {("B3", "derive"), ("B3", "decrochage")}


def test_a_pause_is_quiet_until_its_day(session: Session) -> None:
    until = decided(session, "B4", "pause").paused_until
    assert until == monday(3)
    assert muted(session, "essai", monday(2)) == {("B4", "decrochage"): until}
    assert muted(session, "essai", monday(3)) == {}


def test_acting_or_wrong_data_keeps_nothing_quiet(session: Session) -> None:
    decided(session, "B2", "call")
    decided(session, "B4", "wrong_data")
    assert muted(session, "essai", monday(1)) == {}


def test_a_week_built_again_is_quiet_about_the_same_flags_whatever_was_done_since(session: Session) -> None:
    decided(session, "B2", "no_action")
    frozen(session, NEXT)
    before = muted(session, "essai", monday(1))
    decided(session, "B4", "no_action", key=NEXT, days=7)
    undo(session, KEY, "B2", "agent.01", at(days=8))
    assert muted(session, "essai", monday(1)) == before
    assert muted(session, "essai", monday(2)) == {("B4", "decrochage"): monday(1) + timedelta(weeks=8)}


def test_a_dismissal_taken_back_before_the_next_list_keeps_nothing_quiet(session: Session) -> None:
    decided(session, "B2", "no_action")
    undo(session, KEY, "B2", "agent.01", at(days=2))
    assert muted(session, "essai", monday(1)) == {}


def test_another_landlords_answers_are_not_heard(session: Session) -> None:
    frozen(session, ListKey("autre", KEY.week, "UG01"))
    decided(session, "B2", "no_action", key=ListKey("autre", KEY.week, "UG01"))
    assert muted(session, "essai", monday(1)) == {}


def test_rows_shown_two_weeks_running_without_an_answer_are_silent(session: Session) -> None:
    frozen(session, NEXT, rows=ROWS | {"derive": ["B3", "B5"]})
    decided(session, "B4")
    assert silent(session, "essai", "2026-S45") == {"UG01": {"B1", "B3"}}
    decided(session, "B3", "pause", key=NEXT, days=7)
    assert silent(session, "essai", "2026-S45") == {"UG01": {"B1"}}


def test_an_answer_of_the_same_monday_comes_too_late_and_one_taken_back_is_none(session: Session) -> None:
    frozen(session, NEXT)
    decided(session, "B1", key=NEXT, days=14)
    decided(session, "B2", days=1)
    undo(session, KEY, "B2", "agent.01", at(days=3))
    decided(session, "B4", days=1)
    undo(session, KEY, "B4", "agent.01", at(days=15))
    assert silent(session, "essai", "2026-S45") == {"UG01": {"B1", "B2", "B3"}}


def test_a_week_without_a_list_breaks_the_silence(session: Session) -> None:
    frozen(session, ListKey("essai", "2026-S45", "UG01"))
    assert silent(session, "essai", "2026-S46") == {}
    assert silent(session, "essai", "2026-S44") == {}


def test_silence_is_counted_over_the_turn_of_a_year(session: Session) -> None:
    for week in ("2026-S52", "2026-S53"):
        frozen(session, ListKey("essai", week, "UG02"), rows={"urgence": ["B8"]})
    assert silent(session, "essai", "2027-S01") == {"UG02": {"B8"}}
