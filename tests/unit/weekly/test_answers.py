"""What may be answered is one list: the register's codes, the screens' words, the workbook's drop-down lists."""

from riskmodel.register.decisions import CODES, NOT_HELP
from riskmodel.weekly.answers import ACTING, DECISIONS, NO_REASON, PAUSING, REASONS, WAITING


def test_every_code_of_the_register_has_its_words() -> None:
    assert tuple(DECISIONS) == CODES


def test_reasons_are_asked_where_one_acts_or_waits() -> None:
    assert {code for code, reasons in REASONS.items() if not reasons} == set(NO_REASON) == set(NOT_HELP) - {WAITING}
    assert REASONS[WAITING] == PAUSING
    assert REASONS["call"] == ACTING


def test_closed_lists_fit_a_spreadsheet_rule() -> None:
    for choices in (list(DECISIONS.values()), [*ACTING.values(), *PAUSING.values()]):
        assert len(",".join(choices)) <= 255
        assert not any("," in choice for choice in choices)
        assert len({choice.casefold() for choice in choices}) == len(choices)
