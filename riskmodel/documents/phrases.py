"""One household's facts in a few words each: what a reviewer reads in a cell."""

from datetime import date, timedelta
from math import log
from typing import Any

from riskmodel.documents.french import counted, day, euros, typeset
from riskmodel.documents.labels import FRAMEWORKS, OVERINDEBTEDNESS, STAGES
from riskmodel.weekly.frozen import DISPUTED_FACT, SILENT_FACT, Reason, Row

UNKNOWN = "inconnu"
ONE_IN = (
    (1, 2),
    (1, 3),
    (1, 4),
    (1, 5),
    (1, 6),
    (1, 8),
    (1, 10),
    (1, 15),
    (1, 20),
    (1, 30),
    (1, 50),
    (1, 100),
    (2, 3),
    (3, 4),
    (9, 10),
)
"""Shares that people can picture; the nearest in proportion is said."""


def fact(row: Row, name: str) -> Any:
    """A feature of the row; None when it is unknown (missing, null or not a number)."""
    value = row.facts.get(name)
    return None if value != value else value


def fact_day(row: Row, name: str) -> date | None:
    """A dated feature, whether it was frozen as a date or as ISO text."""
    value = fact(row, name)
    return date.fromisoformat(str(value)[:10]) if value is not None else None


def change(row: Row) -> str:
    """New on the list, or kept with its place on the list before."""
    if row.change == "nouveau":
        return "nouveau"
    place = f" (n° {row.previous_position})" if row.previous_position else ""
    return typeset(f"maintenu{place}")


def evolution(row: Row) -> str:
    """What changed since the list before, and for how long nobody has decided."""
    return "\n".join(part for part in (change(row), silence(row)) if part)


def silence(row: Row) -> str:
    """How long lists have shown the row without a decision; empty below two weeks."""
    weeks = row.facts.get(SILENT_FACT)
    return f"sans décision depuis {counted(weeks, 'semaine')}" if weeks else ""


def contested(row: Row) -> tuple[str, ...]:
    """What the household says is wrong, in a sentence; nothing on most rows."""
    said = row.facts.get(DISPUTED_FACT)
    return (str(said),) if said else ()


def why(row: Row) -> str:
    """What put the row on its tab, after what the household disputes; a suppression's last day has a column of its own."""
    return "\n".join(typeset(text) for text in (*contested(row), row.why) if text)


def unpaid(row: Row) -> str:
    """Terms not fully paid among the last 3, 6 and 12, as far as the account goes back."""
    judged = fact(row, "judged_terms")
    if judged is None:
        return UNKNOWN
    windows = [n for n in (3, 6, 12) if n <= max(judged, 3)] if judged else []
    seen = [(fact(row, f"unpaid_terms_{n}"), min(n, judged)) for n in windows]
    return ", ".join(f"{count} sur {n}" for count, n in seen if count is not None) or "aucun terme jugé"


def attempts(row: Row) -> str:
    """Outbound attempts of six months, and those left without an answer."""
    tried, failed = fact(row, "attempts_180d"), fact(row, "failed_attempts_180d")
    if tried is None:
        return UNKNOWN
    if not tried:
        return typeset("aucune en 6 mois")
    if not failed:
        return typeset(f"{tried} en 6 mois")
    channels = fact(row, "failed_channels_180d")
    ways = f" ({counted(channels, 'canal', 'canaux')})" if channels else ""
    return typeset(f"{tried} en 6 mois\n{failed} sans réponse{ways}")


def last_exchange(row: Row, as_of: date) -> date | str:
    """Day of the last two-way contact; "aucun connu" when contacts are delivered and none is known."""
    days = fact(row, "days_since_two_way")
    if days is not None:
        return as_of - timedelta(days=int(days))
    return UNKNOWN if fact(row, "attempts_180d") is None else "aucun connu"


