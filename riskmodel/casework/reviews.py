"""The review of a unit's list: which rows were read, for how long, how often the list was judged wrong, and its approval."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, union
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from riskmodel.casework.decisions import MUTABLE, WORKED, decided_leases
from riskmodel.casework.key import ListKey, paris_day
from riskmodel.casework.measures import Escalated, Figure, escalated, figures, middle, overrides, rate
from riskmodel.errors import ApprovalRefused
from riskmodel.register.models import Decision, ListRow, Objection, Reading, Review, WeeklyList

__all__ = [
    "Escalated",
    "Figure",
    "Progress",
    "approve",
    "begun",
    "escalated",
    "figures",
    "find",
    "progress",
    "read",
    "reopen",
    "start",
]

LONGEST_SECONDS = 600
"""What one showing of a row may add: beyond, the reviewer was elsewhere."""
NAMED = 10
"""Unread leases that a refusal names."""


@dataclass(frozen=True)
class Progress:
    """How far a review is. Rows are leases of the tabs that need reading, each counted once; one is read once somebody opened it,
    or decided about it, which a workbook allows without opening it here. `override_rate` is the share of
    decided flags judged « rien à faire » or « données fausses »; None before the approval, because drawn rows are taken out of
    it and it would tell them, or when no flag was decided."""

    rows: int
    read: int
    decided: int
    unread: tuple[str, ...]
    median_seconds: int | None
    override_rate: float | None
    opened_at: datetime | None
    approved_at: datetime | None
    approved_by: str | None


def start(session: Session, key: ListKey, account: str, now: datetime) -> None:
    """Open the review of a list; nothing changes when it is open already."""
    _started(session, key, account, now)


def find(session: Session, key: ListKey) -> Review | None:
    """The review of a list; None while nobody opened it."""
    return session.scalar(select(Review).filter_by(**_key(key)))


def begun(session: Session, landlord_id: str, week: str) -> set[str]:
    """Units whose review of a week has begun, by opening the list or by deciding from its workbook: their lists are not replaced
    any more."""
    opened = select(Review.management_unit).filter_by(landlord_id=landlord_id, week=week)
    decided = select(Decision.management_unit).filter_by(landlord_id=landlord_id, week=week)
    return set(session.scalars(union(opened, decided)))


def read(session: Session, key: ListKey, lease_id: str, account: str, now: datetime) -> None:
    """Somebody opens a row: the seconds since they opened the one before are that one's. An approved list is left as it is."""
    review = _started(session, key, account, now)
    if review.approved_at is not None:
        return
    _add_seconds(session, review.id, account, now)
    mine = {"review_id": review.id, "lease_id": lease_id, "account": account}
    row = session.scalar(select(Reading).filter_by(**mine))
    if row is None:
        _add(session, Reading(**mine, opened_at=now, seconds=0))
    else:
        row.opened_at = now
    session.flush()


def progress(session: Session, key: ListKey) -> Progress:
    """How far the review of a list is."""
    wanted = _to_read(session, key)
    review = find(session, key)
    spent = _spent(session, review.id) if review else {}
    known = decided_leases(session, key)
    unread = tuple(lease for lease in wanted if lease not in spent and lease not in known)
    approved_at = review.approved_at if review else None
    return Progress(
        rows=len(wanted),
        read=len(wanted) - len(unread),
        decided=sum(lease in known for lease in wanted),
        unread=unread,
        median_seconds=middle([spent[lease] for lease in wanted if spent.get(lease)]),
        override_rate=_override(session, key) if approved_at else None,
        opened_at=review.opened_at if review else None,
        approved_at=approved_at,
        approved_by=review.approved_by if review else None,
    )


