"""`python -m benchmarks.training [--on 2026-11-22] [100000]`: a table fitted from nothing, measured, written to `training.md`.

Features and outcomes of 24 as-of days, then both proposals, each stage in a process of its own; a single fit of a table beside
one of its boosted challenger, on the same rows of the same run. Synthetic data. Files go to the folder named by VIGIE_BENCH.
"""

import argparse
import os
import shutil
from datetime import date
from pathlib import Path

from benchmarks.measure import Measure, measure

PREPARED = ("draw", "receive_full")
STAGES = ("measure_past", "fit_tables", "fit_one")
TOLD = {
    "measure_past": "features and outcomes of 24 days",
    "fit_tables": "both proposals (12 candidates × 8 test days, links, challenger on 3 days)",
}
LIMIT_SECONDS, LIMIT_MIB, LIMIT_HOUSEHOLDS = 600, 6144, 100_000


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training", description="Mesure l'ajustement des tables.")
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), help="jour de la mesure ; à défaut ce jour")
    parser.add_argument("households", type=int, nargs="?", default=LIMIT_HOUSEHOLDS, help="nombre de ménages")
    said = parser.parse_args()
    folder = Path(os.environ.get("VIGIE_BENCH", "var/bench")).resolve() / str(said.households)
    load = os.getloadavg()[0]
    for stage in PREPARED:
        measure(stage, folder)
    found = {}
    for stage in STAGES:
        found[stage] = took = measure(stage, folder)
        print(
            f"{stage:<14} {took.seconds:8.1f} s  {took.cpu_seconds:8.1f} s cpu  {took.peak_mib:6} Mio  {took.counts}", flush=True
        )
    page = Path(__file__).parent / "training.md"
    page.write_text(results(found, said.households, said.on, load), encoding="utf-8")
    shutil.rmtree(folder)


def results(found: dict[str, Measure], households: int, on: date, load: float) -> str:
    """The page in Markdown; `load` is the load average before the first stage: how much else the machine was doing."""
    lines = [
        f"| {TOLD[stage]} | {found[stage].seconds:.1f} | {found[stage].cpu_seconds:.1f} | {found[stage].peak_mib:,} |"
        for stage in TOLD
    ]
    whole, peak = sum(found[stage].seconds for stage in TOLD), max(found[stage].peak_mib for stage in TOLD)
    return (
        f"# Training, {on.isoformat()}\n\n"
        f"Written by `python -m benchmarks.training`; synthetic data, {households:,} households, "
        f"{found['measure_past'].counts['rows']:,} rows of 24 as-of days, {os.cpu_count()} cores. "
        f"Load average before the first stage: {load:.1f}; above 0.5, other work shared the machine: trust processor time.\n\n"
        "| stage | wall s | cpu s | peak MiB |\n|---|---:|---:|---:|\n"
        + "\n".join(lines)
        + f"\n| **whole training** | {whole:.1f} | {sum(found[stage].cpu_seconds for stage in TOLD):.1f} | {peak:,} |\n\n"
        + _verdict(households, whole, peak)
        + _single(found["fit_one"].counts)
    )


def _verdict(households: int, seconds: float, mib: int) -> str:
    if households < LIMIT_HOUSEHOLDS:
        return f"The target is for {LIMIT_HOUSEHOLDS:,} households; this run had fewer and says nothing of it.\n\n"
    met = "met" if seconds < LIMIT_SECONDS and mib < LIMIT_MIB else "**not met**"
    return f"Target, under {LIMIT_SECONDS} s and {LIMIT_MIB:,} MiB: {met}.\n\n"


def _single(counts: dict[str, object]) -> str:
    lines = [
        f"| `{score}` | {counts[f'{score}_rows']:,} | {counts[f'{score}_table']} | {counts[f'{score}_boosted']} |"
        for score in ("derive", "decrochage")
    ]
    return (
        "One fit on every closed day, same rows, distinct ones weighted, one thread:\n\n"
        "| score | rows | table, cpu s | boosted trees, cpu s |\n|---|---:|---:|---:|\n" + "\n".join(lines) + "\n"
    )


if __name__ == "__main__":
    main()
