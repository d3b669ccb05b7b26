"""détente's side of a measurement: its command, and its library through `crates/detente/examples/zone_time.rs`."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from instances import Instance

RUNS = 20
"""The command is run so many times; the median CPU time is reported."""
SECONDS = 0.5
"""The library repeats its work until that has taken at least this long."""


@dataclass(frozen=True)
class Ran:
    """A process that has ended: its CPU seconds in user and system, all threads, and its peak of memory."""

    seconds: float
    megabytes: float
    """At least what this process itself has held: the kernel counts the pages from before the program began."""
    output: str


class Refused(Exception):
    """The program ended with a fault; the text is its own."""


def ran(command: list[str]) -> Ran:
    """Runs a program to its end."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    with process.stdout as stream:
        output = stream.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Refused(f"{Path(command[0]).name} ended with {process.returncode}")
    return Ran(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, output)


@dataclass(frozen=True)
class Detente:
    """Where the built programs are."""

    folder: Path

    def answer(self, instance: Instance) -> dict[str, Any]:
        """What `detente zone --json` says."""
        return json.loads(ran([str(self.folder / "detente"), "zone", *instance.files, "--json"]).output)

    def command(self, instance: Instance) -> Ran:
        """`detente zone`, from the start of the process to the printed page: median time, largest memory."""
        runs = [ran([str(self.folder / "detente"), "zone", *instance.files]) for _ in range(RUNS)]
        return Ran(statistics.median(r.seconds for r in runs), max(r.megabytes for r in runs), runs[0].output)

    def library(self, instance: Instance) -> Ran:
        """Frontier and solutions of a loaded scenario: the time of one repetition, as the difference to a process
        that only loads, and the peak of memory of a process that does it once."""

        def repeated(times: int) -> Ran:
            return ran([str(self.folder / "examples" / "zone_time"), str(times), *instance.files])

        loading = statistics.median(repeated(0).seconds for _ in range(5))
        once = repeated(1)
        times = 100
        while (spent := repeated(times).seconds - loading) < SECONDS:
            times = min(times * 100, int(times * 1.2 * SECONDS / max(spent, 1e-3)) + 1)
        return Ran(spent / times, json.loads(once.output)["megabytes"], once.output)
