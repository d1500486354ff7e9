"""`python -m benchmarks [--on 2026-11-22] [10000 100000 1000000]`: measure every stage at every size and write `results.md`.

Files go to the folder named by VIGIE_BENCH (default `var/bench`); a million households need about 15 GB there for a while.
"""

import argparse
import os
import shutil
from datetime import date
from pathlib import Path

from benchmarks.measure import Measure, measure
from benchmarks.report import results

SIZES = (10_000, 100_000, 1_000_000)
PANDAS_LIMIT = 100_000
"""Households up to which the pandas version fits in an ordinary machine's memory."""

STAGES = ("draw", "receive_full", "receive_night", "build_features", "score_leases", "build_lists", "scan")
COMPARED = ("pandas_features", "agree")


def main() -> None:
    """Measure, print each line as it comes, write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Mesure la nuit sur des bailleurs inventés.")
    parser.add_argument(
        "--on", type=date.fromisoformat, default=date.today(), help="jour de la mesure, AAAA-MM-JJ ; à défaut ce jour"
    )
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="nombres de ménages")
    said = parser.parse_args()
    folder = Path(os.environ.get("VIGIE_BENCH", "var/bench")).resolve()
    load = os.getloadavg()[0]
    measured = {size: _measure(folder / str(size), size) for size in sorted(said.sizes)}
    page = Path(__file__).parent / "results.md"
    page.write_text(results(measured, said.on, load), encoding="utf-8")
    print(f"Résultats : {page}")


def _measure(folder: Path, size: int) -> dict[str, Measure]:
    stages = STAGES + (COMPARED if size <= PANDAS_LIMIT else ())
    found = {}
    for stage in stages:
        found[stage] = took = measure(stage, folder)
        print(
            f"{size:>9} ménages  {stage:<16} {took.seconds:8.1f} s  {took.cpu_seconds:8.1f} s cpu  {took.peak_mib:6} Mio",
            flush=True,
        )
    shutil.rmtree(folder)
    return found


if __name__ == "__main__":
    main()
