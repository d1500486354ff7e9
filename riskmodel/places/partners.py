"""What a landlord writes down about its partners: conventions, workers, lines of funding. Every fault is told at once.

Whoever writes holds the partner's row, so that nobody books meanwhile on what is about to change.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.errors import PlaceRefused
from riskmodel.places.booking import hold
from riskmodel.register.models import Convention, FundingLine, Organisation, Worker
from riskmodel.schemes import Scheme

Row = TypeVar("Row", Convention, FundingLine, Worker)
MOST_FTE = 100
LIMITS = {
    "measures": "mesures",
    "measure_months": "mois-mesures",
    "places": "places",
    "households_per_worker": "ménages par intervenant",
}


@dataclass(frozen=True)
class Agreed:
    """A convention: the fields of the fiche that it lets a partner see, the units it covers (none: all), and its days."""

    scheme: str
    signed_on: date
    ends_on: date | None = None
    fields: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Funded:
    """What one line allows for one scheme and year; what is None does not bind."""

    scheme: str
    code: str
    year: int
    measures: int | None = None
    measure_months: int | None = None
    places: int | None = None
    households_per_worker: int | None = None


def agree(
    session: Session,
    organisation_id: int,
    said: Agreed,
    schemes: Mapping[str, Scheme],
    fields: Collection[str],
    units: Collection[str],
) -> int:
    """Write a convention, or change the one of the same scheme signed the same day; its number. `fields` are those that a fiche
    may hold, `units` the landlord's management units. Raises PlaceRefused with every fault."""
    _refuse([*_alone(said.scheme, schemes), *_days(said.signed_on, said.ends_on), *_odd(said, fields, units)])
    row = _mine(session, Convention, organisation_id, scheme=said.scheme, signed_on=said.signed_on)
    row.fields, row.territories, row.ends_on = list(said.fields), sorted(said.territories), said.ends_on
    session.flush()
    return row.id


def employ(
    session: Session, organisation_id: int, code: str, fte_hundredths: int, from_on: date, to_on: date | None = None
) -> int:
    """Write a worker's hours from a day, in hundredths of a full time, or change those that begin that day; the row's number.

    Hours that ran under the same code end the day before. Raises PlaceRefused with every fault.
    """
    hold(session, organisation_id)
    mine = select(Worker).filter_by(organisation_id=organisation_id, code=code)
    later = sorted(other.from_on for other in session.scalars(mine) if other.from_on > from_on)
    _refuse([*_code(code), *_days(from_on, to_on), *_hours(fte_hundredths), *_overlaps(to_on, later)])
    for other in session.scalars(mine.where(Worker.from_on < from_on)):
        if other.to_on is None or other.to_on >= from_on:
            other.to_on = from_on - timedelta(days=1)
    row = _mine(session, Worker, organisation_id, code=code, from_on=from_on)
    row.fte_hundredths, row.to_on = fte_hundredths, to_on
    session.flush()
    return row.id


def fund(session: Session, organisation_id: int, said: Funded, schemes: Mapping[str, Scheme]) -> int:
    """Write a line of funding, or change the limits of the one of this code and year; its number.

    A limit may be brought below what is held already, as funders do: nothing more is then booked on it. Raises PlaceRefused
    with every fault.
    """
    _refuse([*_unknown(said.scheme, schemes), *_code(said.code), *_year(said.year), *_limits(said)])
    row = _mine(session, FundingLine, organisation_id, scheme=said.scheme, code=said.code, year=said.year)
    for name in LIMITS:
        setattr(row, name, getattr(said, name))
    session.flush()
    return row.id


def conventions(session: Session, landlord_id: str) -> list[Convention]:
    """A landlord's conventions, by partner and scheme, the oldest first."""
    return list(session.scalars(_of(Convention, landlord_id).order_by(Convention.scheme, Convention.signed_on)))


def workers(session: Session, landlord_id: str) -> list[Worker]:
    """A landlord's partners' workers, by partner and code, the oldest hours first."""
    return list(session.scalars(_of(Worker, landlord_id).order_by(Worker.code, Worker.from_on)))


