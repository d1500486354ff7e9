"""What a household is told of itself: the dated facts behind its newest list, in sentences that anybody reads."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from riskmodel.documents.french import counted, euros
from riskmodel.documents.letter import MONTHS, Letter, spoken, words
from riskmodel.explain import dossier
from riskmodel.explain.dossier import Dossier
from riskmodel.features.scenarios import copies
from riskmodel.lake import Source
from riskmodel.people import corrections, identity
from riskmodel.people.appearances import Appearance, appearances
from riskmodel.people.rights import objected_on
from riskmodel.register import households, open_register
from riskmodel.settings import Settings, landlord
from riskmodel.steps.source import source

WORKED = ("urgence", "derive", "decrochage")
"""Tabs that a team works on: a household there was seen for facts of its own."""
TERMS, REJECTS, ATTEMPTS, REQUESTS = 3, 1, 2, 2
"""The most of each kind that is told, the newest first: a page that nobody finishes informs nobody."""
RECENT_DAYS = 120


def letter(settings: Settings, landlord_id: str, lease_id: str, today: date, *, is_named: bool) -> Letter:
    """The letter as it would be written today; with names and address when it is to be sent.

    Raises NothingKnown before any delivery.
    """
    known, _ = source(settings, landlord_id, today)
    declared = landlord(settings, landlord_id)
    with open_register(settings.register_url)() as session:
        unit = households.unit_of(session, landlord_id, lease_id) or ""
        head, seen = _seen(session, known, landlord_id, lease_id, today)
        standing = _asked_for(session, landlord_id, lease_id, today)
    who = identity.identity(known, lease_id, today) if is_named else None
    return Letter(
        landlord=declared.name,
        unit=unit if " " in unit or not unit else f"Agence {unit}",
        lease_id=lease_id,
        written_on=today,
        head=head,
        seen=seen,
        standing=standing,
        is_synthetic=declared.is_synthetic,
        names=who.names if who else (),
        address=who.address if who else (),
    )


def _seen(session: Session, known: Source, landlord_id: str, lease_id: str, today: date) -> tuple[str, tuple[str, ...]]:
    """How what was seen is opened, and the facts. Nothing is told of a household that no list shows, or that objects."""
    said = objected_on(known, lease_id, today)
    if said is not None:
        return words()["oppose"].format(jour=spoken(said)), ()
    shown: list[Appearance] = [one for one in appearances(session, landlord_id, lease_id) if one.tab in WORKED]
    if not shown:
        return str(words()["rien"]), ()
    as_of = shown[0].as_of
    with copies(known, as_of, [lease_id]) as ready:
        found = dossier.read(ready, [lease_id]).get(lease_id)
    told = tuple(facts(found)) if found else ()
    return words()["vu_intro" if told else "sans_fait"].format(jour=spoken(as_of)), told


def _asked_for(session: Session, landlord_id: str, lease_id: str, today: date) -> tuple[str, ...]:
    still = [one for one in corrections.standing(session, landlord_id, today) if one.lease_id == lease_id]
    return tuple(words()["conteste"].format(dit=one.fact.said, jour=spoken(one.opened_on)) for one in still)


def facts(found: Dossier) -> Iterator[str]:
    """Dated facts of a household that scores may read, as short sentences: money first, then contacts, then requests."""
    yield from _unpaid(found)
    yield from _payments(found)
    for row in reversed(found.attempts[-ATTEMPTS:]):
        yield _said("contacts", row["channel"], jour=spoken(row["contacted_on"]))
    for row in found.obligations[-REQUESTS:]:
        yield _said("demandes", row["kind"], jour=spoken(row["requested_on"]))


def _unpaid(found: Dossier) -> Iterator[str]:
    """The terms of which something is missing, the newest first; a payment on its way is not missing."""
    left = [row for row in reversed(found.debits) if not row["is_in_transit"]]
    for row in left[:TERMS]:
        yield _said("faits", "terme" if row["is_term"] else "solde", jour=spoken(row["day"]), montant=euros(row["unpaid_cents"]))
    if left[TERMS:]:
        yield _said("faits", "suite", nombre=counted(len(left) - TERMS, "loyer", "loyers"))


def _payments(found: Dossier) -> Iterator[str]:
    recent = [row for row in found.rejects if row["day"] > found.as_of - timedelta(days=RECENT_DAYS)]
    for row in reversed(recent[-REJECTS:]):
        yield _said("faits", "rejet", jour=spoken(row["day"]), montant=euros(row["amount_cents"]))
    missed = found.features["plan_missed"]
    if found.plan and missed:
        number = counted(int(missed), "paiement", "paiements")
        yield _said("faits", "plan" if missed > 1 else "plan_un", jour=spoken(found.plan["signed_on"]), nombre=number)
    if found.features["has_benefit_break"]:
        month = (found.as_of.month - 3) % 12
        yield _said("faits", "aide_baisse", mois=f"{MONTHS[month]} {found.as_of.year - (found.as_of.month < 3)}")


def _said(kind: str, name: str, **given: Any) -> str:
    return str(words()[kind][name]).format(**given)
