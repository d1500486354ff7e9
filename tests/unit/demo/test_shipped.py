"""The deliveries that ship with the repository."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from riskmodel.demo import erp, install
from riskmodel.demo.inbox import NOTICE

FULL = date(2026, 10, 16)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    install(home)
    return home / "inbox" / "oph-estuaire"


def test_every_delivery_matches_its_manifest_to_the_row_and_the_cent(inbox: Path) -> None:
    for folder in sorted(inbox.iterdir()):
        told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        for file in (found for found in erp.FILES if (folder / found.name).exists()):
            rows = list(erp.rows(folder, file))
            assert told["tables"][file.table]["rows"] == len(rows), f"{folder.name}/{file.name}"
        assert told["as_of"] == folder.name


def test_balances_of_every_night_are_the_sum_of_the_entries_sent_so_far(inbox: Path) -> None:
    sums: Counter[str] = Counter()
    for folder in sorted(inbox.iterdir()):
        if not (folder / erp.ENTRIES.name).exists():
            continue
        for entry in erp.rows(folder, erp.ENTRIES):
            sums[entry[erp.LEASE]] += erp.owed(entry) * (entry["CD_OPE"] not in erp.DEPOSITS)
        wrong = [row[erp.LEASE] for row in erp.rows(folder, erp.BALANCES) if erp.cents(row["SOLDE"]) != sums[row[erp.LEASE]]]
        assert not wrong, f"{folder.name} : {wrong[:5]}"


def test_no_row_of_the_first_delivery_knows_the_future(inbox: Path) -> None:
    folder = inbox / FULL.isoformat()
    for file in erp.FILES:
        dated = {*file.known[:1], *(guard for guard, _ in file.masked.values())} - {"DT_SIGN"}
        late = [row for row in erp.rows(folder, file) if any(erp.day(row[column]) > FULL for column in dated)]
        assert not late, f"{file.name} : {len(late)} lignes datées après le {FULL:%d/%m/%Y}"


def test_the_notice_counts_the_accounts_that_are_shipped(inbox: Path) -> None:
    files = inbox.glob(f"*/{erp.LEASES.name}")
    accounts = {row[erp.LEASE] for file in files for row in erp.rows(file.parent, erp.LEASES)}
    assert f"{len(accounts)} comptes de trois agences" in NOTICE.read_text(encoding="utf-8")
