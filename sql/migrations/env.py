"""Alembic's entry: one transaction for the whole way, held against other processes that would migrate the same register."""

from alembic import context
from sqlalchemy import Connection, NullPool, create_engine, event

from riskmodel.register.models import Base

ONE_AT_A_TIME = 20261122
"""Any number that only this project's migrations lock."""


def run() -> None:
    """Migrate the register whose URL Alembic was given: all of the way, or nothing of it."""
    engine = create_engine(context.config.attributes["url"], poolclass=NullPool)
    if is_sqlite := engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _take_the_file)
    with engine.begin() as connection:
        if not is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=is_sqlite)
        context.run_migrations()


def _leave_transactions_to_us(connection, _record) -> None:
    """Foreign keys stay off, as SQLite asks of whoever rebuilds tables; the wait is for a process that migrates before us."""
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=60000")


def _take_the_file(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


run()
