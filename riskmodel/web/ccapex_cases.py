"""One household brought to a session: what people answer, the dossier as it would be or as it was frozen, what was said of it."""

from typing import Any
from urllib.parse import quote

from fastapi import Response

from riskmodel.access.policy import Action, Place, may
from riskmodel.ccapex import cases, opinions
from riskmodel.ccapex.cases import CaseView
from riskmodel.ccapex.vocabulary import ASKS, DECLARED, OPINIONS, SEATS, VIEWS
from riskmodel.documents.ccapex import Dossier, missing
from riskmodel.errors import NothingKnown, SessionRefused
from riskmodel.steps import ccapex as steps
from riskmodel.steps.orienting import schemes_of
from riskmodel.web.ccapex import PDF, SESSION, day, find, note
from riskmodel.web.routing import Asked, PageUnknown, Routes

routes = Routes()
CASE = SESSION + "/{unit}/{lease_id}"
JSON = "application/json"


@routes.get(CASE, Action.CCAPEX_VIEW)
def one(asked: Asked, landlord_id: str, session_id: int, unit: str, lease_id: str) -> Response:
    """One case."""
    case = _case(asked, landlord_id, session_id, lease_id)
    held, place = find(asked, landlord_id, session_id), Place(landlord_id, unit)
    said, unknown = _dossier(asked, case)
    return asked.page(
        "ccapex/case.html",
        case=case,
        held=held,
        here=address(case),
        dossier=said,
        unknown=unknown,
        lacks=missing(said) if said else (),
        opinions=[one for one in opinions.of_session(asked.session, session_id, asked.today) if one.case_id == case.case_id],
        kinds=[(code, OPINIONS[code]) for code in opinions.kinds_on(held.held_on)],
        schemes=[(code, scheme.name) for code, scheme in schemes_of(asked.settings, landlord_id).items()],
        vocabulary={"asks": ASKS, "views": VIEWS, "declared": DECLARED, "seats": SEATS},
        may_prepare=may(asked.viewer, Action.CCAPEX_PREPARE, place),
        may_record=may(asked.viewer, Action.CCAPEX_RECORD, place),
        may_refer=may(asked.viewer, Action.REFERRAL_ACT, place),
        may_open=may(asked.viewer, Action.HOUSEHOLD_VIEW, place),
    )


@routes.post(CASE + "/reponses", Action.CCAPEX_PREPARE)
def answer(asked: Asked, landlord_id: str, session_id: int, lease_id: str) -> Response:
    """Keep what is asked, what the household says, what people declare."""
    case = _case(asked, landlord_id, session_id, lease_id)
    declared = {code: text for code in DECLARED if (text := asked.form.get(code))}
    asks, views = asked.several.get("demande", ()), asked.several.get("avis", ())
    cases.answer(asked.session, case.case_id, asks, views, declared, asked.viewer.account, asked.now)
    return asked.go(address(case), "Les réponses sont notées. Relisez le dossier, puis figez-le.")


@routes.post(CASE + "/figer", Action.CCAPEX_PREPARE)
def freeze(asked: Asked, landlord_id: str, session_id: int, lease_id: str) -> Response:
    """Freeze the dossier on the newest night."""
    case = _case(asked, landlord_id, session_id, lease_id)
    steps.freeze(asked.session, asked.settings, [case], asked.viewer.account, asked.now)
    return asked.go(address(case), "Le dossier est figé : il s'imprime tel que vous le lisez.")


@routes.post(CASE + "/place", Action.CCAPEX_PREPARE)
def place(asked: Asked, landlord_id: str, session_id: int, lease_id: str) -> Response:
    """Another rank in the order, off the session, or back on it."""
    case = _case(asked, landlord_id, session_id, lease_id)
    wanted, rank = asked.form.get("geste", ""), asked.form.get("rang", "")
    if wanted == "retirer":
        cases.withdraw(asked.session, case.case_id, asked.viewer.account, asked.now)
        said = f"Le bail {lease_id} est retiré de la séance. Il se remet d'ici."
    elif wanted == "remettre":
        cases.restore(asked.session, case.case_id)
        said = f"Le bail {lease_id} est remis à la séance."
    elif rank.isdecimal() and len(rank) < 5:
        cases.put_at(asked.session, case.case_id, int(rank))
        said = f"Le bail {lease_id} est au rang {rank}."
    else:
        raise SessionRefused(f"Rang « {rank[:10]} » : donnez un nombre, 1 pour le premier.")
    return asked.go(f"/ccapex/{quote(landlord_id, safe='')}/{session_id}", said)


