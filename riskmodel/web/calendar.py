"""Days as people in France count them: the Paris day of an instant, the ISO week of a day, how old something is."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def paris_day(now: datetime) -> date:
    """The day it is in Paris at an instant."""
    return now.astimezone(PARIS).date()


def week_of(day: date) -> str:
    """The ISO week of a day as lists are named: 2026-S43."""
    year, week, _ = day.isocalendar()
    return f"{year}-S{week:02d}"


def monday_of(week: str) -> date:
    """The Monday of a week named 2026-S43; raises ValueError for anything else."""
    year, number = week.split("-S")
    return date.fromisocalendar(int(year), int(number), 1)


def ago(day: date, today: date) -> str:
    """How long ago a day was: aujourd'hui, hier, il y a 12 jours, il y a 5 semaines; dans 3 jours when it is to come."""
    days = (today - day) // timedelta(days=1)
    if days < 0:
        return "demain" if days == -1 else f"dans {-days}\u00a0jours"
    if days < 2:
        return ("aujourd’hui", "hier")[days]
    return f"il y a {days}\u00a0jours" if days < 28 else f"il y a {days // 7}\u00a0semaines"
