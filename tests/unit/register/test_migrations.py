"""Up and down with data in place, on both databases; models and migrations say the same; what a way back loses is known."""

from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, inspect
from sqlalchemy.exc import IntegrityError

from riskmodel import REPOSITORY
from riskmodel.register.engine import open_register
from riskmodel.register.migrations import check, current, downgrade, head, upgrade
from riskmodel.register.models import Base


def ask(url: str, *statements: str) -> list[tuple[Any, ...]]:
    """Execute statements in a transaction without foreign keys' help, and return the rows of the last one."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        results = [connection.exec_driver_sql(statement) for statement in statements]
        return [tuple(row) for row in results[-1]] if results[-1].returns_rows else []


def tables(url: str) -> set[str]:
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_upgrading_makes_every_table_of_the_models_and_the_folder_of_the_file(empty_url: str) -> None:
    upgrade(empty_url)
    assert tables(empty_url) == set(Base.metadata.tables)


def test_upgrading_twice_is_harmless(empty_url: str) -> None:
    upgrade(empty_url)
    upgrade(empty_url)
    assert current(empty_url) == head()


def test_each_migration_can_be_undone(empty_url: str) -> None:
    upgrade(empty_url)
    downgrade(empty_url, "base")
    assert tables(empty_url) == set()
    upgrade(empty_url)
    assert tables(empty_url) == set(Base.metadata.tables)


def test_migrations_and_models_say_the_same(register_url: str) -> None:
    check(register_url)


def test_the_way_down_gives_back_the_form_that_the_way_up_left(empty_url: str) -> None:
    def form() -> dict[str, Any]:
        with create_engine(empty_url, poolclass=NullPool).connect() as connection:
            seen = inspect(connection)
            return {
                table: (
                    {(column["name"], str(column["type"]), column["nullable"]) for column in seen.get_columns(table)},
                    {(index["name"], *index["column_names"]) for index in seen.get_indexes(table)},
                    {(unique["name"], *unique["column_names"]) for unique in seen.get_unique_constraints(table)},
                    {(foreign["name"], foreign["referred_table"]) for foreign in seen.get_foreign_keys(table)},
                )
                for table in seen.get_table_names()
            }

    forms = {}
    for revision in ("0001", "0002", "0003", "0004"):
        upgrade(empty_url, revision)
        forms[revision] = form()
    for revision in ("0003", "0002", "0001"):
        downgrade(empty_url, revision)
        assert form() == forms[revision]


def test_migrations_are_numbered_and_follow_one_another() -> None:
    names = sorted(path.stem[:4] for path in (REPOSITORY / "sql" / "migrations" / "versions").glob("*.py"))
    assert names == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_a_migration_that_fails_half_way_leaves_the_register_as_it_was(empty_url: str) -> None:
    upgrade(empty_url, "0003")
    ask(empty_url, "CREATE TABLE cases (id INTEGER)", DECISION)
    with pytest.raises(Exception, match="cases"):
        upgrade(empty_url)
    assert current(empty_url) == "0003"
    assert "users" not in tables(empty_url)
    ask(empty_url, "DROP TABLE cases")
    upgrade(empty_url)
    assert ask(empty_url, "SELECT code FROM decisions") == [("call",)]


def test_sqlite_waits_for_other_writers_and_keeps_foreign_keys(register_url: str) -> None:
    with open_register(register_url)() as session:
        if session.get_bind().dialect.name == "sqlite":
            asked = [session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS]
            assert dict(zip(PRAGMAS, asked, strict=True)) == PRAGMAS


def test_a_row_of_no_list_is_refused(register_url: str) -> None:
    columns = "list_id, position, tab, lease_id, change, facts, reasons"
    orphan = f"INSERT INTO list_rows ({columns}) VALUES (9, 1, 'derive', 'B1', 'nouveau', '{{}}', '[]')"
    with pytest.raises(IntegrityError), open_register(register_url).begin() as session:
        session.connection().exec_driver_sql(orphan)


def test_what_was_written_before_comes_through_the_way_up(empty_url: str) -> None:
    upgrade(empty_url, "0001")
    ask(empty_url, LIST)
    upgrade(empty_url, "0002")
    ask(empty_url, RECORD, DRAW, DECISION)
    upgrade(empty_url)
    assert [tuple(map(int, row)) for row in ask(empty_url, "SELECT hits, is_served FROM track_records")] == [(2, 0)]
    assert ask(empty_url, "SELECT lease_id, probability, event FROM drawn_rows") == [("B1", 0.1, None)]
    assert ask(empty_url, "SELECT code, reason, decided_at, undone_at FROM decisions") == [("call", None, None, None)]
    with pytest.raises(IntegrityError):
        ask(empty_url, DECISION)


def test_the_way_down_keeps_lists_and_decisions_that_stand_and_loses_what_it_says(empty_url: str) -> None:
    upgrade(empty_url)
    ask(empty_url, LIST, RECORD_SERVED, DRAW, DECISION, UNDO, DECISION.replace("'call'", "'visit'"), CASE)
    downgrade(empty_url, "0003")
    assert ask(empty_url, "SELECT code, decided_by FROM decisions") == [("visit", "agent.02")]
    with pytest.raises(IntegrityError):
        ask(empty_url, DECISION)
    downgrade(empty_url, "0002")
    assert ask(empty_url, "SELECT hits FROM track_records") == [(2,)]
    downgrade(empty_url, "0001")
    assert ask(empty_url, "SELECT week FROM weekly_lists") == [("S",)]
    assert tables(empty_url) == {"deliveries", "list_rows", "runs", "weekly_lists"}


def test_no_name_is_longer_than_postgresql_takes() -> None:
    names = [item.name for table in Base.metadata.tables.values() for item in (*table.constraints, *table.indexes)]
    assert max(len(str(name)) for name in names) <= 63


PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000, "synchronous": 1}
LIST = (
    "INSERT INTO weekly_lists (landlord_id, management_unit, week, as_of, evidence) VALUES ('oph', '02', 'S', '2026-10-18', '{}')"
)
RECORD = (
    "INSERT INTO track_records "
    "(landlord_id, score, as_of, week, kind, model, version, stratum, k, listed, hits, treated, eligible) "
    "VALUES ('oph', 'derive', '2026-06-21', 'S', 'servi', 'score', 'v', 'tous', 7, 6, 2, 0, 80)"
)
RECORD_SERVED = RECORD.replace("eligible)", "eligible, is_served)").replace("80)", "80, true)")
DRAW = (
    "INSERT INTO drawn_rows (landlord_id, week, management_unit, lease_id, score, stratum, probability, seed) "
    "VALUES ('oph', 'S', '02', 'B1', 'derive', 'precoce', 0.1, 'abc')"
)
DECISION = (
    "INSERT INTO decisions (landlord_id, week, management_unit, lease_id, code, decided_on, decided_by) "
    "VALUES ('oph', 'S', '02', 'B1', 'call', '2026-10-20', 'agent.02')"
)
UNDO = "UPDATE decisions SET undone_at = '2026-10-21 08:00:00', undone_by = 'agent.03'"
CASE = (
    "INSERT INTO cases (landlord_id, management_unit, lease_id, kind, decision_id, opened_on, opened_by, due_on) "
    "SELECT 'oph', '02', 'B1', 'visit', id, '2026-10-21', 'agent.02', '2026-11-04' FROM decisions WHERE code = 'visit'"
)
