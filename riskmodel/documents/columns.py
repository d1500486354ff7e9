"""The columns of a list: one definition each for the workbook, the CSV and the page that explains them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from riskmodel.documents import phrases
from riskmodel.documents.french import typeset
from riskmodel.documents.phrases import fact, fact_day
from riskmodel.weekly.frozen import TABS, Row, Tab

Cell = str | int | Decimal | date | None
Kind = Literal["text", "long", "count", "money", "terms", "day", "points", "score", "decision", "pause", "follow_up"]


@dataclass(frozen=True)
class Column:
    """`key` heads the CSV column (None: not in the CSV), `header` the workbook's; `width` is in characters.

    `value` reads a row as of the list's day: euros as Decimal, None when unknown.
    """

    header: str
    kind: Kind
    width: float
    meaning: str
    value: Callable[[Row, date], Cell]
    key: str | None = None


def _money(name: str) -> Callable[[Row, date], Cell]:
    def value(row: Row, _: date) -> Cell:
        cents = fact(row, name)
        return None if cents is None else Decimal(int(cents)) / 100

    return value


def _count(name: str) -> Callable[[Row, date], Cell]:
    def value(row: Row, _: date) -> Cell:
        number = fact(row, name)
        return None if number is None else int(number)

    return value


def _terms(row: Row, _: date) -> Cell:
    terms = fact(row, "current_terms")
    return None if terms is None else Decimal(str(terms)).quantize(Decimal("0.01"), rounding="ROUND_DOWN")


def _awaited(row: Row, _: date) -> Cell:
    gap, advance = fact(row, "benefit_gap_cents"), fact(row, "benefit_advance_cents")
    return None if gap is None or advance is None else Decimal(int(gap) - int(advance)) / 100


def _blank(_row: Row, _as_of: date) -> Cell:
    return None


RANK = Column("N°", "count", 4, "place sur l'onglet, par ordre d'urgence", lambda row, _: row.position, "rang")
LEASE = Column("Bail", "text", 10.5, "numéro de bail du bailleur ; ne pas modifier", lambda row, _: row.lease_id, "bail")
HOUSEHOLD = Column("Ménage", "text", 10.5, "numéro de ménage du bailleur", lambda row, _: row.household_id, "menage")
CHANGE = Column(
    "Évolution", "text", 11, "nouveau cette semaine, ou maintenu avec sa place de la semaine dernière",
    lambda row, _: phrases.change(row), "evolution",
)  # fmt: skip
WHY = Column(
    "Pourquoi ici", "long", 30, "la règle, la cause ou le doute qui place le ménage sur cet onglet",
    lambda row, _: phrases.why(row), "pourquoi",
)  # fmt: skip
UNTIL = Column(
    "Écarté jusqu'au", "day", 10, "fin de la mise à l'écart, réexaminée chaque nuit", lambda row, _: row.until, "ecarte_jusqu_au"
)
SHARE = Column(
    "Reste à charge", "money", 9.5, "ce que le ménage doit trouver chaque mois, aide déduite (moyenne des 3 derniers termes)",
    _money("net_term_cents"), "reste_a_charge_eur",
)  # fmt: skip
CURRENT = Column(
    "Dette courante", "money", 10, "loyers et charges échus non payés ; c'est elle qui mesure le risque ; négatif = crédit",
    _money("current_cents"), "dette_courante_eur",
)  # fmt: skip
TECHNICAL = Column(
    "Dette technique",
    "money",
    9.5,
    "régularisations, SLS provisoire, pénalités et frais",
    _money("technical_cents"),
    "dette_technique_eur",
)
FROZEN = Column(
    "Dette gelée", "money", 10, "plan en cours, délais du juge, surendettement", _money("frozen_cents"), "dette_gelee_eur"
)
AWAITED = Column(
    "Aide en attente",
    "money",
    9.5,
    "aide au logement attendue et non reçue ; négatif = reçue d'avance",
    _awaited,
    "aide_en_attente_eur",
)
LEGAL = Column(
    "Solde exigible", "money", 10, "tout ce qui est exigible en droit : courante + technique + gelée + aide en attente",
    _money("legal_cents"), "solde_exigible_eur",
)  # fmt: skip
TERMS = Column("Termes dus", "terms", 6.5, "dette courante divisée par le reste à charge", _terms, "termes_dus")
AGE = Column(
    "Âge (jours)", "count", 6.5, "jours depuis l'échéance du plus ancien terme impayé", _count("oldest_unpaid_days"), "age_jours"
)
UNPAID = Column(
    "Termes impayés",
    "text",
    9,
    "termes non soldés sur les 3, 6 et 12 derniers",
    lambda row, _: phrases.unpaid(row),
    "termes_impayes",
)
EXCHANGE = Column(
    "Dernier échange", "day", 10, "dernier contact où le ménage a répondu ou est venu ; « inconnu » : contacts non livrés",
    phrases.last_exchange, "dernier_echange",
)  # fmt: skip
ATTEMPTS = Column(
    "Tentatives",
    "text",
    12,
    "essais du bailleur en six mois et ceux restés sans réponse",
    lambda row, _: phrases.attempts(row),
    "tentatives",
)
RETURNED = Column(
    "Courriers revenus", "count", 8.5, "plis NPAI ou non réclamés en un an, depuis le dernier échange",
    _count("mail_returned_365d"), "courriers_revenus",
)  # fmt: skip
UNMET = Column(
    "Demandes sans réponse", "count", 9, "enquêtes, attestations ou accès demandés, relancés et sans suite",
    _count("obligations_unmet"), "demandes_sans_reponse",
)  # fmt: skip
PLAN = Column(
    "Plan, surendettement",
    "text",
    13,
    "état du plan d'apurement, dossier de surendettement",
    lambda row, _: phrases.plan(row),
    "plan",
)
PROCEDURE = Column("Procédure", "text", 13, "dernière étape et sa date", lambda row, _: phrases.procedure(row), "procedure")
HEARING = Column("Audience", "day", 10, "prochaine audience", lambda row, _: fact_day(row, "hearing_on"), "audience")
REASONS = Column(
    "Raisons et points", "long", 40, "ce que le barème a vu ; les points d'une ligne font exactement son score",
    lambda row, _: phrases.reasons(row),
)  # fmt: skip
BARE_REASONS = Column(
    "Raisons",
    "long",
    40,
    "ce que le barème a vu, sans les points, séparé par « | »",
    lambda row, _: phrases.bare_reasons(row),
    "raisons",
)
DRIFT = Column("Score dérive", "score", 6.5, "somme des points de dérive d'impayé", lambda row, _: row.drift)
LOSS = Column("Score décroch.", "score", 7.5, "somme des points de décrochage", lambda row, _: row.decrochage)
DECISION = Column("Décision", "decision", 14, "à choisir dans la liste", _blank)
PAUSE = Column("Motif d'attente", "pause", 15, "à choisir quand la décision est « en attente »", _blank)
FOLLOW_UP = Column("À revoir le", "follow_up", 10.5, "date à laquelle reprendre le dossier", _blank)

_WHO = (RANK, LEASE, HOUSEHOLD, CHANGE)
_MONEY = (SHARE, CURRENT, TECHNICAL, FROZEN, AWAITED, LEGAL, TERMS, AGE, UNPAID)
_CONTACT = (EXCHANGE, ATTEMPTS)
_COURT = (PLAN, PROCEDURE, HEARING)
_POINTS = (REASONS, DRIFT, LOSS)
_ANSWER = (DECISION, PAUSE, FOLLOW_UP)

LAYOUT: dict[Tab, tuple[Column, ...]] = {
    "urgence": (*_WHO, WHY, *_MONEY, *_CONTACT, *_COURT, *_POINTS, *_ANSWER),
    "derive": (*_WHO, *_MONEY, *_CONTACT, *_COURT, *_POINTS, *_ANSWER),
    "decrochage": (*_WHO, SHARE, CURRENT, LEGAL, TERMS, *_CONTACT, RETURNED, UNMET, *_COURT, *_POINTS, *_ANSWER),
    "ne_peut_pas_dire": (*_WHO, WHY, *_MONEY, *_CONTACT, *_COURT, *_ANSWER),
    "ecarte": (*_WHO, WHY, UNTIL, *_MONEY, *_CONTACT, *_COURT, *_ANSWER),
    "a_contacter": (*_WHO, WHY, SHARE, CURRENT, LEGAL, TERMS, *_CONTACT, UNMET, *_ANSWER),
}

TAB = Column("Onglet", "text", 16, "onglet du classeur", lambda row, _: typeset(TABS[row.tab]), "onglet")
FLAT: tuple[Column, ...] = (
    TAB, *_WHO, WHY, UNTIL, *_MONEY, *_CONTACT, RETURNED, UNMET, *_COURT, BARE_REASONS,
)  # fmt: skip
"""The CSV's columns: facts and reasons, never a score nor points, for that file travels."""
