"""Scores of a night: the points tables in force applied to every household that may be scored."""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from riskmodel import people, register
from riskmodel.errors import NothingKnown, TableFileError
from riskmodel.people import corrections
from riskmodel.register import households
from riskmodel.score import PublishedTable, apply
from riskmodel.score.second import score_in_sql
from riskmodel.settings import Settings
from riskmodel.steps.approved import in_force
from riskmodel.steps.source import source


def score(settings: Settings, landlord_id: str, as_of: date) -> dict[str, int]:
    """Write `scores.parquet` beside the features of `as_of`: one row a lease and table (`table`, `score`, `points_<input>`), and
    in the register which unit follows each lease that day.

    Households that object to profiling and estates are left out; a fact that a household disputes is unknown. Raises
    NothingKnown when the features are missing, and TableFileError when the second scorer does not give the same integers.
    """
    folder = settings.runs / landlord_id / as_of.isoformat()
    features = read_features(folder / "features.parquet")
    rights = people.rights(source(settings, landlord_id, as_of)[0], as_of)
    out = set(rights.loc[rights["has_objected"] | rights["is_deceased"], "lease_id"])
    kept = features[~features["lease_id"].isin(out)]
    tables = in_force(settings, landlord_id, as_of)
    with register.open_register(settings.register_url)() as session:
        disputed = corrections.neutralised(session, landlord_id, as_of)
    scored = [_scored(table, kept, folder / "features.parquet", disputed) for table in tables.values()]
    _write(pd.concat(scored, ignore_index=True), folder / "scores.parquet")
    followed = features[["lease_id", "household_id", "management_unit"]].itertuples(index=False, name=None)
    with register.open_register(settings.register_url).begin() as session:
        households.replace(session, landlord_id, as_of, followed)
    return {"leases": len(features), "scored": len(kept), "tables": len(scored)}


def read_features(path: Path) -> pd.DataFrame:
    """A features file as a frame that keeps "unknown" apart; raises NothingKnown naming the command that makes it."""
    if not path.is_file():
        raise NothingKnown(
            f"{path} : traits non calculés. Lancez d'abord « riskmodel features build » pour ce bailleur et ce jour."
        )
    return pd.read_parquet(path, dtype_backend="numpy_nullable")


def _scored(table: PublishedTable, features: pd.DataFrame, path: Path, disputed: Mapping[str, Collection[str]]) -> pd.DataFrame:
    points = apply(table, corrections.unknown(features, disputed))
    again = score_in_sql(table, path, disputed).set_index("lease_id").loc[points["lease_id"]]
    figures = [name for name in points.columns if name != "lease_id"]
    if not np.array_equal(again[figures].to_numpy(), points[figures].to_numpy()):
        raise TableFileError(f"{table.name} {table.version} : les deux calculs du score diffèrent ; aucun score n'est écrit.")
    return points.assign(table=table.name).convert_dtypes()


def _write(scores: pd.DataFrame, target: Path) -> None:
    """Aside, then renamed: a killed run leaves the former file whole."""
    aside = target.with_suffix(".tmp")
    scores.sort_values(["table", "lease_id"]).to_parquet(aside, index=False)
    aside.replace(target)
