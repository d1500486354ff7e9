"""The fiche d'orientation: what one partner may see of a household, as its convention says, from facts frozen at the proposal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from riskmodel.contracts.contacts import CHANNELS, OUTCOMES
from riskmodel.errors import MoveRefused
from riskmodel.referrals import gate, story
from riskmodel.referrals.fields import FIELDS, Field
from riskmodel.register.models import Referral
from riskmodel.schemes import FACTS, Told, Tried
from riskmodel.schemes.wording import shown

_CLOCK = ("oldest_unpaid_on", "stage_on", "hearing_on")
"""Days by which a right may be lost."""


@dataclass(frozen=True)
class Fiche:
    """What the convention of `on` lets the partner see. `clock` holds the days of the procedure; `shows_identity` says whether
    the identity may be read beside it, asked for and logged each time, never kept here."""

    referral_id: int
    landlord_id: str
    lease_id: str
    scheme: str
    organisation_id: int
    on: date
    lines: tuple[Told, ...]
    clock: tuple[tuple[str, date], ...]
    attempts: tuple[Tried, ...]
    shows_identity: bool


def fiche(session: Session, referral_id: int, today: date) -> Fiche:
    """The fiche as it was sent, or as it would be sent on `today`; raises MoveRefused without a convention to allow it."""
    referral = session.get(Referral, referral_id)
    if referral is None:
        raise MoveRefused(f"Orientation n° {referral_id} : inconnue. Rechargez la page des orientations.")
    on = story.read(session, referral_id).since("sent") or today
    agreed = gate.convention(session, referral, on)
    if agreed is None or referral.organisation_id is None:
        raise MoveRefused(gate.PRECONDITIONS["convention"].missing)
    allowed = [field for code, field in FIELDS.items() if code in agreed.fields]
    return Fiche(
        referral_id=referral.id,
        landlord_id=referral.landlord_id,
        lease_id=referral.lease_id,
        scheme=referral.scheme,
        organisation_id=referral.organisation_id,
        on=on,
        lines=tuple(line for field in allowed for line in _lines(session, referral, field)),
        clock=tuple((field.label, _day(referral, field.code)) for field in allowed if _is_clock(referral, field)),
        attempts=attempts(referral.facts) if "attempts" in agreed.fields else (),
        shows_identity="identity" in agreed.fields,
    )


def _lines(session: Session, referral: Referral, field: Field) -> Iterator[Told]:
    if field.kind == "unit":
        yield Told(field.code, field.label, referral.management_unit)
    elif field.kind == "gate":
        yield from _agreed(session, referral)
    elif field.kind == "declared":
        told = referral.declared.items()
        yield from (Told(field.code, FACTS[code].label, shown(FACTS[code], value)) for code, value in told)
    elif field.kind == "fact" and referral.facts.get(field.code) is not None:
        yield Told(field.code, field.label, shown(FACTS[field.code], referral.facts[field.code]))
    elif field.kind == "day" and field.code not in _CLOCK and referral.facts.get(field.code):
        yield Told(field.code, field.label, f"{_day(referral, field.code):%d/%m/%Y}")


def _agreed(session: Session, referral: Referral) -> Iterator[Told]:
    """How the household was told and what it answered, with their days."""
    noted = gate.standing(session, referral.id)
    for kind in ("information", "agreement"):
        if check := noted.get(kind):
            text = f"{gate.PRECONDITIONS[kind].states[check.state]}, le {check.on_day:%d/%m/%Y}"
            yield Told("agreement", gate.PRECONDITIONS[kind].label, text)


def _is_clock(referral: Referral, field: Field) -> bool:
    return field.code in _CLOCK and bool(referral.facts.get(field.code))


def _day(referral: Referral, code: str) -> date:
    return date.fromisoformat(referral.facts[code])


def attempts(facts: Mapping[str, Any]) -> tuple[Tried, ...]:
    """The landlord's attempts to reach the household, frozen with a referral's facts, in words."""
    made = facts.get("attempts", ())
    return tuple(Tried(date.fromisoformat(one["on"]), CHANNELS[one["channel"]], OUTCOMES[one["outcome"]]) for one in made)
