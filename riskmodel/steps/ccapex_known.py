"""What is read of a lease for a CCAPEX dossier: its account by month, the law on it, what the lake holds, who lives there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from riskmodel.contracts.tenants import ROLES
from riskmodel.errors import NothingKnown
from riskmodel.features import statements
from riskmodel.features.statements import Statement
from riskmodel.lake import Source
from riskmodel.law import Lease, Situation
from riskmodel.law.situation import situation
from riskmodel.people.held import held
from riskmodel.people.identity import holders
from riskmodel.settings import Landlord, Settings, landlord
from riskmodel.steps import law_facts
from riskmodel.steps.score import read_features
from riskmodel.steps.source import source


@dataclass(frozen=True)
class Known:
    """All that was read of one lease, before it becomes a dossier."""

    declared: Landlord
    as_of: date
    lease: Lease
    situation: Situation
    statement: Statement
    rows: Mapping[str, list[dict[str, Any]]]
    people: Mapping[str, int]


def gather(settings: Settings, landlord_id: str, lease_ids: Iterable[str], as_of: date) -> dict[str, Known]:
    """What is known of these leases at the end of `as_of`, a night whose features were made.

    Raises NothingKnown, naming them, for leases not in force that day, or for a night that was never computed.
    """
    asked = sorted(set(lease_ids))
    known, _ = source(settings, landlord_id, as_of)
    rows = _features(settings, landlord_id, asked, as_of)
    if lost := [lease_id for lease_id in asked if lease_id not in rows]:
        raise NothingKnown(f"Pas de bail en cours au {as_of:%d/%m/%Y} : {', '.join(lost)}. Vérifiez les numéros, ou retirez-les.")
    accounts = {one.lease_id: one for one in statements.read(known, as_of, asked)}
    found = law_facts.leases(known, as_of, {lease_id: rows[lease_id] for lease_id in asked})
    declared = landlord(settings, landlord_id)
    return {one.lease_id: _known(declared, known, as_of, one, accounts[one.lease_id]) for one in found}


def _features(settings: Settings, landlord_id: str, asked: list[str], as_of: date) -> dict[str, dict[str, Any]]:
    path = settings.runs / landlord_id / as_of.isoformat() / "features.parquet"
    if not path.is_file():
        raise NothingKnown(
            f"{landlord_id} : la nuit du {as_of:%d/%m/%Y} n'a pas été calculée ; un dossier se fait sur une nuit faite."
        )
    frame = read_features(path)
    mine = frame[frame["lease_id"].isin(asked)][list(law_facts.READ)]
    plain = mine.astype(object).where(mine.notna(), None)
    names = law_facts.READ
    return {row[0]: dict(zip(names, row, strict=True)) for row in plain.itertuples(index=False, name=None)}


def _known(declared: Landlord, known: Source, as_of: date, lease: Lease, account: Statement) -> Known:
    people, others = holders(known, lease.lease_id, as_of)
    there = [ROLES[one["role"]] for one in people if one["left_on"] is None and one["deceased_on"] is None]
    counts = {role: there.count(role) for role in dict.fromkeys(there)}
    return Known(declared, as_of, lease, situation(lease, as_of), account, held(known, lease.lease_id, as_of), counts | others)
