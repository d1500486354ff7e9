"""Whose turn it is: the order declared in `turns.toml`, shown as it is, and the referrals that wait for a place."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.people.days import day_of
from riskmodel.places.allocation import Allocation, Assigned, Lacking, NextInLine, Request, Unserved
from riskmodel.register.models import Referral, SharedOut
from riskmodel.schemes import Scheme


@dataclass(frozen=True)
class Turn:
    """One line of the declared order: who it is for, as a person reads it, and the fact that says so."""

    code: str
    label: str
    fact: str
    values: tuple[Any, ...]


TURNS: tuple[Turn, ...] = tuple(
    Turn(said["code"], said["label"], said["fact"], tuple(said["values"]))
    for said in tomllib.loads(Path(__file__).with_name("turns.toml").read_text(encoding="utf-8"))["turn"]
)
"""The declared order, the most urgent first."""
OTHERS = "aucune de ces urgences"
"""Rank of whoever no line suits, after all of them."""


def rank(facts: Mapping[str, Any]) -> int:
    """Place in TURNS of the first line that suits these facts; len(TURNS) when none does."""
    return next((place for place, turn in enumerate(TURNS) if facts.get(turn.fact) in turn.values), len(TURNS))


def label(priority: tuple[int, ...]) -> str:
    """What a priority given by `waiting` stands for, in French."""
    return TURNS[priority[0]].label if priority[0] < len(TURNS) else OTHERS


def waiting(
    session: Session, landlord_id: str, state: str, schemes: Mapping[str, Scheme], months: Callable[[Scheme], int]
) -> tuple[Request, ...]:
    """A landlord's referrals in this state that ask for a place and have no partner yet, in the order of their turns.

    `months` says how long a first measure of a scheme lasts. They wait since the day they were proposed.
    """
    placed = sorted(code for code, scheme in schemes.items() if scheme.uses_place)
    mine = select(Referral).filter_by(landlord_id=landlord_id, state=state, organisation_id=None)
    found = [
        Request(
            referral_id=row.id,
            scheme=row.scheme,
            management_unit=row.management_unit,
            months=months(schemes[row.scheme]),
            priority=(rank(row.facts),),
            since=day_of(row.created_at),
        )
        for row in session.scalars(mine.where(Referral.scheme.in_(placed)))
    ]
    return tuple(sorted(found, key=lambda request: request.rank))


def keep(session: Session, landlord_id: str, week: str, told: Allocation, by: str, now: datetime) -> int:
    """Keep how a week's places were shared out, as numbers and codes; the number of what was kept."""
    row = SharedOut(landlord_id=landlord_id, week=week, made_at=now, by=by, result=asdict(told))
    session.add(row)
    session.flush()
    return row.id


def read(result: Mapping[str, Any]) -> Allocation:
    """How places were shared out, from what `keep` wrote."""
    return Allocation(
        assigned=tuple(Assigned(*one) for one in result["assigned"]),
        unserved=tuple(
            Unserved(one["referral_id"], one["why"], tuple(Lacking(who, line, tuple(of)) for who, line, of in one["would_serve"]))
            for one in result["unserved"]
        ),
        next_in_line=tuple(NextInLine(*one) for one in result["next_in_line"]),
    )
