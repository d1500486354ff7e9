"""What people decide about rows of frozen lists, from a terminal or an edited workbook: the same acts as in the browser."""

from collections.abc import Set
from datetime import date, datetime
from pathlib import Path

from riskmodel.casework import decisions, returned
from riskmodel.casework.key import ListKey
from riskmodel.casework.returned import Returned
from riskmodel.register import open_register
from riskmodel.settings import Settings
from riskmodel.steps.accounts import account


def record(
    settings: Settings, key: ListKey, lease_id: str, code: str, by: str, now: datetime, reason: str | None, until: date | None
) -> bool:
    """Record a decision; False, and nothing written, when the same one stands already. Raises DecisionRefused."""
    account(by)
    with open_register(settings.register_url).begin() as session:
        is_new = lease_id not in decisions.standing(session, key)
        decisions.decide(session, key, lease_id, code, reason=reason, paused_until=until, by=by, now=now)
    return is_new


def undo(settings: Settings, key: ListKey, lease_id: str, by: str, now: datetime) -> bool:
    """Take a decision back, which keeps it for the row's history; False when none stood. Raises DecisionRefused."""
    account(by)
    with open_register(settings.register_url).begin() as session:
        return decisions.undo(session, key, lease_id, by, now)


def bring_back(settings: Settings, file: Path, accepted: Set[str], by: str, now: datetime) -> tuple[ListKey, Returned]:
    """Record what an edited workbook answers, and nothing that contradicts a decision unless its lease is `accepted`.

    Raises DecisionRefused for a file that is no workbook of a list, or a list that the register does not hold in this form.
    """
    account(by)
    workbook = file.read_bytes()
    key = returned.key_of(workbook)
    with open_register(settings.register_url).begin() as session:
        found = returned.compare(session, key, workbook)
        returned.apply(session, key, found, accepted, by, now)
    return key, found