def funding_lines(session: Session, landlord_id: str) -> list[FundingLine]:
    """A landlord's lines of funding, by partner, scheme, year and code."""
    return list(session.scalars(_of(FundingLine, landlord_id).order_by(FundingLine.scheme, FundingLine.year, FundingLine.code)))


def _of(model: type[Row], landlord_id: str) -> Any:
    return select(model).where(model.landlord_id == landlord_id).order_by(model.organisation_id)


def _mine(session: Session, model: type[Row], organisation_id: int, **key: Any) -> Row:
    """The row of this key, or a new one; the partner's row is held from here on."""
    hold(session, organisation_id)
    row = session.scalar(select(model).filter_by(organisation_id=organisation_id, **key))
    if row is None:
        landlord_id = session.get_one(Organisation, organisation_id).landlord_id
        row = model(organisation_id=organisation_id, landlord_id=landlord_id, **key)
        session.add(row)
    return row


def _refuse(faults: Iterable[str]) -> None:
    if told := list(faults):
        raise PlaceRefused("\n".join(told))


def _alone(scheme: str, schemes: Mapping[str, Scheme]) -> Iterator[str]:
    known = sorted(code for code, said in schemes.items() if said.is_shared)
    if scheme not in known:
        yield f"Dispositif « {scheme} » : aucun partenaire n'y reçoit de fiche. Dispositifs confiés : {', '.join(known)}."


def _unknown(scheme: str, schemes: Mapping[str, Scheme]) -> Iterator[str]:
    known = sorted(code for code, said in schemes.items() if said.uses_place)
    if scheme not in known:
        yield f"Dispositif « {scheme} » : il n'a pas de places chez un partenaire. Dispositifs qui en ont : {', '.join(known)}."


def _days(first: date, last: date | None) -> Iterator[str]:
    if last is not None and last < first:
        yield f"Fin le {last:%d/%m/%Y}, avant le début le {first:%d/%m/%Y}. Corrigez l'un des deux jours."


def _odd(said: Agreed, fields: Collection[str], units: Collection[str]) -> Iterator[str]:
    if odd := sorted(set(said.fields) - set(fields)):
        yield f"Champs inconnus de la fiche : {', '.join(odd)}. Champs possibles : {', '.join(sorted(fields))}."
    if odd := sorted(set(said.territories) - set(units)):
        yield f"Unités de gestion inconnues : {', '.join(odd)}. Unités du bailleur : {', '.join(sorted(units))}."


def _code(code: str) -> Iterator[str]:
    if not (code.isascii() and code == code.strip() and 0 < len(code) <= 40 and all(c.isalnum() or c in "._-" for c in code)):
        yield f"Code « {code} » : lettres sans accent, chiffres, points et tirets, quarante caractères au plus, jamais un nom."


def _hours(fte_hundredths: int) -> Iterator[str]:
    if not 0 < fte_hundredths <= MOST_FTE:
        yield f"Temps de travail de {fte_hundredths} centièmes : entre 1 et {MOST_FTE}, un temps plein. Une personne, un code."


def _overlaps(to_on: date | None, later: list[date]) -> Iterator[str]:
    if later and (to_on is None or to_on >= later[0]):
        yield f"D'autres heures sont notées à partir du {later[0]:%d/%m/%Y}. Donnez une fin qui les précède."


def _year(year: int) -> Iterator[str]:
    if not 2000 <= year <= 2100:
        yield f"Année {year} : une année civile est attendue, comme 2026."


def _limits(said: Funded) -> Iterator[str]:
    given = {name: getattr(said, name) for name in LIMITS}
    for name, value in given.items():
        if value is not None and value < (name == "households_per_worker"):
            yield f"{LIMITS[name].capitalize()} : {value}. Un nombre positif est attendu, ou rien si rien ne borne."
    if said.measures == 0 and said.measure_months:
        yield f"Aucune mesure pour {said.measure_months} mois-mesures. Donnez le nombre de mesures, ou aucun mois."
