"""people, their access, what they decide, and the rights of households"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

INSTANT = sa.DateTime(timezone=True)
STANDING = ["landlord_id", "week", "management_unit", "lease_id"]
ONE_A_ROW = "uq_decisions_landlord_id_week_management_unit_lease_id"


def upgrade() -> None:
    _create_access()
    _keep_decisions_taken_back()
    _create_casework()
    _create_rights()
    _create_households()


def downgrade() -> None:
    """The former form has no place for people, their sessions and access log, reviews, cases, capacities, rights, proofs of
    removal, files of households: all of them go, and so do decisions taken back and the reasons of those that stand."""
    for table in ("household_files", "households", "removals", "corrections", "objections"):
        op.drop_table(table)
    for table in ("capacities", "cases", "readings", "reviews"):
        op.drop_table(table)
    _forget_decisions_taken_back()
    for table in ("access_log", "sessions", "invitations", "grants", "users", "organisations"):
        op.drop_table(table)
    op.drop_index("ix_list_rows_lease_id", table_name="list_rows")


def _create_access() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisations"),
        sa.UniqueConstraint("kind", "landlord_id", "code", name="uq_organisations_kind_landlord_id_code"),
    )
    op.create_index("ix_organisations_landlord_id", "organisations", ["landlord_id"])
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
        sa.Column("locked_until", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_login_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("account", name="uq_users_account"),
        sa.UniqueConstraint("oidc_issuer", "oidc_subject", name="uq_users_oidc_issuer_oidc_subject"),
    )
    op.create_table(
        "grants",
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("grants", "user_id", "users"),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("management_unit", sa.String(), nullable=True),
        _belongs_to("grants", "organisation_id", "organisations", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
        sa.UniqueConstraint("user_id", "role", "landlord_id", "management_unit", "organisation_id", name="uq_grants_place"),
    )
    op.create_index("ix_grants_user_id", "grants", ["user_id"])
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        _belongs_to("invitations", "user_id", "users"),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("token_digest", name="uq_invitations_token_digest"),
    )
    op.create_index("ix_invitations_user_id", "invitations", ["user_id"])
    op.create_table(
        "sessions",
        sa.Column("token_digest", sa.String(), nullable=False),
        _belongs_to("sessions", "user_id", "users"),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("token_digest", name="pk_sessions"),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])
    op.create_table(
        "access_log",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=True),
        sa.Column("management_unit", sa.String(), nullable=True),
        sa.Column("lease_id", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_access_log"),
    )
    op.create_index("ix_access_log_lease", "access_log", ["landlord_id", "lease_id"])


def _keep_decisions_taken_back() -> None:
    """Until now a decision taken back was deleted: those that are there all stand, without a reason or an instant."""
    with op.batch_alter_table("decisions") as batch:
        batch.add_column(sa.Column("reason", sa.String(), nullable=True))
        batch.add_column(sa.Column("paused_until", sa.Date(), nullable=True))
        batch.add_column(sa.Column("decided_at", INSTANT, nullable=True))
        batch.add_column(sa.Column("undone_at", INSTANT, nullable=True))
        batch.add_column(sa.Column("undone_by", sa.String(), nullable=True))
        batch.drop_constraint(ONE_A_ROW, type_="unique")
        batch.drop_index("ix_decisions_landlord_id")
    stands = sa.text("undone_at IS NULL")
    op.create_index("uq_decisions_standing", "decisions", STANDING, unique=True, sqlite_where=stands, postgresql_where=stands)
    op.create_index("ix_decisions_lease", "decisions", ["landlord_id", "lease_id"])


def _forget_decisions_taken_back() -> None:
    """One decision a row is all the former form can hold."""
    op.execute("DELETE FROM decisions WHERE undone_at IS NOT NULL")
    op.drop_index("ix_decisions_lease", table_name="decisions")
    op.drop_index("uq_decisions_standing", table_name="decisions")
    with op.batch_alter_table("decisions") as batch:
        for column in ("undone_by", "undone_at", "decided_at", "paused_until", "reason"):
            batch.drop_column(column)
        batch.create_unique_constraint(ONE_A_ROW, STANDING)
        batch.create_index("ix_decisions_landlord_id", ["landlord_id"])


def _create_casework() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("management_unit", sa.String(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("approved_at", INSTANT, nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sa.UniqueConstraint("landlord_id", "week", "management_unit", name="uq_reviews_landlord_id_week_management_unit"),
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("readings", "review_id", "reviews"),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.UniqueConstraint("review_id", "lease_id", "account", name="uq_readings_review_id_lease_id_account"),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("management_unit", sa.String(), nullable=False),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        _belongs_to("cases", "decision_id", "decisions", nullable=True, ondelete="SET NULL"),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("assigned_to", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("end", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
    )
    op.create_index("ix_cases_unit", "cases", ["landlord_id", "management_unit", "closed_on"])
    op.create_index("ix_cases_lease_id", "cases", ["lease_id"])
    op.create_index("ix_cases_decision_id", "cases", ["decision_id"])
    op.create_table(
        "capacities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("management_unit", sa.String(), nullable=False),
        sa.Column("rows_a_week", sa.Integer(), nullable=False),
        sa.Column("reviewer_minutes", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_capacities"),
        sa.UniqueConstraint(
            "landlord_id", "management_unit", "from_on", name="uq_capacities_landlord_id_management_unit_from_on"
        ),
    )


def _create_rights() -> None:
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("objected_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_objections"),
    )
    stands = sa.text("lifted_on IS NULL")
    key = ["landlord_id", "lease_id"]
    op.create_index("uq_objections_standing", "objections", key, unique=True, sqlite_where=stands, postgresql_where=stands)
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("stated", sa.JSON(), nullable=False),
        sa.Column("claimed", sa.JSON(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
    )
    op.create_index("ix_corrections_lease", "corrections", key)
    op.create_table(
        "removals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("removed_at", INSTANT, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("store", sa.String(), nullable=False),
        sa.Column("before_on", sa.Date(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_removals"),
    )
    op.create_index("ix_removals_landlord_id", "removals", ["landlord_id"])


def _create_households() -> None:
    op.create_index("ix_list_rows_lease_id", "list_rows", ["lease_id"])
    op.create_table(
        "household_files",
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("household_files", "list_id", "weekly_lists"),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("series", sa.JSON(), nullable=False),
        sa.Column("timeline", sa.JSON(), nullable=False),
        sa.Column("balances", sa.JSON(), nullable=False),
        sa.Column("waterfall", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_household_files"),
        sa.UniqueConstraint("list_id", "lease_id", name="uq_household_files_list_id_lease_id"),
    )
    op.create_table(
        "households",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord_id", sa.String(), nullable=False),
        sa.Column("lease_id", sa.String(), nullable=False),
        sa.Column("household_id", sa.String(), nullable=False),
        sa.Column("management_unit", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_households"),
        sa.UniqueConstraint("landlord_id", "lease_id", name="uq_households_landlord_id_lease_id"),
    )
    op.create_index("ix_households_unit", "households", ["landlord_id", "management_unit"])


def _belongs_to(table: str, column: str, owner: str, *, nullable: bool = False, ondelete: str = "CASCADE") -> sa.Column[int]:
    foreign = sa.ForeignKey(f"{owner}.id", name=f"fk_{table}_{column}_{owner}", ondelete=ondelete)
    return sa.Column(column, sa.Integer(), foreign, nullable=nullable)
