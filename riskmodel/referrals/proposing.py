"""A household proposed to a scheme: only one it fits, with that day's facts frozen, and only the answers the scheme reads."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from riskmodel.errors import MoveRefused
from riskmodel.referrals.fields import faults
from riskmodel.register.models import Referral
from riskmodel.schemes import FACTS, Scheme, ladder


def propose(
    session: Session,
    *,
    landlord_id: str,
    management_unit: str,
    lease_id: str,
    scheme: Scheme,
    facts: Mapping[str, Any],
    declared: Mapping[str, Any],
    case_id: int | None,
    by: str,
    now: datetime,
) -> int:
    """Propose a household to a scheme; the number of the referral, or of the one already open for this lease and scheme.

    `facts` are those of `situation`, frozen as they are. Raises MoveRefused, all faults at once, for a fact or an answer outside
    the vocabulary, a condition that is not met, and one that nobody has answered yet.
    """
    known = find_open(session, landlord_id, lease_id, scheme.code)
    if known is not None:
        return known.id
    if found := [*faults(facts, declared)] or [*_unmet(scheme, facts, declared)]:
        raise MoveRefused(f"{scheme.name} : orientation impossible.\n" + "\n".join(found))
    read = {way.fact for condition in scheme.conditions for way in (condition, *condition.alternatives)}
    referral = Referral(
        landlord_id=landlord_id,
        management_unit=management_unit,
        lease_id=lease_id,
        case_id=case_id,
        scheme=scheme.code,
        state="proposed",
        facts={code: value for code, value in facts.items() if value is not None},
        declared={code: value for code, value in declared.items() if value is not None and code in read},
        created_at=now,
        created_by=by,
    )
    return _kept(session, referral)


def find_open(session: Session, landlord_id: str, lease_id: str, scheme: str) -> Referral | None:
    """The referral of a lease to a scheme that is not closed."""
    mine = {"landlord_id": landlord_id, "lease_id": lease_id, "scheme": scheme, "closed_on": None}
    return session.scalar(select(Referral).filter_by(**mine))


def _kept(session: Session, referral: Referral) -> int:
    try:
        with session.begin_nested():
            session.add(referral)
    except IntegrityError as raced:
        same = find_open(session, referral.landlord_id, referral.lease_id, referral.scheme)
        if same is None:
            raise MoveRefused(f"Dossier n° {referral.case_id} : inconnu. Rechargez la page des dossiers.") from raced
        return same.id
    return referral.id


def _unmet(scheme: Scheme, facts: Mapping[str, Any], declared: Mapping[str, Any]) -> Iterator[str]:
    situation = {code: value for code, value in {**facts, **declared}.items() if code in FACTS}
    (rung,) = ladder({scheme.code: scheme}, situation)
    yield from (f"{FACTS[unmet.fact].label} : {unmet.seen}, attendu {unmet.expected}. {unmet.text}" for unmet in rung.unmet)
    yield from (f"{FACTS[fact].label} : à dire d'abord ({FACTS[fact].origin})." for fact in rung.asks)
