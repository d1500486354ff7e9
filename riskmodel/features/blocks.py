"""The blocks of `sql/` in the order in which they run: each is one SELECT over the views of the lake and the blocks before it."""

from collections.abc import Sequence
from datetime import date

import duckdb

from riskmodel import REPOSITORY
from riskmodel.contracts.entries import KINDS
from riskmodel.contracts.leases import PAYMENT_METHODS

BLOCKS = (
    "ledger/periods",
    "ledger/occupied",
    "ledger/reversed",
    "ledger/moves",
    "ledger/rights",
    "ledger/supplements",
    "ledger/months",
    "ledger/terms",
    "ledger/last_terms",
    "ledger/judged",
    "ledger/overindebted",
    "ledger/plan_in_force",
    "ledger/erp_balances",
    "ledger/accounts",
    "ledger/methods",
    "ledger/benefit_gaps",
    "ledger/takings",
    "ledger/rests",
    "ledger/technical",
    "ledger/debits",
    "ledger/unpaid",
    "ledger/judgements",
    "ledger/method_changes",
    "contact/exchanges",
    "contact/answers",
    "contact/silences",
    "features/identity",
    "features/term",
    "features/balance",
    "features/rhythm",
    "features/benefit",
    "features/plan",
    "features/procedure",
    "features/contact",
    "features/obligation",
)
"""Files under `sql/`, without their suffix."""

Buckets = tuple[int, int]
"""First and last bucket of a slice."""


def table_name(block: str) -> str:
    """Name under which later blocks read a block: its file's, with `_features` for those that end in the frame."""
    room, name = block.split("/")
    return f"{name}_features" if room == "features" else name


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Create what every slice shares: the codes of entries as enumerations, alphabetical so that MAX is the last one.

    Joins run as they are written, the small side last: DuckDB guesses a few thousand rows for the filtered ledger of a slice and
    would hold millions of entries in memory to look up a handful.
    """
    con.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    for name, codes in (("entry_kind", KINDS), ("payment_method", PAYMENT_METHODS)):
        con.execute(f"CREATE TYPE {name} AS ENUM ({', '.join(repr(code) for code in sorted(codes))})")


def run(con: duckdb.DuckDBPyConnection, as_of: date, buckets: Buckets, wanted: Sequence[str] = BLOCKS, **days: date) -> None:
    """Compute the wanted blocks for the leases of a slice, in order; the tables of the slice before are dropped first.

    `days` are the values of further `:names` that a block asks for.
    """
    for block in wanted:
        con.execute(f"DROP TABLE IF EXISTS temp.{table_name(block)}")
    for block in wanted:
        con.execute(f"CREATE TEMP TABLE {table_name(block)} AS {_select(block, buckets, {'as_of': as_of, **days})}")


def _select(block: str, buckets: Buckets, days: dict[str, date]) -> str:
    sql = (REPOSITORY / "sql" / f"{block}.sql").read_text(encoding="utf-8")
    values = {name: f"DATE '{day.isoformat()}'" for name, day in days.items()}
    for name, value in {**values, "first_bucket": str(buckets[0]), "last_bucket": str(buckets[1])}.items():
        sql = sql.replace(f":{name}", value)
    return sql
