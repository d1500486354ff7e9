"""Retention as the scheduler runs it: once a week and landlord, noted like the other steps so that the coverage can tell."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from riskmodel.settings import Settings
from riskmodel.steps import retention
from riskmodel.steps.calendar import as_of_night
from riskmodel.steps.coverage import recorded

WEEK = ("retention",)


def remove(settings: Settings, landlord_id: str, scheduled_for: datetime | None) -> dict[str, int]:
    """Remove what has had its time on the day of the run; counts back. Raises SettingsError for a run without a logical date."""
    as_of = as_of_night(scheduled_for)

    def removed(settings: Settings, landlord_id: str, _as_of: date) -> Mapping[str, Any]:
        assert scheduled_for is not None
        return retention.counts(retention.run(settings, landlord_id, scheduled_for))

    summary = recorded(settings, landlord_id, as_of, WEEK[0], removed)
    return {name: value for name, value in summary.items() if isinstance(value, int)}


def remove_shared(settings: Settings, scheduled_for: datetime | None) -> dict[str, int]:
    """Remove what belongs to no landlord: sessions, invitations, old lines of the access log."""
    as_of_night(scheduled_for)
    assert scheduled_for is not None
    return retention.counts(retention.run_shared(settings, scheduled_for))
