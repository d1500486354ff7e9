"""The watch as the scheduler runs it: once a month and landlord, noted like the other steps so that the coverage can tell."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from riskmodel.errors import NothingKnown, SettingsError
from riskmodel.settings import Settings
from riskmodel.steps import watch as step
from riskmodel.steps.coverage import recorded

MONTH = ("monthly_watch",)
"""The name in the journal of how the month's run went; what it found is noted under « watch »."""


def watch(settings: Settings, landlord_id: str, as_of: date) -> dict[str, int]:
    """Watch the month that ends on `as_of`; counts back. A landlord with nothing matured yet is told so, and does not fail.

    Raises SettingsError when `as_of` is not the last day of a month.
    """
    if (as_of + timedelta(days=1)).day != 1:
        raise SettingsError(
            f"{as_of.isoformat()} n'est pas un dernier jour de mois. Relancez avec une date logique au 1er du mois suivant."
        )
    summary = recorded(settings, landlord_id, as_of, MONTH[0], _month)
    return {name: value for name, value in summary.items() if isinstance(value, int)}


def _month(settings: Settings, landlord_id: str, as_of: date) -> Mapping[str, Any]:
    try:
        return step.month(settings, landlord_id, as_of)
    except NothingKnown:
        return {"days": 0, "breaches": 0, "stops": 0}
