"""One day of the past and what happened next: features and cohorts as known that day, outcomes as known on the closing day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

import duckdb
import pandas as pd

from riskmodel import REPOSITORY, features, people
from riskmodel.contracts import TABLES
from riskmodel.features import blocks
from riskmodel.features.build import AT_ONCE, slices
from riskmodel.lake import Source, connect
from riskmodel.lake.read import forgotten, learnt, visible
from riskmodel.lake.store import BUCKETS
from riskmodel.outcomes.calendar import closing_day

WHOLE = (0, BUCKETS - 1)
AT_THE_TIME = ("ledger/occupied", "ledger/overindebted", "ledger/plan_in_force")
COHORTS = ("cohorts/causes", "cohorts/cannot_say", "cohorts/drift", "cohorts/contact")
HINDSIGHT = (
    "ledger/periods",
    "ledger/reversed",
    "ledger/moves",
    "ledger/rights",
    "ledger/supplements",
    "ledger/months",
    "ledger/terms",
    "ledger/technical",
)
"""The blocks of the ledger that say what fell due and what was received; the others are about the day itself."""

WHAT_HAPPENED = (
    "outcomes/terms_ahead",
    "outcomes/corrections",
    "outcomes/plan_calls",
    "outcomes/late_credits",
    "outcomes/learnt_later",
    "outcomes/debt_paths",
    "outcomes/stops",
    "outcomes/watches",
    "outcomes/drift_events",
    "outcomes/replies",
    "outcomes/contact_events",
    "outcomes/outcomes",
)
RIGHTS_ON = """CREATE TABLE rights_on AS
SELECT lease_id, CAST(objected_on AS DATE) AS objected_on, CAST(deceased_on AS DATE) AS deceased_on FROM known_dates"""
RECENT_MONTHS = 3
"""A period that began longer before the month of the question has had its time to be called."""

UNREAD = ", ".join(f"CAST(NULL AS VARCHAR) AS {name}" for name in ("entry_id", "method", "reverses"))
STAMP = "vigie_measured"
"""Key of the Parquet metadata under which a file says what it was measured from."""


def measure(source: Source, as_of: date, last_delivery: date, target: Path, *, memory: str = "2GB") -> int:
    """Write features, cohorts and outcomes of every lease in force on `as_of` to the Parquet file `target`; rows written.

    Outcomes count what was known by W, the earlier of `as_of` + 195 days and `last_delivery`; features and cohorts what was known
    on `as_of`. `memory` bounds what the computation keeps. The same lake and days give the same rows whatever the slices.
    """
    aside = target.parent / f".{target.name}.parts"
    rmtree(aside, ignore_errors=True)
    (aside / "measured").mkdir(parents=True)
    features.compute(source, as_of, aside / "features.parquet", memory=memory)
    _write_stock(source, as_of, aside, memory)
    rows = _write_outcomes(source, as_of, last_delivery, aside, target, memory)
    rmtree(aside)
    return rows


def stamp(source: Source, as_of: date, last_delivery: date) -> str:
    """Digest of all that a measure rests on: the day, the versions of the lake, the objections known by the closing day and the
    texts of the rules."""
    closing_on = closing_day(as_of, last_delivery)
    heard = [repr(said) for said in source.objections if said.recorded_on <= closing_on]
    rules = sorted(path for room in ("ledger", "contact", "features", "cohorts", "outcomes") for path in _texts(room))
    asked = [as_of.isoformat(), last_delivery.isoformat(), repr(sorted(source.pins.items())), *heard]
    return sha256("\n".join(asked + [path.read_text(encoding="utf-8") for path in rules]).encode()).hexdigest()


def _texts(room: str) -> list[Path]:
    return list((REPOSITORY / "sql" / room).glob("*.sql"))


def _write_stock(source: Source, as_of: date, aside: Path, memory: str) -> None:
    """`stock.parquet`, features with rights and cohorts, and `plans.parquet`, the plans in force: all as known on the day."""
    with connect(source, as_of, memory=memory) as con:
        blocks.prepare(con)
        blocks.run(con, as_of, WHOLE, AT_THE_TIME)
        con.execute(
            f"COPY (SELECT o.lease_id, p.* FROM plan_in_force p JOIN occupied o USING (lease_no)) "
            f"TO '{aside}/plans.parquet' (FORMAT parquet)"
        )
        con.register("known_rights", people.rights(source, as_of))
        con.execute(
            f"CREATE TEMP VIEW stock AS SELECT f.*, COALESCE(r.has_objected, FALSE) AS has_objected, "
            f"COALESCE(r.is_deceased, FALSE) AS is_deceased "
            f"FROM read_parquet('{aside}/features.parquet') f LEFT JOIN known_rights r ON r.lease_id = f.lease_id"
        )
        blocks.run(con, as_of, WHOLE, COHORTS)
        con.execute(
            f"COPY (FROM stock JOIN drift USING (lease_id) JOIN contact USING (lease_id)) "
            f"TO '{aside}/stock.parquet' (FORMAT parquet)"
        )


def _write_outcomes(source: Source, as_of: date, last_delivery: date, aside: Path, target: Path, memory: str) -> int:
    closing_on = closing_day(as_of, last_delivery)
    with connect(source, closing_on, memory=memory) as con:
        con.execute(f"SET temp_directory = '{aside}'")
        blocks.prepare(con)
        con.register("known_dates", people.rights_dates(source, closing_on))
        con.execute(RIGHTS_ON)
        _show_entries(con, source, as_of, closing_on)
        for name, file in (("stock", "stock.parquet"), ("plans_in_force", "plans.parquet")):
            con.execute(f"CREATE VIEW {name} AS FROM read_parquet('{aside}/{file}')")

        def write_slice(buckets: blocks.Buckets) -> None:
            with con.cursor() as own:
                _measure_slice(own, as_of, closing_on, buckets)
                own.execute(f"COPY outcomes TO '{aside}/measured/{buckets[0]:02}.parquet' (FORMAT parquet)")

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(write_slice, slices(_rows(con, "FROM stock"))))
        con.execute(f"CREATE VIEW measured AS FROM read_parquet('{aside}/measured/*.parquet')")
        blocks.run(con, as_of, WHOLE, ("outcomes/rows",))
        said = f"KV_METADATA {{{STAMP}: '{stamp(source, as_of, last_delivery)}'}}"
        con.execute(f"COPY (FROM rows ORDER BY lease_id) TO '{target}' (FORMAT parquet, {said})")
        return _rows(con, "FROM rows")


def _show_entries(con: duckdb.DuckDBPyConnection, source: Source, as_of: date, closing_on: date) -> None:
    """Of the ledger, what a half-year needs: entries dated after the day or of a recent period, and what was learnt later.

    No outcome asks by what means a payment came or what it reversed: those texts are left unread.
    """
    entries, recent = TABLES["entries"], (pd.Period(as_of, "M") - RECENT_MONTHS).start_time.date()
    con.execute(
        f"CREATE OR REPLACE VIEW entries AS SELECT * REPLACE ({UNREAD}) FROM ({visible(source, entries, closing_on)}) "
        f"WHERE value_on > DATE '{as_of}' OR period >= '{recent:%Y-%m}' OR (period IS NULL AND value_on >= DATE '{recent}')"
    )
    con.execute(f"CREATE VIEW entries_learnt AS {learnt(source, entries, as_of, closing_on)}")
    con.execute(f"CREATE VIEW entries_forgotten AS {forgotten(source, entries, as_of, closing_on)}")


def _measure_slice(con: duckdb.DuckDBPyConnection, as_of: date, closing_on: date, buckets: blocks.Buckets) -> None:
    """Follow the leases of a slice: the ledger's blocks read them again on the closing day, under the name they know."""
    blocks.run(con, as_of, buckets, ("outcomes/watched_leases",))
    con.execute("CREATE OR REPLACE TEMP VIEW occupied AS FROM watched_leases")
    blocks.run(con, closing_on, buckets, HINDSIGHT)
    blocks.run(con, as_of, buckets, WHAT_HAPPENED, closing_on=closing_on)


def _rows(con: duckdb.DuckDBPyConnection, relation: str) -> int:
    row = con.execute(f"SELECT COUNT(*) {relation}").fetchone()
    return row[0] if row else 0
