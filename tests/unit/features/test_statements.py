"""Monthly statements drawn as small ledgers: a column a nature, the ledger's balance to the cent, the oldest paid first."""

from datetime import date
from itertools import accumulate
from pathlib import Path

import pytest

from riskmodel.contracts.entries import KINDS
from riskmodel.features import statements
from riskmodel.features.statements import Statement
from riskmodel.lake import Source
from tests.lakes import features_of, laid_out
from tests.spec.drawing import ENTRIES, household
from tests.unit.features.landlord import AS_OF, landlord

MIXED = """
    | valeur                  | écriture               | montant | période | réf | annule |
    | 2024-01-05              | reprise de solde       |   90,00 |         |     |        |
    | 2024-02-05 à 2026-08-05 | loyer                  |  400,00 | mois    |     |        |
    | 2026-09-05 à 2026-10-05 | indemnité d'occupation |  400,00 | mois    |     |        |
    | 2024-02-05 à 2026-10-05 | charges                |   60,00 | mois    |     |        |
    | 2024-02-05 à 2026-10-05 | RLS                    |  -30,00 | mois    |     |        |
    | 2026-09-05              | SLS                    |   12,00 | 2026-09 |     |        |
    | 2024-02-25 à 2026-09-25 | APL                    | -150,00 | mois    |     |        |
    | 2024-02-07 à 2026-06-07 | prélèvement            | -280,00 |         |     |        |
    | 2026-09-07              | prélèvement            | -280,00 |         | P1  |        |
    | 2026-09-08              | rappel APL             |  -40,00 |         |     |        |
    | 2026-09-12              | régularisation         |   75,00 |         |     |        |
    | 2026-09-15              | rejet                  |  280,00 |         |     | P1     |
    | 2026-09-20              | FSL                    | -500,00 |         |     |        |
    | 2026-09-21              | effacement             |  -15,00 |         |     |        |
    | 2026-09-28              | frais                  |   20,00 |         |     |        |
    | 2026-09-29              | pénalité               |    7,62 |         |     |        |
    | 2026-11-05              | loyer                  |  400,00 | mois    |     |        |
    | 2026-06-01              | dépôt de garantie      |  400,00 |         |     |        |
"""


def drawn(entries: str, folder: Path, **others: str) -> Statement:
    source = laid_out(folder, household(entries=entries, **others))
    return {found.lease_id: found for found in statements.read(source, AS_OF, ["B1"])}["B1"]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return laid_out(tmp_path_factory.mktemp("lac"), landlord())


def test_a_month_has_each_nature_in_its_own_column_in_the_ledgers_sign(tmp_path: Path) -> None:
    september = next(month for month in drawn(MIXED, tmp_path).months if month.month == "2026-09")
    assert {name: getattr(september, f"{name}_cents") / 100 for name in COLUMNS} == {
        "rent": 0, "occupancy": 400, "charges": 60, "supplement": 12, "reduction": -30, "adjustment": 75, "fee": 27.62,
        "benefit": -150, "benefit_recall": -40, "payment": -280, "rejected": 280, "third_party": -500, "write_off": -15,
        "transfer": 0, "benefit_due": 150,
    }  # fmt: skip


def test_every_nature_of_the_contract_but_the_deposit_moves_the_statement(tmp_path: Path) -> None:
    assert {kind for kind, _ in ENTRIES.values()} == set(KINDS)
    found = drawn(MIXED, tmp_path)
    moved = {name for month in found.months for name in statements.MOVEMENTS if getattr(month, name)}
    assert moved == set(statements.MOVEMENTS) - {"transfer_cents"}
    assert found.opening_cents == 90_00 + 9 * (430_00 - 150_00 - 280_00)


def test_opening_balance_and_movements_make_each_balance_and_the_legal_one(source: Source, tmp_path: Path) -> None:
    legal = features_of(source, AS_OF, tmp_path).set_index("lease_id")["legal_cents"].to_dict()
    found = list(statements.read(source, AS_OF))
    assert {one.lease_id: one.closing_cents for one in found} == legal
    for one in found:
        sums = accumulate((month.moved_cents for month in one.months), initial=one.opening_cents)
        assert list(sums)[1:] == [month.balance_cents for month in one.months]


def test_what_is_unpaid_in_law_is_the_newest_of_what_was_called(tmp_path: Path) -> None:
    found = drawn(
        """
        | valeur                  | écriture       | montant | période |
        | 2026-05-05 à 2026-10-05 | loyer          |  400,00 | mois    |
        | 2026-05-25 à 2026-09-25 | APL            | -150,00 | mois    |
        | 2026-05-07 à 2026-07-07 | virement       | -250,00 |         |
        | 2026-08-20              | régularisation |   80,00 |         |
        | 2026-09-07              | virement       | -300,00 |         |
        """,
        tmp_path,
    )
    assert {term.period: term.unpaid_cents for term in found.terms} == {
        "2026-05": 0, "2026-06": 0, "2026-07": 0, "2026-08": 0, "2026-09": 250_00, "2026-10": 400_00,
    }  # fmt: skip
    assert found.closing_cents == 250_00 + 400_00 + 30_00


def test_benefit_that_has_not_come_is_counted_in_its_term_and_owed_in_law(tmp_path: Path) -> None:
    found = drawn(
        """
        | valeur                  | écriture | montant | période |
        | 2026-09-05 à 2026-10-05 | loyer    |  400,00 | mois    |
        | 2026-09-07 à 2026-10-07 | virement | -150,00 |         |
        """,
        tmp_path,
        benefits="""
        | mois du droit     | droit  | état | su le      |
        | 2026-09 à 2026-10 | 250,00 |      | 2026-09-20 |
        """,
    )
    assert [(term.benefit_cents, term.unpaid_cents) for term in found.terms] == [(250_00, 100_00), (250_00, 400_00)]


def test_an_account_in_credit_leaves_no_term_unpaid_and_one_that_never_moved_has_no_month(tmp_path: Path) -> None:
    found = drawn(
        """
        | valeur     | écriture | montant | période |
        | 2026-09-05 | loyer    |  400,00 | mois    |
        | 2026-09-07 | virement | -900,00 |         |
        """,
        tmp_path,
    )
    assert (found.closing_cents, [term.unpaid_cents for term in found.terms]) == (-500_00, [0])
    (empty,) = statements.read(laid_out(tmp_path, household(entries=HEAD)), AS_OF, ["B1"])
    assert (empty.opening_cents, empty.months, empty.terms, empty.closing_cents) == (0, (), (), 0)


def test_leases_read_in_shares_or_alone_have_the_same_statement(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    together = list(statements.read(source, AS_OF))
    assert [one.lease_id for one in together] == [f"B{number:02}" for number in range(40)]
    assert list(statements.read(source, AS_OF, ["B02", "B99"])) == [together[2]]
    monkeypatch.setattr(statements, "AT_ONCE", 7)
    assert list(statements.read(source, AS_OF)) == together


def test_only_what_fell_due_within_twenty_four_months_is_told(source: Source) -> None:
    (long_ago,) = statements.read(source, AS_OF, ["B03"])
    assert all(term.due_on > date(2024, 10, 31) for term in long_ago.terms)
    assert len(long_ago.months) == 24
    assert long_ago.opening_cents == long_ago.closing_cents > 0


HEAD = "| valeur | écriture | montant | période |"
COLUMNS = [name.removesuffix("_cents") for name in (*statements.MOVEMENTS, "benefit_due_cents")]
