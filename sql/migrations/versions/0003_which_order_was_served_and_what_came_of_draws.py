"""which order was served, and what came of draws"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("track_records") as batch:
        batch.add_column(sa.Column("is_served", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("track_records") as batch:
        batch.alter_column("is_served", server_default=None)
    with op.batch_alter_table("drawn_rows") as batch:
        batch.add_column(sa.Column("event", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("is_helped", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("drawn_rows") as batch:
        batch.drop_column("is_helped")
        batch.drop_column("event")
    with op.batch_alter_table("track_records") as batch:
        batch.drop_column("is_served")
