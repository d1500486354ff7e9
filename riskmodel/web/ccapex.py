"""CCAPEX: sessions to come and past, what was said there and is still to be done; one session, its cases in order, its files."""

from collections.abc import Callable
from datetime import date
from urllib.parse import quote

from fastapi import Response

from riskmodel.access import log
from riskmodel.access.policy import Action, Place, may, places
from riskmodel.ccapex import cases, opinions, sessions
from riskmodel.ccapex.cases import CaseView
from riskmodel.ccapex.opinions import OpinionView
from riskmodel.ccapex.sessions import SessionView
from riskmodel.ccapex.vocabulary import ASKS, ATTENDANCE, KINDS, ORIGINS, SEATS
from riskmodel.errors import SessionRefused
from riskmodel.steps import ccapex as steps
from riskmodel.web import ccapex_lists
from riskmodel.web.routing import XLSX, Asked, PageUnknown, Routes

routes = Routes()
SESSION = "/ccapex/{landlord_id}/{session_id}"
PDF = "application/pdf"
STATES: dict[str, str] = {
    "cancel": "La séance est annulée. Elle se rétablit d'ici.",
    "restore": "La séance est rétablie.",
    "close": "La séance est close. Elle se rouvre d'ici.",
    "reopen": "La séance est rouverte.",
}
"""What may be done of a whole session, and what is said then."""


@routes.get("/ccapex", Action.CCAPEX_VIEW)
def everywhere(asked: Asked) -> Response:
    """Sessions of the landlords that the viewer follows, and what was said there for their units."""
    mine = places(asked.viewer, Action.CCAPEX_VIEW)
    names = sorted({place.landlord_id for place in mine if place.landlord_id})
    following = [one for one in opinions.following(asked.session, names, asked.today) if _is_mine(mine, one)]
    return asked.page(
        "ccapex/index.html",
        sessions=sessions.of_landlords(asked.session, names, asked.today),
        following=following,
        kinds=KINDS.items(),
        preparing=[(name, asked.pages.landlords[name].name) for name in names if _may(asked, Action.CCAPEX_PREPARE, name)],
        opens={name: _may(asked, Action.CCAPEX_VIEW, name) for name in names},
        filled=asked.form,
    )


@routes.post("/ccapex/{landlord_id}/seances", Action.CCAPEX_PREPARE)
def open_session(asked: Asked, landlord_id: str) -> Response:
    """A new session."""
    held_on, closes_on, kind = day(asked, "seance"), day(asked, "cloture"), asked.form.get("niveau", "")
    number = sessions.open_(asked.session, landlord_id, kind, held_on, closes_on, asked.viewer.account, asked.now)
    return asked.go(address(landlord_id, number), "La séance est ouverte. Choisissez maintenant les ménages.")


@routes.get(SESSION, Action.CCAPEX_VIEW)
def one(asked: Asked, landlord_id: str, session_id: int) -> Response:
    """One session: its cases, what each lacks, who sat, what was said."""
    held = find(asked, landlord_id, session_id)
    brought = cases.of_session(asked.session, session_id)
    return asked.page(
        "ccapex/session.html",
        held=held,
        here=address(landlord_id, session_id),
        standing=[ccapex_lists.line(case) for case in brought if not case.is_withdrawn],
        withdrawn=[case for case in brought if case.is_withdrawn],
        candidates=ccapex_lists.candidates(
            asked.session, landlord_id, {case.lease_id for case in brought if not case.is_withdrawn}
        ),
        origins=ORIGINS,
        asks=ASKS,
        seats=SEATS.items(),
        attendance=ATTENDANCE.items(),
        sat=sessions.attendance(asked.session, session_id),
        heard=opinions.of_session(asked.session, session_id, asked.today),
        may_prepare=_may(asked, Action.CCAPEX_PREPARE, landlord_id),
        may_record=_may(asked, Action.CCAPEX_RECORD, landlord_id),
    )


@routes.post(SESSION + "/dates", Action.CCAPEX_PREPARE)
def move(asked: Asked, landlord_id: str, session_id: int) -> Response:
    """Other days for a session."""
    find(asked, landlord_id, session_id)
    sessions.move_dates(asked.session, session_id, day(asked, "seance"), day(asked, "cloture"), asked.now)
    return asked.go(address(landlord_id, session_id), "Les jours de la séance sont changés.")


@routes.post(SESSION + "/etat", Action.CCAPEX_PREPARE)
def change(asked: Asked, landlord_id: str, session_id: int) -> Response:
    """Cancel, restore, close or reopen a session."""
    find(asked, landlord_id, session_id)
    by = asked.viewer.account
    acts: dict[str, Callable[[], None]] = {
        "cancel": lambda: sessions.cancel(asked.session, session_id, by, asked.now),
        "restore": lambda: sessions.restore(asked.session, session_id),
        "close": lambda: sessions.close(asked.session, session_id, by, asked.now),
        "reopen": lambda: sessions.reopen(asked.session, session_id),
    }
    wanted = asked.form.get("etat", "")
    if wanted not in acts:
        raise SessionRefused("Ce geste n'existe pas. Rechargez la séance.")
    acts[wanted]()
    return asked.go(address(landlord_id, session_id), STATES[wanted])


