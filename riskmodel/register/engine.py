"""Engines and sessions: SQLite for one machine, PostgreSQL for several, and the way transactions begin on each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register.migrations import upgrade

Task = TypeVar("Task")
PRAGMAS = ("busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")
"""Wait thirty seconds for another writer, first of all to set the rest; readers never wait for one; a commit outlives the process
(a power cut may take the last ones, never the file); foreign keys hold."""


class Sessions(sessionmaker[Session]):
    """`with sessions() as s` reads; `with sessions.begin() as s` writes and commits at the end of the block."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False)
        self.engine = engine

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A session in a transaction that writes: committed at the end of the block, rolled back when it raises."""
        with self() as session, session.begin():
            to_write(session)
            yield session


def to_write(session: Session) -> None:
    """Said first in a transaction that may write: it takes SQLite's one place for a writer at once, and waits for it there.

    A transaction that reads first and writes later would fail on SQLite when somebody wrote in between. PostgreSQL needs nothing.
    """
    session.connection(execution_options={"begins": "BEGIN IMMEDIATE"})


def seldom_writing(session: Session, task: Callable[[], Task]) -> Task:
    """What `task` gives, which reads and seldom writes, so that it waits for no writer.

    SQLite refuses it when it writes after somebody else wrote: it is then made again from its start, as a writer.
    """
    try:
        return _flushed(session, task)
    except OperationalError:
        session.rollback()
        to_write(session)
        return _flushed(session, task)


def _flushed(session: Session, task: Callable[[], Task]) -> Task:
    done = task()
    session.flush()
    return done


def open_register(url: str, connections: int = 0) -> Sessions:
    """Sessions on the register at `url`, brought to its newest form.

    `connections` are kept open from one transaction to the next, for a server; by default none is, so that a step holds nothing
    of the database between its transactions.
    """
    upgrade(url)
    return Sessions(_engine(url, connections))


def _engine(url: str, connections: int) -> Engine:
    pool: dict[str, Any] = {"pool_size": connections, "pool_pre_ping": True} if connections else {"poolclass": NullPool}
    engine = create_engine(url, hide_parameters=True, **pool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: SqliteConnection, _record: object) -> None:
    """Python's driver begins transactions late and by itself; without an isolation level it leaves them to `_begin`."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begins", "BEGIN"))
