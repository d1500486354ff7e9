"""Partenaires: who households may be confided to; conventions, workers and funding of each, written, corrected, taken back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.access.policy import Action
from riskmodel.errors import PlaceRefused
from riskmodel.places import mistakes, partners
from riskmodel.places.partners import Agreed, Funded
from riskmodel.referrals.fields import FIELDS
from riskmodel.register import households, organisations
from riskmodel.register.models import Organisation
from riskmodel.steps.orienting import schemes_of
from riskmodel.web import admin
from riskmodel.web.routing import Asked, PageUnknown, Routes

routes = Routes()
PARTNERS = "/admin/partenaires"
PARTNER = PARTNERS + "/{landlord_id}/{organisation_id}"
KINDS = {"association": "Association ou service", "ccapex": "Commission"}
LONGEST_NAME, LONGEST_CODE = 80, 40
LONGEST = {"address": 300, "phone": 30, "email": 120}
REACHED = {"address": "adresse", "phone": "téléphone", "email": "adresse électronique"}
YEARS = range(2000, 2101)
"""Years in which anything can be written down."""


@routes.get(PARTNERS, Action.PARTNERS)
def index(asked: Asked, bailleur: str = "") -> Response:
    """Every partner of a landlord, with what is written about it."""
    about = admin.chosen(asked, Action.PARTNERS, bailleur)
    landlord_id = about["landlord_id"]
    conventions = partners.conventions(asked.session, landlord_id)
    return admin.page(
        asked,
        "partners.html",
        rows=organisations.partners(asked.session, landlord_id),
        conventions=[row for row in conventions if row.ends_on is None or row.ends_on >= asked.today],
        workers=[row for row in partners.workers(asked.session, landlord_id) if _is_there(row.from_on, row.to_on, asked.today)],
        lines=[row for row in partners.funding_lines(asked.session, landlord_id) if row.year == asked.today.year],
        schemes=schemes_of(asked.settings, landlord_id),
        kinds=KINDS,
        longest={"name": LONGEST_NAME, "code": LONGEST_CODE},
        **about,
    )


@routes.post(PARTNERS + "/{landlord_id}", Action.PARTNERS)
def create(asked: Asked, landlord_id: str) -> Response:
    """A new partner, to which nothing can be confided before a convention is written."""
    kind, code, name = (asked.form.get(field, "").strip() for field in ("kind", "code", "name"))
    if kind not in organisations.PARTNERS:
        raise PlaceRefused("Choisissez la nature du partenaire dans la liste.")
    if not (0 < len(code) <= LONGEST_CODE and code.isascii() and code.replace("-", "").isalnum()):
        raise PlaceRefused(f"Code « {code} » : lettres sans accent, chiffres et tirets, {LONGEST_CODE} caractères au plus.")
    if any(row.code == code for row in organisations.partners(asked.session, landlord_id)):
        raise PlaceRefused(f"Un partenaire a déjà le code « {code} » : ouvrez sa page, ou choisissez un autre code.")
    number = organisations.declare(asked.session, kind, landlord_id, code, _name(name))
    return asked.go(PARTNER.format(landlord_id=landlord_id, organisation_id=number), f"{name} : inscrit. Écrivez sa convention.")


@routes.get(PARTNER, Action.PARTNERS)
def partner(
    asked: Asked, landlord_id: str, organisation_id: int, convention: int = 0, intervenant: int = 0, ligne: int = 0
) -> Response:
    """One partner, with all that is written about it; a number asks for that row in the form that corrects it."""
    row, schemes = _partner(asked, landlord_id, organisation_id), schemes_of(asked.settings, landlord_id)
    conventions, workers, lines = (
        [one for one in read(asked.session, landlord_id) if one.organisation_id == organisation_id] for read in READ
    )
    return admin.page(
        asked,
        "partners_one.html",
        row=row,
        landlord_id=landlord_id,
        conventions=conventions,
        workers=workers,
        lines=lines,
        corrected={
            "convention": _numbered(conventions, convention),
            "worker": _numbered(workers, intervenant),
            "line": _numbered(lines, ligne),
        },
        schemes=schemes,
        known_shared=[(code, scheme.name) for code, scheme in schemes.items() if scheme.is_shared],
        known_placed=[(code, scheme.name) for code, scheme in schemes.items() if scheme.uses_place],
        fields=FIELDS,
        units=households.units(asked.session, landlord_id),
        kinds=KINDS,
        limits=partners.LIMITS,
        longest={"name": LONGEST_NAME, "code": LONGEST_CODE, **LONGEST},
    )


@routes.post(PARTNER, Action.PARTNERS)
def change(asked: Asked, landlord_id: str, organisation_id: int) -> Response:
    """Rename a partner, say how it is reached, close it or open it again: nothing more is confided to one that is closed."""
    row, form = _partner(asked, landlord_id, organisation_id), asked.form
    row.name, row.is_active = _name(form.get("name", "").strip()), form.get("is_active") == "1"
    reach = {name: form.get(name, "").strip() for name in LONGEST}
    if long := [label for name, label in REACHED.items() if len(reach[name]) > LONGEST[name]]:
        raise PlaceRefused(f"Trop long : {', '.join(long)}. Gardez l'essentiel.")
    if reach["email"] and "@" not in reach["email"]:
        raise PlaceRefused(f"Adresse électronique « {reach['email']} » : il y manque « @ ».")
    organisations.reach(asked.session, row.id, reach["address"].splitlines(), reach["phone"], reach["email"])
    return _back(asked, row, "enregistré." if row.is_active else "fermé : rien de nouveau ne peut lui être confié.")


@routes.post(PARTNER + "/conventions", Action.PARTNERS)
def agree(asked: Asked, landlord_id: str, organisation_id: int) -> Response:
    """Write a convention, or correct the one of the same scheme signed the same day."""
    row = _partner(asked, landlord_id, organisation_id)
    said = Agreed(
        scheme=asked.form.get("scheme", ""),
        signed_on=_day(asked, "signed_on", "jour de la signature"),
        ends_on=_day(asked, "ends_on", "fin") if asked.form.get("ends_on") else None,
        fields=asked.several.get("fields", ()),
        territories=asked.several.get("units", ()),
    )
    schemes, units = schemes_of(asked.settings, landlord_id), households.units(asked.session, landlord_id)
    partners.agree(asked.session, organisation_id, said, schemes, FIELDS, units)
    return _back(asked, row, f"convention « {schemes[said.scheme].name} » du {said.signed_on:%d/%m/%Y} enregistrée.")


@routes.post(PARTNER + "/intervenants", Action.PARTNERS)
def employ(asked: Asked, landlord_id: str, organisation_id: int) -> Response:
    """Write a worker's hours from a day, or correct those that begin that day."""
    row, code = _partner(asked, landlord_id, organisation_id), asked.form.get("code", "").strip()
    hours = _number(asked, "fte_hundredths", "temps de travail, en pour cent")
    begins = _day(asked, "from_on", "premier jour")
    ends = _day(asked, "to_on", "dernier jour") if asked.form.get("to_on") else None
    partners.employ(asked.session, organisation_id, code, hours or 0, begins, ends)
    return _back(asked, row, f"heures de {code} dès le {begins:%d/%m/%Y} enregistrées.")


