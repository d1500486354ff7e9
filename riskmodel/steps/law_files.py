"""The files of a night of the law: echeances.xlsx, .csv and .html, and signalements-caf-msa.csv, each put in place whole."""

from pathlib import Path

from riskmodel.contracts.benefits import BENEFIT_KINDS, PAID_TO, STATES
from riskmodel.documents import caf_reports, statutory
from riskmodel.documents.caf_reports import Report
from riskmodel.documents.hypertext import html
from riskmodel.documents.statutory import COMING, URGENT, Digest, Line
from riskmodel.law import Deadline, Lease, Right, Row, Situation
from riskmodel.law.findings import TO_CONFIRM
from riskmodel.law.wording import explained
from riskmodel.settings import Settings, landlord
from riskmodel.steps.law_night import Night

FOLDER = "echeances"
"""Under the landlord's outputs; one folder a night, removed with the other outputs when its time has come."""


def write(settings: Settings, landlord_id: str, night: Night) -> Path:
    """Write the night's files aside, rename them, and return their folder; the same night gives the same bytes."""
    declared = landlord(settings, landlord_id)
    told = Digest(landlord_id, declared.name, night.as_of, declared.is_synthetic, lines(night))
    made = {
        "echeances.xlsx": statutory.workbook(told),
        "echeances.csv": statutory.flat(told),
        "echeances.html": html(statutory.page(told)).encode(),
        "signalements-caf-msa.csv": caf_reports.flat(
            landlord_id, night.as_of, reports(night), is_synthetic=declared.is_synthetic
        ),
    }
    folder = settings.outputs / landlord_id / FOLDER / night.as_of.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        aside = folder / f".{name}.part"
        aside.write_bytes(content)
        aside.replace(folder / name)
    return folder


def lines(night: Night) -> tuple[Line, ...]:
    """Urgencies, then every statutory list, then the deadlines of the next weeks."""
    urgent = [_right(one, one.rights[0]) for one, _ in night.urgent]
    listed = [
        Line(row.list, row.management_unit, row.lease_id, row.due_on, row.legal_cents, row.why, row.reference, row.to_confirm)
        for row in night.lists
    ]
    return (*urgent, *listed, *(_deadline(one, deadline) for one, deadline in night.coming))


def _right(one: Situation, right: Right) -> Line:
    owed, reference = one.legal_cents, right.rule.reference
    return Line(URGENT, one.management_unit, one.lease_id, right.on, owed, right.text, reference, right.to_confirm)


def _deadline(one: Situation, deadline: Deadline) -> Line:
    owed, reference, why = one.legal_cents, deadline.rule.reference, explained(deadline)
    return Line(COMING, one.management_unit, one.lease_id, deadline.on, owed, why, reference, deadline.to_confirm)


def reports(night: Night) -> list[Report]:
    """The arrears to report, in the order of their list."""
    known = {lease.lease_id: (lease, one) for lease, one in night.read}
    return [_report(row, *known[row.lease_id]) for row in night.lists if row.list == "caf_report"]


def _report(row: Row, lease: Lease, one: Situation) -> Report:
    """Arrears are only constituted of a lease that has a term due and a right to benefit."""
    term, benefit, found = lease.terms[-1], lease.benefit, one.constitution
    assert benefit is not None
    return Report(
        management_unit=row.management_unit,
        lease_id=row.lease_id,
        benefit=BENEFIT_KINDS[benefit.kind],
        benefit_cents=benefit.amount_cents,
        paid_to=PAID_TO[benefit.paid_to],
        state=STATES[benefit.state],
        term_on=term.due_on,
        rent_cents=term.rent_cents,
        charges_cents=term.charges_cents,
        supplement_cents=term.supplement_cents,
        reduction_cents=term.reduction_cents,
        legal_cents=one.legal_cents,
        claimable_cents=one.claimable_cents,
        first_default_on=one.first_default_on,
        constituted_on=found.on,
        rule=found.rule.reference,
        due_on=row.due_on,
        doubt=TO_CONFIRM if row.to_confirm or found.to_confirm else "",
    )