@routes.get(CASE + "/dossier.pdf", Action.CCAPEX_PREPARE)
def as_pdf(asked: Asked, landlord_id: str, session_id: int, lease_id: str) -> Response:
    """The frozen dossier; the household's identity is in it, so the reading is noted."""
    case = _case(asked, landlord_id, session_id, lease_id)
    content = steps.dossier_pdf(asked.settings, case, asked.today)
    note(asked, case)
    return asked.download(content, f"dossier-ccapex-{case.case_id}.pdf", PDF)


@routes.get(CASE + "/dossier.json", Action.CCAPEX_PREPARE)
def as_json(asked: Asked, landlord_id: str, session_id: int, lease_id: str) -> Response:
    """The frozen dossier for another software, without names."""
    case = _case(asked, landlord_id, session_id, lease_id)
    return asked.download(steps.dossier_json(case), f"dossier-ccapex-{case.case_id}.json", JSON)


@routes.post(CASE + "/avis", Action.CCAPEX_RECORD)
def opine(asked: Asked, landlord_id: str, session_id: int, lease_id: str) -> Response:
    """Note what the session said: « nature:contenu », an addressee, a day, a scheme for an orientation."""
    case = _case(asked, landlord_id, session_id, lease_id)
    kind, _, code = asked.form.get("contenu", "").partition(":")
    said: dict[str, Any] = {"by": asked.viewer.account, "now": asked.now, "scheme": asked.form.get("dispositif") or None}
    due_on = day(asked, "echeance")
    opinions.record(asked.session, case.case_id, kind, code, asked.form.get("destinataire", ""), due_on, **said)
    return asked.go(address(case), "C'est noté, et suivi jusqu'à ce que ce soit fait.")


@routes.post(CASE + "/avis/{opinion_id}", Action.CCAPEX_RECORD)
def follow(asked: Asked, landlord_id: str, session_id: int, lease_id: str, opinion_id: int) -> Response:
    """An opinion was followed, was not after all, or was noted by mistake."""
    case = _case(asked, landlord_id, session_id, lease_id)
    known = [one for one in opinions.of_session(asked.session, session_id, asked.today) if one.case_id == case.case_id]
    if opinion_id not in {one.opinion_id for one in known}:
        raise PageUnknown("Cet avis n’est pas de ce dossier.")
    wanted = asked.form.get("suite", "")
    if wanted == "fait":
        opinions.done(asked.session, opinion_id, day(asked, "jour"), asked.viewer.account, asked.now)
    elif wanted == "pas_fait":
        opinions.not_done(asked.session, opinion_id)
    elif wanted == "annuler":
        opinions.undo(asked.session, opinion_id, asked.viewer.account, asked.now)
    else:
        raise SessionRefused("Ce geste n'existe pas. Rechargez le dossier.")
    return asked.go(address(case), "C'est noté.")


def address(case: CaseView) -> str:
    """Where the page of a case is."""
    landlord_id, unit, lease_id = (quote(text, safe="") for text in (case.landlord_id, case.management_unit, case.lease_id))
    return f"/ccapex/{landlord_id}/{case.session_id}/{unit}/{lease_id}"


def _case(asked: Asked, landlord_id: str, session_id: int, lease_id: str) -> CaseView:
    """The household's case at this session, the one that stands first; raises PageUnknown when it was never brought."""
    find(asked, landlord_id, session_id)
    mine = [case for case in cases.of_session(asked.session, session_id) if case.lease_id == lease_id]
    if not mine:
        raise PageUnknown(f"Le bail {lease_id} n’est pas porté à cette séance.")
    return mine[0]


def _dossier(asked: Asked, case: CaseView) -> tuple[Dossier | None, str]:
    """The dossier, or why there is none yet."""
    try:
        return steps.preview(asked.session, asked.settings, case), ""
    except NothingKnown as unknown:
        return None, str(unknown)
