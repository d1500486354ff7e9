"""The ladder: which schemes fit a household, which do not and why, what to ask it first; and its proposal to one of them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from fastapi import Response

from riskmodel.access.policy import Action
from riskmodel.casework import cases
from riskmodel.errors import MoveRefused
from riskmodel.referrals import reading
from riskmodel.schemes import FACTS, Fact, Rung
from riskmodel.steps import orienting
from riskmodel.web.moves_form import LONGEST_NUMBER
from riskmodel.web.referrals import UNIT, address
from riskmodel.web.routing import Asked, PageUnknown, Routes

routes = Routes()
PROPOSAL = UNIT + "/nouvelle/{lease_id}"
CANDIDATE = UNIT + "/candidat"
ANSWER = "reponse_"
"""Before the code of a fact, the name of the field that answers it."""
YES_OR_NO = {"oui": True, "non": False}


@routes.get(PROPOSAL, Action.REFERRAL_ACT)
def ladder(asked: Asked, landlord_id: str, unit: str, lease_id: str, dossier: int | None = None) -> Response:
    """The ladder of a listed household, from a case or not."""
    return _household(asked, landlord_id, unit, lease_id, dossier)


@routes.post(PROPOSAL, Action.REFERRAL_ACT)
def propose(asked: Asked, landlord_id: str, unit: str, lease_id: str) -> Response:
    """The ladder again with what was answered; or the household proposed to the scheme that was chosen."""
    number = asked.form.get("dossier", "")
    case_id = int(number) if number.isdecimal() and len(number) <= LONGEST_NUMBER else None

    def proposed(scheme: str) -> int:
        case = _case(asked, landlord_id, lease_id, case_id)
        said = _said(asked) | {"case_id": case.case_id if case else None}
        return orienting.propose(asked.session, asked.settings, landlord_id, lease_id, scheme, **said)

    return _chosen(asked, proposed, lambda fault: _household(asked, landlord_id, unit, lease_id, case_id, fault))


@routes.get(CANDIDATE, Action.REFERRAL_ACT)
def candidate_ladder(asked: Asked, landlord_id: str, unit: str) -> Response:
    """The ladder of somebody who asks for a dwelling."""
    return _candidate(asked, landlord_id, unit)


@routes.post(CANDIDATE, Action.REFERRAL_ACT)
def propose_candidate(asked: Asked, landlord_id: str, unit: str) -> Response:
    """The ladder again with what was answered; or the candidate proposed to the scheme that was chosen."""

    def proposed(scheme: str) -> int:
        reference = asked.form.get("reference", "").strip()
        return orienting.propose_candidate(asked.session, asked.settings, landlord_id, unit, reference, scheme, **_said(asked))

    return _chosen(asked, proposed, lambda fault: _candidate(asked, landlord_id, unit, fault))


def proposal_address(landlord_id: str, unit: str, lease_id: str) -> str:
    """Where the ladder of a household is."""
    return "/orientations/" + "/".join(quote(part, safe="") for part in (landlord_id, unit, "nouvelle", lease_id))


def _chosen(asked: Asked, propose: Callable[[str], int], again: Callable[[str], Response]) -> Response:
    """The new referral when a scheme was chosen; `again` with what stands in the way, or with nothing when none was chosen."""
    scheme = asked.form.get("dispositif", "")
    if not scheme:
        return again("")
    try:
        number = propose(scheme)
    except MoveRefused as refused:
        return again(str(refused))
    head = reading.head(asked.session, number)
    if head is None:
        raise PageUnknown(f"Orientation n° {number} : inconnue. Rouvrez la page des orientations.")
    return asked.go(address(head), f"Orientation n° {number} proposée : vérifiez-la, puis validez-la.")


def _said(asked: Asked) -> dict[str, Any]:
    return {"declared": _answers(asked), "by": asked.viewer.account, "now": asked.now}


def _household(asked: Asked, landlord_id: str, unit: str, lease_id: str, case_id: int | None, fault: str = "") -> Response:
    rungs = orienting.ladder_of(asked.session, asked.settings, landlord_id, lease_id, _answers(asked))
    open_ones = {head.scheme: head for head in reading.of_lease(asked.session, landlord_id, lease_id) if head.closed_on is None}
    here = {"here": proposal_address(landlord_id, unit, lease_id), "landlord_id": landlord_id, "lease_id": lease_id}
    case = _case(asked, landlord_id, lease_id, case_id)
    return _page(
        asked, rungs, fault, **here, unit=unit, case=case, under_way={code: address(one) for code, one in open_ones.items()}
    )


def _candidate(asked: Asked, landlord_id: str, unit: str, fault: str = "") -> Response:
    rungs = orienting.candidate_ladder(asked.settings, landlord_id, _answers(asked), asked.today)
    here = f"/orientations/{quote(landlord_id, safe='')}/{quote(unit, safe='')}/candidat"
    reference = asked.form.get("reference", "")
    return _page(asked, rungs, fault, here=here, landlord_id=landlord_id, unit=unit, lease_id=None, case=None, under_way={},
                 reference=reference)  # fmt: skip


def _page(asked: Asked, rungs: tuple[Rung, ...], fault: str, **values: Any) -> Response:
    answered = _answers(asked)
    return asked.page(
        "referrals/ladder.html",
        409 if fault else 200,
        rungs=rungs,
        questions=_questions(rungs, answered),
        answered={code: asked.form.get(ANSWER + code, "") for code in FACTS},
        fault=fault,
        facts=FACTS,
        prefix=ANSWER,
        **{"reference": "", **values},
    )


def _questions(rungs: Iterable[Rung], answered: Mapping[str, Any]) -> list[Fact]:
    """What only the household or a reviewer can say, where a scheme that is not ruled out reads it, and what was answered."""
    open_ones = [rung.scheme for rung in rungs if rung.outcome != "unmet"]
    read = {way.fact for scheme in open_ones for one in scheme.conditions for way in (one, *one.alternatives)}
    return [fact for code, fact in FACTS.items() if fact.is_declared and (code in read or code in answered)]


def _answers(asked: Asked) -> dict[str, Any]:
    """What the form answers; a question left to « ne sait pas » is not answered, and nothing outside the closed lists is read."""
    given = {code: asked.form.get(ANSWER + code, "") for code, fact in FACTS.items() if fact.is_declared}
    values = {code: YES_OR_NO.get(text) if FACTS[code].kind == "bool" else text for code, text in given.items() if text}
    return {code: value for code, value in values.items() if FACTS[code].admits(value)}


def _case(asked: Asked, landlord_id: str, lease_id: str, case_id: int | None) -> cases.CaseView | None:
    """The case from which a household is proposed: one of its own, or none at all."""
    case = cases.find(asked.session, case_id, asked.today) if case_id is not None else None
    if case is None:
        return None
    if (case.landlord_id, case.lease_id) != (landlord_id, lease_id):
        raise PageUnknown("Ce dossier n'est pas celui de ce ménage. Rouvrez la page des dossiers.")
    return case
