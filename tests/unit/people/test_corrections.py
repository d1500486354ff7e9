"""Requests for correction: the closed list, what they make unknown, and how they end."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from riskmodel.errors import DecisionRefused
from riskmodel.people import corrections
from riskmodel.people.facts import facts
from riskmodel.register import Sessions
from riskmodel.score.admitted import ADMITTED

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TODAY = NOW.date()
PUBLISHED = {name for inputs in ADMITTED.values() for name in inputs}


def opened(session: Any, fact: str = "contact_outcome_wrong", lease: str = "B1", **said: Any) -> corrections.Request:
    return corrections.open_one(session, "essai", lease, fact, claimed=said, by="agent.un", now=NOW)


@pytest.mark.parametrize("fact", facts().values(), ids=list(facts()))
def test_a_fact_names_published_inputs_or_says_that_none_reads_it(fact: Any) -> None:
    assert set(fact.inputs) <= PUBLISHED
    assert fact.inputs or "Aucune entrée" in fact.check


def test_every_published_input_can_be_disputed() -> None:
    assert {name for fact in facts().values() for name in fact.inputs} == PUBLISHED


def test_a_request_makes_its_inputs_unknown_from_its_recording_until_it_is_settled(register: Sessions) -> None:
    with register.begin() as session:
        request = opened(session)
        assert corrections.neutralised(session, "essai", TODAY - timedelta(days=1)) == {}
        assert corrections.neutralised(session, "essai", TODAY) == {"B1": tuple(sorted(request.fact.inputs))}
        corrections.settle(session, "essai", request.id, "corrected", "resp.un", NOW + timedelta(days=2))
        assert corrections.neutralised(session, "essai", TODAY + timedelta(days=1)) != {}
        assert corrections.neutralised(session, "essai", TODAY + timedelta(days=2)) == {}


def test_the_reviewer_reads_what_is_disputed_and_what_it_does(register: Sessions) -> None:
    with register.begin() as session:
        opened(session)
        said = corrections.sentences(session, "essai", TODAY)["B1"]
    assert "« l'issue d'un contact est fausse" in said
    assert "ne compte pas dans le score tant que la demande est ouverte" in said


def test_a_fact_that_no_score_reads_is_followed_and_neutralises_nothing(register: Sessions) -> None:
    with register.begin() as session:
        opened(session, "household_wrong")
        assert corrections.neutralised(session, "essai", TODAY) == {}
        assert [one.fact.code for one in corrections.standing(session, "essai", TODAY)] == ["household_wrong"]


def test_the_same_fact_disputed_twice_is_one_request_and_may_be_disputed_again_later(register: Sessions) -> None:
    with register.begin() as session:
        first = opened(session)
        assert opened(session).id == first.id
        corrections.settle(session, "essai", first.id, "withdrawn", "agent.un", NOW)
        assert opened(session).id != first.id
        assert len(corrections.history(session, "essai", "B1")) == 2


def test_a_request_holds_only_what_its_fact_asks(register: Sessions) -> None:
    with register.begin() as session:
        request = opened(session, "payment_not_counted", day="2026-11-05", amount_cents=41_250)
        assert request.claimed == {"day": "2026-11-05", "amount_cents": 41_250}
        with pytest.raises(DecisionRefused, match=r"« note » n'est pas demandé.*jour « 2027-01-01 »"):
            opened(session, "contact_not_made", note="texte", day="2027-01-01")
        with pytest.raises(DecisionRefused, match="plus grand que 0"):
            opened(session, "amount_due_wrong", amount_cents=-1)


def test_what_is_outside_the_closed_lists_is_refused_with_the_lists(register: Sessions) -> None:
    with register.begin() as session:
        request = opened(session)
        with pytest.raises(DecisionRefused, match="payment_not_counted"):
            opened(session, "autre")
        with pytest.raises(DecisionRefused, match="corrected, confirmed, withdrawn"):
            corrections.settle(session, "essai", request.id, "autre", "resp.un", NOW)
        with pytest.raises(DecisionRefused, match="inconnue"):
            corrections.settle(session, "autre", request.id, "corrected", "resp.un", NOW)


def test_a_settled_request_is_not_settled_otherwise(register: Sessions) -> None:
    with register.begin() as session:
        request = opened(session)
        ended = corrections.settle(session, "essai", request.id, "confirmed", "resp.un", NOW)
        assert (ended.settled_on, ended.outcome_label) == (TODAY, "Vérifié : la donnée était juste")
        assert corrections.settle(session, "essai", request.id, "confirmed", "resp.deux", NOW).settled_by == "resp.un"
        with pytest.raises(DecisionRefused, match="ouvrez une nouvelle demande"):
            corrections.settle(session, "essai", request.id, "corrected", "resp.un", NOW)


def test_a_request_of_another_day_is_recorded_on_that_day(register: Sessions) -> None:
    with register.begin() as session:
        late = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
        request = corrections.open_one(session, "essai", "B1", "details_wrong", claimed={}, by="agent.un", now=late)
        assert request.opened_on == date(2026, 11, 16)
