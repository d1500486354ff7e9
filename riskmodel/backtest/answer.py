"""The answer first: for each question three sentences, whichever way they fall, and one table of who would serve."""

from riskmodel.backtest.evidence import Evidence, Question
from riskmodel.backtest.labels import HAND_SET, HAPPENED, SCORES
from riskmodel.backtest.wording import established, gap, gap_below, hundred, named, texts
from riskmodel.documents.page import Section, Table, Terms


def answer(evidence: Evidence) -> Section:
    """Whether the score or the rule would serve, by how much, with the interval."""
    said = tuple((SCORES[question.score].capitalize(), " ".join(sentences(question))) for question in evidence.questions)
    is_fitted = any("points" in question.models for question in evidence.questions)
    notes = (texts()["regle"], texts()["posee"], texts()["ajustee" if is_fitted else "sans_ajustee"])
    return Section("La réponse", (Terms(said), _table(evidence), *notes), is_chapter=True)


def sentences(question: Question) -> tuple[str, str, str]:
    """Who would serve with the first table and how sure that is; the figures beside the best rule and chance; the other table."""
    first, *others = question.models
    found, of_rule = _precisions(question, first)
    drawn = question.mean("precision").get("random", float("nan"))
    return (
        f"Avec la {named(first)}, {_sure(question, first)}.",
        f"Sur 100 ménages signalés, {hundred(found)} {HAPPENED[question.score]} dans les {question.horizon} jours, contre "
        f"{hundred(of_rule)} avec la meilleure règle simple ({named(question.rule)}) et {hundred(drawn)} au hasard.",
        _other(question, others[0]) if others else "Le passé est trop court pour ajuster une table et la comparer.",
    )


def _other(question: Question, model: str) -> str:
    kept = ", en vigueur tant qu'aucune autre n'est approuvée" if model == HAND_SET else ""
    return f"Avec la {named(model)}{kept}, {_sure(question, model)} ({hundred(_precisions(question, model)[0])} sur 100)."


def _sure(question: Question, model: str) -> str:
    """Who would serve, the difference, its interval, and whether it is established."""
    found = question.verdict(model)
    served = "le score servirait la liste" if found.serves == "score" else "la règle servirait la liste, pas le score"
    by = gap(found.difference, found.low, found.high)
    return f"{served} : écart de {by} pour 100 signalés, {established(found.low, found.high)}"


def _precisions(question: Question, model: str) -> tuple[float, float]:
    """Of the table and of the best rule, on the days both have."""
    compared = question.against(model, question.rule)
    return (float("nan"), float("nan")) if compared is None else (compared.precision, compared.precision_against)


def _table(evidence: Evidence) -> Table:
    """One line a question and table."""
    rows = tuple(_line(question, model) for question in evidence.questions for model in question.models)
    headers = (
        "Question et table",
        "Sur 100 signalés",
        "Avec la règle",
        "Écart et intervalle",
        "Meilleure règle simple",
        "Servirait",
    )
    return Table("Qui servirait la liste, à la capacité des équipes", headers, "lrrrll", rows)


def _line(question: Question, model: str) -> tuple[str, ...]:
    found = question.verdict(model)
    return (
        f"{SCORES[question.score].capitalize()}, {named(model)}",
        *(hundred(share) for share in _precisions(question, model)),
        gap_below(found.difference, found.low, found.high),
        named(question.rule),
        "le score" if found.serves == "score" else "la règle",
    )
