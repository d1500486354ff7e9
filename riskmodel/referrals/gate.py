"""The gate of sharing: what has to be recorded before a household's fiche leaves, and what is still missing, all at once."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from riskmodel.errors import MoveRefused
from riskmodel.people.days import day_of
from riskmodel.referrals.fields import FIELDS
from riskmodel.referrals.states import STATES
from riskmodel.register.models import Convention, Correction, GateCheck, Objection, Organisation, Referral

_SAID = tomllib.loads(Path(__file__).with_name("gate.toml").read_text(encoding="utf-8"))
_ABSENCES, _ONLY_CANDIDATES = _SAID.pop("absence"), _SAID.pop("only_candidates")["states"]
BEFORE_SENDING = ("proposed", "validated")
"""States in which preconditions are recorded or taken back: once a fiche has left, what let it leave no longer changes."""


@dataclass(frozen=True)
class Precondition:
    """One thing that must hold before sharing: recorded in one of `states`, or `derived` from what the register says."""

    kind: str
    label: str
    missing: str
    derived: bool = False
    only_tenants: bool = False
    states: Mapping[str, str] = field(default_factory=dict)


PRECONDITIONS: Mapping[str, Precondition] = {kind: Precondition(kind, **said) for kind, said in _SAID.items()}
"""Every precondition, by kind, in the order in which a person sees to them."""


@dataclass(frozen=True)
class Missing:
    """A precondition that does not hold, and what to do about it."""

    kind: str
    text: str


@dataclass(frozen=True)
class Check:
    """One precondition of a referral as a page shows it: whether it holds, who recorded what and when, where it is recorded."""

    kind: str
    label: str
    holds: bool
    state: str | None
    on_day: date | None
    by: str | None
    choices: Mapping[str, str]
    text: str


def record(session: Session, referral_id: int, kind: str, state: str, on_day: date, by: str, now: datetime) -> None:
    """Note that a precondition was met on a day; noted already the same way, nothing changes.

    Raises MoveRefused, all faults at once, for a kind or a state outside the closed list, a day to come, or a fiche already sent.
    """
    referral = _open(session, referral_id)
    if faults := list(_faults(referral, kind, state, on_day, day_of(now))):
        raise MoveRefused("\n".join(faults))
    known = standing(session, referral_id).get(kind)
    if known is not None:
        _same(known, state, on_day)
        return
    said = {"referral_id": referral_id, "kind": kind, "state": state, "on_day": on_day, "recorded_at": now, "by": by}
    try:
        with session.begin_nested():
            session.add(GateCheck(**said))
    except IntegrityError as raced:
        raise MoveRefused("Quelqu'un vient de noter cette condition. Rechargez la page.") from raced


def undo_record(session: Session, referral_id: int, kind: str, by: str, now: datetime) -> bool:
    """Take back what was noted of a precondition; False when nothing was. Raises MoveRefused once the fiche was sent."""
    _open(session, referral_id)
    known = standing(session, referral_id).get(kind)
    if known is None:
        return False
    known.undone_at, known.undone_by = now, by
    session.flush()
    return True


def standing(session: Session, referral_id: int) -> dict[str, GateCheck]:
    """What is recorded and was not taken back, by kind."""
    mine = select(GateCheck).filter_by(referral_id=referral_id, undone_at=None).order_by(GateCheck.id)
    return {check.kind: check for check in session.scalars(mine)}


def asked(referral: Referral) -> list[Precondition]:
    """The preconditions that count for a referral: a candidate whom another service sends owes nothing to be reminded of."""
    candidate = is_candidate(referral)
    return [one for one in PRECONDITIONS.values() if not (candidate and one.only_tenants)]


def missing(session: Session, referral_id: int, today: date) -> tuple[Missing, ...]:
    """Every precondition that does not hold on a day, with the next move."""
    return tuple(Missing(check.kind, check.text) for check in checks(session, referral_id, today) if not check.holds)


def is_open(session: Session, referral_id: int, today: date) -> bool:
    """Whether the fiche may leave."""
    return not missing(session, referral_id, today)


def checks(session: Session, referral_id: int, today: date) -> list[Check]:
    """Every precondition of a referral with how it stands on a day."""
    referral = session.get_one(Referral, referral_id)
    known = standing(session, referral_id)
    derived = _derived(session, referral, today)
    return [_check(referral, one, known, derived) for one in asked(referral)]


def is_candidate(referral: Referral) -> bool:
    """Whether the household asks for a dwelling rather than lives in one."""
    return referral.facts.get("lease_status") == "candidate"


def convention(session: Session, referral: Referral, today: date) -> Convention | None:
    """The convention under which a referral's partner may see its fiche on a day; None without any."""
    mine = {"landlord_id": referral.landlord_id, "organisation_id": referral.organisation_id, "scheme": referral.scheme}
    begun = select(Convention).filter_by(**mine).where(Convention.signed_on <= today).order_by(Convention.signed_on.desc())
    live = begun.join(Organisation, Organisation.id == Convention.organisation_id).where(Organisation.is_active)
    found = session.scalars(live.where(or_(Convention.ends_on.is_(None), Convention.ends_on >= today)))
    return next((one for one in found if not one.territories or referral.management_unit in one.territories), None)


