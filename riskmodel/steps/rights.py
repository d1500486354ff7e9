"""Rights recorded at a terminal: the same acts as on screen, by an account, for a lease that some night knew."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from riskmodel.errors import DecisionRefused
from riskmodel.people import corrections, objections
from riskmodel.people.appearances import stated
from riskmodel.people.corrections import Request
from riskmodel.people.facts import facts
from riskmodel.register import households, open_register
from riskmodel.settings import Settings
from riskmodel.steps.accounts import account
from riskmodel.steps.orienting import recalled


def record_objection(settings: Settings, landlord_id: str, lease_id: str, objected_on: date, by: str, now: datetime) -> bool:
    """Record an objection; False when one stands already. Raises DecisionRefused for a lease that no night knew."""
    with open_register(settings.register_url).begin() as session:
        _known(session, landlord_id, lease_id)
        is_new = objections.record(session, landlord_id, lease_id, objected_on, account(by), now)
        if is_new:
            recalled(session, settings, landlord_id, lease_id, "objection", account(by), now)
        return is_new


def lift_objection(settings: Settings, landlord_id: str, lease_id: str, by: str, now: datetime) -> bool:
    """End the objection that the team recorded; False when none stands."""
    with open_register(settings.register_url).begin() as session:
        return objections.lift(session, landlord_id, lease_id, account(by), now)


def contest(settings: Settings, landlord_id: str, lease_id: str, fact: str, by: str, now: datetime) -> Request:
    """Record that a household says a fact is wrong. Raises DecisionRefused for an unknown fact or lease."""
    with open_register(settings.register_url).begin() as session:
        _known(session, landlord_id, lease_id)
        inputs = facts()[fact].inputs if fact in facts() else ()
        said = stated(session, landlord_id, lease_id, inputs)
        opened = corrections.open_one(session, landlord_id, lease_id, fact, claimed={}, stated=said, by=account(by), now=now)
        recalled(session, settings, landlord_id, lease_id, "correction", account(by), now)
        return opened


def settle(settings: Settings, landlord_id: str, number: int, outcome: str, by: str, now: datetime) -> Request:
    """End a request for correction."""
    with open_register(settings.register_url).begin() as session:
        return corrections.settle(session, landlord_id, number, outcome, account(by), now)


def _known(session: Session, landlord_id: str, lease_id: str) -> None:
    if households.unit_of(session, landlord_id, lease_id) is None:
        raise DecisionRefused(f"Bail {lease_id} : aucune nuit de {landlord_id} ne le connaît. Vérifiez l'identifiant.")
