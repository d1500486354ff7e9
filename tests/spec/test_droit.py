"""The law on drawn leases (tests/spec/droit), on both sides of every date of effect, each with its article beside it."""

import re
from datetime import date

import pytest

from riskmodel.law import STATUTORY, explained, recomputed, situation, statutory, urgency, wording
from tests.spec.statute import CASES, lease_of, table

EVERY = pytest.mark.parametrize("name", CASES)
KEYS = {"titre", "article", "le", "bail", "dette", "gel", "aide", "loyer_courant", "attendu"}
TABLES = {"termes", "soldes", "actes", "plans", "surendettement"}
EXPECTED = {"constat", "depuis", "doute", "exigible", "plus_ancien_terme", "suspendu", "dates", "droits", "listes"}


@EVERY
def test_a_case_says_its_article_and_nothing_it_does_not_mean(name: str) -> None:
    case = CASES[name]
    assert case["titre"]
    assert case["article"]
    assert case.keys() <= KEYS | TABLES
    assert case["attendu"].keys() <= EXPECTED
    assert {"constat", "dates", "droits", "listes"} <= case["attendu"].keys()


@EVERY
def test_the_law_says_what_the_case_expects(name: str) -> None:
    case, expected = CASES[name], CASES[name]["attendu"]
    found = situation(lease_of(case), case["le"])
    assert found.constitution.is_met is expected["constat"]
    assert found.constitution.on == expected.get("depuis")
    assert found.constitution.to_confirm is expected.get("doute", False)
    assert found.is_suspended_by_overindebtedness is expected.get("suspendu", False)
    deadlines = [(one.label, one.on.isoformat() if one.on else "", "oui" if one.to_confirm else "") for one in found.deadlines]
    assert deadlines == table(expected["dates"])
    assert [right.label for right in found.rights] == expected["droits"]
    assert [STATUTORY[row.list] for row in statutory([found])] == expected["listes"]


@EVERY
def test_an_expected_debt_and_first_default_are_found(name: str) -> None:
    case, expected = CASES[name], CASES[name]["attendu"]
    found = situation(lease_of(case), case["le"])
    if "exigible" in expected:
        assert f"{found.claimable_cents / 100:.2f}".replace(".", ",") == expected["exigible"]
    if "plus_ancien_terme" in expected:
        assert found.first_default_on == (expected["plus_ancien_terme"] or None)


@EVERY
def test_every_deadline_is_explained_and_what_is_to_confirm_gives_a_letter_no_date(name: str) -> None:
    case = CASES[name]
    found = situation(lease_of(case), case["le"])
    for one in found.deadlines:
        assert recomputed(one) == one.on
        assert one.rule.reference in explained(one)
        assert bool(re.search(r"\d{4} \(", wording(one))) is (not one.to_confirm)
        assert ("à confirmer par un juriste" in explained(one)) is one.to_confirm
    first = urgency(found)
    assert (first.code if first else None) == (found.rights[0].code if found.rights else None)


def test_cases_stand_on_both_sides_of_every_date_of_effect() -> None:
    days = {case["le"] for case in CASES.values()}
    assert {date(2026, 12, 31), date(2027, 1, 1)} <= days
    signed = {case["bail"] for case in CASES.values() if "bail" in case}
    assert {date(2023, 7, 28), date(2023, 7, 29)} <= signed