def approve(session: Session, key: ListKey, account: str, now: datetime) -> None:
    """Approve a list whose rows were all read; raises ApprovalRefused naming what is unread, or who approved it already."""
    review = _started(session, key, account, now)
    if review.approved_at is not None:
        when = f"{paris_day(review.approved_at):%d/%m/%Y}"
        raise ApprovalRefused(f"{key} : déjà approuvée le {when} par {review.approved_by}. Il n'y a plus rien à faire.")
    unread = progress(session, key).unread
    if unread:
        named = ", ".join(unread[:NAMED]) + (f" et {len(unread) - NAMED} autres" if len(unread) > NAMED else "")
        raise ApprovalRefused(
            f"{key} : {len(unread)} ménages n'ont été lus par personne ({named}). Ouvrez chacun d'eux, puis approuvez la liste."
        )
    _add_seconds(session, review.id, account, now)
    review.approved_at, review.approved_by = now, account
    session.flush()


def reopen(session: Session, key: ListKey, account: str, now: datetime) -> None:
    """Take an approval back, so that decisions may change; the clock of `account` starts again. Raises ApprovalRefused when the
    list is not approved."""
    review = find(session, key)
    if review is None or review.approved_at is None:
        raise ApprovalRefused(f"{key} : la liste n'est pas approuvée, il n'y a rien à rouvrir.")
    review.approved_at = review.approved_by = None
    last = _last(session, review.id, account)
    if last is not None:
        last.opened_at = now
    session.flush()


def _started(session: Session, key: ListKey, account: str, now: datetime) -> Review:
    review = find(session, key)
    if review is None:
        if session.scalar(select(WeeklyList.id).filter_by(**_key(key))) is None:
            raise ApprovalRefused(f"{key} : aucune liste figée. Vérifiez l'unité et la semaine avec « riskmodel weekly show ».")
        _add(session, Review(**_key(key), opened_at=now, opened_by=account))
        review = session.scalars(select(Review).filter_by(**_key(key))).one()
    return review


def _add(session: Session, row: Review | Reading) -> None:
    """Add a row, unless another request has just added the same: two people open a list on Monday at nine."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return


def _key(key: ListKey) -> dict[str, Any]:
    return {"landlord_id": key.landlord_id, "week": key.week, "management_unit": key.management_unit}


def _to_read(session: Session, key: ListKey) -> list[str]:
    """Leases of the tabs that need reading, in the order of the list, each once. Flags of households that have objected since
    are not shown any more: nobody has to read them."""
    objected = select(Objection.lease_id).filter_by(landlord_id=key.landlord_id, lifted_on=None)
    is_withdrawn = ListRow.tab.in_(MUTABLE) & ListRow.lease_id.in_(objected)
    rows = select(ListRow.lease_id).join(WeeklyList, ListRow.list_id == WeeklyList.id)
    mine = rows.filter(*(getattr(WeeklyList, name) == value for name, value in _key(key).items()))
    return list(dict.fromkeys(session.scalars(mine.where(ListRow.tab.in_(WORKED), ~is_withdrawn).order_by(ListRow.id))))


def _spent(session: Session, review_id: int) -> dict[str, int]:
    """Seconds that all readers together spent on each row that was opened."""
    read = select(Reading.lease_id, func.sum(Reading.seconds)).where(Reading.review_id == review_id)
    return {lease_id: seconds for lease_id, seconds in session.execute(read.group_by(Reading.lease_id))}  # noqa: C416


def _override(session: Session, key: ListKey) -> float | None:
    judged = overrides(session, key.landlord_id, [key.week], key.management_unit)
    return rate(judged[key.week, key.management_unit])


def _last(session: Session, review_id: int, account: str) -> Reading | None:
    """The row that an account has open: the one it opened last."""
    mine = select(Reading).filter_by(review_id=review_id, account=account)
    return session.scalar(mine.order_by(Reading.opened_at.desc(), Reading.id.desc()).limit(1))


def _add_seconds(session: Session, review_id: int, account: str, now: datetime) -> None:
    last = _last(session, review_id, account)
    if last is not None:
        last.seconds += min(max(int((now - last.opened_at).total_seconds()), 0), LONGEST_SECONDS)
