"""Droits: objections and requests for correction, a household's letter, its complete file, and who read about it."""

import re
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from fastapi import Response

from riskmodel.access import log
from riskmodel.access.policy import ACTION_LABELS, Action, Place, may, places
from riskmodel.documents import letter as letters
from riskmodel.documents import person
from riskmodel.errors import DecisionRefused
from riskmodel.people import corrections, objections
from riskmodel.people.appearances import stated
from riskmodel.people.corrections import OUTCOMES, Request
from riskmodel.people.facts import facts
from riskmodel.people.objections import Heard
from riskmodel.register import households
from riskmodel.steps import people
from riskmodel.steps.orienting import recalled
from riskmodel.web.routing import Asked, Routes

routes = Routes()
HOUSEHOLD = "/droits/{landlord_id}/{lease_id}"
RESULTS = {"ok": "fait", "denied": "refusé : sans droit", "refused": "refusé"}


@routes.get("/droits", Action.RIGHT_VIEW)
def everywhere(asked: Asked, bail: str = "") -> Response:
    """What stands wherever the viewer has a say, and the search of a household."""
    where = sorted({place.landlord_id for place in places(asked.viewer, Action.RIGHT_VIEW) if place.landlord_id})
    return _index(asked, where, bail)


@routes.get("/droits/{landlord_id}", Action.RIGHT_VIEW)
def of_landlord(asked: Asked, landlord_id: str, bail: str = "") -> Response:
    """The same for one landlord."""
    return _index(asked, [landlord_id], bail)


@routes.get(HOUSEHOLD, Action.RIGHT_VIEW)
def household(asked: Asked, landlord_id: str, lease_id: str) -> Response:
    """One household's rights: what stands, what was said before, and what can be done."""
    heard = objections.history(asked.session, landlord_id, lease_id)
    requests = corrections.history(asked.session, landlord_id, lease_id)
    place = _place(asked, landlord_id, lease_id)
    return asked.page(
        "rights/household.html",
        landlord_id=landlord_id,
        lease_id=lease_id,
        standing=next((said for said in heard if said.lifted_on is None), None),
        heard=[said for said in heard if said.lifted_on],
        open_requests=[request for request in requests if request.outcome is None],
        settled=[request for request in requests if request.outcome],
        facts=facts(),
        outcomes=OUTCOMES,
        own_act=lambda act, day: act.recorded_by == asked.viewer.account and day == asked.today,
        may={action.value: may(asked.viewer, action, place) for action in Action},
    )


@routes.post(f"{HOUSEHOLD}/opposition", Action.RIGHT_RECORD)
def object_(asked: Asked, landlord_id: str, lease_id: str) -> Response:
    """Record that the household objects."""
    day = _day(asked.form.get("jour", "")) or asked.today
    is_new = objections.record(asked.session, landlord_id, lease_id, day, asked.viewer.account, asked.now)
    if is_new:
        recalled(asked.session, asked.settings, landlord_id, lease_id, "objection", asked.viewer.account, asked.now)
    told = "Opposition enregistrée. Le ménage sort des scores dès cette nuit ; ses lignes de score sont masquées dès maintenant."
    return _back(asked, landlord_id, lease_id, told if is_new else "Une opposition est déjà enregistrée pour ce ménage.")


@routes.post(f"{HOUSEHOLD}/opposition/annuler", Action.RIGHT_RECORD)
def unsay(asked: Asked, landlord_id: str, lease_id: str) -> Response:
    """Take back an objection that one recorded oneself today, by mistake."""
    own = [said for said in objections.history(asked.session, landlord_id, lease_id) if _is_own(asked, said)]
    if not own:
        raise DecisionRefused("Cette opposition n'est pas de vous ou n'est pas d'aujourd'hui : le responsable peut la lever.")
    objections.lift(asked.session, landlord_id, lease_id, asked.viewer.account, asked.now)
    return _back(asked, landlord_id, lease_id, "Opposition annulée : elle avait été enregistrée par erreur.")