@routes.post(SESSION + "/choisir", Action.CCAPEX_PREPARE)
def choose(asked: Asked, landlord_id: str, session_id: int) -> Response:
    """Bring households: ticked on a statutory list, or by their lease numbers."""
    find(asked, landlord_id, session_id)
    typed = asked.form.get("baux", "").replace(",", " ").replace(";", " ").split()
    wanted = list(dict.fromkeys((*asked.several.get("bail", ()), *typed)))
    origin = asked.form.get("origine") or "hand"
    made = cases.choose(asked.session, session_id, wanted, origin, asked.viewer.account, asked.now)
    said = "Un ménage ajouté." if len(made) == 1 else f"{len(made)} ménages ajoutés." if made else "Ils y étaient déjà."
    return asked.go(address(landlord_id, session_id), said)


@routes.post(SESSION + "/figer", Action.CCAPEX_PREPARE)
def freeze(asked: Asked, landlord_id: str, session_id: int) -> Response:
    """Freeze the dossiers of the whole session on the newest night."""
    find(asked, landlord_id, session_id)
    wanted = [case for case in cases.of_session(asked.session, session_id) if not case.is_withdrawn]
    steps.freeze(asked.session, asked.settings, wanted, asked.viewer.account, asked.now)
    return asked.go(address(landlord_id, session_id), f"Dossiers figés : {len(wanted)}.")


@routes.post(SESSION + "/presences", Action.CCAPEX_RECORD)
def attend(asked: Asked, landlord_id: str, session_id: int) -> Response:
    """Note who sat; a seat left empty is left as it was."""
    find(asked, landlord_id, session_id)
    for seat in SEATS:
        if state := asked.form.get(seat):
            sessions.attend(asked.session, session_id, seat, state, asked.viewer.account, asked.now)
    return asked.go(address(landlord_id, session_id), "Les présences sont notées.")


@routes.get(SESSION + "/dossiers.pdf", Action.CCAPEX_PREPARE)
def pack(asked: Asked, landlord_id: str, session_id: int) -> Response:
    """The whole session as one PDF; each household's identity is in it, so each reading is noted."""
    held = find(asked, landlord_id, session_id)
    content = steps.pack(asked.session, asked.settings, session_id, asked.today)
    for case in cases.of_session(asked.session, session_id):
        if not case.is_withdrawn:
            note(asked, case)
    return asked.download(content, f"{_name(held)}.pdf", PDF)


@routes.get(SESSION + "/ordre.xlsx", Action.CCAPEX_PREPARE)
def order(asked: Asked, landlord_id: str, session_id: int) -> Response:
    """The order of the session as a workbook, without names."""
    held = find(asked, landlord_id, session_id)
    return asked.download(steps.table(asked.session, asked.settings, session_id, asked.today), f"{_name(held)}.xlsx", XLSX)


@routes.get(SESSION + "/presences.pdf", Action.CCAPEX_PREPARE)
def sheet(asked: Asked, landlord_id: str, session_id: int) -> Response:
    """The attendance sheet to sign."""
    held = find(asked, landlord_id, session_id)
    content = steps.attendance(asked.session, asked.settings, session_id, asked.today)
    return asked.download(content, f"presences-{_name(held)}.pdf", PDF)


def find(asked: Asked, landlord_id: str, session_id: int) -> SessionView:
    """The session of the address; raises PageUnknown when this landlord has none of that number."""
    held = sessions.find(asked.session, session_id, asked.today)
    if held is None or held.landlord_id != landlord_id:
        raise PageUnknown(f"Séance n° {session_id} : ce bailleur n’en a pas de ce numéro.")
    return held


def address(landlord_id: str, session_id: int) -> str:
    """Where the page of a session is."""
    return f"/ccapex/{quote(landlord_id, safe='')}/{session_id}"


def day(asked: Asked, name: str) -> date:
    """A day that a form gives; raises SessionRefused when it cannot be read."""
    text = asked.form.get(name, "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SessionRefused(f"Jour : lu « {text[:20]} », attendu AAAA-MM-JJ, par exemple 2026-12-10.") from None


def note(asked: Asked, case: CaseView) -> None:
    """Say in the access log that a household's identity was read."""
    place = Place(case.landlord_id, case.management_unit)
    log.append(asked.session, asked.now, asked.viewer.account, Action.CCAPEX_PREPARE, "ok", place, case.lease_id)


def _may(asked: Asked, action: Action, landlord_id: str) -> bool:
    return may(asked.viewer, action, Place(landlord_id))


def _is_mine(mine: tuple[Place, ...], one: OpinionView) -> bool:
    return any(place.landlord_id == one.landlord_id and place.management_unit in (None, one.management_unit) for place in mine)


def _name(held: SessionView) -> str:
    return f"{held.kind}-{held.held_on.isoformat()}"
