"""Which day a run is about: read from the instant it was scheduled for, in the landlords' time, never from the clock."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from riskmodel.errors import SettingsError

PARIS = ZoneInfo("Europe/Paris")


def as_of_night(scheduled_for: datetime | None) -> date:
    """The day that has just ended in France when the night scheduled for this instant begins."""
    return day_before(_local_day(scheduled_for))


def monday_of(scheduled_for: datetime | None) -> date:
    """The Monday of the week, in France, that holds this instant."""
    day = _local_day(scheduled_for)
    return day - timedelta(days=day.weekday())


def day_before(day: date) -> date:
    """The day whose end a run of `day` describes."""
    return day - timedelta(days=1)


def _local_day(instant: datetime | None) -> date:
    """Raises SettingsError when a run was started by hand without its date: guessing one would read the clock."""
    if instant is None or instant.tzinfo is None:
        raise SettingsError(
            "Ce lancement n'a pas de date logique avec fuseau : on ne sait pas de quelle nuit il s'agit. "
            "Relancez-le en la donnant (exemple : 2026-11-03T02:00:00+01:00 pour la situation au soir du 2 novembre)."
        )
    return instant.astimezone(PARIS).date()
