"""Wall time, processor time and peak memory of one stage, read from the system when its process ends."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measure:
    """What one process took: seconds on the wall, seconds of processor (all threads), peak resident memory, and its counts."""

    seconds: float
    cpu_seconds: float
    peak_mib: int
    counts: dict[str, object]


def measure(stage: str, folder: Path) -> Measure:
    """Run a stage of `benchmarks.stages` in a process of its own; raises CalledProcessError when it fails."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.stages", stage, str(folder)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, f"benchmarks.stages {stage} {folder}")
    counts = json.loads(said.splitlines()[-1])
    return Measure(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024, counts)
