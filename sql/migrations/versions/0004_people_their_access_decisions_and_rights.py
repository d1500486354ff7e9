"""people, their access, what they decide, and the rights of households"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "access_log",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=True),
        sa.Column("management_unit", sa.String(), nullable=True),
        sa.Column("lease_id", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_access_log")),
    )
    with op.batch_alter_table("access_log") as batch:
        batch.create_index("ix_access_log_lease", ["landlord_id", "lease_id"], unique=False)
    op.create_table(
        "capacities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("management_unit", sa.String(), nullable=False),
        sa.Column("rows_a_week", sa.Integer(), nullable=False),
        sa.Column("reviewer_minutes", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacities")),
        sa.UniqueConstraint(
            "landlord_id", "management_unit", "from_on", name=op.f("uq_capacities_landlord_id_management_unit_from_on")
        ),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("stated", sa.JSON(), nullable=False),
        sa.Column("claimed", sa.JSON(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    with op.batch_alter_table("corrections") as batch:
        batch.create_index("ix_corrections_lease", ["landlord_id", "lease_id"], unique=False)
    op.create_table(
        "households",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("household_id", sa.String(), nullable=False),
        sa.Column("management_unit", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_households")),
        sa.UniqueConstraint("landlord_id", "lease_id", name=op.f("uq_households_landlord_id_lease_id")),
    )
    with op.batch_alter_table("households") as batch:
        batch.create_index("ix_households_unit", ["landlord_id", "management_unit"], unique=False)
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("objected_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
    )
    with op.batch_alter_table("objections") as batch:
        batch.create_index(
            "uq_objections_standing",
            ["landlord_id", "lease_id"],
            unique=True,
            sqlite_where=sa.text("lifted_on IS NULL"),
            postgresql_where=sa.text("lifted_on IS NULL"),
        )
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("kind", "landlord_id", "code", name=op.f("uq_organisations_kind_landlord_id_code")),
    )
    with op.batch_alter_table("organisations") as batch:
        batch.create_index(batch.f("ix_organisations_landlord_id"), ["landlord_id"], unique=False)
    op.create_table(
        "removals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("store", sa.String(), nullable=False),
        sa.Column("before_on", sa.Date(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removals")),
    )
    with op.batch_alter_table("removals") as batch:
        batch.create_index(batch.f("ix_removals_landlord_id"), ["landlord_id"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("management_unit", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("landlord_id", "week", "management_unit", name=op.f("uq_reviews_landlord_id_week_management_unit")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("oidc_issuer", sa.String(), nullable=True),
        sa.Column("oidc_subject", sa.String(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("failed_logins", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("account", name=op.f("uq_users_account")),
        sa.UniqueConstraint("oidc_issuer", "oidc_subject", name=op.f("uq_users_oidc_issuer_oidc_subject")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("management_unit", sa.String(), nullable=False),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("assigned_to", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("end", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_cases_decision_id_decisions"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    with op.batch_alter_table("cases") as batch:
        batch.create_index(batch.f("ix_cases_lease_id"), ["lease_id"], unique=False)
        batch.create_index("ix_cases_unit", ["landlord_id", "management_unit", "closed_on"], unique=False)
    op.create_table(
        "grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("management_unit", sa.String(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_grants_organisation_id_organisations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_grants_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
        sa.UniqueConstraint("user_id", "role", "landlord_id", "management_unit", "organisation_id", name="uq_grants_place"),
    )
    with op.batch_alter_table("grants") as batch:
        batch.create_index(batch.f("ix_grants_user_id"), ["user_id"], unique=False)
    op.create_table(
        "household_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("series", sa.JSON(), nullable=False),
        sa.Column("timeline", sa.JSON(), nullable=False),
        sa.Column("balances", sa.JSON(), nullable=False),
        sa.Column("waterfall", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["weekly_lists.id"], name=op.f("fk_household_files_list_id_weekly_lists"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_files")),
        sa.UniqueConstraint("list_id", "lease_id", name=op.f("uq_household_files_list_id_lease_id")),
    )
    with op.batch_alter_table("household_files") as batch:
        batch.create_index(batch.f("ix_household_files_list_id"), ["list_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_invitations_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_invitations_token_digest")),
    )
    with op.batch_alter_table("invitations") as batch:
        batch.create_index(batch.f("ix_invitations_user_id"), ["user_id"], unique=False)
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_readings_review_id_reviews"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.UniqueConstraint("review_id", "lease_id", "account", name=op.f("uq_readings_review_id_lease_id_account")),
    )
    op.create_table(
        "sessions",
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions") as batch:
        batch.create_index(batch.f("ix_sessions_user_id"), ["user_id"], unique=False)
    with op.batch_alter_table("decisions") as batch:
        batch.add_column(sa.Column("reason", sa.String(), nullable=True))
        batch.add_column(sa.Column("paused_until", sa.Date(), nullable=True))
        batch.add_column(sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("undone_by", sa.String(), nullable=True))
        batch.drop_constraint(batch.f("uq_decisions_landlord_id_week_management_unit_lease_id"), type_="unique")
        batch.create_index(
            "uq_decisions_standing",
            ["landlord_id", "week", "management_unit", "lease_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )


def downgrade() -> None:
    # One decision a row is all the former form can hold: those that were taken back go.
    op.execute("DELETE FROM decisions WHERE undone_at IS NOT NULL")
    with op.batch_alter_table("decisions") as batch:
        batch.drop_index(
            "uq_decisions_standing", sqlite_where=sa.text("undone_at IS NULL"), postgresql_where=sa.text("undone_at IS NULL")
        )
        batch.create_unique_constraint(
            batch.f("uq_decisions_landlord_id_week_management_unit_lease_id"),
            ["landlord_id", "week", "management_unit", "lease_id"],
        )
        batch.drop_column("undone_by")
        batch.drop_column("undone_at")
        batch.drop_column("decided_at")
        batch.drop_column("paused_until")
        batch.drop_column("reason")
    with op.batch_alter_table("sessions") as batch:
        batch.drop_index(batch.f("ix_sessions_user_id"))
    op.drop_table("sessions")
    op.drop_table("readings")
    with op.batch_alter_table("invitations") as batch:
        batch.drop_index(batch.f("ix_invitations_user_id"))
    op.drop_table("invitations")
    with op.batch_alter_table("household_files") as batch:
        batch.drop_index(batch.f("ix_household_files_list_id"))
    op.drop_table("household_files")
    with op.batch_alter_table("grants") as batch:
        batch.drop_index(batch.f("ix_grants_user_id"))
    op.drop_table("grants")
    with op.batch_alter_table("cases") as batch:
        batch.drop_index("ix_cases_unit")
        batch.drop_index(batch.f("ix_cases_lease_id"))
    op.drop_table("cases")
    op.drop_table("users")
    op.drop_table("reviews")
    with op.batch_alter_table("removals") as batch:
        batch.drop_index(batch.f("ix_removals_landlord_id"))
    op.drop_table("removals")
    with op.batch_alter_table("organisations") as batch:
        batch.drop_index(batch.f("ix_organisations_landlord_id"))
    op.drop_table("organisations")
    with op.batch_alter_table("objections") as batch:
        batch.drop_index(
            "uq_objections_standing", sqlite_where=sa.text("lifted_on IS NULL"), postgresql_where=sa.text("lifted_on IS NULL")
        )
    op.drop_table("objections")
    with op.batch_alter_table("households") as batch:
        batch.drop_index("ix_households_unit")
    op.drop_table("households")
    with op.batch_alter_table("corrections") as batch:
        batch.drop_index("ix_corrections_lease")
    op.drop_table("corrections")
    op.drop_table("capacities")
    with op.batch_alter_table("access_log") as batch:
        batch.drop_index("ix_access_log_lease")
    op.drop_table("access_log")
