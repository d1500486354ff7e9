"""Cuts a demo out of one full delivery: what was known on a first night, then what each following night learned.

No row is made up. A row appears on the day its own dates say it became known; a departure, a reminder or an answer stays
blank until its day; balances are summed again from the entries known that night and must end at the extract's own.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from riskmodel.demo import choose, erp
from riskmodel.errors import VigieError

Tables = dict[erp.File, list[erp.Row]]


def carve(extract: Path, target: Path, *, first: date, last: date) -> int:
    """Write into the zip `target` a full delivery for `first` and an incremental one for each night up to `last`.

    `extract` is a folder holding a full delivery of `last`. Returns the number of leases kept. The same extract gives the
    same bytes. Raises VigieError when the balances recomputed for `last` are not those of the extract.
    """
    accounts = choose.leases(extract, first)
    tables = read(extract, accounts)
    _reconcile(tables, last)
    with ZipFile(target, "w") as archive:
        for night in _nights(first, last):
            known = as_known(tables, night)
            changed = known if night == first else news(as_known(tables, night - timedelta(days=1)), known)
            _store(archive, f"oph-estuaire/{night}", changed, night, is_full=night == first)
    return len(accounts)


def as_known(tables: Tables, night: date) -> Tables:
    """The extract as it would have been delivered at the end of `night`."""
    signed = {row[erp.LEASE]: _known_on(erp.LEASES, row) for row in tables[erp.LEASES]}
    known = {file: list(_visible(file, rows, signed, night)) for file, rows in tables.items() if file is not erp.BALANCES}
    known[erp.BALANCES] = _balances(known, night)
    return known


def news(before: Tables, after: Tables) -> Tables:
    """Rows that are new or changed since the night before, some files having none; balances of the accounts that moved only."""
    changed = {file: _unseen(before[file], rows) for file, rows in after.items()}
    moved = {row[erp.LEASE] for file in (erp.LEASES, erp.ENTRIES) for row in changed[file]}
    changed[erp.BALANCES] = [row for row in after[erp.BALANCES] if row[erp.LEASE] in moved]
    return changed


def manifest(sent: Tables, night: date, *, is_full: bool) -> dict[str, object]:
    """Control totals in the contract's table names and signs."""
    tables: dict[str, dict[str, object]] = {file.table: {"rows": len(rows)} for file, rows in sent.items()}
    if erp.ENTRIES in sent:
        total = sum(map(erp.owed, sent[erp.ENTRIES]))
        tables["entries"]["amount_total"] = erp.euros(total).replace(",", ".")
    mode = "full" if is_full else "incremental"
    return {"contract": 1, "landlord_id": "oph-estuaire", "as_of": night.isoformat(), "mode": mode, "tables": tables}


def contents(sent: Tables, night: date, *, is_full: bool) -> dict[str, bytes]:
    """A delivery's files by name, its manifest included; files without a row are left out."""
    kept = {file: rows for file, rows in sent.items() if rows}
    described = json.dumps(manifest(kept, night, is_full=is_full), indent=1, ensure_ascii=False) + "\n"
    return {file.name: erp.text(rows) for file, rows in kept.items()} | {"manifest.json": described.encode()}


def read(extract: Path, accounts: set[str]) -> Tables:
    """Rows of these accounts, and of their dwellings, in a full delivery."""
    tables = {file: [row for row in erp.rows(extract, file) if row.get(erp.LEASE) in accounts] for file in erp.FILES}
    dwellings = {row[erp.DWELLING] for row in tables[erp.LEASES]}
    tables[erp.DWELLINGS] = [row for row in erp.rows(extract, erp.DWELLINGS) if row[erp.DWELLING] in dwellings]
    return tables


def _known_on(file: erp.File, row: erp.Row) -> date:
    return next((erp.day(row[column]) for column in file.known if row[column]), date.min)


def _visible(file: erp.File, rows: Iterable[erp.Row], signed: dict[str, date], night: date) -> Iterator[erp.Row]:
    for row in rows:
        if max(_known_on(file, row), signed.get(row.get(erp.LEASE, ""), date.min)) <= night:
            yield _masked(file, row, night)


def _masked(file: erp.File, row: erp.Row, night: date) -> erp.Row:
    still = {column: before for column, (guard, before) in file.masked.items() if erp.day(row[guard]) > night}
    return {**row, **still}


def _balances(known: Tables, night: date) -> list[erp.Row]:
    sums: Counter[str] = Counter()
    for entry in known[erp.ENTRIES]:
        sums[entry[erp.LEASE]] += erp.owed(entry) * (entry["CD_OPE"] not in erp.DEPOSITS)
    dated = night.strftime("%d/%m/%Y")
    accounts = (row[erp.LEASE] for row in known[erp.LEASES])
    return [{erp.LEASE: account, "DT_ARRETE": dated, "SOLDE": erp.euros(sums[account])} for account in accounts]


def _unseen(before: list[erp.Row], after: list[erp.Row]) -> list[erp.Row]:
    seen = {tuple(row.values()) for row in before}
    return [row for row in after if tuple(row.values()) not in seen]


def _reconcile(tables: Tables, last: date) -> None:
    recomputed = {row[erp.LEASE]: row["SOLDE"] for row in as_known(tables, last)[erp.BALANCES]}
    stated = {row[erp.LEASE]: row["SOLDE"] for row in tables[erp.BALANCES]}
    wrong = sorted(account for account, balance in recomputed.items() if stated[account] != balance)
    if wrong:
        raise VigieError(
            f"SOLDES.TXT : {len(wrong)} soldes diffèrent de la somme des écritures au {last:%d/%m/%Y} "
            f"(comptes {', '.join(wrong[:5])}). La livraison doit être complète et dater du {last:%d/%m/%Y}."
        )


def _nights(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _store(archive: ZipFile, folder: str, sent: Tables, night: date, *, is_full: bool) -> None:
    for name, content in contents(sent, night, is_full=is_full).items():
        entry = ZipInfo(f"{folder}/{name}", date_time=(night.year, night.month, night.day, 23, 30, 0))
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, content, ZIP_DEFLATED, 9)
