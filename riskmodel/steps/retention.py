"""Retention: what has had its time is first said, then removed with proof. A case or a legal duty still open makes it wait."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.access import log
from riskmodel.errors import NothingKnown
from riskmodel.people import corrections, expiry
from riskmodel.people.days import day_of
from riskmodel.people.retention import ACCESS_LOG, EVERYBODY, Broken, Due, Rule, proof, prove, rules, verify
from riskmodel.register import open_register
from riskmodel.register.models import AccessEntry, Case, Referral, Removal
from riskmodel.settings import Settings
from riskmodel.steps import expired_files, expired_leases
from riskmodel.steps.source import source


def plan(settings: Settings, landlord_id: str, now: datetime) -> list[Due]:
    """What a run would remove for a landlord, and what waits; nothing changes."""
    today = day_of(now)
    held = _held(settings, landlord_id, today)
    found: list[Due] = []
    for rule in _of("registre"):
        with open_register(settings.register_url)() as session:
            found += expiry.expire(session, rule, landlord_id, rule.before(today), held, is_dry=True)
    for rule in _of("fichiers"):
        found += expired_files.due(settings, rule, landlord_id, today)
    for rule in _of("lac"):
        found += expired_leases.due(settings, rule, landlord_id, today, held)
    return found


def run(settings: Settings, landlord_id: str, now: datetime) -> list[Due]:
    """Remove for a landlord what has had its time, each store with its proof; run again, nothing is left to remove.

    Not to be run beside the landlord's night: both write its lake.
    """
    today = day_of(now)
    held = _held(settings, landlord_id, today)
    done: list[Due] = []
    for rule in _of("registre"):
        done += _expired(settings, rule, landlord_id, held, now)
    for rule in _of("fichiers"):
        done += expired_files.remove(settings, rule, landlord_id, now)
    for rule in _of("lac"):
        done += expired_leases.remove(settings, rule, landlord_id, now, held)
    return done


def plan_shared(settings: Settings, now: datetime) -> list[Due]:
    """What a run would remove of the whole installation: sessions, invitations, tokens, the access log."""
    today = day_of(now)
    with open_register(settings.register_url)() as session:
        shared = [rule for rule in _of("installation") if rule.code != ACCESS_LOG]
        found = [due for rule in shared for due in expiry.expire(session, rule, EVERYBODY, rule.before(today), (), is_dry=True)]
        before = rules()[ACCESS_LOG].before(today)
        old = select(AccessEntry.seq).where(AccessEntry.at < _midnight(before))
        return [*found, Due(ACCESS_LOG, "access_log", before, len(session.scalars(old).all()))]


def run_shared(settings: Settings, now: datetime) -> list[Due]:
    """Remove it, each store with its proof."""
    done: list[Due] = []
    for rule in _of("installation"):
        if rule.code != ACCESS_LOG:
            done += _expired(settings, rule, EVERYBODY, (), now)
    before = rules()[ACCESS_LOG].before(day_of(now))
    with open_register(settings.register_url).begin() as session:
        return [*done, Due(ACCESS_LOG, "access_log", before, log.trim(session, _midnight(before), now))]


def counts(done: Collection[Due]) -> dict[str, int]:
    """What a scheduler is told of a run."""
    return {"removed": sum(one.removed for one in done), "suspended": sum(one.suspended for one in done)}


def proven(settings: Settings, landlord_id: str) -> tuple[list[Removal], Broken | None]:
    """Every removal of a landlord, or of the installation for EVERYBODY, and the first line that does not hold."""
    with open_register(settings.register_url)() as session:
        return proof(session, landlord_id), verify(session, landlord_id)


def _of(place: str) -> list[Rule]:
    return [rule for rule in rules().values() if rule.place == place]


def _expired(settings: Settings, rule: Rule, landlord_id: str, held: Collection[str], now: datetime) -> list[Due]:
    """One rule of the register in one transaction with its proofs."""
    with open_register(settings.register_url).begin() as session:
        done = expiry.expire(session, rule, landlord_id, rule.before(day_of(now)), held, is_dry=False)
        for one in done:
            prove(session, landlord_id, one, now)
        return done


def _held(settings: Settings, landlord_id: str, today: date) -> set[str]:
    """Leases whose data wait: an open case, referral or correction, a procedure or an overindebtedness under way."""
    with open_register(settings.register_url)() as session:
        held = _worked_on(session, landlord_id, today)
    try:
        return held | expired_leases.under_way(source(settings, landlord_id)[0], today)
    except NothingKnown:
        return held


def _worked_on(session: Session, landlord_id: str, today: date) -> set[str]:
    open_ones = [select(table.lease_id).filter_by(landlord_id=landlord_id, closed_on=None) for table in (Case, Referral)]
    worked_on = {lease for rows in open_ones for lease in session.scalars(rows)}
    return {*worked_on, *(one.lease_id for one in corrections.standing(session, landlord_id, today))}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
