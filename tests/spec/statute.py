"""Drawn cases of the law: one text file a case, with the article beside it, for a jurist to read, correct and add to.

The head says the day, the debt and the benefit; drawn tables say terms, month ends, acts, plans and overindebtedness; « attendu »
says in full what the law is expected to say that day: nothing more and nothing less.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from riskmodel.contracts.overindebtedness import OVERINDEBTEDNESS_STEPS
from riskmodel.contracts.plans import END_REASONS, FRAMEWORKS
from riskmodel.contracts.procedures import STEPS
from riskmodel.law import Act, Balance, Benefit, Lease, Plan, Stage, Term
from tests.spec.drawing import Cells, cells_of, cents

FOLDER = Path(__file__).parent / "droit"
CASES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
_STATES = {"": "open", "suspendu": "suspended", "fini": "ended"}


def lease_of(case: Mapping[str, Any]) -> Lease:
    """The drawn lease of a case."""
    signed_on = case.get("bail", date(2015, 3, 1))
    resumed = {"repris": (100, 0), "non repris": (40, 2)}.get(case.get("loyer_courant", ""), (None, None))
    return Lease(
        lease_id="B1",
        management_unit="UG1",
        signed_on=signed_on,
        start_on=signed_on,
        terminated_on=None,
        occupancy="tenant",
        terms=tuple(_term(cells) for cells in _cells(case, "termes")),
        legal_cents=cents(case["dette"]),
        frozen_cents=cents(case.get("gel", "0")),
        benefit=_benefit(case["aide"]) if "aide" in case else None,
        acts=tuple(_act(cells) for cells in _cells(case, "actes")),
        plans=tuple(_plan(cells) for cells in _cells(case, "plans")),
        overindebtedness=tuple(
            Stage(_code(OVERINDEBTEDNESS_STEPS, c["étape"]), _day(c["le"])) for c in _cells(case, "surendettement")
        ),
        paid_share_3=resumed[0],
        unpaid_terms_3=resumed[1],
        balances=tuple(Balance(_day(c["fin de mois"]), cents(c["dette"])) for c in _cells(case, "soldes")),
    )


def table(text: str) -> list[tuple[str, ...]]:
    """The lines of an expected table, without its titles; a label may say « à », which repeats nothing here."""
    return [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in text.strip().splitlines()[1:]]


def _cells(case: Mapping[str, Any], name: str) -> Iterator[Cells]:
    return cells_of(case[name]) if name in case else iter(())


def _code(labels: Mapping[str, str], label: str) -> str:
    return next(code for code, known in labels.items() if known == label)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _term(cells: Cells) -> Term:
    amounts = [cents(cells.get(name) or "0") for name in ("loyer", "charges", "SLS", "RLS", "aide", "reste dû")]
    return Term(_day(cells["échéance"]), *amounts)


def _benefit(said: Mapping[str, str]) -> Benefit:
    paid_to = {"bailleur": "landlord", "locataire": "tenant"}[said["vers"]]
    return Benefit("apl", cents(said["montant"]), paid_to, _STATES[said.get("droit", "")])


def _act(cells: Cells) -> Act:
    hearing = cells.get("audience")
    return Act(_code(STEPS, cells["étape"]), _day(cells["le"]), None, _day(hearing) if hearing else None)


def _plan(cells: Cells) -> Plan:
    ended, reason = cells.get("fini"), cells.get("motif")
    return Plan(
        framework=_code(FRAMEWORKS, cells["cadre"]),
        signed_on=_day(cells["signé"]),
        first_due_on=_day(cells["première"]),
        instalment_cents=cents(cells["échéance"]),
        instalments=int(cells["nombre"]),
        ended_on=_day(ended) if ended else None,
        end_reason=_code(END_REASONS, reason) if reason else None,
        missed=int(cells.get("manquées") or 0),
    )
