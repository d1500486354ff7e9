"""Engine, sessions and migrations."""

from pathlib import Path
from sqlite3 import Connection

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

from riskmodel import REPOSITORY


def open_register(url: str) -> sessionmaker[Session]:
    """A session factory on the register at `url`, migrated to the newest form. Use `with open_register(url).begin() as s`."""
    upgrade(url)
    return sessionmaker(_engine(url), expire_on_commit=False)


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the register's tables to `revision`, creating a SQLite file's folder if needed."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite" and target.database:
        Path(target.database).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(_alembic(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the register's tables back to `revision`."""
    command.downgrade(_alembic(url), revision)


def _alembic(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(REPOSITORY / "sql" / "migrations"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_pragmas)
    return engine


def _sqlite_pragmas(connection: Connection, _record: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA busy_timeout=30000")
