"""One whole year of the demo landlord, from its own past: real lists of past Mondays, and what simulated people make of them.

Its deliveries are what its first delivery already knew on each of those days; its lists are frozen by the steps of any Monday.
"""

from datetime import date, timedelta

from riskmodel.demo import past
from riskmodel.demo.inbox import LANDLORD
from riskmodel.errors import NothingKnown
from riskmodel.settings import Settings
from riskmodel.steps import night
from riskmodel.steps.calendar import day_before
from riskmodel.steps.year.living import live
from riskmodel.steps.year.witness import Doubter

FIRST_YEAR = 2025
"""The first calendar year before which the shipped accounts hold a whole year of entries."""


def whole_year(settings: Settings, year: int, weeks_between: int) -> Doubter:
    """Live a calendar year in an empty home, with lists frozen every so many weeks; who looked on tells what was seen.

    Raises NothingKnown for a year that the shipped delivery does not cover, or where a landlord is declared already.
    """
    if not FIRST_YEAR <= year < past.first_night().year:
        raise NothingKnown(f"Année {year} : la livraison de démonstration permet de revivre {FIRST_YEAR}, entièrement connue.")
    past.declare(settings.home)
    mondays = past_mondays(year, weeks_between)
    past.deliver(settings.home, [day_before(monday) for monday in mondays])
    doubter = Doubter(settings, LANDLORD)

    def lists(monday: date) -> None:
        if monday in mondays:
            night.receive_deliveries(settings, LANDLORD, day_before(monday))
            night.build_lists(settings, LANDLORD, monday)

    live(settings, LANDLORD, mondays[0], date(year, 12, 31), witness=doubter, monday=lists)
    return doubter


def past_mondays(year: int, weeks_between: int) -> list[date]:
    """Mondays of a year on which lists are frozen, from its first one on."""
    first = date.fromisocalendar(year, 2, 1)
    found = (first + timedelta(weeks=weeks) for weeks in range(0, 53, weeks_between))
    return [monday for monday in found if monday.year == year]
