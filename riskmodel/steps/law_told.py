"""Rows of a night of the law (models/law.py) as the lines and reports that people read, whether just made or read back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from riskmodel.contracts.benefits import BENEFIT_KINDS, PAID_TO, STATES
from riskmodel.documents.caf_reports import Report
from riskmodel.documents.statutory import COMING, URGENT, Line
from riskmodel.law.findings import TO_CONFIRM

Values = Mapping[str, Any]
SOON = timedelta(weeks=6)
"""How far ahead deadlines are told."""


def lines(situations: Sequence[Values], deadlines: Iterable[Values], lists: Iterable[Values], today: date) -> tuple[Line, ...]:
    """Urgencies, then every statutory list, then the deadlines of the next weeks whose act is not done."""
    owed = {row["lease_id"]: row["legal_cents"] for row in situations}
    pressing = sorted((row for row in situations if row["urgency_rank"]), key=lambda row: row["urgency_rank"])
    coming = sorted((row for row in deadlines if is_coming(row, today)), key=lambda row: (row["due_on"], row["lease_id"]))
    return (
        *(urgent(row) for row in pressing),
        *(listed(row) for row in lists),
        *(deadline(row, owed[row["lease_id"]]) for row in coming),
    )


def is_coming(row: Values, today: date) -> bool:
    """Whether a deadline is of the next weeks, and what it waits for not done."""
    return row["done_on"] is None and row["due_on"] is not None and today <= row["due_on"] <= today + SOON


def urgent(row: Values) -> Line:
    """The most pressing right of a situation that has one at stake."""
    first = row["rights"][0]
    return _line(URGENT, row, row["urgency_on"], row["legal_cents"], row["urgency_text"], first)


def listed(row: Values) -> Line:
    """A line of a statutory list."""
    return _line(row["list_code"], row, row["due_on"], row["legal_cents"], row["why"], row)


def deadline(row: Values, legal_cents: int) -> Line:
    """A deadline, of a lease that owes so much."""
    return _line(COMING, row, row["due_on"], legal_cents, f"{row['text']} {row['explained']}", row)


def _line(code: str, row: Values, on: date | None, legal_cents: int, why: str, rule: Values) -> Line:
    return Line(code, row["management_unit"], row["lease_id"], on, legal_cents, why, rule["reference"], rule["to_confirm"])


def reports(situations: Iterable[Values], lists: Iterable[Values]) -> list[Report]:
    """Arrears to report to the CAF or MSA, in the order of their list."""
    known = {row["lease_id"]: row for row in situations}
    return [_report(row, known[row["lease_id"]]) for row in lists if row["list_code"] == "caf_report"]


def _report(row: Values, situation: Values) -> Report:
    """Arrears are only constituted of a lease that has a term due and a right to benefit."""
    term, benefit, found = situation["facts"]["term"], situation["facts"]["benefit"], situation["constitution"]
    return Report(
        management_unit=row["management_unit"],
        lease_id=row["lease_id"],
        benefit=BENEFIT_KINDS[benefit["kind"]],
        benefit_cents=benefit["amount"],
        paid_to=PAID_TO[benefit["paid_to"]],
        state=STATES[benefit["state"]],
        term_on=date.fromisoformat(term["due_on"]),
        rent_cents=term["rent"],
        charges_cents=term["charges"],
        supplement_cents=term["supplement"],
        reduction_cents=term["reduction"],
        legal_cents=situation["legal_cents"],
        claimable_cents=situation["claimable_cents"],
        first_default_on=situation["first_default_on"],
        constituted_on=date.fromisoformat(found["on"]) if found["on"] else None,
        rule=found["reference"],
        due_on=row["due_on"],
        doubt=TO_CONFIRM if row["to_confirm"] or found["to_confirm"] else "",
    )
