"""NegMAS's side of a measurement, in a process of its own: `negmas_side.py library|command DOMAIN PROFILE…`.

`library`: the frontier and the named points of a scenario that is loaded, and apart from it the loading.
`command`: loading and `calc_stats`, NegMAS's own account of a scenario.

Prints one line of JSON. Everything is imported before a clock is read, and time is CPU time of the process.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from negmas.inout import Scenario
from negmas.preferences.ops import kalai_points, ks_points, max_welfare_points, nash_points, pareto_frontier

SECONDS = 1.0
"""What is timed is repeated for about this long, at least thrice, and the median is reported."""
ONCE = 15.0
"""What takes longer than this is not repeated."""


def peak_megabytes() -> float:
    """The most memory this process has held, in millions of bytes (Linux)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise OSError("this system does not tell the peak of a process's memory")


def load(files: list[str]) -> Scenario:
    scenario = Scenario.from_genius_files(files[0], files[1:], safe_parsing=False)
    if scenario is None:
        raise OSError(f"NegMAS does not read {files[0]}")
    return scenario


def repeated(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """The answer, the median CPU seconds, and the peak of memory after the first time."""
    start = time.process_time()
    answer = work()
    times = [time.process_time() - start]
    peak = peak_megabytes()
    more = 0 if times[0] > ONCE else min(100, max(2, int(SECONDS / max(times[0], 1e-9))))
    for _ in range(more):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return answer, statistics.median(times), peak


def analyse(scenario: Scenario) -> dict[str, Any]:
    """The frontier, and on it the points that NegMAS names."""
    ufuns = scenario.ufuns
    frontier, _ = pareto_frontier(ufuns, issues=scenario.outcome_space.issues)
    named = {
        "nash": nash_points,
        "kalai": kalai_points,
        "ks": ks_points,
        "max_welfare": max_welfare_points,
    }
    found = {name: points(ufuns, frontier, outcome_space=scenario.outcome_space) for name, points in named.items()}
    return {"frontier": frontier, **{name: [utilities for utilities, _ in points] for name, points in found.items()}}


def main(mode: str, files: list[str]) -> dict[str, Any]:
    base = peak_megabytes()
    if mode == "library":
        scenario = load(files)
        answer, seconds, peak = repeated(lambda: analyse(scenario))
        _, loading, _ = repeated(lambda: load(files))
    else:
        answer, seconds, peak = repeated(lambda: {"frontier": load(files).calc_stats().pareto_utils})
        loading = 0.0
    plain = {name: [[float(u) for u in point] for point in points] for name, points in answer.items()}
    return {"seconds": seconds, "loading": loading, "megabytes": peak, "megabytes_imported": base, **plain}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2:])))
