"""The page of results: machine, stages, ratios, targets, growth."""

import os
import platform
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from benchmarks.measure import Measure

Measured = dict[int, dict[str, Measure]]

NIGHT = ("receive_night", "build_features", "score_leases")
TOLD = {
    "whole": "**whole night: intake, features, scoring**",
    "draw": "generate the deliveries (not part of the product)",
    "receive_full": "intake of the first, full delivery",
    "receive_night": "intake of one incremental night",
    "build_features": "features",
    "score_leases": "scoring (both tables, two scorers)",
    "build_lists": "weekly lists, frozen and rendered",
    "scan": "one scan of the ledger files",
    "pandas_features": "core features in pandas",
    "agree": "comparison of both, cell by cell",
}
LARGEST = 1_000_000
FEATURES_SECONDS, FEATURES_MIB, NIGHT_SECONDS = 90, 4096, 600


def results(measured: Measured, on: date, load: float) -> str:
    """The whole page in Markdown; `load` is the load average before the first stage: how much else the machine was doing."""
    parts = [
        _head(on, load),
        _volumes(measured),
        _stages(measured),
        _ratios(measured),
        _targets(measured),
        _growth(measured),
        NOTES,
    ]
    return "\n".join(parts)


def _head(on: date, load: float) -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pyarrow", "deltalake", "pandas", "numpy"))
    return (
        f"# Benchmark results, {on.isoformat()}\n\n"
        "Written by `make bench`; synthetic data (`benchmarks/landlord.sql`), 36 months of ledger, every optional table.\n\n"
        f"{machine()}, {libraries}.\n"
        f"Load average before the first stage: {load:.1f}. Above 0.5, other work shared it: trust processor time.\n"
    )


def machine() -> str:
    """The machine, its system and its Python, in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Machine: {os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {sys.version.split()[0]}"
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _volumes(measured: Measured) -> str:
    rows = [
        (f"{size:,}", f"{stages['draw'].counts['entries']:,}", f"{stages['draw'].counts['night_entries']:,}")
        for size, stages in measured.items()
    ]
    return table("## What was read", ("households", "entries delivered in full", "entries of the night"), rows)


def _stages(measured: Measured) -> str:
    rows = [
        (f"{size:,}", TOLD[stage], f"{took.seconds:.1f}", f"{took.cpu_seconds:.1f}", f"{took.peak_mib:,}")
        for size, stages in measured.items()
        for stage, took in [*stages.items(), ("whole", _whole_night(stages))]
    ]
    return table("## Stages, each in a process of its own", ("households", "stage", "wall s", "cpu s", "peak MiB"), rows)


def _whole_night(stages: dict[str, Measure]) -> Measure:
    parts = [stages[stage] for stage in NIGHT]
    return Measure(sum(p.seconds for p in parts), sum(p.cpu_seconds for p in parts), max(p.peak_mib for p in parts), {})


def _ratios(measured: Measured) -> str:
    rows = []
    for size, stages in measured.items():
        features, pandas = stages["build_features"], stages.get("pandas_features")
        rows.append(
            (
                f"{size:,}",
                f"{features.seconds / stages['scan'].seconds:.1f}",
                f"{features.seconds / pandas.seconds:.2f}" if pandas else "does not fit",
                f"{features.peak_mib / pandas.peak_mib:.2f}" if pandas else "does not fit",
            )
        )
    header = ("households", "features / scan, wall", "features / pandas, wall", "features / pandas, memory")
    return table("## Ratios", header, rows)


def _targets(measured: Measured) -> str:
    if LARGEST not in measured:
        return ""
    features, night = measured[LARGEST]["build_features"], _whole_night(measured[LARGEST])
    rows = [
        _target("features, wall seconds", FEATURES_SECONDS, round(features.seconds, 1)),
        _target("features, peak MiB", FEATURES_MIB, features.peak_mib),
        _target("whole night (receive, features, score), wall seconds", NIGHT_SECONDS, round(night.seconds, 1)),
    ]
    return table(f"## Targets at {LARGEST:,} households on 2 cores", ("figure", "at most", "measured", "met"), rows)


def _target(figure: str, limit: int, seen: float) -> tuple[str, ...]:
    return figure, f"{limit:,}", f"{seen:,}", "yes" if seen < limit else "**no**"


def _growth(measured: Measured) -> str:
    sizes = list(measured)
    rows = [
        (
            f"{small:,} → {large:,}",
            TOLD[stage],
            f"{large / small:.0f}",
            f"{after / before:.1f}",
            "yes" if after <= before * large / small else "**no**",
        )
        for small, large in pairwise(sizes)
        for stage in (*NIGHT, "receive_full")
        for before, after in [(measured[small][stage].cpu_seconds, measured[large][stage].cpu_seconds)]
    ]
    header = ("from → to", "stage", "households ×", "cpu ×", "no worse than linear")
    return table("## Growth", header, rows) if rows else ""


def table(title: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A titled Markdown table."""
    lines = [header, ("---",) * len(header), *rows]
    return f"{title}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


NOTES = """## How to read this

* A stage is one process, as under the scheduler: its wall time holds the start of Python and its imports, its memory all that is
  resident.
* The scan decodes, in DuckDB, the columns of the ledger that features read, and does nothing with them: no program that reads
  the same files can be faster.
* pandas computes 18 of the features (`benchmarks/pandas_features.py`), the SQL all of them; every common cell is compared
  and must be equal. pandas holds the ledger in memory, so it is not run above 100,000 households.
* Files were just written when they are read: they come from the page cache, not from the disk.
* The first delivery is read once in a landlord's life when its ERP can send increments; one that sends everything every night
  pays it nightly.
"""
