"""Leases that ended long ago, taken out of the lake table by table: rewritten, pinned with its proof, then the files deleted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from riskmodel.contracts import TABLES, Table
from riskmodel.errors import NothingKnown
from riskmodel.lake import Source
from riskmodel.lake.forget import cut_log, drop_files, ended_leases, forget, needs_tidying, rows_of
from riskmodel.lake.read import visible
from riskmodel.lake.store import CLOSED
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


@dataclass(frozen=True)
class Leaving:
    """A table, what of it has had its time, and the leases that leave it."""

    table: Table
    due: Due
    leases: frozenset[str]


def due(settings: Settings, rule: Rule, landlord_id: str, today: date, held: Collection[str]) -> list[Due]:
    """Rows of each table that have had their time, and those that wait."""
    return [one.due for one in _leaving(settings, rule, landlord_id, today, held)]


def remove(settings: Settings, rule: Rule, landlord_id: str, now: datetime, held: Collection[str]) -> list[Due]:
    """Remove them. Killed at any moment and run again, the same rows are gone and each is proven once."""
    found = _leaving(settings, rule, landlord_id, day_of(now), held)
    for one in found:
        if one.due.removed:
            _forget(settings, landlord_id, one, now)
        for name in (one.table.name, one.table.name + CLOSED):
            _tidy(settings, landlord_id, name)
    return [one.due for one in found]


def _leaving(settings: Settings, rule: Rule, landlord_id: str, today: date, held: Collection[str]) -> list[Leaving]:
    """Table by table, the lease itself last; nothing before the first delivery."""
    try:
        known, _ = source(settings, landlord_id)
    except NothingKnown:
        return []
    tables = [table for table in ORDER if table.name in known.pins]
    befores = {table.name: months_before(today, min(rule.months, table.retention_months)) for table in tables}
    ended = {before: frozenset(ended_leases(known, before, today)) for before in set(befores.values())}
    return [_of_table(known, rule, table, befores[table.name], ended[befores[table.name]], held) for table in tables]


def _of_table(known: Source, rule: Rule, table: Table, before: date, ended: frozenset[str], held: Collection[str]) -> Leaving:
    leases = ended.difference(held)
    removed, suspended = rows_of(known, table, leases), rows_of(known, table, ended - leases)
    return Leaving(table, Due(rule.code, f"lac/{table.name}", before, removed, suspended), leases)


def _forget(settings: Settings, landlord_id: str, one: Leaving, now: datetime) -> None:
    known, _ = source(settings, landlord_id)
    pins = forget(known, one.table, one.leases)
    with open_register(settings.register_url).begin() as session:
        deliveries.repin(session, landlord_id, known.pins, pins)
        prove(session, landlord_id, one.due, now)


def _tidy(settings: Settings, landlord_id: str, name: str) -> None:
    """Delete the former files of a rewritten table, pin the version that this makes, then cut its log."""
    known, _ = source(settings, landlord_id)
    if name not in known.pins or not needs_tidying(known, name):
        return
    version = drop_files(known, name)
    with open_register(settings.register_url).begin() as session:
        deliveries.repin(session, landlord_id, known.pins, {name: version})
    cut_log(known, name)