@routes.post(f"{HOUSEHOLD}/opposition/lever", Action.RIGHT_SETTLE)
def lift(asked: Asked, landlord_id: str, lease_id: str) -> Response:
    """End an objection because the household asked for it."""
    was = objections.lift(asked.session, landlord_id, lease_id, asked.viewer.account, asked.now)
    told = "Opposition levée : le ménage revient dans les scores dès cette nuit." if was else "Aucune opposition à lever."
    return _back(asked, landlord_id, lease_id, told)


@routes.post(f"{HOUSEHOLD}/correction", Action.RIGHT_RECORD)
def contest(asked: Asked, landlord_id: str, lease_id: str) -> Response:
    """Record that the household says a fact is wrong."""
    fact = asked.form.get("fait", "")
    inputs = facts()[fact].inputs if fact in facts() else ()
    said = stated(asked.session, landlord_id, lease_id, inputs)
    by, now = asked.viewer.account, asked.now
    corrections.open_one(asked.session, landlord_id, lease_id, fact, claimed=_claimed(asked), stated=said, by=by, now=now)
    recalled(asked.session, asked.settings, landlord_id, lease_id, "correction", by, now)
    told = "Demande enregistrée." + (" Le fait ne compte plus dans le score dès cette nuit." if inputs else "")
    return _back(asked, landlord_id, lease_id, told)


@routes.post(f"{HOUSEHOLD}/correction/{{number}}/retirer", Action.RIGHT_RECORD)
def withdraw(asked: Asked, landlord_id: str, lease_id: str, number: int) -> Response:
    """End a request because the household takes it back, or because it was recorded by mistake."""
    return _settled(asked, landlord_id, lease_id, number, "withdrawn")


@routes.post(f"{HOUSEHOLD}/correction/{{number}}/trancher", Action.RIGHT_SETTLE)
def settle(asked: Asked, landlord_id: str, lease_id: str, number: int) -> Response:
    """End a request with what the check found."""
    return _settled(asked, landlord_id, lease_id, number, asked.form.get("issue", ""))


@routes.get(f"{HOUSEHOLD}/lettre", Action.LETTER)
def page_for_household(asked: Asked, landlord_id: str, lease_id: str) -> Response:
    """What the household may read of itself, without name or address."""
    told = people.letter(asked.settings, landlord_id, lease_id, asked.today, is_named=False)
    return asked.page("rights/letter.html", landlord_id=landlord_id, lease_id=lease_id, letter=letters.plain(told))


@routes.get(f"{HOUSEHOLD}/lettre.pdf", Action.LETTER)
def letter(asked: Asked, landlord_id: str, lease_id: str) -> Response:
    """The same as a letter that can be posted."""
    told = people.letter(asked.settings, landlord_id, lease_id, asked.today, is_named=True)
    return asked.download(letters.pdf(told), f"lettre-{_file_name(lease_id)}.pdf", "application/pdf")


@routes.get(f"{HOUSEHOLD}/dossier.pdf", Action.PERSON_FILE)
def person_pdf(asked: Asked, landlord_id: str, lease_id: str) -> Response:
    """Everything held about a household, to be read."""
    file = people.person_file(asked.settings, landlord_id, lease_id, asked.now)
    return asked.download(person.pdf(file), f"dossier-{_file_name(lease_id)}.pdf", "application/pdf")


@routes.get(f"{HOUSEHOLD}/dossier.json", Action.PERSON_FILE)
def person_json(asked: Asked, landlord_id: str, lease_id: str) -> Response:
    """The same for a machine."""
    file = people.person_file(asked.settings, landlord_id, lease_id, asked.now)
    return asked.download(person.as_json(file), f"dossier-{_file_name(lease_id)}.json", "application/json")