def plan(row: Row) -> str:
    """State of the repayment plan and of an overindebtedness file."""
    parts = (_plan(row), _overindebtedness(row))
    return "\n".join(part for part in parts if part)


def procedure(row: Row) -> str:
    """Stage of the procedure with its day, the hearing to come, and whether the lease is terminated."""
    label = STAGES.get(fact(row, "stage") or "none", fact(row, "stage"))
    on = fact_day(row, "stage_on")
    stage = f"{label}, {day(on)}" if label and on else label
    ended = "bail résilié" if fact(row, "is_terminated") else ""
    hearing = fact_day(row, "hearing_on")
    return "\n".join(part for part in (stage, f"audience le {day(hearing)}" if hearing else "", ended) if part)


def own_reasons(row: Row) -> list[Reason]:
    """Reasons of the score that put the row on its tab; a row may carry those of the other score too."""
    return [reason for reason in row.reasons if reason.score == row.tab]


def reasons(row: Row) -> str:
    """One line a reason, points first; they add up to the score of the row's tab."""
    return "\n".join(f"{reason.points:+d}  {typeset(reason.text)}" for reason in own_reasons(row))


def seen(row: Row) -> str:
    """What a reviewer decides on, one line a fact, without points: the rule that shows the row, else the reasons of its score,
    else where its account and its last exchange stand. A row that was drawn reads like the others. What the household
    disputes comes first."""
    told = [row.why] if row.why else [reason.text for reason in own_reasons(row)]
    return "\n".join(typeset(text) for text in (*contested(row), *(told or standing(row))))


def bare_reasons(row: Row) -> str:
    """The same on one line, for files that may travel; nothing outside the scored tabs."""
    return seen(row).replace("\n", " | ") if row.tab in ("derive", "decrochage") else ""


def removal(row: Row) -> str:
    """The smallest set of dated facts without which the row would not be flagged, one line a fact."""
    if not row.removal:
        return ""
    doubt = "" if row.removal_is_exact else "\n(il en existe peut-être un ensemble plus petit)"
    return "\n".join(typeset(sentence) for sentence in row.removal) + doubt


def chance(row: Row) -> str:
    """The probability of the event within 90 days, as people say it: environ 1 sur 4. Empty where the table gives none."""
    share = row.probability
    if share is None:
        return ""
    if share < 0.01:
        return typeset("moins de 1 sur 100")
    if share > 0.95:
        return typeset("plus de 9 sur 10")
    one_in = min(ONE_IN, key=lambda pair: (abs(log(share * pair[1] / pair[0])), pair[1]))
    return typeset(f"environ {one_in[0]} sur {one_in[1]}")


def standing(row: Row) -> list[str]:
    """Where contact and account stand, for a row of which neither a rule nor a score says anything: facts, never a reason."""
    cents, days = fact(row, "current_cents"), fact(row, "days_since_two_way")
    debt = UNKNOWN if cents is None else euros(int(cents))
    exchange = "aucun échange connu" if days is None else f"dernier échange il y a {counted(int(days), 'jour')}"
    tried = fact(row, "attempts_180d")
    attempts = "" if tried is None else f", {counted(int(tried), 'tentative')} en 6 mois"
    return [f"Termes non soldés à temps : {unpaid(row)} ; dette courante de {debt}", f"{exchange.capitalize()}{attempts}"]


def _plan(row: Row) -> str:
    state, missed = fact(row, "plan_state"), fact(row, "plan_missed")
    framework = FRAMEWORKS.get(fact(row, "plan_framework") or "", "plan")
    if state == "kept":
        return f"{framework}, tenu"
    if state == "missed":
        return typeset(f"{framework}, {counted(missed or 1, 'échéance manquée', 'échéances manquées')}")
    return typeset("plan rompu dans l'année") if state == "broken" else ""


def _overindebtedness(row: Row) -> str:
    step = OVERINDEBTEDNESS.get(fact(row, "overindebtedness_step") or "none", "")
    return f"surendettement, {step}" if step else ""
