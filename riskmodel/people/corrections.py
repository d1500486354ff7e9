"""Facts that a household says are wrong (GDPR art. 16): out of the scores from the day they are recorded until somebody settles.

While a request is open the inputs that the fact feeds are unknown for that lease. A points table gives an unknown input no point
and no input a negative one, so a request can only lower a score or leave it: asking costs nothing to the household.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from riskmodel.errors import DecisionRefused
from riskmodel.people.days import day_of, start_of
from riskmodel.people.facts import ASKS, Fact, facts
from riskmodel.register.models import Correction

OUTCOMES = {
    "corrected": "Le ménage avait raison : la donnée est corrigée",
    "confirmed": "Vérifié : la donnée était juste",
    "withdrawn": "Demande retirée par le ménage",
}
"""How a request ends."""


@dataclass(frozen=True)
class Request:
    """A request for correction. `claimed` holds what the household says: `day` (ISO) and `amount_cents`, where the fact asks."""

    id: int
    lease_id: str
    fact: Fact
    claimed: dict[str, Any]
    stated: dict[str, Any]
    opened_on: date
    recorded_by: str
    settled_on: date | None
    settled_by: str | None
    outcome: str | None

    @property
    def outcome_label(self) -> str | None:
        """How it ended, in a sentence; None while it is open."""
        return OUTCOMES[self.outcome] if self.outcome else None


def open_one(
    session: Session,
    landlord_id: str,
    lease_id: str,
    fact: str,
    *,
    claimed: Mapping[str, Any],
    by: str,
    now: datetime,
    stated: Mapping[str, Any] | None = None,
) -> Request:
    """Record that a household says a fact is wrong; the one already open for this fact and lease is given back as it is.

    `stated` is what the data say, by input. Raises DecisionRefused for a fact outside the closed list, or for a version that
    holds anything the fact does not ask.
    """
    said = _known(fact)
    _refuse_odd(said, claimed, day_of(now))
    mine = select(Correction).filter_by(landlord_id=landlord_id, lease_id=lease_id, fact=fact, settled_on=None)
    found = session.scalar(mine)
    if found is None:
        found = Correction(
            landlord_id=landlord_id, lease_id=lease_id, fact=fact, stated=dict(stated or {}), claimed=dict(claimed)
        )
        found.opened_on, found.recorded_at, found.recorded_by = day_of(now), now, by
        session.add(found)
        session.flush()
    return _request(found)


def settle(session: Session, landlord_id: str, correction_id: int, outcome: str, by: str, now: datetime) -> Request:
    """End a request from the day of `now`; settled the same way already, it is given back as it is.

    Raises DecisionRefused for an outcome outside the closed list, an unknown request, or one that ended otherwise.
    """
    if outcome not in OUTCOMES:
        raise DecisionRefused(f"« {outcome} » n'est pas une issue. Issues admises : {', '.join(OUTCOMES)}.")
    found = session.scalar(select(Correction).filter_by(landlord_id=landlord_id, id=correction_id))
    if found is None:
        raise DecisionRefused(
            f"Demande de correction n° {correction_id} inconnue chez {landlord_id}. Rechargez la page du ménage."
        )
    if found.outcome not in (None, outcome):
        raise DecisionRefused(
            f"Demande n° {correction_id} déjà close le {found.settled_on:%d/%m/%Y} ({OUTCOMES[found.outcome]}). "
            "Si le ménage conteste encore, ouvrez une nouvelle demande."
        )
    if found.outcome is None:
        found.settled_on, found.settled_by, found.outcome = day_of(now), by, outcome
        session.flush()
    return _request(found)


def neutralised(session: Session, landlord_id: str, on: date) -> dict[str, tuple[str, ...]]:
    """By lease, the inputs that requests known and open at the end of `on` make unknown; leases without any are left out."""
    names: dict[str, set[str]] = defaultdict(set)
    for request in standing(session, landlord_id, on):
        names[request.lease_id].update(request.fact.inputs)
    return {lease: tuple(sorted(inputs)) for lease, inputs in sorted(names.items()) if inputs}


def sentences(session: Session, landlord_id: str, on: date) -> dict[str, str]:
    """By lease, what a reviewer is told of the requests open at the end of `on`."""
    said: dict[str, list[str]] = defaultdict(list)
    for request in standing(session, landlord_id, on):
        label = request.fact.label
        said[request.lease_id].append(f"« {label[0].lower()}{label[1:]} » (demande du {request.opened_on:%d/%m/%Y})")
    return {lease: f"Contesté par le ménage : {' ; '.join(parts)}. {_EFFECT}" for lease, parts in sorted(said.items())}


_EFFECT = "Ce qui en dépend ne compte pas dans le score tant que la demande est ouverte : vérifiez la donnée avant tout contact."


def standing(session: Session, landlord_id: str, on: date) -> list[Request]:
    """Requests known and open at the end of `on`, oldest first."""
    mine = _of(landlord_id).where(Correction.recorded_at < start_of(on + timedelta(days=1)))
    still = mine.where(or_(Correction.settled_on.is_(None), Correction.settled_on > on))
    return [_request(found) for found in session.scalars(still)]


def history(session: Session, landlord_id: str, lease_id: str) -> list[Request]:
    """Every request of a household, oldest first."""
    return [_request(found) for found in session.scalars(_of(landlord_id).filter_by(lease_id=lease_id))]


def unknown(features: pd.DataFrame, disputed: Mapping[str, Collection[str]]) -> pd.DataFrame:
    """`features` (one row a lease, `lease_id` among the columns) with the disputed inputs of each lease unknown."""
    leases: dict[str, list[str]] = defaultdict(list)
    for lease, inputs in disputed.items():
        for name in inputs:
            leases[name].append(lease)
    masked = {name: features[name].mask(features["lease_id"].isin(those)) for name, those in leases.items()}
    return features.assign(**masked)


def _of(landlord_id: str) -> Select[Correction]:
    return select(Correction).filter_by(landlord_id=landlord_id).order_by(Correction.id)


def _known(fact: str) -> Fact:
    if fact not in facts():
        known = "\n".join(f"  {code} : {entry.label}" for code, entry in facts().items())
        raise DecisionRefused(f"« {fact} » n'est pas un fait de la liste. Faits admis :\n{known}")
    return facts()[fact]


def _refuse_odd(fact: Fact, claimed: Mapping[str, Any], today: date) -> None:
    """All faults at once: a key that is not asked, a day to come or that is none, an amount that is no number of cents."""
    asked = {"day": "day" in fact.asks, "amount_cents": "amount" in fact.asks}
    faults = [f"« {key} » n'est pas demandé pour ce fait" for key in claimed if not asked.get(key)]
    day, cents = claimed.get("day"), claimed.get("amount_cents")
    if day is not None and not _is_past(day, today):
        faults.append(f"jour « {day} » : attendu une date AAAA-MM-JJ, au plus tard {today.isoformat()}")
    if cents is not None and not (isinstance(cents, int) and cents > 0):
        faults.append(f"montant « {cents} » : attendu un nombre de centimes, plus grand que 0")
    if faults:
        wanted = " et ".join(ASKS[name] for name in fact.asks) or "rien de plus que le fait"
        raise DecisionRefused(f"{fact.label} : {' ; '.join(faults)}. À noter pour ce fait : {wanted}.")


def _is_past(day: Any, today: date) -> bool:
    try:
        return date.fromisoformat(day) <= today
    except (TypeError, ValueError):
        return False


def _request(found: Correction) -> Request:
    return Request(
        id=found.id,
        lease_id=found.lease_id,
        fact=facts()[found.fact],
        claimed=found.claimed,
        stated=found.stated,
        opened_on=found.opened_on,
        recorded_by=found.recorded_by,
        settled_on=found.settled_on,
        settled_by=found.settled_by,
        outcome=found.outcome,
    )
