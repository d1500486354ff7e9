"""An invented list of any length. Nobody in it exists; figures are drawn with a fixed seed: the same call gives the same list."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from riskmodel.documents.french import day, decimal, euros
from riskmodel.weekly.frozen import CAUSES, Departure, FrozenList, Reason, Row, Tab

AS_OF = date(2026, 10, 18)
TABLES = (
    {"name": "derive", "title": "Dérive d'impayé", "version": "2026-11", "hash": "8f1c09d2a7b3e65410fe"},
    {"name": "decrochage", "title": "Décrochage", "version": "2026-11", "hash": "27ab51c0d9ee34f8b601"},
)
ENTRY: dict[str, Any] = {
    **{"score": "derive", "label": "Dérive d'impayé", "kind": "servi", "weeks": 13, "listed": 100, "hits": 34, "precision": 0.34},
    **{"best_rule": "debt_age", "best_rule_label": "âge de la dette", "rule_precision": 0.29},
    **{"difference": 0.05, "low": -0.02, "high": 0.12, "recall": 0.62, "recall_low": 0.45, "recall_high": 0.8},
}
"""One score's track record."""
_DOUBTS = ("Le solde de l'ERP s'écarte de 212,40 € de la somme des écritures.", "Historique trop court : 1 terme jugé.")
_SILENCES = ("Aucune tentative en 6 mois, aucun échange en un an.",)
_STAKES = {
    "time_granted": "Échéance manquée pendant des délais accordés par le juge : la clause résolutoire peut reprendre effet.",
    "summons": "Audience le 13/11/2026, paiement du loyer courant non repris (41 % payés sur les 3 derniers termes).",
}


def invented(
    sizes: dict[Tab, int], *, unit: str = "Agence Rives de Loire", departures: int = 3, warnings: tuple[str, ...] = ()
) -> FrozenList:
    """A synthetic list with `sizes` rows on each tab."""
    rows = tuple(row for tab, size in sizes.items() for row in _rows(tab, size))
    return FrozenList(
        landlord_id="exemple-habitat",
        landlord_name="Exemple Habitat",
        is_synthetic=True,
        management_unit=unit,
        week="2026-S43",
        monday=AS_OF + timedelta(days=1),
        as_of=AS_OF,
        capacity=20,
        last_delivery=AS_OF - timedelta(days=1),
        tables=TABLES,
        warnings=warnings,
        rows=rows,
        departures=tuple(_departure(place) for place in range(1, departures + 1)),
        counts=_counts(sizes),
    )


def _rows(tab: Tab, size: int) -> list[Row]:
    draw = random.Random(f"{tab} {size}")
    rows = [_row(tab, place, draw) for place in range(1, size + 1)]
    ranked = sorted(rows, key=lambda row: -max(row.drift or 0, row.decrochage or 0))
    return [replace(row, position=place) for place, row in enumerate(ranked, start=1)]


def _row(tab: Tab, place: int, draw: random.Random) -> Row:
    facts = _account(draw) | _contact(tab, draw) | _court(tab, draw)
    number = draw.randrange(100_000, 999_999)
    is_new = draw.random() < 0.45
    reasons = _reasons(tab, facts, draw)
    return Row(
        tab=tab,
        position=place,
        lease_id=f"B-{number}",
        household_id=f"M-{number * 7 % 1_000_000:06d}",
        change="nouveau" if is_new else "maintenu",
        previous_position=None if is_new else draw.randint(1, 20),
        facts=facts,
        drift=_sum(reasons, "derive"),
        decrochage=_sum(reasons, "decrochage"),
        stratum="précoce" if facts["current_terms"] < 0.9 else "avancé",
        why=_why(tab, place, facts, draw),
        until=AS_OF + timedelta(days=draw.randint(5, 40)) if tab == "ecarte" else None,
        reasons=reasons,
    )


