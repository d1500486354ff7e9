"""what the law said of the newest night: situations of leases, deadlines, statutory lists"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

CHILDREN = ("legal_situations", "legal_deadlines", "statutory_rows")


def upgrade() -> None:
    """The night first: everything else is of one, and goes with it."""
    op.create_table(
        "legal_nights",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_nights")),
        sa.UniqueConstraint("landlord_id", name=op.f("uq_legal_nights_landlord_id")),
    )
    _create_situations()
    _create_deadlines()
    _create_lists()


def _create_situations() -> None:
    _create(
        "legal_situations",
        ["night_id", "management_unit"],
        sa.Column("legal_cents", sa.Integer(), nullable=False),
        sa.Column("claimable_cents", sa.Integer(), nullable=False),
        sa.Column("first_default_on", sa.Date(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("stage_on", sa.Date(), nullable=True),
        sa.Column("is_suspended", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("constitution", sa.JSON(), nullable=False),
        sa.Column("rights", sa.JSON(), nullable=False),
        sa.Column("urgency_rank", sa.Integer(), nullable=True),
        sa.Column("urgency", sa.String(), nullable=True),
        sa.Column("urgency_on", sa.Date(), nullable=True),
        sa.Column("urgency_text", sa.String(), nullable=True),
    )


def _create_deadlines() -> None:
    _create(
        "legal_deadlines",
        ["night_id", "management_unit", "due_on"],
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("explained", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("to_confirm", sa.Boolean(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
    )


def _create_lists() -> None:
    _create(
        "statutory_rows",
        ["night_id", "list_code", "management_unit"],
        sa.Column("list_code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("legal_cents", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("to_confirm", sa.Boolean(), nullable=False),
    )


def _create(table: str, indexed: list[str], *columns: sa.Column) -> None:
    """One table of what a night said of its leases, read by unit or by lease."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("night_id", sa.Integer(), nullable=False),
        sa.Column("management_unit", sa.String(), nullable=False),
        sa.Column("lease_id", sa.String(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["night_id"], ["legal_nights.id"], name=op.f(f"fk_{table}_night_id_legal_nights"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    with op.batch_alter_table(table) as batch:
        batch.create_index(batch.f(f"ix_{table}_lease_id"), ["lease_id"], unique=False)
        batch.create_index(f"ix_{table}_night", indexed, unique=False)


def downgrade() -> None:
    """Forgets what the law said; the next night says it again."""
    for table in CHILDREN:
        with op.batch_alter_table(table) as batch:
            batch.drop_index(f"ix_{table}_night")
            batch.drop_index(batch.f(f"ix_{table}_lease_id"))
        op.drop_table(table)
    op.drop_table("legal_nights")
