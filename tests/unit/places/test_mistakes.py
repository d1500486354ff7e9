"""What was written by mistake is taken back; what something rests on stays, and the refusal says what to do instead."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from riskmodel.errors import PlaceRefused
from riskmodel.places import mistakes, partners
from riskmodel.register import Sessions, to_write
from riskmodel.register.models import Worker
from tests.unit.places.conftest import OPH, agreed, line, measure, partner, referral, worker


@pytest.fixture
def session(register: Sessions) -> Iterator[Session]:
    with register() as opened:
        to_write(opened)
        yield opened


@pytest.fixture
def asso(session: Session) -> int:
    return partner(session)


def test_a_convention_a_line_and_hours_that_nothing_rests_on_are_erased(session: Session, asso: int) -> None:
    mistakes.take_back_convention(session, asso, agreed(session, asso))
    mistakes.take_back_line(session, asso, line(session, asso))
    mistakes.take_back_hours(session, asso, worker(session, asso))
    written = (partners.conventions, partners.funding_lines, partners.workers)
    assert [read(session, OPH) for read in written] == [[], [], []]


def test_hours_that_others_had_ended_go_on_when_those_are_taken_back(session: Session, asso: int) -> None:
    partners.employ(session, asso, "ts.1", 100, date(2026, 1, 5), date(2026, 12, 31))
    mistaken = partners.employ(session, asso, "ts.1", 5, date(2026, 6, 1), date(2026, 12, 31))
    mistakes.take_back_hours(session, asso, mistaken)
    (kept,) = partners.workers(session, OPH)
    assert (kept.fte_hundredths, kept.to_on) == (100, date(2026, 12, 31))


def test_hours_after_a_gap_do_not_fill_it(session: Session, asso: int) -> None:
    former = worker(session, asso, to_on=date(2026, 3, 31))
    mistakes.take_back_hours(session, asso, worker(session, asso, from_on=date(2026, 6, 1)))
    assert session.get_one(Worker, former).to_on == date(2026, 3, 31)


def test_what_measures_rest_on_stays(session: Session, asso: int) -> None:
    convention, funded, follower = agreed(session, asso), line(session, asso), worker(session, asso)
    key = measure(session, "B1", asso, funding_line_id=funded, worker_id=follower)
    assert key
    rests: dict[Callable[[Session, int, int], None], tuple[int, str]] = {
        mistakes.take_back_line: (funded, "Corrigez plutôt ses limites"),
        mistakes.take_back_hours: (follower, "une fin à ses heures"),
    }
    for take_back, (number, instead) in rests.items():
        with pytest.raises(PlaceRefused, match=instead):
            take_back(session, asso, number)
    mistakes.take_back_convention(session, asso, convention)


def test_a_convention_under_which_somebody_was_confided_stays(session: Session, asso: int) -> None:
    referral(session, "B1", organisation_id=asso)
    with pytest.raises(PlaceRefused, match="Donnez plutôt une fin à la convention"):
        mistakes.take_back_convention(session, asso, agreed(session, asso))
    mistakes.take_back_convention(session, asso, agreed(session, asso, "mediation"))


def test_another_partners_row_is_not_reached(session: Session, asso: int) -> None:
    with pytest.raises(PlaceRefused, match="plus inscrite chez ce partenaire"):
        mistakes.take_back_line(session, asso, line(session, partner(session, "autre")))
