"""Leases that ended long ago, taken out of the lake table by table: rewritten, pinned with its proof, then the files deleted."""

from collections.abc import Collection
from datetime import date, datetime

import duckdb

from riskmodel.contracts import TABLES, Table
from riskmodel.errors import NothingKnown
from riskmodel.lake import Source
from riskmodel.lake.forget import cut_log, drop_files, ended_leases, forget, needs_tidying, rows_of
from riskmodel.lake.read import visible
from riskmodel.people.days import day_of
from riskmodel.people.retention import Due, Rule, months_before, prove, suspension
from riskmodel.register import deliveries, open_register
from riskmodel.settings import Settings
from riskmodel.steps.source import source

LAST = "leases"
"""Forgotten after the others: they are looked for through it."""
ORDER = (*(table for table in TABLES.values() if table.parent == ("lease_id", LAST)), TABLES[LAST])

_UNDER_WAY = """
SELECT lease_id FROM ({procedures})
GROUP BY lease_id HAVING arg_max(step, (dated, step = 'closed')) <> 'closed'
UNION
SELECT lease_id FROM ({overindebtedness})
GROUP BY lease_id HAVING arg_max(step, (dated, step = 'closed')) <> 'closed' AND max(dated) >= ?
"""


def under_way(known: Source, today: date) -> set[str]:
    """Leases with a legal duty still running: a procedure that no « dossier clos » ends, a recent overindebtedness."""
    views = {name: visible(known, TABLES[name], today) for name in ("procedures", "overindebtedness")}
    since = months_before(today, int(suspension()["overindebtedness_months"]))
    with duckdb.connect() as con:
        return {row[0] for row in con.execute(_UNDER_WAY.format(**views), [since]).fetchall()}


def due(settings: Settings, rule: Rule, landlord_id: str, today: date, held: Collection[str]) -> list[Due]:
    """Rows of each table that have had their time, and those that wait."""
    try:
        known, _ = source(settings, landlord_id)
    except NothingKnown:
        return []
    return [_due(known, rule, table, today, held) for table in ORDER if table.name in known.pins]


def remove(settings: Settings, rule: Rule, landlord_id: str, now: datetime, held: Collection[str]) -> list[Due]:
    """Remove them. Killed at any moment and run again, the same rows are gone and each is proven once."""
    done = []
    for one in due(settings, rule, landlord_id, day_of(now), held):
        name = one.store.partition("/")[2]
        if one.removed:
            _forget(settings, landlord_id, TABLES[name], one, _leaving(settings, landlord_id, one, held, day_of(now)), now)
        for tidied in (name, f"{name}__closed"):
            _tidy(settings, landlord_id, tidied)
        done.append(one)
    return done


def _due(known: Source, rule: Rule, table: Table, today: date, held: Collection[str]) -> Due:
    before = months_before(today, min(rule.months, table.retention_months))
    old = ended_leases(known, before, today)
    suspended = rows_of(known, table, old & set(held))
    return Due(rule.code, f"lac/{table.name}", before, rows_of(known, table, old) - suspended, suspended)


def _leaving(settings: Settings, landlord_id: str, one: Due, held: Collection[str], today: date) -> set[str]:
    return ended_leases(source(settings, landlord_id)[0], one.before_on, today) - set(held)


def _forget(settings: Settings, landlord_id: str, table: Table, one: Due, leaving: Collection[str], now: datetime) -> None:
    known, _ = source(settings, landlord_id)
    forgotten = forget(known, table, leaving)
    with open_register(settings.register_url).begin() as session:
        deliveries.repin(session, landlord_id, known.pins, forgotten.pins)
        prove(session, landlord_id, Due(one.rule, one.store, one.before_on, forgotten.rows), now)


def _tidy(settings: Settings, landlord_id: str, name: str) -> None:
    """Delete the former files of a rewritten table, pin the version that this makes, then cut its log."""
    known, _ = source(settings, landlord_id)
    if name not in known.pins or not needs_tidying(known, name):
        return
    version = drop_files(known, name)
    with open_register(settings.register_url).begin() as session:
        deliveries.repin(session, landlord_id, known.pins, {name: version})
    cut_log(source(settings, landlord_id)[0], name)
