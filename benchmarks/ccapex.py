"""`python -m benchmarks.ccapex [--on 2026-11-22] [--cases 40]`: a session packed in one PDF, written to `ccapex.md`.

One compile of the whole session beside one compile a dossier, merged afterwards with pypdf, on the same dossiers of the same run.
"""

import argparse
import os
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from riskmodel.documents import ccapex
from riskmodel.documents.ccapex import Sitting, samples

LIMIT_SECONDS = 60.0


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ccapex", description="Mesure la mise en PDF d'une séance.")
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), help="jour de la mesure ; à défaut ce jour")
    parser.add_argument("--cases", type=int, default=40, help="nombre de dossiers")
    said = parser.parse_args()
    load = os.getloadavg()[0]
    session = samples.sitting(*((samples.sample(f"B{rank:06}"), samples.WHO) for rank in range(said.cases)))
    found = {way.__name__: measured(way, session) for way in (whole, merged)}
    Path(__file__).with_suffix(".md").write_text(page(found, said.on, said.cases, load), encoding="utf-8")


def whole(session: Sitting) -> bytes:
    """The pack as the product makes it: one compile."""
    return ccapex.packed(session)


def merged(session: Sitting) -> bytes:
    """The alternative: the order alone, each dossier alone, then one file of all. Its tags for accessibility are lost."""
    parts = [ccapex.attendance(session), *(ccapex.dossier(said, who) for said, who in session.cases)]
    writer, out = PdfWriter(), BytesIO()
    for rank, part in enumerate(parts):
        writer.append(BytesIO(part), outline_item=f"{rank}")
    writer.write(out)
    return out.getvalue()


def measured(way: Callable[[Sitting], bytes], session: Sitting) -> tuple[float, float, int, int]:
    """Wall seconds, processor seconds, pages, kilobytes."""
    began, worked = time.perf_counter(), time.process_time()
    made = way(session)
    took = time.perf_counter() - began, time.process_time() - worked
    return (*took, len(PdfReader(BytesIO(made)).pages), len(made) // 1024)


def page(found: dict[str, tuple[float, float, int, int]], on: date, cases: int, load: float) -> str:
    """The figures, as a page that says what they are worth."""
    rows = "\n".join(
        f"| {name} | {wall:.1f} | {cpu:.1f} | {pages} | {size} |" for name, (wall, cpu, pages, size) in found.items()
    )
    ours, other = found["whole"], found["merged"]
    verdict = "met" if ours[0] < LIMIT_SECONDS else "not met"
    return f"""# A packed session, {on.isoformat()}

Written by `python -m benchmarks.ccapex`; {cases} synthetic dossiers of 25 months each, {os.cpu_count()} cores. Load average
before the run: {load:.1f}; above 0.5, other work shared the machine: trust processor time.

“Whole” is the product: one compile, one tagged PDF with a bookmark a dossier. “Merged” is the alternative: one compile a dossier,
merged by pypdf.

| way | wall s | cpu s | pages | KB |
|---|---:|---:|---:|---:|
{rows}

Whole takes {ours[1] / other[1]:.2f} times the processor time of merged. Target, under {LIMIT_SECONDS:.0f} s for 40 dossiers:
{verdict} by the clock of this run.
"""


if __name__ == "__main__":
    main()