def _check(referral: Referral, one: Precondition, known: Mapping[str, GateCheck], derived: Mapping[str, bool]) -> Check:
    noted = known.get(one.kind)
    holds = derived[one.kind] if one.derived else noted is not None and _is_lawful(referral, noted, known)
    return Check(
        kind=one.kind,
        label=one.label,
        holds=holds,
        state=noted.state if noted else None,
        on_day=noted.on_day if noted else None,
        by=noted.by if noted else None,
        choices={state: label for state, label in one.states.items() if _is_offered(referral, one.kind, state)},
        text=one.missing,
    )


def _is_lawful(referral: Referral, noted: GateCheck, known: Mapping[str, GateCheck]) -> bool:
    """An absence of agreement holds only with the information that it rests on."""
    absence = _ABSENCES.get(noted.state) if noted.kind == "agreement" else None
    if absence is None:
        return True
    told = known.get("information")
    return _is_absence_admitted(referral, absence) and told is not None and told.state in absence["information"]


def _is_absence_admitted(referral: Referral, absence: Mapping[str, Any]) -> bool:
    return referral.scheme in absence["schemes"] and referral.facts.get("contact") in absence["contact"]


def _is_offered(referral: Referral, kind: str, state: str) -> bool:
    if kind != "agreement":
        return True
    if state in _ABSENCES:
        return _is_absence_admitted(referral, _ABSENCES[state])
    return is_candidate(referral) or state not in _ONLY_CANDIDATES


def _derived(session: Session, referral: Referral, today: date) -> dict[str, bool]:
    agreed = convention(session, referral, today)
    needed = {code for code, one in FIELDS.items() if one.needed}
    return {
        "convention": agreed is not None,
        "fields": agreed is not None and needed <= set(agreed.fields),
        "rights": _are_rights_quiet(session, referral),
    }


def _are_rights_quiet(session: Session, referral: Referral) -> bool:
    """No objection made since the proposal stands, and nothing is contested. A household that had objected before it was proposed
    did not come by a score: it may still be helped."""
    mine = {"landlord_id": referral.landlord_id, "lease_id": referral.lease_id}
    objected = select(Objection.id).filter_by(**mine, lifted_on=None).where(Objection.recorded_at > referral.created_at)
    contested = select(Correction.id).filter_by(**mine, settled_on=None)
    return session.scalar(objected.limit(1)) is None and session.scalar(contested.limit(1)) is None


def _open(session: Session, referral_id: int) -> Referral:
    referral = session.get(Referral, referral_id, with_for_update=True, populate_existing=True)
    if referral is None:
        raise MoveRefused(f"Orientation n° {referral_id} : inconnue. Rechargez la page.")
    if referral.state not in BEFORE_SENDING:
        raise MoveRefused(f"L'orientation est « {STATES[referral.state]} » : ce qui a permis l'envoi ne change plus.")
    return referral


def _faults(referral: Referral, kind: str, state: str, on_day: date, today: date) -> Iterator[str]:
    noted = {one.kind: one for one in asked(referral) if not one.derived}
    if kind not in noted:
        yield f"« {kind} » ne se note pas ici. À noter : {', '.join(noted)}."
    elif not (state in noted[kind].states and _is_offered(referral, kind, state)):
        offered = [f"{code} ({label})" for code, label in noted[kind].states.items() if _is_offered(referral, kind, code)]
        yield f"{noted[kind].label} : « {state} » n'est pas admis ici. Choisissez parmi : {', '.join(offered)}."
    if on_day > today:
        yield f"Jour {on_day:%d/%m/%Y} : à venir. Donnez le jour où cela s'est fait, au plus tard le {today:%d/%m/%Y}."


def _same(known: GateCheck, state: str, on_day: date) -> None:
    if (known.state, known.on_day) != (state, on_day):
        label = PRECONDITIONS[known.kind].label
        raise MoveRefused(f"{label} : déjà noté le {known.on_day:%d/%m/%Y} par {known.by}. Annulez d'abord cette note.")
