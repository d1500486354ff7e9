"""The register's tables, by topic. Keys are pseudonymous; no household is named, no free text but the note of an approval."""

from riskmodel.register.models.access import AccessEntry, Grant, Invitation, Organisation, Session, User
from riskmodel.register.models.casework import Capacity, Case, Decision, Reading, Review
from riskmodel.register.models.ccapex import Attendance, CommissionCase, CommissionSession, Opinion
from riskmodel.register.models.foundation import Base
from riskmodel.register.models.intake import DeliveryRow, Run
from riskmodel.register.models.law import LegalDeadline, LegalNight, LegalSituation, StatutoryRow
from riskmodel.register.models.lists import DrawnRow, Household, HouseholdFile, ListRow, WeeklyList
from riskmodel.register.models.people import Correction, Objection, Removal
from riskmodel.register.models.referrals import (
    ApiToken,
    Convention,
    FundingLine,
    GateCheck,
    Measure,
    Notice,
    Referral,
    SharedOut,
    Signature,
    StepReport,
    Transition,
    Worker,
)
from riskmodel.register.models.tables import PointsTableRow, TrackRecord

__all__ = [
    "AccessEntry",
    "ApiToken",
    "Attendance",
    "Base",
    "Capacity",
    "Case",
    "CommissionCase",
    "CommissionSession",
    "Convention",
    "Correction",
    "Decision",
    "DeliveryRow",
    "DrawnRow",
    "FundingLine",
    "GateCheck",
    "Grant",
    "Household",
    "HouseholdFile",
    "Invitation",
    "LegalDeadline",
    "LegalNight",
    "LegalSituation",
    "ListRow",
    "Measure",
    "Notice",
    "Objection",
    "Opinion",
    "Organisation",
    "PointsTableRow",
    "Reading",
    "Referral",
    "Removal",
    "Review",
    "Run",
    "Session",
    "SharedOut",
    "Signature",
    "StatutoryRow",
    "StepReport",
    "TrackRecord",
    "Transition",
    "User",
    "WeeklyList",
    "Worker",
]
