"""Values asked by their day: the right one on each side of a date of effect, and a refusal that teaches."""

from datetime import date

import pytest

from riskmodel.errors import LawUnknown
from riskmodel.law import asked


@pytest.mark.parametrize(
    ("code", "last_day", "before", "first_day", "after"),
    [
        ("default_regime", "2026-12-31", "double terme", "2027-01-01", "trois mois ou montant"),
        ("caf_report_delay", "2026-12-31", 2, "2027-01-01", None),
        ("ccapex_caf_report", "2026-12-31", "oui", "2027-01-01", None),
        ("payment_order_delay", "2023-07-28", 2, "2023-07-29", 6),
        ("summons_notice", "2023-07-28", 2, "2023-07-29", 6),
    ],
)
def test_a_value_changes_on_its_day_of_effect(code: str, last_day: str, before: object, first_day: str, after: object) -> None:
    assert asked(code, date.fromisoformat(last_day)).value == before
    assert asked(code, date.fromisoformat(first_day)).value == after


def test_what_nobody_could_read_is_known_to_be_unknown() -> None:
    delay = asked("caf_report_delay", date(2027, 1, 1))
    assert delay.to_confirm
    assert delay.value is None


def test_an_unknown_code_or_too_early_a_day_is_refused_with_what_is_written() -> None:
    with pytest.raises(LawUnknown, match=r"« delai_caf » : code inconnu\. Codes écrits : alert_benefit"):
        asked("delai_caf", date(2026, 1, 1))
    with pytest.raises(LawUnknown, match=r"rien n'est écrit pour le 31/08/2019\. Périodes connues : du 01/09/2019 au 31/12/2026"):
        asked("caf_report_delay", date(2019, 8, 31))
