"""What a person decides about a row of a frozen list: recorded once, taken back when it was a mistake, never overwritten."""

from datetime import date, datetime

from riskmodel.errors import DecisionRefused
from riskmodel.register import decisions, open_register
from riskmodel.register.decisions import CODES
from riskmodel.settings import Settings
from riskmodel.steps.accounts import account


def record(settings: Settings, landlord_id: str, week: str, unit: str, lease_id: str, code: str, on: date, by: str) -> bool:
    """Record a decision; False, and nothing written, when the very same one is there already.

    Raises DecisionRefused for a code outside the closed list, a lease that no frozen list of that unit and week shows, or a row
    about which something else was decided.
    """
    if code not in CODES:
        known = "\n".join(f"  {key} : {label}" for key, label in CODES.items())
        raise DecisionRefused(f"« {code} » n'est pas un code de décision. Codes admis :\n{known}")
    account(by)
    row = (landlord_id, week, unit, lease_id)
    with open_register(settings.register_url).begin() as session:
        if not decisions.is_listed(session, *row):
            raise DecisionRefused(
                f"{landlord_id}, {unit}, {week} : le bail {lease_id} ne figure sur aucune liste figée de cette unité et de cette "
                "semaine. Vérifiez-les avec « riskmodel weekly show »."
            )
        is_new = decisions.keep(session, *row, code, on, by) is not None
        standing = decisions.find(session, *row)
        if standing and (standing["code"], standing["decided_on"], standing["decided_by"]) != (code, on, by):
            raise DecisionRefused(
                f"{landlord_id}, {unit}, {week}, bail {lease_id} : déjà décidé le {standing['decided_on'].isoformat()} "
                f"({CODES[standing['code']]}). Pour corriger, annulez d'abord avec `riskmodel decisions undo`."
            )
    return is_new


def undo(settings: Settings, landlord_id: str, week: str, unit: str, lease_id: str, by: str, now: datetime) -> bool:
    """Take a decision back, which keeps it for the row's history; False when none stood."""
    account(by)
    with open_register(settings.register_url).begin() as session:
        return decisions.take_back(session, landlord_id, week, unit, lease_id, by, now) is not None
