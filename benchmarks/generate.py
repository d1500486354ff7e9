"""Deliveries of an invented landlord of any size: 36 months in Parquet, then one ordinary night. Synthetic data.

The rows are drawn in `landlord.sql` as a function of home, month and seed, and streamed to Parquet, so that a million households
need neither memory nor patience.
"""

import json
from datetime import date
from pathlib import Path

import duckdb

LANDLORD = "banc-d-essai"
FIRST_MONTH = date(2023, 11, 1)
FULL_DAY = date(2026, 10, 31)
NIGHT = date(2026, 11, 1)
MEMORY = "2500MB"
NOTICE = "Données synthétiques : bailleur inventé pour mesurer des durées. Aucune ligne ne décrit une personne.\n"

KNOWN_ON = {
    "benefits": "known_on",
    "contacts": "recorded_on",
    "plans": "signed_on",
    "procedures": "recorded_on",
    "overindebtedness": "dated",
}
"""The day each row became known: the full delivery holds the rows known by its day, the night those of its day."""

CORRECTED = 2_000
"""One home in so many sees its latest rent call corrected during the night, under the same entry_id."""
CORRECTION_CENTS = 100
CHANGED_LEASE = 20_000
"""One lease in so many changes its payment method during the night."""


def generate(folder: Path, homes: int, seed: int = 1) -> Path:
    """Write the inbox of a landlord of `homes` households under `folder` and return it: a full delivery and a night."""
    inbox = folder / LANDLORD
    con = _landlord(homes, seed)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "LISEZ-MOI.txt").write_text(NOTICE, encoding="utf-8")
    full = _deliver(con, inbox, FULL_DAY, "full", _full_tables())
    con.execute(f"CREATE TEMP VIEW last_balances AS SELECT * FROM read_parquet('{full / 'balances.parquet'}')")
    _deliver(con, inbox, NIGHT, "incremental", _night_tables())
    return inbox


def _landlord(homes: int, seed: int) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(config={"memory_limit": MEMORY, "preserve_insertion_order": "false"})
    con.execute(f"SET VARIABLE homes = {homes}; SET VARIABLE seed = {seed}; SET VARIABLE first_month = DATE '{FIRST_MONTH}'")
    con.execute((Path(__file__).parent / "landlord.sql").read_text(encoding="utf-8"))
    return con


def _full_tables() -> dict[str, str]:
    day = f"DATE '{FULL_DAY}'"
    known = {table: f"SELECT * FROM all_{table} WHERE {known_on} <= {day}" for table, known_on in KNOWN_ON.items()}
    return {
        "dwellings": "SELECT * FROM dwellings",
        "leases": "SELECT * FROM leases",
        "entries": f"SELECT {_entry_columns()} FROM all_entries WHERE booked_on <= {day}",
        **known,
        "plans": _plans_as_known(day, f"signed_on <= {day}"),
        "obligations": _obligations_as_known(day, f"requested_on <= {day}"),
        "tenants": "SELECT * FROM tenants",
        "balances": (
            f"SELECT lease_id, {day} AS as_of, coalesce(sum(amount) FILTER (kind <> 'deposit'), 0)::DECIMAL(12, 2) AS balance "
            "FROM leases LEFT JOIN entries USING (lease_id) GROUP BY lease_id"
        ),
    }


def _night_tables() -> dict[str, str]:
    day = f"DATE '{NIGHT}'"
    known = {table: f"SELECT * FROM all_{table} WHERE {known_on} = {day}" for table, known_on in KNOWN_ON.items()}
    corrected = f"kind = 'rent' AND period = '{FULL_DAY:%Y-%m}' AND booked_on < {day} AND {_number('lease_id')} % {CORRECTED} = 7"
    changed = f"{_number('dwelling_id')} % {CHANGED_LEASE} = 3"
    moved = f"sum(CASE WHEN booked_on = {day} THEN amount ELSE {CORRECTION_CENTS // 100} END)"
    return {
        "leases": f"SELECT * REPLACE ('transfer' AS payment_method) FROM leases WHERE {changed}",
        "entries": (
            f"SELECT {_entry_columns()} FROM all_entries WHERE booked_on = {day} "
            f"UNION ALL SELECT {_entry_columns(f'cents + {CORRECTION_CENTS}')} FROM all_entries WHERE {corrected}"
        ),
        **known,
        "plans": _plans_as_known(day, f"signed_on = {day} OR ended_on = {day}"),
        "obligations": _obligations_as_known(day, f"{day} IN (requested_on, reminded_on, fulfilled_on)"),
        "balances": (
            f"SELECT lease_id, {day} AS as_of, CAST(balance + {moved} AS DECIMAL(12, 2)) AS balance "
            "FROM entries JOIN last_balances USING (lease_id) WHERE kind <> 'deposit' GROUP BY lease_id, balance"
        ),
    }


def _entry_columns(cents: str = "cents") -> str:
    amount = f"CAST(CAST({cents} AS DECIMAL(14, 2)) / 100 AS DECIMAL(12, 2)) AS amount"
    return f"entry_id, lease_id, booked_on, value_on, period, kind, {amount}, method, reverses"


def _number(identifier: str) -> str:
    return f"CAST(regexp_extract({identifier}, '[0-9]+') AS BIGINT)"


def _plans_as_known(day: str, rows: str) -> str:
    ended = f"ended_on <= {day}"
    known = f"CASE WHEN {ended} THEN ended_on END AS ended_on, CASE WHEN {ended} THEN end_reason END AS end_reason"
    return f"SELECT * REPLACE ({known}) FROM all_plans WHERE {rows}"


def _obligations_as_known(day: str, rows: str) -> str:
    known = ", ".join(f"CASE WHEN {column} <= {day} THEN {column} END AS {column}" for column in ("reminded_on", "fulfilled_on"))
    return f"SELECT * REPLACE ({known}) FROM all_obligations WHERE {rows}"


def _deliver(con: duckdb.DuckDBPyConnection, inbox: Path, day: date, mode: str, tables: dict[str, str]) -> Path:
    folder = inbox / day.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    totals = {name: _write(con, folder / f"{name}.parquet", name, query) for name, query in tables.items()}
    manifest = {"contract": 1, "landlord_id": LANDLORD, "as_of": day.isoformat(), "mode": mode, "tables": totals}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return folder


def _write(con: duckdb.DuckDBPyConnection, path: Path, name: str, query: str) -> dict[str, object]:
    con.execute(f"COPY ({query}) TO '{path}' (COMPRESSION zstd, KV_METADATA {{data: 'synthetic'}})")
    con.execute(f"CREATE OR REPLACE TEMP VIEW {name if name == 'entries' else 'written'} AS SELECT * FROM read_parquet('{path}')")
    total = "sum(amount)" if name == "entries" else "NULL"
    [(rows, amount)] = con.execute(f"SELECT count(*), {total} FROM read_parquet('{path}')").fetchall()
    return {"rows": rows} | ({} if amount is None else {"amount_total": f"{amount:.2f}"})
