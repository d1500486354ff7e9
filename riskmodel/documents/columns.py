"""The columns of a list: one definition each for the workbook, the CSV and the page that explains them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from riskmodel.documents import phrases
from riskmodel.documents.french import typeset
from riskmodel.documents.phrases import fact, fact_day
from riskmodel.weekly.answers import ANSWER_HEADS, LEASE_HEAD
from riskmodel.weekly.frozen import TABS, Row, Tab

Cell = str | int | Decimal | date | None
Kind = Literal["text", "long", "count", "money", "terms", "day", "score", "decision", "reason", "follow_up"]
Reader = Callable[[Row, date], Cell]


@dataclass(frozen=True)
class Column:
    """`key` heads the CSV column (None: not in the CSV), `header` the workbook's; `width` is in characters.

    `value` reads a row as of the list's day: euros as Decimal, None when unknown.
    """

    key: str | None
    header: str
    kind: Kind
    width: float
    meaning: str
    value: Reader


def _of(read: Callable[[Row], Cell]) -> Reader:
    def value(row: Row, _: date) -> Cell:
        return read(row)

    return value


def _money(name: str) -> Reader:
    def value(row: Row, _: date) -> Cell:
        cents = fact(row, name)
        return None if cents is None else Decimal(int(cents)) / 100

    return value


def _count(name: str) -> Reader:
    def value(row: Row, _: date) -> Cell:
        number = fact(row, name)
        return None if number is None else int(number)

    return value


def _terms(row: Row) -> Cell:
    terms = fact(row, "current_terms")
    return None if terms is None else Decimal(str(terms)).quantize(Decimal("0.01"), rounding="ROUND_DOWN")


RANK = Column(
    "rang",
    "N°",
    "count",
    3.5,
    "place sur l'onglet ; en dérive et en décrochage, du tiers le plus pressant au moins pressant, au sort dans chaque tiers",
    _of(lambda row: row.position),
)
LEASE = Column("bail", LEASE_HEAD, "text", 9.5, "numéro de bail du bailleur ; ne pas modifier", _of(lambda row: row.lease_id))
HOUSEHOLD = Column("menage", "Ménage", "text", 9.5, "numéro de ménage du bailleur", _of(lambda row: row.household_id))
CHANGE = Column(
    "evolution",
    "Évolution",
    "text",
    9.5,
    "nouveau, ou maintenu avec sa place sur la liste précédente ; depuis quand personne n'a décidé",
    _of(phrases.evolution),
)
STRATUM = Column("strate", "Strate", "text", 7.5, "précoce : sous 1 terme ; avancé : de 1 à 2", _of(lambda row: row.stratum))
WHY = Column("pourquoi", "Pourquoi ici", "long", 42, "la règle, la cause ou le doute qui place le ménage ici", _of(phrases.why))
UNTIL = Column(
    "ecarte_jusqu_au",
    "Écarté jusqu'au",
    "day",
    10.5,
    "fin de la mise à l'écart, réexaminée chaque nuit",
    _of(lambda row: row.until),
)
SHARE = Column(
    "reste_a_charge_eur",
    "Reste à charge",
    "money",
    9.8,
    "ce que le ménage doit trouver chaque mois, aide déduite (moyenne des 3 derniers termes)",
    _money("net_term_cents"),
)
CURRENT = Column(
    "dette_courante_eur",
    "Dette courante",
    "money",
    9.8,
    "loyers et charges échus non payés ; c'est elle qui mesure le risque ; négatif = crédit",
    _money("current_cents"),
)
TECHNICAL = Column(
    "dette_technique_eur",
    "Dette technique",
    "money",
    9.8,
    "régularisations, SLS provisoire, pénalités, frais",
    _money("technical_cents"),
)
FROZEN = Column(
    "dette_gelee_eur", "Dette gelée", "money", 9.8, "plan en cours, délais du juge, surendettement", _money("frozen_cents")
)
AWAITED = Column(
    "aide_attendue_eur",
    "Aide attendue",
    "money",
    9.8,
    "aide au logement due et pas encore reçue",
    _money("benefit_gap_cents"),
)
ADVANCE = Column(
    "aide_recue_d_avance_eur",
    "Aide reçue d'avance",
    "money",
    9.8,
    "aide au logement reçue avant le terme qu'elle doit couvrir",
    _money("benefit_advance_cents"),
)
LEGAL = Column(
    "solde_exigible_eur",
    "Solde exigible",
    "money",
    9.8,
    "tout ce qui est exigible en droit : dette courante + technique + gelée + aide attendue − aide reçue d'avance. Sous 0, "
    "une aide arrivée d'avance couvre pour l'instant une part de loyer impayée : le ménage peut quand même être en dérive",
    _money("legal_cents"),
)
TERMS = Column("termes_dus", "Termes dus", "terms", 6.3, "dette courante divisée par le reste à charge", _of(_terms))
AGE = Column(
    "age_jours", "Âge (jours)", "count", 6.3, "jours depuis l'échéance du plus ancien terme impayé", _count("oldest_unpaid_days")
)
UNPAID = Column(
    "termes_impayes", "Termes impayés", "text", 16, "termes non soldés sur les 3, 6 et 12 derniers", _of(phrases.unpaid)
)
EXCHANGE = Column(
    "dernier_echange",
    "Dernier échange",
    "day",
    10.5,
    "dernier contact où le ménage a répondu ou est venu ; « inconnu » : contacts non livrés",
    phrases.last_exchange,
)
ATTEMPTS = Column(
    "tentatives", "Tentatives", "text", 12, "essais du bailleur en six mois, et ceux sans réponse", _of(phrases.attempts)
)
RETURNED = Column(
    "courriers_revenus",
    "Courriers revenus",
    "count",
    9,
    "plis NPAI ou non réclamés en un an, depuis le dernier échange",
    _count("mail_returned_365d"),
)
UNMET = Column(
    "demandes_sans_reponse",
    "Demandes sans réponse",
    "count",
    9.5,
    "enquêtes, attestations ou accès demandés, relancés et sans suite",
    _count("obligations_unmet"),
)
PLAN = Column("plan", "Plan, surendet.", "text", 13.8, "état du plan d'apurement, dossier de surendettement", _of(phrases.plan))
PROCEDURE = Column("procedure", "Procédure", "text", 12.5, "dernière étape et sa date", _of(phrases.procedure))
HEARING = Column("audience", "Audience", "day", 10.5, "prochaine audience", _of(lambda row: fact_day(row, "hearing_on")))
SEEN = Column(
    None,
    "Ce qu'on voit",
    "long",
    50,
    "les faits du compte et des contacts ; leurs points sont dans points.xlsx",
    _of(phrases.seen),
)
BARE_REASONS = Column("raisons", "Raisons", "long", 50, "les faits, sans points, séparés par « | »", _of(phrases.bare_reasons))
DECISION = Column(None, ANSWER_HEADS["decision"], "decision", 12, "à choisir dans la liste", _of(lambda _: None))
REASON = Column(
    None, ANSWER_HEADS["reason"], "reason", 12, "pourquoi agir ou attendre, à choisir dans la liste", _of(lambda _: None)
)
FOLLOW_UP = Column(None, ANSWER_HEADS["follow_up"], "follow_up", 10.5, "fin de l'attente", _of(lambda _: None))

_WHO = (RANK, LEASE, CHANGE)
_OWED = (SHARE, CURRENT, LEGAL, TERMS)
_CONTACT = (EXCHANGE, ATTEMPTS)
_COURT = (PLAN, PROCEDURE)
_ANSWER = (DECISION, REASON, FOLLOW_UP)
_PARTS = (TECHNICAL, FROZEN, AWAITED, ADVANCE)
_HISTORY = (AGE, UNPAID)

LAYOUT: dict[Tab, tuple[Column, ...]] = {
    "urgence": (*_WHO, WHY, *_OWED, *_CONTACT, *_COURT, *_ANSWER, HEARING, *_PARTS, *_HISTORY, HOUSEHOLD),
    "derive": (*_WHO, SEEN, *_OWED, *_CONTACT, *_COURT, *_ANSWER, STRATUM, *_PARTS, *_HISTORY, HEARING, HOUSEHOLD),
    "decrochage": (
        *(*_WHO, SEEN, *_OWED, *_CONTACT, *_COURT, *_ANSWER),
        *(RETURNED, UNMET, *_PARTS, *_HISTORY, HEARING, HOUSEHOLD),
    ),
    "ne_peut_pas_dire": (*_WHO, WHY, *_OWED, *_CONTACT, *_COURT, *_ANSWER, *_PARTS, *_HISTORY, HEARING, HOUSEHOLD),
    "ecarte": (
        *(*_WHO, WHY, PLAN, UNTIL, SHARE, CURRENT, *_PARTS, LEGAL, *_ANSWER),
        *(TERMS, *_HISTORY, *_CONTACT, PROCEDURE, HEARING, HOUSEHOLD),
    ),
    "a_contacter": (*_WHO, WHY, *_OWED, *_CONTACT, UNMET, *_ANSWER, *_PARTS, *_HISTORY, HOUSEHOLD),
}
"""What a call needs and the answers come first and are printed; what follows the answers is detail, read on screen."""


def printed(columns: tuple[Column, ...]) -> int:
    """How many columns of a tab go to paper: up to the last answer."""
    return columns.index(FOLLOW_UP) + 1


TAB = Column("onglet", "Onglet", "text", 16, "onglet du classeur", _of(lambda row: typeset(TABS[row.tab])))
FLAT: tuple[Column, ...] = (
    *(TAB, RANK, LEASE, HOUSEHOLD, CHANGE, STRATUM, WHY, UNTIL, SHARE, CURRENT, *_PARTS, LEGAL, TERMS, *_HISTORY),
    *(*_CONTACT, RETURNED, UNMET, *_COURT, HEARING, BARE_REASONS),
)
"""The CSV's columns: facts and reasons, never a score nor points, for that file travels."""
