"""One writer at a time on a table, until the transaction ends, in each database's own way."""

import zlib

from sqlalchemy import text
from sqlalchemy.orm import Session

from riskmodel.register.models.foundation import Base


def one_at_a_time(session: Session, table: type[Base]) -> None:
    """Wait for others who asked the same of `table`; what is read after this call, nobody else changes before the commit.

    SQLite has one write lock: an update of no row takes it. PostgreSQL gives a lock to whatever number one names.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"UPDATE {table.__tablename__} SET rowid = rowid WHERE 1 = 0"))
    else:
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": zlib.crc32(table.__tablename__.encode())})
