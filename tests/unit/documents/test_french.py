from datetime import date
from decimal import Decimal

import pytest

from riskmodel.documents import french


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (123_456, "1\u202f234,56\u00a0€"),
        (0, "0,00\u00a0€"),
        (5, "0,05\u00a0€"),
        (-1_250, "\u221212,50\u00a0€"),
        (123_456_789, "1\u202f234\u202f567,89\u00a0€"),
    ],
)
def test_amounts_have_a_thin_space_between_thousands_a_comma_and_a_no_break_space_before_the_euro(cents: int, text: str) -> None:
    assert french.euros(cents) == text


def test_a_date_reads_day_month_year() -> None:
    assert french.day(date(2026, 10, 18)) == "18/10/2026"
    assert french.weekday(date(2026, 10, 19)) == "lundi 19/10/2026"


def test_a_figure_is_cut_and_never_rounded_up_to_a_threshold() -> None:
    assert french.decimal(1.999) == "1,99"
    assert french.decimal(Decimal("0.1"), 1) == "0,1"


def test_plural_begins_at_two() -> None:
    assert [french.counted(n, "ménage") for n in (0, 1, 2)] == ["0\u00a0ménage", "1\u00a0ménage", "2\u00a0ménages"]
    assert french.counted(3, "canal", "canaux") == "3\u00a0canaux"


def test_sentences_get_no_break_spaces_and_curved_apostrophes() -> None:
    assert (
        french.typeset("l'aide : « oui » ; n° 3, 2 mois, 40 %")
        == "l’aide\u00a0: «\u00a0oui\u00a0»\u00a0; n°\u00a03, 2\u00a0mois, 40\u00a0%"
    )


def test_a_long_name_is_cut_between_words_with_an_ellipsis() -> None:
    assert french.shorten("Agence de proximité", 40) == "Agence de proximité"
    assert french.shorten("Agence de proximité du Littoral", 22) == "Agence de proximité…"
    assert len(french.shorten("x" * 300, 50)) == 50
