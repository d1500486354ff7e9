"""The smallest set of facts that takes a score below its threshold: every set of one fact, then of two, and so on, those of all
households computed together at each size.

With all facts undone at once the score is at its lowest, since undoing a fact never adds a point: a flag that stays then stays
for every set. For the same reason, when there are too many sets to try, those that lack an indispensable fact are left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from math import comb
from typing import Any

from riskmodel.explain.facts import Fact
from riskmodel.features.scenarios import Copies, Scenario
from riskmodel.score import PublishedTable, apply

LARGEST = 4
"""Most facts in a set that is searched for: a person acts on no more."""
MANY_SETS = 400
"""Above so many sets of a size, only those that hold every indispensable fact are tried."""

Key = tuple[str, str]
Chosen = tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """A household flagged by a table, and the facts that may be undone. `key` is the score's name and the lease."""

    key: Key
    table: PublishedTable
    facts: tuple[Fact, ...]

    @property
    def everything(self) -> Chosen:
        """All the facts."""
        return tuple(range(len(self.facts)))


@dataclass(frozen=True)
class Answer:
    """`chosen` is None when no set removes the flag; `is_exact` says that no smaller set does, or none at all. `after` is the
    score with the chosen facts undone (with all of them when no set will do), `remains` the features then, in that case alone."""

    chosen: Chosen | None
    before: int
    after: int
    is_exact: bool
    remains: Mapping[str, Any]


Scores = dict[tuple[Key, Chosen], int]


def search(copies: Copies, questions: Sequence[Question]) -> dict[Key, Answer]:
    """The answer to each question."""
    scores = _scores(copies, [(q, chosen) for q in questions for chosen in _first(q)])
    found: dict[Key, Chosen] = {q.key: () for q in questions if _is_gone(scores, q, ())}
    open_ = [q for q in questions if q.key not in found and _is_gone(scores, q, q.everything)]
    for size in range(1, LARGEST + 1):
        tried = {q.key: list(_sets(q, size, scores)) for q in open_}
        scores |= _scores(copies, [(q, chosen) for q in open_ for chosen in tried[q.key] if (q.key, chosen) not in scores])
        winners = {q.key: [c for c in tried[q.key] if _is_gone(scores, q, c)] for q in open_}
        found |= {q.key: min(winners[q.key], key=partial(_preference, q)) for q in open_ if winners[q.key]}
        open_ = [q for q in open_ if q.key not in found]
    enough = _sufficient(copies, open_, scores)
    chosen = found | enough
    remains = _remains(copies, [q for q in questions if q.key not in chosen])
    return {
        q.key: Answer(
            chosen.get(q.key),
            before=scores[q.key, ()],
            after=scores[q.key, chosen.get(q.key, q.everything)],
            is_exact=q.key not in enough,
            remains=remains.get(q.key, {}),
        )
        for q in questions
    }


def _first(question: Question) -> list[Chosen]:
    """What is computed before anything is known: nothing undone, everything, each fact alone, and each alone left out when the
    sets will be too many to try them all."""
    singles = [(rank,) for rank in question.everything]
    is_long = comb(len(question.facts), LARGEST) > MANY_SETS
    return list(dict.fromkeys([(), question.everything, *singles, *(_all_but_one(question) if is_long else [])]))


def _is_gone(scores: Scores, question: Question, chosen: Chosen) -> bool:
    return scores[question.key, chosen] < question.table.minimum


def _all_but_one(question: Question) -> list[Chosen]:
    everything = question.everything
    return [everything[:rank] + everything[rank + 1 :] for rank in everything]


def _sets(question: Question, size: int, scores: Scores) -> Iterator[Chosen]:
    everything = question.everything
    if comb(len(everything), LARGEST) <= MANY_SETS:
        yield from combinations(everything, size)
        return
    needed = {
        rank for rank, others in zip(everything, _all_but_one(question), strict=True) if not _is_gone(scores, question, others)
    }
    free = [rank for rank in everything if rank not in needed]
    for others in combinations(free, size - len(needed)) if size >= len(needed) else ():
        yield tuple(sorted({*needed, *others}))


def _preference(question: Question, chosen: Chosen) -> tuple[int, list[int], list[str]]:
    """Least money first, then the latest days: what is cheapest, then what is freshest in memory."""
    picked = [question.facts[rank] for rank in chosen]
    days = sorted(-fact.day.toordinal() for fact in picked)
    return sum(fact.amount_cents or 0 for fact in picked), days, [fact.sentence for fact in picked]


def _sufficient(copies: Copies, questions: Sequence[Question], scores: Scores) -> dict[Key, Chosen]:
    """For sets beyond the largest size: facts taken by what each alone takes off the score, until the flag is gone. Enough, and
    not said to be the smallest."""
    orders = {q.key: _by_effect(q, scores) for q in questions}
    prefixes = {q.key: [tuple(sorted(orders[q.key][:n])) for n in range(LARGEST + 1, len(q.facts) + 1)] for q in questions}
    scores |= _scores(copies, [(q, c) for q in questions for c in prefixes[q.key] if (q.key, c) not in scores])
    return {q.key: next(c for c in prefixes[q.key] if _is_gone(scores, q, c)) for q in questions}


def _by_effect(question: Question, scores: Scores) -> list[int]:
    return sorted(question.everything, key=lambda rank: (scores[question.key, (rank,)], -question.facts[rank].day.toordinal()))


def _remains(copies: Copies, questions: Sequence[Question]) -> dict[Key, Mapping[str, Any]]:
    """Features of households whose flag stays, with all their facts undone."""
    if not questions:
        return {}
    asked = {f"{number:06d}": question for number, question in enumerate(questions)}
    rows = copies.features({name: _undone(q, q.everything) for name, q in asked.items()}).to_dict("records")
    return {asked[row["lease_id"]].key: {str(name): value for name, value in row.items()} for row in rows}


def _scores(copies: Copies, asked: list[tuple[Question, Chosen]]) -> Scores:
    """Score of each set of facts undone, by the table of its question."""
    if not asked:
        return {}
    names = {f"{number:06d}": pair for number, pair in enumerate(asked)}
    frame = copies.features({name: _undone(*pair) for name, pair in names.items()})
    owners = [names[name][0].table for name in frame["lease_id"]]
    found: Scores = {}
    for table in {id(table): table for table in owners}.values():
        scored = apply(table, frame[[owner is table for owner in owners]])
        for name, points in zip(scored["lease_id"], scored["score"], strict=True):
            question, chosen = names[name]
            found[question.key, chosen] = int(points)
    return found


def _undone(question: Question, chosen: Chosen) -> Scenario:
    return Scenario(question.key[1], tuple(question.facts[rank].edit for rank in chosen))
