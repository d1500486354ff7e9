"""A decision to act opens a case with a day; taken back, its untouched case is closed; nobody sees beyond their places."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from riskmodel.access.policy import Place
from riskmodel.casework.cases import assign, close, find, of_lease, open_cases
from riskmodel.casework.choices import CHOICES, KINDS
from riskmodel.casework.decisions import undo
from riskmodel.casework.key import ListKey
from riskmodel.errors import DecisionRefused
from riskmodel.register.decisions import NOT_HELP
from tests.unit.casework.lists import KEY, MONDAY, at, decided, frozen

HERE = (Place("essai", "UG01"),)


def test_acting_opens_a_case_with_a_day_and_nothing_else_does(session: Session) -> None:
    decided(session, "B2", "call")
    decided(session, "B3", "no_action")
    decided(session, "B4", "pause")
    (case,) = open_cases(session, HERE, MONDAY)
    assert (case.lease_id, case.kind, case.label, case.week) == ("B2", "call", "Appeler le ménage", KEY.week)
    assert (case.opened_on, case.due_on, case.is_late) == (MONDAY, MONDAY + timedelta(days=7), False)
    assert open_cases(session, HERE, MONDAY + timedelta(days=8))[0].is_late


def test_every_decision_that_helps_opens_a_case_that_has_its_words() -> None:
    assert {code for code, choice in CHOICES.items() if choice.opens is None} == set(NOT_HELP)
    assert {choice.opens for choice in CHOICES.values() if choice.opens} == set(KINDS)


def test_a_household_has_one_open_case_of_a_kind(session: Session) -> None:
    following = ListKey("essai", "2026-S44", "UG01")
    frozen(session, following)
    decided(session, "B2", "call")
    decided(session, "B2", "call", key=following, days=7)
    assert len(open_cases(session, HERE, MONDAY)) == 1
    assert undo(session, following, "B2", "agent.01", at(days=7))
    assert len(open_cases(session, HERE, MONDAY)) == 1


def test_taking_a_decision_back_closes_its_case_unless_somebody_took_it_on(session: Session) -> None:
    decided(session, "B2", "visit")
    decided(session, "B4", "visit")
    mine = next(case for case in open_cases(session, HERE, MONDAY) if case.lease_id == "B4")
    assign(session, mine.case_id, "cesf.01")
    for lease in ("B2", "B4"):
        undo(session, KEY, lease, "agent.01", at(5))
    assert [case.lease_id for case in open_cases(session, HERE, MONDAY)] == ["B4"]
    (gone,) = of_lease(session, "essai", "B2", MONDAY)
    assert (gone.closed_on, gone.closed_by, gone.end) == (MONDAY, "agent.01", "taken_back")


def test_a_case_is_closed_once_with_an_end_of_the_list(session: Session) -> None:
    decided(session, "B2", "fsl")
    (case,) = open_cases(session, HERE, MONDAY)
    with pytest.raises(DecisionRefused, match=r"no_answer \(sans réponse du ménage\)"):
        close(session, case.case_id, "fini", "cesf.01", MONDAY)
    close(session, case.case_id, "done", "cesf.01", MONDAY)
    with pytest.raises(DecisionRefused, match=r"déjà clos le 19/10/2026 par cesf.01"):
        close(session, case.case_id, "done", "cesf.02", MONDAY)
    with pytest.raises(DecisionRefused, match="inconnu"):
        close(session, 999, "done", "cesf.02", MONDAY)
    assert open_cases(session, HERE, MONDAY) == []


def test_cases_are_those_of_the_places_given_the_nearest_day_first(session: Session) -> None:
    other = ListKey("essai", KEY.week, "UG02")
    frozen(session, other, rows={"derive": ["B5"]})
    decided(session, "B2", "fsl")
    decided(session, "B5", "call", key=other)
    whole, none, elsewhere = (Place("essai"),), (Place(),), (Place("autre"),)
    assert [case.lease_id for case in open_cases(session, whole, MONDAY)] == ["B5", "B2"]
    assert [case.lease_id for case in open_cases(session, HERE, MONDAY)] == ["B2"]
    assert [open_cases(session, places, MONDAY) for places in ((), none, elsewhere)] == [[], [], []]
    first = open_cases(session, whole, MONDAY)[0]
    assert find(session, first.case_id, MONDAY) == first
    assert find(session, 999, MONDAY) is None
