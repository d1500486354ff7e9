"""What would have removed a flag: the smallest set of dated facts without which the score stands below its threshold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from riskmodel.errors import NothingKnown
from riskmodel.explain import dossier
from riskmodel.explain.facts import Fact, facts
from riskmodel.explain.search import LARGEST, Answer, Key, Question, search
from riskmodel.features.scenarios import copies
from riskmodel.lake import Source
from riskmodel.score import PublishedTable, reasons
from riskmodel.score.french import counted


@dataclass(frozen=True)
class Removal:
    """`facts` undone together bring the score from `score_before` to `score_after`; empty when nothing is flagged, or when no set
    of facts would do. `is_exact`: no smaller set does (no set at all, when `facts` is empty). `sentence` says it all in French.
    """

    facts: tuple[Fact, ...]
    is_exact: bool
    sentence: str
    score_before: int
    score_after: int

    is_flagged: bool

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a list shows: one line a fact, or why there is none; nothing where nothing is flagged."""
        return tuple(fact.sentence for fact in self.facts) or (self.sentence,) * self.is_flagged


def removal(source: Source, as_of: date, lease_id: str, table: PublishedTable) -> Removal:
    """What would have removed the flag of one household; raises NothingKnown when the lease is not in force on `as_of`."""
    return removals(source, as_of, {table.name: [lease_id]}, {table.name: table})[table.name, lease_id]


def removals(
    source: Source, as_of: date, flagged: Mapping[str, Sequence[str]], tables: Mapping[str, PublishedTable]
) -> dict[Key, Removal]:
    """The same for a whole list: `flagged` are leases by score, `tables` the tables in use by score.

    Raises NothingKnown naming the leases that are not in force on `as_of`.
    """
    leases = sorted({lease_id for some in flagged.values() for lease_id in some})
    with copies(source, as_of, leases) as ready:
        found = dossier.read(ready, leases)
        _refuse_unknown([lease_id for lease_id in leases if lease_id not in found], as_of)
        questions = [
            Question((score, lease_id), tables[score], facts(found[lease_id], tables[score]))
            for score in flagged
            for lease_id in sorted(set(flagged[score]))
        ]
        answers = search(ready, questions)
    return {question.key: _told(question, answers[question.key]) for question in questions}


def _refuse_unknown(leases: Sequence[str], as_of: date) -> None:
    if leases:
        raise NothingKnown(
            f"Pas de bail en cours au {as_of:%d/%m/%Y} : {', '.join(leases)}. "
            "Vérifiez le jour et l'identifiant (colonne lease_id de la liste)."
        )


def _told(question: Question, answer: Answer) -> Removal:
    picked = tuple(question.facts[rank] for rank in answer.chosen or ())
    is_flagged = answer.before >= question.table.minimum
    return Removal(picked, answer.is_exact, _sentence(question, answer), answer.before, answer.after, is_flagged)


def _sentence(question: Question, answer: Answer) -> str:
    table = question.table
    if answer.chosen is None:
        left = " ; ".join(f"{reason['text']} ({reason['points']})" for reason in reasons(table, answer.remains))
        points = counted(answer.after, "point", "points")
        return f"{_nothing(question)} (seuil de {table.minimum}). Il resterait {points} : {left}."
    if not answer.chosen:
        return f"Rien à éviter : score de {answer.before}, sous le seuil de {table.minimum}."
    size = len(answer.chosen)
    subject = "Ce fait aurait suffi" if size == 1 else f"Ces {size} faits réunis auraient suffi"
    proof = "" if size == 1 else " ; aucun ensemble plus petit n'y suffit"
    proof = (
        proof if answer.is_exact else f" ; ce n'est pas forcément le plus petit ensemble (recherche arrêtée à {LARGEST} faits)"
    )
    return f"{subject} : le score passe de {answer.before} à {answer.after}, sous le seuil de {table.minimum}{proof}."


def _nothing(question: Question) -> str:
    if not question.facts:
        return "Aucun fait daté sur lequel agir n'explique ce signalement"
    return "Aucun ensemble de faits datés n'aurait évité ce signalement"
