"""The invented partners of the demo landlord: conventions, workers, lines of funding, written as a landlord writes its own."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from riskmodel.places.partners import LIMITS, Agreed, Funded, agree, employ, fund
from riskmodel.referrals.fields import FIELDS
from riskmodel.register import organisations
from riskmodel.schemes import Scheme

_SAID = tomllib.loads(Path(__file__).with_name("partners.toml").read_text(encoding="utf-8"))
_LEFT_OUT = {"equipe_mobile": ("legal_cents", "debt_hundredths", "plan_in_force"), "masp": ("attempts", "contact")}
"""Fields that a convention keeps from its partner: not every partner sees everything."""


def install(session: Session, landlord_id: str, schemes: Mapping[str, Scheme], units: Iterable[str], since: date) -> None:
    """Write every partner as it stands from a day on, with the lines of that year and the two that follow; once is enough, and
    twice changes nothing."""
    known = sorted(units)
    for said in _SAID["partner"]:
        number = organisations.declare(session, "association", landlord_id, said["code"], said["name"])
        organisations.reach(session, number, said["address"], said["phone"], said["email"])
        territories = tuple(known[:1]) if said.get("only_first_unit") else ()
        for scheme in said["schemes"]:
            fields = tuple(code for code in FIELDS if code not in _LEFT_OUT.get(scheme, ()))
            agreed = Agreed(scheme, since, fields=fields, territories=territories)
            agree(session, number, agreed, schemes, FIELDS, known)
        for code, hours in said["workers"].items():
            employ(session, number, code, hours, since)
        _fund(session, number, said, schemes, since)


def _fund(session: Session, number: int, said: Mapping[str, Any], schemes: Mapping[str, Scheme], since: date) -> None:
    mine = [line for line in _SAID["line"] if line["scheme"] in said["schemes"]]
    for line in mine:
        limits = {name: line[name] for name in LIMITS if name in line}
        for year in range(since.year, since.year + 3):
            fund(session, number, Funded(line["scheme"], line["code"], year, **limits), schemes)
