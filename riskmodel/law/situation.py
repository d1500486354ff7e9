"""A lease before the law on one day: debt, constitution, stage, rights at stake, next deadlines, all from the dated rules."""

from datetime import date

from riskmodel.law.constitution import constitution
from riskmodel.law.deadlines import Question, deadlines
from riskmodel.law.debt import debt
from riskmodel.law.facts import Lease
from riskmodel.law.findings import Situation
from riskmodel.law.procedure import procedure
from riskmodel.law.rights import rights


def situation(lease: Lease, as_of: date) -> Situation:
    """What the law says of a lease on a day. Raises LawUnknown when a rule says nothing of so early a day."""
    owed, file = debt(lease, as_of), procedure(lease, as_of)
    case = Question(lease, as_of, owed, constitution(lease, as_of, owed), file)
    known = deadlines(case)
    return Situation(
        lease_id=lease.lease_id,
        management_unit=lease.management_unit,
        as_of=as_of,
        legal_cents=lease.legal_cents,
        claimable_cents=owed.claimable_cents,
        first_default_on=owed.first_default_on,
        constitution=case.constitution,
        stage=file.stage,
        stage_on=file.stage_on,
        rights=rights(case, known),
        deadlines=known,
        is_suspended_by_overindebtedness=owed.is_suspended,
    )