@routes.post(PARTNER + "/lignes", Action.PARTNERS)
def fund(asked: Asked, landlord_id: str, organisation_id: int) -> Response:
    """Write a line of funding, or correct the limits of the one of this code and year."""
    row = _partner(asked, landlord_id, organisation_id)
    limits = {name: _number(asked, name, label) for name, label in partners.LIMITS.items()}
    said = Funded(
        scheme=asked.form.get("scheme", ""),
        code=asked.form.get("code", "").strip(),
        year=_number(asked, "year", "année") or 0,
        **limits,
    )
    partners.fund(asked.session, organisation_id, said, schemes_of(asked.settings, landlord_id))
    return _back(asked, row, f"ligne {said.code} {said.year} enregistrée.")


@routes.post(PARTNER + "/conventions/{number}/retirer", Action.PARTNERS)
def take_back_convention(asked: Asked, landlord_id: str, organisation_id: int, number: int) -> Response:
    """Take back a convention written by mistake."""
    row = _partner(asked, landlord_id, organisation_id)
    mistakes.take_back_convention(asked.session, organisation_id, number)
    return _back(asked, row, "convention retirée.")


@routes.post(PARTNER + "/intervenants/{number}/retirer", Action.PARTNERS)
def take_back_hours(asked: Asked, landlord_id: str, organisation_id: int, number: int) -> Response:
    """Take back a worker's hours written by mistake; those before go on."""
    row = _partner(asked, landlord_id, organisation_id)
    mistakes.take_back_hours(asked.session, organisation_id, number)
    return _back(asked, row, "heures retirées.")


@routes.post(PARTNER + "/lignes/{number}/retirer", Action.PARTNERS)
def take_back_line(asked: Asked, landlord_id: str, organisation_id: int, number: int) -> Response:
    """Take back a line of funding written by mistake."""
    row = _partner(asked, landlord_id, organisation_id)
    mistakes.take_back_line(asked.session, organisation_id, number)
    return _back(asked, row, "ligne de financement retirée.")


READ: tuple[Callable[[Session, str], list[Any]], ...] = (partners.conventions, partners.workers, partners.funding_lines)


def _partner(asked: Asked, landlord_id: str, organisation_id: int) -> Organisation:
    """The landlord's partner at this address: an agency is none."""
    mine = select(Organisation).filter_by(id=organisation_id, landlord_id=landlord_id)
    row = asked.session.scalar(mine.where(Organisation.kind.in_(organisations.PARTNERS)))
    if row is None:
        raise PageUnknown(f"Partenaire n° {organisation_id} : inconnu chez {landlord_id}. Rouvrez la page des partenaires.")
    return row


def _numbered(rows: list[Any], number: int) -> Any:
    return next((row for row in rows if row.id == number), None)


def _is_there(first: date, last: date | None, today: date) -> bool:
    return first <= today and (last is None or last >= today)


def _name(name: str) -> str:
    if not 0 < len(name) <= LONGEST_NAME:
        raise PlaceRefused(f"Le nom d'un partenaire compte de 1 à {LONGEST_NAME} caractères.")
    return name


def _day(asked: Asked, name: str, label: str) -> date:
    said = asked.form.get(name, "")
    try:
        day = date.fromisoformat(said)
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        raise PlaceRefused(f"« {said} », {label} : un jour est attendu, comme 2026-01-31, de {YEARS[0]} à {YEARS[-1]}.")
    return day


def _number(asked: Asked, name: str, label: str) -> int | None:
    """A whole number of the form; None for an empty field."""
    said = asked.form.get(name, "").strip()
    if said and not (said.isdecimal() and len(said) < 7):
        raise PlaceRefused(f"« {said} », {label} : un nombre entier est attendu, ou rien.")
    return int(said) if said else None


def _back(asked: Asked, row: Organisation, said: str) -> Response:
    return asked.go(PARTNER.format(landlord_id=row.landlord_id, organisation_id=row.id), f"{row.name} : {said}")
