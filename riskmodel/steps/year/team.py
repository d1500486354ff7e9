"""The landlord's side of a simulated week: rows decided, households and candidates proposed, what lets a fiche leave noted."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from riskmodel import schemes as room
from riskmodel.casework import cases, decisions
from riskmodel.casework.key import ListKey, week_of
from riskmodel.errors import PlaceRefused
from riskmodel.people import objections
from riskmodel.referrals import gate
from riskmodel.register.models import Case, ListRow, Referral, WeeklyList
from riskmodel.schemes import FACTS, Scheme
from riskmodel.settings import Settings
from riskmodel.steps import orienting, sharing
from riskmodel.steps.year.fate import LANDLORD_SIDE, answers, drawn, noon, number

PROPOSALS = 6
"""Households that one unit proposes from one list: the time that a team has."""
ASIDE = "ecarte"
"""Tab of the rows that need no work this week; a household that pays again after its lease ended is there."""
REST = timedelta(days=90)
"""How long a household is left alone after a proposal."""
_DECIDED = {
    "plan_apurement": "plan", "pcs": "plan", "caf_msa": "caf", "fsl": "fsl", "visite_sociale": "visit",
    "surendettement": "social_worker", "masp": "social_worker", "commission_unique": "social_worker",
}  # fmt: skip
"""What is decided of a row by the scheme it leads to; an association for every other."""
_NOTED = {"reminder": "letter", "personal_contact": "phone", "information": "letter", "agreement": "written"}
_NOTED_OF_CANDIDATES = {"information": "interview", "agreement": "referrer"}


def review(session: Session, settings: Settings, landlord_id: str, monday: date) -> None:
    """Decide every worked row of the week's lists, and propose some households of each unit to a scheme that fits them."""
    lists = select(WeeklyList).filter_by(landlord_id=landlord_id, week=week_of(monday)).order_by(WeeklyList.management_unit)
    for frozen in session.scalars(lists).all():
        key = ListKey(landlord_id, frozen.week, frozen.management_unit)
        rows = _rows(session, frozen.id)
        proposed = _chosen(session, settings, landlord_id, list(rows), monday)
        for lease_id, is_worked in rows.items():
            scheme = proposed.get(lease_id)
            if is_worked or scheme is not None:
                _decide(session, key, lease_id, scheme, monday)
            if scheme is not None:
                _propose(session, settings, landlord_id, lease_id, scheme, monday)


def _chosen(session: Session, settings: Settings, landlord_id: str, leases: list[str], monday: date) -> dict[str, Scheme]:
    """The households that a unit proposes, each with its scheme: those first whose scheme was least used, as a year has to show
    them all."""
    found: dict[str, Scheme] = {}
    used = _used(session, landlord_id)
    fitting = {lease_id: _schemes_for(session, settings, landlord_id, lease_id, monday) for lease_id in leases}
    while len(found) < PROPOSALS and any(fitting.values()):
        least = {lease: min(schemes, key=lambda one: (used[one.code], one.rung)) for lease, schemes in fitting.items() if schemes}
        lease_id = min(least, key=lambda lease: (used[least[lease].code], leases.index(lease)))
        found[lease_id] = least[lease_id]
        used[least[lease_id].code] += 1
        del fitting[lease_id]
    return found


def welcome(session: Session, settings: Settings, landlord_id: str, monday: date) -> None:
    """Propose the candidate whom another service sends this week, to the scheme of access that was least used."""
    units = select(WeeklyList.management_unit).filter_by(landlord_id=landlord_id).distinct()
    known, used = sorted(session.scalars(units)), _used(session, landlord_id)
    schemes = [one for one in orienting.schemes_of(settings, landlord_id).values() if one.purpose == "acces"]
    if not known or not schemes:
        return
    scheme = min(schemes, key=lambda one: (used[one.code], one.code))
    reference, unit = f"SIAO-{monday:%Y}-{monday.isocalendar().week:03d}", known[number(monday.isoformat(), len(known))]
    referral = orienting.propose_candidate(
        session, settings, landlord_id, unit, reference, scheme.code, declared=answers(scheme), by=LANDLORD_SIDE, now=noon(monday)
    )
    _note(session, session.get_one(Referral, referral), scheme, monday)


def share_out(session: Session, settings: Settings, landlord_id: str, day: date) -> None:
    """Share the week's places out among all who wait, and book them."""
    try:
        shared = sharing.share(session, settings, landlord_id, by=LANDLORD_SIDE, now=noon(day))
    except PlaceRefused:
        return
    sharing.confirm(session, settings, landlord_id, shared, by=LANDLORD_SIDE, now=noon(day))


