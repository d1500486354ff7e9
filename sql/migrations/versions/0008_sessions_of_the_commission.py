"""sessions of the commission, the cases brought to them, who sat, and what was said of each"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Sessions first: everything else is of one."""
    _create_sessions()
    _create_cases()
    _create_attendances()
    _create_opinions()


def downgrade() -> None:
    """What is of a session goes before it."""
    for table in ("ccapex_opinions", "ccapex_attendances", "ccapex_cases", "ccapex_sessions"):
        op.drop_table(table)


def _create_sessions() -> None:
    op.create_table(
        "ccapex_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        *_signed("created", nullable=False),
        *_signed("closed"),
        *_signed("cancelled"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ccapex_sessions")),
    )
    _unique("ccapex_sessions", ["landlord_id", "kind", "held_on"], "cancelled_at IS NULL")


def _create_cases() -> None:
    op.create_table(
        "ccapex_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("management_unit", sa.String(), nullable=False),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("asks", sa.JSON(), nullable=False),
        sa.Column("views", sa.JSON(), nullable=False),
        sa.Column("declared", sa.JSON(), nullable=False),
        *_signed("answered"),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        *_signed("frozen"),
        *_signed("chosen", nullable=False),
        *_signed("withdrawn"),
        _owned("ccapex_cases", "session_id", "ccapex_sessions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ccapex_cases")),
    )
    _unique("ccapex_cases", ["session_id", "lease_id"], "withdrawn_at IS NULL")
    with op.batch_alter_table("ccapex_cases") as batch:
        batch.create_index("ix_ccapex_cases_lease", ["landlord_id", "lease_id"], unique=False)


def _create_attendances() -> None:
    op.create_table(
        "ccapex_attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *_signed("recorded", nullable=False),
        _owned("ccapex_attendances", "session_id", "ccapex_sessions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ccapex_attendances")),
        sa.UniqueConstraint("session_id", "seat", name=op.f("uq_ccapex_attendances_session_id_seat")),
    )


def _create_opinions() -> None:
    op.create_table(
        "ccapex_opinions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=True),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        *_signed("recorded", nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        *_signed("undone"),
        _owned("ccapex_opinions", "case_id", "ccapex_cases"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ccapex_opinions")),
    )
    with op.batch_alter_table("ccapex_opinions") as batch:
        batch.create_index(batch.f("ix_ccapex_opinions_case_id"), ["case_id"], unique=False)


def _signed(act: str, *, nullable: bool = True) -> tuple[sa.Column[object], sa.Column[object]]:
    """When something was done, and by whom."""
    return (
        sa.Column(f"{act}_at", sa.DateTime(timezone=True), nullable=nullable),
        sa.Column(f"{act}_by", sa.String(), nullable=nullable),
    )


def _owned(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}_{owner}"), ondelete="CASCADE")


def _unique(table: str, columns: list[str], standing: str) -> None:
    """One standing row at most: those taken back do not count."""
    condition = sa.text(standing)
    op.create_index(f"uq_{table}_standing", table, columns, unique=True, sqlite_where=condition, postgresql_where=condition)