@routes.get(f"{HOUSEHOLD}/journal", Action.HOUSEHOLD_LOG)
def journal(asked: Asked, landlord_id: str, lease_id: str) -> Response:
    """Who read or did what about a household."""
    entries = log.of_lease(asked.session, landlord_id, lease_id)
    actions = {action.value: label for action, label in ACTION_LABELS.items()}
    return asked.page(
        "rights/log.html", landlord_id=landlord_id, lease_id=lease_id, entries=entries, actions=actions, results=RESULTS
    )


def _file_name(lease_id: str) -> str:
    """A lease's identifier as part of a file's name on any system."""
    return re.sub(r"[^\w.-]", "-", lease_id)


def _index(asked: Asked, landlord_ids: list[str], bail: str) -> Response:
    wanted = bail.strip()
    found = [landlord_id for landlord_id in landlord_ids if wanted and _may_open(asked, landlord_id, wanted)]
    if len(found) == 1:
        return asked.go(_address(found[0], wanted))
    standing = [_standing(asked, landlord_id) for landlord_id in landlord_ids]
    return asked.page("rights/index.html", wanted=wanted, found=found, standing=standing)


def _standing(asked: Asked, landlord_id: str) -> dict[str, Any]:
    """What is open for the households of a landlord that the viewer follows."""
    heard = objections.open_ones(asked.session, landlord_id, asked.today)
    requests = corrections.standing(asked.session, landlord_id, asked.today)
    leases = {said.lease_id for said in heard} | {request.lease_id for request in requests}
    mine = {lease for lease in leases if _may_open(asked, landlord_id, lease)}
    return {
        "landlord_id": landlord_id,
        "objections": [said for said in heard if said.lease_id in mine],
        "requests": [request for request in requests if request.lease_id in mine],
    }


def _may_open(asked: Asked, landlord_id: str, lease_id: str) -> bool:
    place = _place(asked, landlord_id, lease_id)
    return place.management_unit is not None and may(asked.viewer, Action.RIGHT_VIEW, place)


def _place(asked: Asked, landlord_id: str, lease_id: str) -> Place:
    return Place(landlord_id, households.unit_of(asked.session, landlord_id, lease_id))


def _is_own(asked: Asked, said: Heard) -> bool:
    return said.lifted_on is None and said.recorded_by == asked.viewer.account and said.recorded_on == asked.today


def _settled(asked: Asked, landlord_id: str, lease_id: str, number: int, outcome: str) -> Response:
    mine: list[Request] = corrections.history(asked.session, landlord_id, lease_id)
    if number not in {request.id for request in mine}:
        raise DecisionRefused(f"La demande n° {number} n'est pas de ce ménage. Rouvrez la page de ses droits.")
    request = corrections.settle(asked.session, landlord_id, number, outcome, asked.viewer.account, asked.now)
    return _back(asked, landlord_id, lease_id, f"{request.outcome_label}. Le fait compte de nouveau dès cette nuit.")


def _claimed(asked: Asked) -> dict[str, Any]:
    """What the form says of the household's version; a field left empty says nothing."""
    day, amount = asked.form.get("jour", "").strip(), asked.form.get("montant", "").strip()
    return ({"day": day} if day else {}) | ({"amount_cents": _cents(amount)} if amount else {})


def _cents(text: str) -> int:
    """An amount as people type it: « 412,50 », « 1 412 € »."""
    typed = re.sub(r"\s|€", "", text).replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,2})?", typed):
        example = "Écrivez des euros, deux chiffres au plus après la virgule, par exemple 412,50."
        raise DecisionRefused(f"Montant « {text} » illisible. {example}")
    return int(Decimal(typed) * 100)


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DecisionRefused(f"Jour « {text} » illisible. Écrivez AAAA-MM-JJ, par exemple 2026-11-22.") from None


def _back(asked: Asked, landlord_id: str, lease_id: str, told: str) -> Response:
    return asked.go(_address(landlord_id, lease_id), told)


def _address(landlord_id: str, lease_id: str) -> str:
    return f"/droits/{landlord_id}/{quote(lease_id, safe='')}"
