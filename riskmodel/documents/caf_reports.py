"""signalements-caf-msa.csv: arrears to report to the CAF or MSA. No format of their portals is public: a documented CSV does.

Its columns are explained in docs/echeances.md. No name, no number of allocataire: the landlord's own file joins them by lease.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from riskmodel.documents import cells
from riskmodel.documents.columns import Cell
from riskmodel.documents.french import day
from riskmodel.documents.statutory import csv_bytes

COLUMNS = (
    *("bailleur", "situation_au", "nature", "unite", "bail", "aide", "aide_mensuelle_eur", "aide_versee_a", "etat_aide"),
    *("terme_du", "loyer_eur", "charges_eur", "supplement_eur", "rls_eur", "dette_exigible_eur", "dette_a_payer_eur"),
    *("premier_impaye", "impaye_constitue_le", "regle", "a_signaler_avant", "a_confirmer"),
)


@dataclass(frozen=True)
class Report:
    """One lease to report. Cents; codes of benefits in French; `term_on` is the newest due term, with what it called; the debt is
    told whole and less what overindebtedness forbids to pay. `due_on` is None while nobody can tell the delay."""

    management_unit: str
    lease_id: str
    benefit: str
    benefit_cents: int
    paid_to: str
    state: str
    term_on: date
    rent_cents: int
    charges_cents: int
    supplement_cents: int
    reduction_cents: int
    legal_cents: int
    claimable_cents: int
    first_default_on: date | None
    constituted_on: date | None
    rule: str
    due_on: date | None
    doubt: str


def flat(landlord_id: str, as_of: date, reports: list[Report], *, is_synthetic: bool) -> bytes:
    """The CSV's bytes."""
    head = [cells.safe(landlord_id), day(as_of), "Données synthétiques" if is_synthetic else ""]
    return csv_bytes(COLUMNS, [[*head, *map(cells.flat, _cells(report))] for report in reports])


def _cells(report: Report) -> tuple[Cell, ...]:
    return (
        *(report.management_unit, report.lease_id),
        *(report.benefit, _euros(report.benefit_cents), report.paid_to, report.state),
        *(report.term_on, _euros(report.rent_cents), _euros(report.charges_cents)),
        *(_euros(report.supplement_cents), _euros(report.reduction_cents)),
        *(_euros(report.legal_cents), _euros(report.claimable_cents)),
        *(report.first_default_on, report.constituted_on, report.rule, report.due_on, report.doubt),
    )


def _euros(cents: int) -> Decimal:
    return Decimal(cents) / 100
