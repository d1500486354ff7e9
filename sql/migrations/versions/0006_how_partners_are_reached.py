"""how partners are reached: address, telephone and e-mail of an organisation"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

COLUMNS = {"address": (sa.JSON(), "[]"), "phone": (sa.String(), ""), "email": (sa.String(), "")}


def upgrade() -> None:
    """Organisations known already are reached nowhere until somebody writes it."""
    with op.batch_alter_table("organisations") as batch:
        for name, (kind, empty) in COLUMNS.items():
            batch.add_column(sa.Column(name, kind, nullable=False, server_default=empty))
    with op.batch_alter_table("organisations") as batch:
        for name in COLUMNS:
            batch.alter_column(name, server_default=None)


def downgrade() -> None:
    """Forgets how organisations are reached."""
    with op.batch_alter_table("organisations") as batch:
        for name in COLUMNS:
            batch.drop_column(name)