def _account(draw: random.Random) -> dict[str, Any]:
    """Balances that add up: legal = current + technical + frozen + gap − advance."""
    net = draw.randrange(14_000, 52_000)
    current = draw.randrange(10, 190) * net // 100
    technical, frozen, gap = (draw.choice((0, 0, 0, draw.randrange(2_000, 90_000))) for _ in range(3))
    unpaid = draw.randint(1, 3)
    return {
        "net_term_cents": net,
        "current_cents": current,
        "technical_cents": technical,
        "frozen_cents": frozen,
        "benefit_gap_cents": gap,
        "benefit_advance_cents": 0,
        "legal_cents": current + technical + frozen + gap,
        "current_terms": (100 * current // net) / 100,
        "oldest_unpaid_on": AS_OF - timedelta(days=30 * unpaid + 8),
        "oldest_unpaid_days": 30 * unpaid + 8,
        "judged_terms": 12,
        "unpaid_terms_3": unpaid,
        "unpaid_terms_6": unpaid + draw.randint(0, 2),
        "unpaid_terms_12": unpaid + 2 + draw.randint(0, 3),
        "rejects_120d": draw.choice((0, 0, 1)),
    }


def _contact(tab: Tab, draw: random.Random) -> dict[str, Any]:
    is_lost, is_untried = tab == "decrochage", tab == "a_contacter"
    tried = 0 if is_untried else draw.randint(4, 7) if is_lost else draw.randint(0, 3)
    failed = tried if is_lost else min(tried, 1)
    return {
        "days_since_two_way": None
        if draw.random() < 0.1
        else draw.randint(380, 900)
        if is_lost or is_untried
        else draw.randint(6, 300),
        "attempts_180d": tried,
        "failed_attempts_180d": failed,
        "failed_channels_180d": min(failed, 3),
        "mail_returned_365d": draw.randint(0, 1) if is_lost else 0,
        "obligations_unmet": draw.randint(0, 1),
    }


def _court(tab: Tab, draw: random.Random) -> dict[str, Any]:
    is_urgent = tab == "urgence"
    stage, hearing = (
        draw.choice((("summons", AS_OF + timedelta(days=26)), ("time_granted", None))) if is_urgent else ("none", None)
    )
    plan = draw.choice(("none", "none", "kept", "missed"))
    return {
        "stage": stage,
        "stage_on": AS_OF - timedelta(days=draw.randint(20, 90)) if is_urgent else None,
        "hearing_on": hearing,
        "is_terminated": stage == "time_granted",
        "plan_state": "missed" if stage == "time_granted" else plan,
        "plan_framework": "judge" if stage == "time_granted" else "amicable" if plan != "none" else None,
        "plan_missed": 1,
        "overindebtedness_step": draw.choice(("none", "none", "none", "filed")),
    }


def _reasons(tab: Tab, facts: dict[str, Any], draw: random.Random) -> tuple[Reason, ...]:
    if tab in ("ne_peut_pas_dire", "a_contacter", "ecarte"):
        return ()
    drift = _drift_reasons(facts, draw) if tab != "decrochage" else []
    lost = _loss_reasons(facts) if tab == "decrochage" else []
    return tuple(drift + lost)


def _drift_reasons(facts: dict[str, Any], draw: random.Random) -> list[Reason]:
    terms, days = facts["current_terms"], facts["oldest_unpaid_days"]
    debt = f"Dette courante de {euros(facts['current_cents'])}, soit {decimal(terms)} terme net"
    age = f"Plus ancien terme impayé : échéance du {day(facts['oldest_unpaid_on'])}, il y a {days} jours"
    found = [
        ("overdue_terms", 26 if terms >= 1.4 else 20 if terms >= 0.9 else 12, debt),
        ("oldest_unpaid_days", 12 if days >= 90 else 10 if days >= 60 else 6, age),
        ("unpaid_terms_6", 20, f"{facts['unpaid_terms_6']} termes non soldés à temps sur les 6 derniers"),
    ]
    if facts["rejects_120d"]:
        found.append(("rejects_120d", 6, "1 paiement rejeté dans les 4 derniers mois"))
    if draw.random() < 0.3:
        found.append(("has_benefit_break", 10, "Aide au logement interrompue ou réduite de moitié depuis deux mois"))
    return [Reason("derive", name, points, text) for name, points, text in found]


def _loss_reasons(facts: dict[str, Any]) -> list[Reason]:
    failed, channels = facts["failed_attempts_180d"], facts["failed_channels_180d"]
    found = [
        ("failed_attempts_180d", 25, f"{failed} tentatives sans réponse en 180 jours, depuis le dernier échange"),
        ("failed_channels_180d", 15, f"{channels} canaux différents essayés sans réponse"),
    ]
    if facts["mail_returned_365d"]:
        found.append(("mail_returned_365d", 8, "1 courrier revenu ou non réclamé en un an"))
    if facts["obligations_unmet"]:
        found.append(("obligations_unmet", 8, "1 demande sans suite après relance"))
    return [Reason("decrochage", name, points, text) for name, points, text in found]


def _sum(reasons: tuple[Reason, ...], score: str) -> int | None:
    points = [reason.points for reason in reasons if reason.score == score]
    return sum(points) if points else None


def _why(tab: Tab, place: int, facts: dict[str, Any], draw: random.Random) -> str | None:
    if tab == "ecarte":
        cause = CAUSES[_cause(place)]
        return f"{cause[0].upper()}{cause[1:]} : {euros(draw.randrange(4_000, 40_000))}."
    if tab == "urgence":
        return _STAKES[facts["stage"]]
    said = {"ne_peut_pas_dire": _DOUBTS, "a_contacter": _SILENCES}.get(tab)
    return draw.choice(said) if said else None


def _cause(place: int) -> str:
    return list(CAUSES)[-1 - (place * place) % len(CAUSES)]


def _counts(sizes: dict[Tab, int]) -> dict[str, int]:
    suppressed = Counter(_cause(place) for place in range(1, sizes.get("ecarte", 0) + 1))
    return {
        "menages": 1_240,
        "coupe_derive": 4,
        "ecartes": suppressed.total(),
        **{f"ecarte_{cause}": suppressed[cause] for cause in CAUSES},
    }


def _departure(place: int) -> Departure:
    why = (
        "Dette courante soldée le 12/10/2026",
        "Un échange a eu lieu le 14/10/2026",
        "Plus retenu cette semaine : aucune dette courante, dernier échange il y a 12 jours.",
    )
    return Departure(lease_id=f"B-20{place:04d}", tab="derive", position=2 * place, why=why[place % 3])
