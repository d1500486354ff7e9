"""A list as files to work in, and an edited workbook read back: shown beside what is recorded before anything changes."""

from fastapi import Response

from riskmodel.access.policy import Action
from riskmodel.casework import decisions, returned
from riskmodel.casework.key import ListKey
from riskmodel.casework.returned import Returned
from riskmodel.documents.french import counted
from riskmodel.documents.identity import unit_name
from riskmodel.documents.summary import summary
from riskmodel.documents.workbook import Answers, workbook
from riskmodel.errors import DecisionRefused
from riskmodel.steps.weekly_list import folder_name
from riskmodel.web.listing import address, head
from riskmodel.web.routing import XLSX, Asked, PageUnknown, Routes
from riskmodel.weekly.freezing import thaw
from riskmodel.weekly.frozen import FrozenList

routes = Routes()
LIST = "/listes/{landlord_id}/{week}/{unit}"
NO_FILE = "Aucun fichier n'a été déposé. Choisissez le classeur « liste.xlsx » rempli, puis recommencez."


@routes.get(LIST + "/export.xlsx", Action.LIST_EXPORT)
def as_workbook(asked: Asked, landlord_id: str, week: str, unit: str) -> Response:
    """The workbook of Monday morning, with the decisions taken since."""
    key = ListKey(landlord_id, week, unit)
    frozen = _frozen(asked, key)
    answers: Answers = {
        lease_id: {"decision": decided.label, "reason": decided.reason_label, "follow_up": decided.paused_until}
        for lease_id, decided in decisions.standing(asked.session, key).items()
    }
    return asked.download(workbook(frozen, answers), f"liste-{_name(key)}.xlsx", XLSX)


@routes.get(LIST + "/export.pdf", Action.LIST_EXPORT)
def as_paper(asked: Asked, landlord_id: str, week: str, unit: str) -> Response:
    """The page of Monday morning."""
    key = ListKey(landlord_id, week, unit)
    return asked.download(summary(_frozen(asked, key)), f"synthese-{_name(key)}.pdf", "application/pdf")


@routes.get(LIST + "/import", Action.LIST_IMPORT)
def choose(asked: Asked, landlord_id: str, week: str, unit: str) -> Response:
    """Where a workbook is dropped."""
    return _page(asked, ListKey(landlord_id, week, unit), None)


@routes.post(LIST + "/import", Action.LIST_IMPORT)
def compare(asked: Asked, landlord_id: str, week: str, unit: str) -> Response:
    """What an edited workbook would change; nothing is written."""
    key = ListKey(landlord_id, week, unit)
    dropped = asked.files.get("classeur")
    content = dropped.file.read() if dropped else b""
    if not content:
        return _page(asked, key, None, fault=NO_FILE, status=422)
    try:
        return _page(asked, key, returned.compare(asked.session, key, content))
    except DecisionRefused as refused:
        return _page(asked, key, None, fault=str(refused), status=422)


@routes.post(LIST + "/import/appliquer", Action.LIST_IMPORT)
def apply(asked: Asked, landlord_id: str, week: str, unit: str) -> Response:
    """Record the new answers, and the contradictions that somebody chose to replace; nothing when anybody decided since."""
    key = ListKey(landlord_id, week, unit)
    found = returned.unpacked(asked.session, key, asked.form.get("reponses", ""))
    accepted = {conflict.answer.lease_id for conflict in found.conflicts} & set(asked.several.get("remplacer", ()))
    recorded = returned.apply(asked.session, key, found, accepted, asked.viewer.account, asked.now)
    said = f"{counted(recorded, 'décision enregistrée', 'décisions enregistrées')} depuis le classeur."
    left = len(found.conflicts) - len(accepted)
    kept = f" {counted(left, 'décision différente est restée', 'décisions différentes sont restées')} comme ici." if left else ""
    return asked.go(address(key), said + kept)


def _page(asked: Asked, key: ListKey, found: Returned | None, fault: str = "", status: int = 200) -> Response:
    known = head(asked.session, key)
    if known is None:
        raise PageUnknown(f"Aucune liste figée pour {key.management_unit}, semaine {key.week}.")
    return asked.page(
        "lists/import.html",
        status,
        key=key,
        base=address(key),
        frozen=known[1],
        unit_name=unit_name(known[1]),
        found=found,
        packed=returned.packed(found) if found else "",
        fault=fault,
    )


def _frozen(asked: Asked, key: ListKey) -> FrozenList:
    frozen = thaw(asked.session, key.landlord_id, key.management_unit, key.week)
    if frozen is None:
        raise PageUnknown(f"Aucune liste figée pour {key.management_unit}, semaine {key.week}.")
    return frozen


def _name(key: ListKey) -> str:
    return f"{folder_name(key.management_unit)}-{key.week}"
