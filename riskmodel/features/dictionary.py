"""The data dictionary: every feature a score, a list or a report may read, and nothing else.

One line a feature: unit, meaning (French, shown to people), the tables it is read from, how many days a fact keeps an effect.
"""

from collections.abc import Container
from dataclasses import dataclass

from riskmodel.contracts import TABLES


@dataclass(frozen=True)
class Feature:
    """One column of the features frame. Without a delivery of the first of its `tables` it is unknown; the others only refine it.

    `effect_days` counts from the fact itself; 0 means "as long as the fact is true on the day of the question".
    """

    name: str
    type: str
    unit: str
    meaning: str
    tables: tuple[str, ...]
    effect_days: int = 0


def _f(name: str, type_: str, unit: str, meaning: str, tables: str, effect_days: int = 0) -> Feature:
    return Feature(name, type_, unit, meaning, tuple(tables.split()), effect_days)


FEATURES: tuple[Feature, ...] = (
    _f("lease_id", "VARCHAR", "", "bail", "leases"),
    _f("household_id", "VARCHAR", "", "ménage", "leases"),
    _f("management_unit", "VARCHAR", "", "unité de gestion", "dwellings"),
    _f("tenancy_days", "BIGINT", "jours", "ancienneté dans le logement", "leases"),
    _f("is_terminated", "BOOLEAN", "", "bail résilié", "leases"),
    _f("due_terms", "BIGINT", "termes", "termes échus au compte", "entries"),
    _f("net_term_cents", "BIGINT", "centimes", "reste à charge mensuel, moyenne des trois derniers termes", "entries benefits"),
    _f("gross_term_cents", "BIGINT", "centimes", "loyer et charges mensuels, moyenne des trois derniers termes", "entries"),
    _f("erp_cents", "BIGINT", "centimes", "solde comptable", "entries"),
    _f("legal_cents", "BIGINT", "centimes", "solde exigible", "entries"),
    _f("current_cents", "BIGINT", "centimes", "dette courante", "entries benefits plans overindebtedness"),
    _f(
        "technical_cents",
        "BIGINT",
        "centimes",
        "dette technique (régularisation, SLS provisoire, pénalités, frais)",
        "entries obligations",
    ),
    _f(
        "frozen_cents",
        "BIGINT",
        "centimes",
        "dette gelée (plan en cours, délais du juge, surendettement)",
        "entries plans overindebtedness",
    ),
    _f("benefit_gap_cents", "BIGINT", "centimes", "aide au logement attendue et non reçue", "entries benefits", 365),
    _f("benefit_advance_cents", "BIGINT", "centimes", "aide au logement reçue d'avance", "entries"),
    _f("in_transit_cents", "BIGINT", "centimes", "terme récent, paiement en chemin", "entries leases", 14),
    _f(
        "overdue_cents",
        "BIGINT",
        "centimes",
        "dette courante hors paiements en chemin",
        "entries benefits plans overindebtedness",
    ),
    _f("current_terms", "DOUBLE", "termes nets", "dette courante en termes nets", "entries benefits"),
    _f("overdue_terms", "DOUBLE", "termes nets", "dette courante hors paiements en chemin, en termes nets", "entries benefits"),
    _f("legal_terms", "DOUBLE", "termes nets", "solde exigible en termes nets", "entries benefits"),
    _f("oldest_unpaid_on", "DATE", "", "échéance du plus ancien terme impayé", "entries benefits"),
    _f("oldest_unpaid_days", "BIGINT", "jours", "âge du plus ancien terme impayé", "entries benefits"),
    _f("judged_terms", "BIGINT", "termes", "termes jugés (douze au plus)", "entries", 400),
    _f("unpaid_terms_3", "BIGINT", "termes", "termes non soldés sur les 3 derniers", "entries benefits", 125),
    _f("unpaid_terms_6", "BIGINT", "termes", "termes non soldés sur les 6 derniers", "entries benefits", 215),
    _f("unpaid_terms_12", "BIGINT", "termes", "termes non soldés sur les 12 derniers", "entries benefits", 365),
    _f("paid_share_3", "BIGINT", "%", "part payée des 3 derniers termes", "entries benefits", 125),
    _f("debt_rise_3_terms", "DOUBLE", "termes nets", "hausse de la dette sur les 3 derniers termes", "entries benefits", 125),
    _f("days_since_payment", "BIGINT", "jours", "jours depuis le dernier paiement", "entries"),
    _f("payment_delay_days", "BIGINT", "jours", "retard moyen de paiement des 3 derniers termes", "entries", 125),
    _f("payment_delay_drift_days", "BIGINT", "jours", "dérive du jour de paiement", "entries", 400),
    _f("rejects_120d", "BIGINT", "rejets", "paiements rejetés en 4 mois", "entries", 120),
    _f("reject_unpaid_days", "BIGINT", "jours", "jours depuis un rejet non régularisé", "entries", 120),
    _f("method_changes_365d", "BIGINT", "changements", "changements de mode de paiement en un an", "entries", 365),
    _f("has_benefit_break", "BOOLEAN", "", "aide au logement interrompue ou réduite de moitié", "benefits", 155),
    _f("benefit_late_months", "BIGINT", "mois", "mois d'aide attendus et en retard", "benefits entries", 365),
    _f("has_known_right", "BOOLEAN", "", "droit à l'aide au logement connu", "benefits"),
    _f("net_share_rise_pct", "BIGINT", "%", "hausse du reste à charge", "entries benefits", 215),
    _f(
        "technical_shock_cents",
        "BIGINT",
        "centimes",
        "régularisations, SLS provisoire et frais en 60 jours",
        "entries obligations",
        60,
    ),
    _f("plan_state", "VARCHAR", "", "état du plan d'apurement", "plans entries", 365),
    _f("plan_framework", "VARCHAR", "", "cadre du plan en cours", "plans"),
    _f("plan_missed", "BIGINT", "échéances", "échéances de plan manquées, 5 jours de tolérance", "plans entries"),
    _f("plans_broken_365d", "BIGINT", "plans", "plans rompus en un an", "plans", 365),
    _f("overindebtedness_step", "VARCHAR", "", "étape du dossier de surendettement", "overindebtedness"),
    _f("stage", "VARCHAR", "", "étape de la procédure", "procedures"),
    _f("stage_on", "DATE", "", "date de l'étape", "procedures"),
    _f("hearing_on", "DATE", "", "prochaine audience", "procedures"),
    _f("is_clause_at_stake", "BOOLEAN", "", "délais du juge ou protocole de cohésion sociale en cours", "plans"),
    _f("is_clause_missed", "BOOLEAN", "", "échéance manquée pendant des délais du juge ou un protocole", "plans entries"),
    _f("erp_gap_cents", "BIGINT", "centimes", "écart entre le solde de l'ERP et les écritures", "balances entries"),
    _f("days_since_two_way", "BIGINT", "jours", "jours depuis le dernier échange", "contacts"),
    _f("days_since_inbound", "BIGINT", "jours", "jours depuis le dernier contact venu du ménage", "contacts"),
    _f("attempts_180d", "BIGINT", "tentatives", "tentatives de contact en 180 jours", "contacts", 180),
    _f("failed_attempts_180d", "BIGINT", "tentatives", "tentatives sans réponse depuis le dernier échange", "contacts", 180),
    _f("failed_channels_180d", "BIGINT", "canaux", "canaux essayés sans réponse", "contacts", 180),
    _f("appointments_missed_180d", "BIGINT", "rendez-vous", "rendez-vous manqués depuis le dernier échange", "contacts", 180),
    _f("mail_returned_365d", "BIGINT", "plis", "courriers revenus (NPAI, non réclamés)", "contacts", 365),
    _f("silence_days", "BIGINT", "jours", "silence malgré au moins deux tentatives", "contacts leases", 180),
    _f("obligations_unmet", "BIGINT", "demandes", "demandes sans réponse après relance", "obligations", 730),
    _f("surveys_unmet", "BIGINT", "enquêtes", "enquêtes OPS ou SLS sans réponse", "obligations", 730),
    _f("insurance_unmet", "BIGINT", "attestations", "attestation d'assurance non fournie", "obligations", 730),
    _f("access_unmet", "BIGINT", "accès", "accès technique sans suite", "obligations", 730),
    _f("is_to_contact", "BOOLEAN", "", "jamais sollicité récemment : à contacter", "contacts", 365),
)
"""In the order of the features frame."""


