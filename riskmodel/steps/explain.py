"""One household's scores explained: points, the dated rows behind each, what would have removed the flag, and the picture."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from riskmodel import explain as room
from riskmodel import features, people
from riskmodel.errors import NothingKnown
from riskmodel.explain import Removal
from riskmodel.lake import Source
from riskmodel.people import corrections
from riskmodel.register import open_register
from riskmodel.score import PublishedTable, reasons
from riskmodel.settings import Settings, landlord
from riskmodel.steps.approved import in_force
from riskmodel.steps.source import source
from riskmodel.steps.weekly_list import folder_name


@dataclass(frozen=True)
class Explanation:
    """One score of one household: `reasons` are those of the list, `evidence` the dated rows by input, `picture` the SVG."""

    table: PublishedTable
    reasons: list[dict[str, Any]]
    evidence: dict[str, tuple[str, ...]]
    removal: Removal
    picture: Path


def explain(settings: Settings, landlord_id: str, as_of: date, lease_id: str) -> list[Explanation]:
    """Both scores of a household on `as_of`, each with its picture written under the landlord's outputs.

    A disputed fact is unknown, and nothing is said of what would have removed the flag. Raises NothingKnown when the lease is not
    in force, or when the household may not be scored (objection, estate).
    """
    known, _ = source(settings, landlord_id, as_of)
    account = features.read_account(known, as_of, lease_id).features
    _refuse_unscored(known, as_of, lease_id)
    disputed, contested = _disputed(settings, landlord_id, as_of, lease_id)
    row = account | dict.fromkeys(disputed)
    folder = settings.outputs / landlord_id / "explications" / as_of.isoformat()
    note = "Données synthétiques : aucun ménage réel." if landlord(settings, landlord_id).is_synthetic else ""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for table in in_force(settings, landlord_id, as_of).values():
        picture = folder / f"{folder_name(lease_id)}-{table.name}.svg"
        picture.write_text(room.waterfall(table, row, note), encoding="utf-8")
        evidence = room.evidence(known, as_of, lease_id, table)
        removal = Removal((), False, contested, 0, 0, False) if disputed else room.removal(known, as_of, lease_id, table)
        found.append(Explanation(table, reasons(table, row), evidence, removal, picture))
    return found


def _disputed(settings: Settings, landlord_id: str, as_of: date, lease_id: str) -> tuple[tuple[str, ...], str]:
    """Inputs that the household's open requests make unknown, and the sentence that says so."""
    with open_register(settings.register_url)() as session:
        inputs = corrections.neutralised(session, landlord_id, as_of).get(lease_id, ())
        return inputs, corrections.sentences(session, landlord_id, as_of).get(lease_id, "")


def _refuse_unscored(known: Source, as_of: date, lease_id: str) -> None:
    rights = people.rights(known, as_of).set_index("lease_id")
    if lease_id in rights.index and rights.loc[lease_id, ["has_objected", "is_deceased"]].any():
        raise NothingKnown(
            f"Bail {lease_id} : opposition au profilage ou succession, aucun score n'est calculé. Son compte se lit avec "
            "« riskmodel features explain »."
        )
