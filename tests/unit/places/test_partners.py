"""What a landlord writes about its partners, and what it may not write."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from riskmodel.errors import PlaceRefused
from riskmodel.places import partners
from riskmodel.places.partners import Agreed, Funded
from riskmodel.places.stock import stock
from riskmodel.register import Sessions, to_write
from tests.unit.places.conftest import DAY, OPH, SCHEMES, partner

FIELDS, UNITS = ("stage", "contact"), ("01", "02")
SIGNED = date(2026, 1, 1)


@pytest.fixture
def session(register: Sessions) -> Iterator[Session]:
    with register() as opened:
        to_write(opened)
        yield opened


@pytest.fixture
def asso(session: Session) -> int:
    return partner(session)


def agree(session: Session, asso: int, **given: Any) -> int:
    said = Agreed(**{"scheme": "bail_de_sauvegarde", "signed_on": SIGNED, **given})
    return partners.agree(session, asso, said, SCHEMES, FIELDS, UNITS)


def fund(session: Session, asso: int, **given: Any) -> int:
    return partners.fund(
        session, asso, Funded(**{"scheme": "bail_de_sauvegarde", "code": "asll", "year": 2026, **given}), SCHEMES
    )


def test_what_is_written_makes_an_offer(session: Session, asso: int) -> None:
    agree(session, asso, territories=("02", "01"), fields=("stage",))
    fund(session, asso, measures=10, measure_months=120)
    partners.employ(session, asso, "ts.1", 50, SIGNED)
    (offer,) = stock(session, OPH, SCHEMES, DAY)
    assert (offer.territories, offer.free_households, offer.lines[0].months_left) == (("01", "02"), 8, 120)
    assert [row.fields for row in partners.conventions(session, OPH)] == [["stage"]]
    assert [row.code for row in partners.workers(session, OPH)] == ["ts.1"]
    assert [row.measures for row in partners.funding_lines(session, OPH)] == [10]


def test_what_is_written_again_changes_the_same_row(session: Session, asso: int) -> None:
    assert agree(session, asso) == agree(session, asso, ends_on=date(2026, 12, 31), territories=("01",))
    assert fund(session, asso, measures=10) == fund(session, asso, measures=None, places=3)
    assert partners.employ(session, asso, "ts.1", 50, SIGNED) == partners.employ(session, asso, "ts.1", 60, SIGNED)
    assert [(row.territories, row.ends_on) for row in partners.conventions(session, OPH)] == [(["01"], date(2026, 12, 31))]
    assert [(row.measures, row.places) for row in partners.funding_lines(session, OPH)] == [(None, 3)]
    assert [row.fte_hundredths for row in partners.workers(session, OPH)] == [60]


def test_new_hours_end_the_former_ones_the_day_before(session: Session, asso: int) -> None:
    partners.employ(session, asso, "ts.1", 100, SIGNED)
    partners.employ(session, asso, "ts.1", 50, date(2026, 9, 1), date(2026, 12, 31))
    told = [(row.fte_hundredths, row.to_on) for row in partners.workers(session, OPH)]
    assert told == [(100, date(2026, 8, 31)), (50, date(2026, 12, 31))]


def test_hours_that_run_into_later_ones_are_refused_and_nothing_is_written(session: Session, asso: int) -> None:
    partners.employ(session, asso, "ts.1", 50, date(2026, 9, 1))
    with pytest.raises(PlaceRefused, match="01/09/2026"):
        partners.employ(session, asso, "ts.1", 100, SIGNED)
    assert len(partners.workers(session, OPH)) == 1
    partners.employ(session, asso, "ts.1", 100, SIGNED, date(2026, 8, 31))
    assert len(partners.workers(session, OPH)) == 2


def test_every_fault_of_a_convention_is_told_at_once(session: Session, asso: int) -> None:
    with pytest.raises(PlaceRefused) as told:
        agree(session, asso, scheme="fsl", ends_on=date(2025, 1, 1), fields=("score",), territories=("99",))
    for said in ("« fsl »", "01/01/2025", "score", "99", "contact, stage", "01, 02"):
        assert said in str(told.value)
    assert partners.conventions(session, OPH) == []


def test_every_fault_of_a_line_is_told_at_once(session: Session, asso: int) -> None:
    with pytest.raises(PlaceRefused) as told:
        fund(
            session,
            asso,
            scheme="?",
            code="ligne à part",
            year=26,
            places=-1,
            households_per_worker=0,
            measures=0,
            measure_months=6,
        )
    for said in ("« ? »", "ligne à part", "Année 26", "Places : -1", "Ménages par intervenant : 0", "6 mois-mesures"):
        assert said in str(told.value)


@pytest.mark.parametrize(("code", "hours"), [("Une personne", 100), ("", 100), ("ts.1", 0), ("ts.1", 101)])
def test_a_worker_is_a_code_and_one_full_time_at_most(session: Session, asso: int, code: str, hours: int) -> None:
    with pytest.raises(PlaceRefused, match=r"Code|Temps de travail"):
        partners.employ(session, asso, code, hours, SIGNED)


def test_nobody_writes_for_a_partner_that_does_not_exist(session: Session) -> None:
    with pytest.raises(PlaceRefused, match="Partenaire 99"):
        fund(session, 99)