def close_case(session: Session, referral: Referral, day: date) -> None:
    """The case that a decision opened is done once its household has been sent to somebody, or a step was begun with it."""
    case = session.get(Case, referral.case_id) if referral.case_id else None
    if case is not None and case.closed_on is None:
        cases.close(session, case.id, "done", LANDLORD_SIDE, day)


def _rows(session: Session, list_id: int) -> dict[str, bool]:
    """Rows, and whether their team works on them: urgent ones first, then the two others by turns, then those set aside."""
    shown = select(ListRow.lease_id, ListRow.tab).where(ListRow.list_id == list_id, ListRow.tab.in_((*decisions.WORKED, ASIDE)))
    ordered = shown.order_by(ListRow.tab == ASIDE, ListRow.tab != "urgence", ListRow.position, ListRow.tab)
    found: dict[str, bool] = {}
    for lease_id, tab in session.execute(ordered):
        found.setdefault(lease_id, tab != ASIDE)
    return found


def _schemes_for(session: Session, settings: Settings, landlord_id: str, lease_id: str, monday: date) -> list[Scheme]:
    """The schemes that fit a household; none for one that rests or has objected. People would begin with the lightest."""
    if _is_resting(session, landlord_id, lease_id, monday) or objections.history(session, landlord_id, lease_id):
        return []
    _, facts = orienting.facts_of(session, settings, landlord_id, lease_id)
    known = {code: value for code, value in facts.items() if code in FACTS}
    return [one for one in _fitting(orienting.schemes_of(settings, landlord_id), known) if one.purpose == "maintien"]


def _fitting(schemes: Mapping[str, Scheme], known: Mapping[str, Any]) -> Iterator[Scheme]:
    for code, scheme in schemes.items():
        (rung,) = room.ladder({code: scheme}, {**known, **answers(scheme)})
        if rung.outcome == "fits":
            yield scheme


def _is_resting(session: Session, landlord_id: str, lease_id: str, monday: date) -> bool:
    mine = select(Referral.id).filter_by(landlord_id=landlord_id, lease_id=lease_id)
    recent = mine.where((Referral.created_at > noon(monday - REST)) | Referral.closed_on.is_(None))
    return session.scalar(recent.limit(1)) is not None


def _used(session: Session, landlord_id: str) -> Counter[str]:
    rows = session.execute(select(Referral.scheme, func.count()).filter_by(landlord_id=landlord_id).group_by(Referral.scheme))
    return Counter(dict(rows.all()))


def _decide(session: Session, key: ListKey, lease_id: str, scheme: Scheme | None, monday: date) -> None:
    code = _DECIDED.get(scheme.code, "association") if scheme else ("call", "visit", "no_action")[number(lease_id, 3)]
    reason = None if code == "no_action" else ("debt_grows", "no_contact")[number(lease_id, 2)]
    now = noon(monday)
    decisions.decide(session, key, lease_id, code, reason=reason, paused_until=None, by=LANDLORD_SIDE, now=now)


def _propose(session: Session, settings: Settings, landlord_id: str, lease_id: str, scheme: Scheme, monday: date) -> None:
    mine = select(Case.id).filter_by(landlord_id=landlord_id, lease_id=lease_id, closed_on=None)
    case_id = session.scalar(mine.order_by(Case.id.desc()).limit(1))
    referral = orienting.propose(
        session, settings, landlord_id, lease_id, scheme.code,
        declared=answers(scheme), case_id=case_id, by=LANDLORD_SIDE, now=noon(monday),
    )  # fmt: skip
    _note(session, session.get_one(Referral, referral), scheme, monday)


def _note(session: Session, referral: Referral, scheme: Scheme, monday: date) -> None:
    """Note what was done before the proposal; nothing for a step that the landlord and the household make alone."""
    if not scheme.is_shared:
        return
    noted = _NOTED_OF_CANDIDATES if gate.is_candidate(referral) else dict(_NOTED)
    offered = {check.kind: check.choices for check in gate.checks(session, referral.id, monday)}
    if "unreachable" in offered["agreement"] and drawn(referral, "unreachable", 2):
        noted["agreement"] = "unreachable"
    for days, (kind, state) in zip((14, 7, 3, 0), noted.items(), strict=False):
        gate.record(session, referral.id, kind, state, monday - timedelta(days=days), LANDLORD_SIDE, noon(monday))
