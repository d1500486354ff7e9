"""Households are brought to a session once, in an order, with closed answers; a frozen dossier says what its answers say."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from riskmodel.ccapex import cases
from riskmodel.errors import SessionRefused
from tests.unit.ccapex.conftest import LANDLORD, NOW, TODAY
from tests.unit.ccapex.test_sessions import CLOSES, HELD, opened


def order(session: Session, number: int) -> list[str]:
    return [case.lease_id for case in cases.of_session(session, number) if not case.is_withdrawn]


def test_a_household_is_brought_once_with_the_unit_that_follows_it(session: Session) -> None:
    number = opened(session)
    assert len(cases.choose(session, number, ["B3", "B1"], "hearing", "prepa", NOW)) == 2
    assert len(cases.choose(session, number, ["B1", "B2"], "hand", "prepa", NOW)) == 1
    found = [(case.lease_id, case.management_unit, case.position) for case in cases.of_session(session, number)]
    assert found == [("B3", "UG02", 1), ("B1", "UG01", 2), ("B2", "UG01", 3)]


def test_unknown_leases_and_late_choices_are_refused_together(session: Session) -> None:
    number = opened(session)
    with pytest.raises(SessionRefused) as refused:
        cases.choose(session, number, ["B1", "B9"], "rumeur", "prepa", NOW + timedelta(days=(CLOSES - TODAY).days + 1))
    assert all(piece in str(refused.value) for piece in ("« rumeur »", "Saisines closes depuis le 01/12/2026", "inconnus", "B9"))
    assert order(session, number) == []


def test_a_case_is_put_at_any_rank_withdrawn_and_put_back(session: Session) -> None:
    number = opened(session)
    first, second, third = cases.choose(session, number, ["B1", "B2", "B3"], "hand", "prepa", NOW)
    cases.put_at(session, third, 1)
    assert order(session, number) == ["B3", "B1", "B2"]
    cases.put_at(session, third, 99)
    assert order(session, number) == ["B1", "B2", "B3"]
    cases.withdraw(session, second, "prepa", NOW)
    assert order(session, number) == ["B1", "B3"]
    cases.restore(session, second)
    assert order(session, number) == ["B1", "B2", "B3"]
    cases.withdraw(session, first, "prepa", NOW)
    cases.choose(session, number, ["B1"], "hand", "prepa", NOW)
    with pytest.raises(SessionRefused, match="déjà présent"):
        cases.restore(session, first)


def test_answers_are_closed_words_and_another_answer_forgets_the_frozen_dossier(session: Session) -> None:
    number = opened(session)
    (case_id,) = cases.choose(session, number, ["B1"], "hand", "prepa", NOW)
    with pytest.raises(SessionRefused) as refused:
        cases.answer(session, case_id, ["expulser"], ["fâché"], {"cause": "fièvre", "age": "42"}, "prepa", NOW)
    assert all(word in str(refused.value) for word in ("expulser", "fâché", "fièvre", "age"))
    said = (["fsl", "support_measure"], ["stay"], {"cause": "job_loss"})
    cases.answer(session, case_id, *said, "prepa", NOW)
    cases.freeze(session, case_id, {"debt_cents": 120_000}, TODAY, "prepa", NOW)
    cases.answer(session, case_id, *said, "prepa", NOW)
    kept = cases.find(session, case_id)
    assert kept is not None
    assert (kept.asks, kept.facts, kept.as_of) == (("support_measure", "fsl"), {"debt_cents": 120_000}, TODAY)
    cases.answer(session, case_id, *said[:2], {"cause": "separation"}, "prepa", NOW)
    changed = cases.find(session, case_id)
    assert changed is not None
    assert changed.facts is None


def test_a_household_knows_the_sessions_it_was_brought_to(session: Session) -> None:
    number = opened(session)
    cases.choose(session, number, ["B1"], "hand", "prepa", NOW)
    assert [(case.session_id, held_on) for case, held_on in cases.of_lease(session, LANDLORD, "B1")] == [(number, HELD)]
    assert cases.of_lease(session, LANDLORD, "B2") == []
