"""Opinions are codes for an addressee with a day, followed until done; the benefit is decided by whom the law says."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from riskmodel import law
from riskmodel.ccapex import cases, opinions
from riskmodel.ccapex.vocabulary import OPINIONS, SEATS
from riskmodel.errors import SessionRefused
from tests.unit.ccapex.conftest import LANDLORD, NOW, TODAY
from tests.unit.ccapex.test_sessions import HELD, opened

AFTER = NOW + timedelta(days=(HELD - TODAY).days)
DUE = HELD + timedelta(days=30)


@pytest.fixture
def case_id(session: Session) -> int:
    return cases.choose(session, opened(session), ["B1"], "hand", "prepa", NOW)[0]


def test_every_addressee_has_a_seat_and_the_law_says_who_decides_the_benefit() -> None:
    assert {one for kind in OPINIONS.values() for one in kind.addressees} <= set(SEATS)
    known = OPINIONS["benefit_decision"].law
    assert known is not None
    former, newer = (law.asked(known["code"], day).value for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert (newer == known["value"], former == known["value"]) == (True, False)


def test_an_opinion_is_followed_until_it_is_done(session: Session, case_id: int) -> None:
    number = opinions.record(session, case_id, "avis", "benefit_kept", "caf", DUE, "prepa", AFTER)
    (waiting,) = opinions.following(session, [LANDLORD], DUE + timedelta(days=1))
    assert (waiting.text, waiting.addressee, waiting.is_late) == ("maintenir l'aide au logement", "CAF", True)
    with pytest.raises(SessionRefused, match="n'est pas encore venu"):
        opinions.done(session, number, DUE, "prepa", AFTER)
    opinions.done(session, number, HELD, "prepa", AFTER)
    assert opinions.following(session, [LANDLORD], DUE) == []
    opinions.not_done(session, number)
    assert [one.opinion_id for one in opinions.following(session, [LANDLORD], DUE)] == [number]


def test_an_opinion_taken_back_stays_in_the_history(session: Session, case_id: int) -> None:
    number = opinions.record(session, case_id, "recommandation", "plan", "menage", DUE, "prepa", AFTER)
    opinions.undo(session, number, "prepa", AFTER)
    (kept,) = opinions.of_session(session, cases.find(session, case_id).session_id, DUE + timedelta(days=9))  # type: ignore[union-attr]
    assert (kept.is_undone, kept.is_late) == (True, False)
    with pytest.raises(SessionRefused, match="annulé"):
        opinions.done(session, number, HELD, "prepa", AFTER)


def test_wrong_words_and_days_are_said_all_at_once(session: Session, case_id: int) -> None:
    with pytest.raises(SessionRefused) as refused:
        opinions.record(session, case_id, "avis", "expulser", "voisin", HELD - timedelta(days=1), "prepa", NOW)
    pieces = ("« expulser »", "« voisin »", "à partir de la séance", "se notent à partir de ce jour")
    assert all(piece in str(refused.value) for piece in pieces)


def test_an_orientation_names_its_scheme_and_nothing_else_does(session: Session, case_id: int) -> None:
    with pytest.raises(SessionRefused, match="nomme un dispositif"):
        opinions.record(session, case_id, "orientation", "proposed", "bailleur", DUE, "prepa", AFTER)
    with pytest.raises(SessionRefused, match="nomme un dispositif"):
        opinions.record(session, case_id, "avis", "benefit_kept", "caf", DUE, "prepa", AFTER, scheme="mediation")
    assert opinions.record(session, case_id, "orientation", "proposed", "bailleur", DUE, "prepa", AFTER, scheme="mediation")


def test_the_commission_decides_the_benefit_from_the_day_the_law_says(session: Session, case_id: int) -> None:
    with pytest.raises(SessionRefused, match="la CAF ou la MSA décide"):
        opinions.record(session, case_id, "benefit_decision", "kept", "caf", DUE, "prepa", AFTER)
    held_on = date(2027, 1, 14)
    later = opened(session, held_on=held_on, closes_on=held_on)
    (other,) = cases.choose(session, later, ["B2"], "hand", "prepa", NOW)
    now = NOW + timedelta(days=60)
    assert opinions.record(session, other, "benefit_decision", "kept", "caf", date(2027, 2, 1), "prepa", now)
