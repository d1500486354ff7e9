"""Alembic's entry: runs the migrations on the URL it is given, in batch mode on SQLite."""

from alembic import context
from sqlalchemy import create_engine

from riskmodel.register.models import Base


def run() -> None:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url"))
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=engine.dialect.name == "sqlite")
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
