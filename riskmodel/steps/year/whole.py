"""One whole year of the demo landlord, from its own past: real lists of past Mondays, and what simulated people make of them.

Its deliveries are what its first delivery already knew on each of those days; its lists are frozen by the steps of any Monday.
"""

from datetime import date, timedelta

from riskmodel.demo import past
from riskmodel.demo.inbox import LANDLORD
from riskmodel.settings import Settings
from riskmodel.steps import night
from riskmodel.steps.calendar import day_before
from riskmodel.steps.year.living import live
from riskmodel.steps.year.witness import Doubter

YEAR = 2025
"""The calendar year that is lived: the shipped accounts hold a whole year of entries before it, and all of it."""


def whole_year(settings: Settings, weeks_between: int) -> Doubter:
    """Live the year in an empty home, with lists frozen every so many weeks; who looked on tells what was seen.

    Raises NothingKnown where a landlord is declared already.
    """
    past.declare(settings.home)
    mondays = past_mondays(weeks_between)
    past.deliver(settings.home, [day_before(monday) for monday in mondays])
    doubter = Doubter(settings, LANDLORD)

    def lists(monday: date) -> None:
        if monday in mondays:
            night.receive_deliveries(settings, LANDLORD, day_before(monday))
            night.build_lists(settings, LANDLORD, monday)

    live(settings, LANDLORD, mondays[0], date(YEAR, 12, 31), witness=doubter, monday=lists)
    return doubter


def past_mondays(weeks_between: int) -> list[date]:
    """Mondays of the year on which lists are frozen, from its second week on."""
    first = date.fromisocalendar(YEAR, 2, 1)
    found = (first + timedelta(weeks=weeks) for weeks in range(0, 52, weeks_between))
    return [monday for monday in found if monday.year == YEAR]
