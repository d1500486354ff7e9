"""Points tables: the hand-set ones, the fitted ones kept for tests, and legal ones drawn by Hypothesis."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from riskmodel.features.dictionary import FEATURES
from riskmodel.score import PublishedTable, load, parse, published, text
from riskmodel.score.admitted import ADMITTED, Admitted
from riskmodel.score.reading import PUBLISHED

FITTED = sorted((Path(__file__).parents[1] / "unit" / "score" / "fitted").glob("*.toml"))
KEPT: dict[str, PublishedTable] = {name: published(name) for name in PUBLISHED} | {path.stem: load(path) for path in FITTED}
"""Tables that are there whatever is drawn, by name."""
TYPES = {feature.name: feature.type for feature in FEATURES}
EFFECTS = {feature.name: feature.effect_days for feature in FEATURES}


@st.composite
def drawn(draw: st.DrawFn, name: str) -> PublishedTable:
    """A table that may be published for a score: some of its inputs, any legal cuts, any points up to a hundred in all."""
    chosen = draw(st.lists(st.sampled_from(sorted(ADMITTED[name])), min_size=1, max_size=8, unique=True))
    inputs = [_input(draw, feature, ADMITTED[name][feature], 100 // len(chosen)) for feature in chosen]
    total = sum(entry["rows"][-1]["points"] for entry in inputs)
    words = dict.fromkeys(("title", "outcome", "cohort", "approval"), "Table tirée au hasard.")
    head = {"name": name, "version": "tirée", **words, "minimum": draw(st.integers(1, total)), "total": total}
    return parse(text({**head, "input": inputs}))


def tables(name: str) -> st.SearchStrategy[PublishedTable]:
    """Any table of a score, kept or drawn."""
    return st.one_of(st.sampled_from([table for table in KEPT.values() if table.name == name]), drawn(name))


def _input(draw: st.DrawFn, feature: str, admitted: Admitted, most: int) -> dict[str, Any]:
    cuts = [True] if TYPES[feature] == "BOOLEAN" else sorted(draw(_cuts(feature, admitted)))
    points = sorted(draw(st.lists(st.integers(1, most), min_size=len(cuts), max_size=len(cuts))))
    return {
        "feature": feature,
        "label": feature,
        "topic": "Essai",
        "sign": admitted.sign,
        "effect_days": EFFECTS[feature],
        "rows": [
            {"points": 0},
            *({"from": cut, "points": worth, "text": f"{{{feature}}}"} for cut, worth in zip(cuts, points, strict=True)),
        ],
        "unknown": {"points": 0, "text": "Inconnu"},
    }


def _cuts(feature: str, admitted: Admitted) -> st.SearchStrategy[list[Any]]:
    low, high = admitted.lowest or 0, admitted.highest or 400
    if TYPES[feature] == "DOUBLE":
        levels: st.SearchStrategy[Any] = st.integers(1, round(100 * high)).map(lambda hundredths: hundredths / 100)
    else:
        levels = st.one_of(st.integers(max(1, round(low)), 20 + round(low)), st.integers(max(1, round(low)), round(high)))
    return st.lists(levels, min_size=1, max_size=4, unique=True)
