"""Which meetings a pack serves, and which days it looks at."""

from dataclasses import replace
from datetime import date

import pytest

from riskmodel.coordination import kinds
from riskmodel.coordination.kinds import CELL, COMMITTEE, KINDS, MONTH, QUARTER, YEAR
from riskmodel.coordination.packs import SECTIONS
from riskmodel.errors import NothingKnown
from riskmodel.schemes import Meeting
from tests.unit.referrals.lives import SCHEMES

EVERY = [meeting for scheme in SCHEMES.values() for meeting in scheme.meetings]


def spanned(kind: str, on: date) -> tuple[date, date, date]:
    span = kinds.span(kind, [one for one in EVERY if kinds.kind_of(one) == kind], on)
    return span.first, span.last, span.next_on


def test_every_meeting_of_the_shipped_schemes_has_its_pack() -> None:
    assert {kinds.kind_of(meeting) for meeting in EVERY} == set(KINDS)
    assert [scheme.code for scheme, _ in kinds.meetings(CELL, SCHEMES.values())] == ["bail_de_securisation"]
    assert [scheme.code for scheme, _ in kinds.meetings(COMMITTEE, SCHEMES.values())] == ["ccas_jeunes_actifs"]


def test_every_kind_names_sections_that_exist_and_begins_with_its_agenda() -> None:
    for kind in KINDS.values():
        assert set(kind.sections) <= set(SECTIONS)
        assert kind.sections[0] == "agenda"


def test_a_pack_that_no_scheme_asks_for_says_where_to_declare_it() -> None:
    with pytest.raises(NothingKnown, match=r"Comité de pilotage.*\[\[meeting\]\]"):
        kinds.meetings(COMMITTEE, [SCHEMES["bail_de_sauvegarde"]])


@pytest.mark.parametrize(
    ("kind", "on", "days"),
    [
        (CELL, date(2026, 7, 6), (date(2026, 5, 26), date(2026, 7, 6), date(2026, 8, 17))),
        (QUARTER, date(2026, 6, 30), (date(2026, 4, 1), date(2026, 6, 30), date(2026, 9, 30))),
        (QUARTER, date(2026, 7, 6), (date(2026, 4, 7), date(2026, 7, 6), date(2026, 10, 6))),
        (COMMITTEE, date(2026, 7, 6), (date(2026, 5, 7), date(2026, 7, 6), date(2026, 9, 6))),
        (MONTH, date(2026, 2, 28), (date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 31))),
        (MONTH, date(2026, 12, 15), (date(2026, 12, 1), date(2026, 12, 15), date(2027, 1, 31))),
        (YEAR, date(2027, 2, 15), (date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 15))),
        (YEAR, date(2026, 12, 31), (date(2026, 1, 1), date(2026, 12, 31), date(2027, 12, 31))),
        (YEAR, date(2026, 12, 30), (date(2025, 1, 1), date(2025, 12, 31), date(2027, 12, 30))),
    ],
)
def test_a_pack_looks_at_the_days_since_the_meeting_before(kind: str, on: date, days: tuple[date, ...]) -> None:
    assert spanned(kind, on) == days


def test_two_meetings_that_follow_each_other_leave_no_day_out_and_count_none_twice() -> None:
    for kind in (CELL, QUARTER, COMMITTEE):
        _, last, following = spanned(kind, date(2026, 3, 16))
        first, _, _ = spanned(kind, following)
        assert (first - last).days == 1


def test_where_schemes_keep_different_rhythms_the_slowest_is_looked_at() -> None:
    slow = Meeting("coordination", "Réunion", every_months=6)
    assert kinds.span(QUARTER, [slow, replace(slow, every_months=3)], date(2026, 6, 30)).first == date(2026, 1, 1)


def test_the_evaluation_of_a_year_is_due_before_the_day_that_the_schemes_say() -> None:
    held = [meeting for _, meeting in kinds.meetings(YEAR, SCHEMES.values())]
    assert kinds.due_before(held, 2026) == date(2027, 3, 31)
    assert kinds.due_before([Meeting("cell", "Cellule", every_weeks=6)], 2026) is None
