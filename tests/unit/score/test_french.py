"""Figures as a French reader expects them."""

from datetime import date

from riskmodel.score.french import counted, day, euros, fill, terms


def test_amounts_have_a_comma_and_spaces_that_do_not_break() -> None:
    assert euros(123_456) == "1\u202f234,56\u00a0€"
    assert euros(-5) == "−0,05\u00a0€"
    assert euros(500_000) == "5\u202f000\u00a0€"


def test_the_plural_begins_at_two() -> None:
    assert terms(1.9) == "1,9\u00a0terme net"
    assert terms(2.0) == "2\u00a0termes nets"
    assert counted(1, "rejet", "rejets") == "1\u00a0rejet"
    assert counted(2, "rejet", "rejets") == "2\u00a0rejets"


def test_dates_are_written_day_first_and_what_is_not_known_says_so() -> None:
    assert day(date(2026, 11, 3)) == "03/11/2026"
    assert fill("échéance du {oldest_unpaid_on}", {"oldest_unpaid_on": None}) == "échéance du inconnu"
