"""What the law room says in French: days, amounts, a deadline explained from its inputs, and what a letter may say of it."""

from datetime import date

from riskmodel.law.counting import counted
from riskmodel.law.findings import TO_CONFIRM, Dated, Deadline
from riskmodel.law.shape import CERTAINTIES

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
TODAY = "jour de l'évaluation"
"""How `asked_by` names the day of the question."""
_NARROW, _FIXED = "\u202f", "\u00a0"
_COUNTED = {"days": ("jour", "jours"), "weeks": ("semaine", "semaines"), "months": ("mois", "mois")}
_COUNTED |= {"working_days": ("jour ouvré", "jours ouvrés"), "terms": ("terme", "termes")}


def day(on: date) -> str:
    """« 1er janvier 2027 »."""
    return f"{'1er' if on.day == 1 else on.day} {_MONTHS[on.month - 1]} {on.year}"


def euros(cents: int) -> str:
    """« 1 234,56 € »."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'−' if cents < 0 else ''}{whole:,}".replace(",", _NARROW) + f",{rest:02d}{_FIXED}€"


def shown(rule: Dated) -> str:
    """A value with its unit: « 2 mois », « 5 jours ouvrés », « 450,00 € », « 31 mars », « à confirmer par un juriste »."""
    value = rule.value
    if value is None:
        return TO_CONFIRM
    if isinstance(value, str):
        return (
            f"{int(value[3:]) if value[3:] != '01' else '1er'} {_MONTHS[int(value[:2]) - 1]}"
            if rule.unit == "month_day"
            else value
        )
    if rule.unit == "cents":
        return euros(value)
    if rule.unit == "percent":
        return f"{value}{_FIXED}%"
    if not value:
        return "le jour même"
    one, many = _COUNTED[rule.unit]
    return f"{value} {many if value >= 2 else one}"


def period(rule: Dated) -> str:
    """When a value applies: « depuis le 29 juillet 2023 », « du 1er septembre 2019 au 31 décembre 2026 »."""
    if rule.from_on == date.min:
        return f"jusqu'au {day(rule.until_on)}" if rule.until_on else "en vigueur"
    return f"du {day(rule.from_on)} au {day(rule.until_on)}" if rule.until_on else f"depuis le {day(rule.from_on)}"


def source(rule: Dated) -> str:
    """The text a value comes from, when it applies (by which day, unless that of the question) and how sure it is."""
    by = "" if rule.asked_by == TODAY else f"{rule.asked_by} : "
    return f"{rule.reference} ({by}{period(rule)} ; {CERTAINTIES[rule.certainty]})"


def recomputed(deadline: Deadline) -> date | None:
    """The day a deadline's own rule and starting day lead to: always the one it shows."""
    return counted(deadline.rule, deadline.from_on)


def explained(deadline: Deadline) -> str:
    """How a deadline was computed, from its inputs alone, for a jurist to follow."""
    rule, event = deadline.rule, f"{day(deadline.from_on)} ({deadline.from_label})"
    end = f" Règle : {source(rule)}." + (
        f" Cette date reste {TO_CONFIRM}." if deadline.to_confirm and not rule.to_confirm else ""
    )
    if deadline.on is None:
        said = shown(rule) if rule.unit == "text" or rule.value is None else TO_CONFIRM
        return f"{deadline.label} : {said} ; événement retenu : {event}.{end}"
    if rule.unit == "month_day":
        how = f"premier {shown(rule)} à compter du {event}"
    elif not rule.value:
        how = f"au plus tard le jour même : {event}"
    else:
        how = f"{shown(rule)} " + ("avant le " if rule.is_before else "à compter du ") + event
    return f"{deadline.label} : {how}, soit le {day(deadline.on)}.{end}"


def wording(deadline: Deadline) -> str:
    """What an automatic letter may say of a deadline: its day and its text; nothing dated while a jurist has to confirm it."""
    if deadline.to_confirm or deadline.on is None:
        return f"{deadline.label} : {TO_CONFIRM}."
    return f"{deadline.label} : {day(deadline.on)} ({deadline.rule.reference})."
