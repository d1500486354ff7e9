"""points tables, track records, drawn rows and decisions"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "points_tables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("replay", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_tables")),
        sa.UniqueConstraint("landlord_id", "name", "version", name=op.f("uq_points_tables_landlord_id_name_version")),
    )
    op.create_table(
        "track_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("score", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("treated", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=True),
        sa.Column("eligible", sa.Integer(), nullable=False),
        sa.Column("lead_days", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_records")),
        sa.UniqueConstraint(
            "landlord_id",
            "score",
            "as_of",
            "kind",
            "model",
            "stratum",
            name=op.f("uq_track_records_landlord_id_score_as_of_kind_model_stratum"),
        ),
    )
    op.create_table(
        "drawn_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("management_unit", sa.String(), nullable=False),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("score", sa.String(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawn_rows")),
        sa.UniqueConstraint(
            "landlord_id",
            "week",
            "management_unit",
            "lease_id",
            "score",
            name=op.f("uq_drawn_rows_landlord_id_week_management_unit_lease_id_score"),
        ),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("management_unit", sa.String(), nullable=False),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint(
            "landlord_id",
            "week",
            "management_unit",
            "lease_id",
            name=op.f("uq_decisions_landlord_id_week_management_unit_lease_id"),
        ),
    )
    for table in ("points_tables", "track_records", "drawn_rows", "decisions"):
        op.create_index(op.f(f"ix_{table}_landlord_id"), table, ["landlord_id"], unique=False)


def downgrade() -> None:
    for table in ("decisions", "drawn_rows", "track_records", "points_tables"):
        op.drop_index(op.f(f"ix_{table}_landlord_id"), table_name=table)
        op.drop_table(table)
