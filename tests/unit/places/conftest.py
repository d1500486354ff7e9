"""A landlord with two partners, and what each of them can take."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from riskmodel.register import Sessions, open_register
from riskmodel.register.models import Convention, FundingLine, Measure, Organisation, Referral, Worker
from riskmodel.schemes import Capacity, Line, Scheme, load

OPH, DAY = "oph", date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
SHIPPED = load()
FUNDED = replace(SHIPPED["bail_de_sauvegarde"], capacity=Capacity(16, None, (Line("asll", "ASLL"),)))
FREE = replace(SHIPPED["mediation"], capacity=Capacity(16))
ACCESS = replace(SHIPPED["bail_de_securisation"], capacity=Capacity(20, None, (Line("projet", "Projet"),)))
SCHEMES: dict[str, Scheme] = {scheme.code: scheme for scheme in (FUNDED, FREE, ACCESS)}
Write = Callable[..., Any]


@pytest.fixture
def register(fresh_register: Callable[[str], str]) -> Sessions:
    """A register on SQLite; tests of concurrency ask for both databases themselves."""
    return open_register(fresh_register("sqlite"))


def partner(session: Session, code: str = "asso", landlord_id: str = OPH) -> int:
    row = Organisation(kind="association", landlord_id=landlord_id, code=code, name=f"Association {code}")
    session.add(row)
    session.flush()
    return row.id


def agreed(session: Session, organisation: int, scheme: str = "bail_de_sauvegarde", *units: str, **given: Any) -> int:
    said = {"fields": [], "signed_on": date(2026, 1, 1), "ends_on": None, **given}
    return _kept(
        session,
        Convention(landlord_id=OPH, organisation_id=organisation, scheme=scheme, territories=list(units), **said),
    )


def worker(session: Session, organisation: int, code: str = "ts.1", fte: int = 100, **given: Any) -> int:
    said = {"from_on": date(2026, 1, 1), "to_on": None, **given}
    return _kept(session, Worker(landlord_id=OPH, organisation_id=organisation, code=code, fte_hundredths=fte, **said))


def line(session: Session, organisation: int, scheme: str = "bail_de_sauvegarde", **given: Any) -> int:
    none = dict.fromkeys(("measures", "measure_months", "places", "households_per_worker"))
    said = {"code": "asll", "year": 2026, **none, **given}
    return _kept(session, FundingLine(landlord_id=OPH, organisation_id=organisation, scheme=scheme, **said))


def referral(session: Session, lease: str, scheme: str = "bail_de_sauvegarde", unit: str = "01", **given: Any) -> int:
    said = {"state": "validated", "facts": {}, "declared": {}, "created_at": NOW, "created_by": "agent.01", **given}
    return _kept(session, Referral(landlord_id=OPH, management_unit=unit, lease_id=lease, scheme=scheme, **said))


def measure(session: Session, lease: str, organisation: int, scheme: str = "bail_de_sauvegarde", **given: Any) -> int:
    said = {"booked_on": date(2026, 2, 1), "starts_on": date(2026, 2, 1), "months": 12, **given}
    key = referral(session, lease, scheme)
    return _kept(session, Measure(referral_id=key, landlord_id=OPH, organisation_id=organisation, scheme=scheme, **said))


def _kept(session: Session, row: Any) -> int:
    session.add(row)
    session.flush()
    return row.id
