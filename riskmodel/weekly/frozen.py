"""A weekly list as evidence: what a reviewer sees, frozen, and the only thing documents are made from.

Tabs, in reading order. Every text is French and ready to print; amounts in `facts` are cents, "terms" figures are net terms.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

Tab = Literal["urgence", "derive", "decrochage", "ne_peut_pas_dire", "ecarte", "a_contacter"]
TABS: dict[Tab, str] = {
    "urgence": "Urgences",
    "derive": "Dérive d'impayé",
    "decrochage": "Décrochage",
    "ne_peut_pas_dire": "Ne peut pas dire",
    "ecarte": "Écartés avec cause",
    "a_contacter": "À contacter",
}
Change = Literal["nouveau", "maintenu"]
CAUSES: dict[str, str] = {
    "incident": "incident de facturation ou d'encaissement",
    "entrant": "nouvel entrant, droits à l'aide en attente",
    "aide_attendue": "aide au logement attendue, pas encore versée",
    "paiement_en_chemin": "paiement en chemin",
    "dette_technique": "régularisation, SLS provisoire ou frais de moins de 60 jours",
    "plan_tenu": "dette sous plan d'apurement respecté",
    "surendettement": "dette gelée par un surendettement recevable",
}
"""Why a debit balance is only a matter of timing: the causes of the tab « Écartés avec cause »."""

COUNTS: dict[str, str] = {
    "menages": "ménages de l'unité",
    "qualifies_derive": "ménages au-dessus du seuil de dérive",
    "qualifies_decrochage": "ménages au-dessus du seuil de décrochage",
    "coupe_derive": "dérive : au-dessus du seuil, au-delà de la capacité",
    "coupe_derive_score": "dérive : plus haut score au-delà de la capacité",
    "coupe_decrochage": "décrochage : au-dessus du seuil, au-delà de la capacité",
    "coupe_decrochage_score": "décrochage : plus haut score au-delà de la capacité",
    "installes": "impayés installés (1,9 terme net ou plus), déjà suivis par l'équipe",
    "a_contacter": "ménages à contacter, y compris au-delà des lignes montrées",
    "ne_peut_pas_dire": "ménages dont les données ne permettent pas de dire, y compris au-delà des lignes montrées",
    "oppositions": "oppositions au profilage",
    "deces": "dossiers en succession, suivis à part",
    "muets": "signalements tus par une réponse de l'équipe (rien à faire, remis à plus tard), hors urgences",
    "ecartes": "soldes débiteurs écartés avec cause, y compris les paiements en chemin qui ne sont que comptés",
    **{f"ecarte_{cause}": f"écartés : {text}" for cause, text in CAUSES.items()},
}
"""Every key that `FrozenList.counts` may hold, with its label."""

SILENT_FACT = "silent_weeks"
"""The fact of a row that escalates: for how many weeks running, this one left out, lists have shown it and nobody decided."""

DISPUTED_FACT = "contested"
"""The fact of a row whose household says that something known of it is wrong: the sentence that tells what."""


@dataclass(frozen=True)
class Reason:
    """One input's points, with the household's own figures. The points of a row's reasons for a score add up to that score."""

    score: Literal["derive", "decrochage"]
    input: str
    points: int
    text: str


@dataclass(frozen=True)
class Row:
    """One household on one tab. `facts` are features by name, and under `contested` the sentence that says what the household
    disputes, where it does; `why` says in a sentence what put the row on its tab
    (rule of law, suppression cause, doubt, served rule); `until` is the day a suppression ends. `removal` says, in sentences, the
    smallest set of dated facts without which the row would not be flagged (`removal_is_exact`: no smaller set does);
    `probability` is that of the outcome within 90 days, None where the table in use has no link."""

    tab: Tab
    position: int
    lease_id: str
    household_id: str
    change: Change
    facts: dict[str, Any]
    drift: int | None = None
    decrochage: int | None = None
    stratum: str | None = None
    previous_position: int | None = None
    why: str | None = None
    until: date | None = None
    reasons: tuple[Reason, ...] = ()
    removal: tuple[str, ...] = ()
    removal_is_exact: bool = True
    probability: float | None = None


@dataclass(frozen=True)
class Departure:
    """A household that was on last week's list and is not on this one, with the reason in a sentence."""

    lease_id: str
    tab: Tab
    position: int
    why: str


@dataclass(frozen=True)
class FrozenList:
    """The list of one management unit for one ISO week. `tables` are the points tables that scored it (name, version, hash);
    `warnings` are sentences that head the list (stale delivery, signals switched off, synthetic data), `statements` those about
    what serves it; `orders` names what orders each score's tab, "score" or a rule.

    `track` is what past lists were worth, one entry a score and kind: score, label, weeks, listed, hits, precision, best_rule,
    best_rule_label, rule_precision, difference, low, high, recall, recall_low, recall_high (None when refused), kind.
    """

    landlord_id: str
    landlord_name: str
    is_synthetic: bool
    management_unit: str
    week: str
    monday: date
    as_of: date
    capacity: int
    last_delivery: date
    tables: tuple[dict[str, str], ...]
    warnings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    departures: tuple[Departure, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    track: tuple[dict[str, Any], ...] = ()
    statements: tuple[str, ...] = ()
    orders: dict[str, str] = field(default_factory=dict)

    def tab(self, name: Tab) -> list[Row]:
        """Rows of one tab, in order."""
        return [row for row in self.rows if row.tab == name]

    def as_dict(self) -> dict[str, Any]:
        """Plain values; dates stay dates."""
        return asdict(self)