OPTIONAL_TABLES = tuple(table.name for table in TABLES.values() if not table.is_required and not table.is_personal)
"""Tables that a landlord may not deliver, in contract order."""


def switched_off(pins: Container[str]) -> list[str]:
    """Names of the optional tables that were never delivered: the signals that rest on them are off, and the list says so."""
    return [name for name in OPTIONAL_TABLES if name not in pins]


def unknown_without(feature: Feature, pins: Container[str]) -> bool:
    """Whether `feature` is unknown because the table it rests on was never delivered."""
    return feature.tables[0] in switched_off(pins)


def dictionary_markdown() -> str:
    """The dictionary as the page `docs/features.md`, in French."""
    return _HEAD + "\n".join(_line(feature) for feature in FEATURES) + "\n"


_HEAD = """# Dictionnaire des traits

Une ligne par colonne du fichier des traits, dans son ordre ; les règles de calcul sont dans `docs/ledger.md`.
Page produite par `riskmodel features dictionary`.

`riskmodel features build BAILLEUR --as-of AAAA-MM-JJ` calcule les traits d'une nuit ;
`riskmodel features explain BAILLEUR BAIL --as-of AAAA-MM-JJ` montre le compte d'un bail, pour vérifier à la main.

Un trait est inconnu (vide) quand la première de ses tables n'a jamais été livrée ; les autres ne font que le préciser.
« Effet » : nombre de jours pendant lesquels un fait compte ; « tant que vrai » : tant qu'il est vrai au jour de la question.

| trait | type | unité | sens | tables | effet |
|---|---|---|---|---|---|
"""


def _line(feature: Feature) -> str:
    effect = f"{feature.effect_days} jours" if feature.effect_days else "tant que vrai"
    tables = ", ".join(f"`{name}`" for name in feature.tables)
    return f"| `{feature.name}` | {feature.type} | {feature.unit or '—'} | {feature.meaning} | {tables} | {effect} |"
