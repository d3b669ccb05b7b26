"""Runs NegMAS and détente on the same files and prints how they compare. `run` calls it with its surroundings made."""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import agreement
import report
import talks
from detente_side import Detente, Refused
from instances import TIMED, Instance, synthetic, two_party_domains

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
GENIUS = PROJECT.parent / "shared" / "data" / "genius"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def negmas(script: str, *arguments: str) -> Any | None:
    """What a script of NegMAS's side prints, from a process of its own; `None` where it fails."""
    command = [sys.executable, str(HERE / script), *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        say(f"  NegMAS: {done.stderr.strip().splitlines()[-1][:200]}")
        return None
    # Progress of a tournament goes to the same place.
    return json.loads(done.stdout.strip().splitlines()[-1])


def machine() -> str:
    """The class of the machine, without its name."""
    information = Path("/proc/cpuinfo")
    flags = information.read_text() if information.exists() else ""
    vectors = next((name for flag, name in (("avx512f", "AVX-512"), ("avx2", "AVX2")) if flag in flags), None)
    cores = f"{os.cpu_count()} cores {platform.machine().replace('_', '-')}"
    return f"{cores}, {vectors}" if vectors else cores


def calibration() -> tuple[str | None, float | None]:
    """The line of the calibration bench, and additions a second from it."""
    if not (PROJECT / "bench" / "calibration.rs").exists():
        return None, None
    bench = ["cargo", "bench", "--quiet", "-p", "detente", "--bench", "calibration"]
    done = subprocess.run(bench, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    line = next((line for line in done.stdout.splitlines() if line.startswith("calibration:")), None)
    figures = re.match(r"calibration: ([0-9.]+) s for ([0-9.e]+) additions", line or "")
    return line, float(figures[2]) / float(figures[1]) if figures else None


def libraries(detente: Detente, instance: Instance) -> report.LibraryRow | None:
    theirs = negmas("negmas_side.py", "library", *instance.files)
    if theirs is None:
        return None
    ours = detente.library(instance)
    answer = detente.answer(instance)
    return report.LibraryRow(
        instance.name,
        len(instance.profiles),
        int(answer["outcomes"]),
        answer["frontier"]["size"],
        ours.seconds,
        theirs["seconds"],
        ours.megabytes,
        theirs["megabytes"],
        agreement.compare(answer, theirs),
    )


def commands(detente: Detente, instance: Instance) -> report.CommandRow:
    ours = detente.command(instance)
    stats = negmas("negmas_side.py", "command", *instance.files)
    points = negmas("negmas_side.py", "library", *instance.files) if stats else None
    return report.CommandRow(
        instance.name,
        int(detente.answer(instance)["outcomes"]),
        ours.seconds,
        ours.megabytes,
        stats and stats["seconds"],
        points and points["seconds"] + points["loading"],
        stats and stats["megabytes"],
    )


def held(detente: Detente, domains: list[dict[str, Any]], instances: dict[str, Instance]) -> tuple[str, bool]:
    """détente's frontier against the meaning of the files by brute force, on the domains that were evaluated. A file
    that contradicts itself is refused with a reason, which is no wrong answer."""
    wrong, refused, right = [], [], 0
    for domain in (domain for domain in domains if domain["loads"]):
        try:
            points = [point["utilities"] for point in detente.answer(instances[domain["name"]])["frontier"]["points"]]
        except Refused:
            refused.append(domain["name"])
            continue
        if agreement.same_set(points, domain["meant"]):
            right += 1
        else:
            wrong.append(domain["name"])
    words = f"détente's frontier is the one by brute force on {right} of the {right + len(wrong)} of these that it reads"
    words += f"; not on {', '.join(wrong)}" if wrong else ""
    words += f". It refuses {', '.join(refused)}, and says why" if refused else ""
    return f"{words}.\n", not wrong


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run NegMAS and détente on the same files and compare.")
    parser.add_argument("--work", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--programs", type=Path, default=None, help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true", help="spaces up to 10^4 outcomes only, and no domains")
    parser.add_argument("--large", action="store_true", help="10^7 outcomes too: NegMAS needs a minute and 3.4 GB")
    parser.add_argument("--talks", action="store_true", help="talks alone: offers, sessions a second, a tournament")
    parser.add_argument("--write", action="store_true", help="write the pages to results.md and talks.md as well")
    parser.add_argument("--machine", default=machine(), help="the class of the machine, as the page names it")
    return parser.parse_args()


def zone(asked: argparse.Namespace, setting: report.Setting) -> bool:
    """Frontiers and solutions: prints the page; whether the answers agree where they should."""
    detente = Detente(programs(asked))
    most = 4 if asked.quick else 6
    made = {
        parties: [synthetic(asked.work / "made", parties, issues) for issues in range(3, most + 1)] for parties in (2, 3)
    }
    if asked.large:
        made[2].append(synthetic(asked.work / "made", 2, 7))
    rows = []
    for instance in [*made[2], *made[3]]:
        say(f"library: {instance.name}")
        rows.append(libraries(detente, instance))

    domains = {i.name: i for i in two_party_domains(GENIUS)} if GENIUS.is_dir() and not asked.quick else {}
    if not domains:
        say("the domains of GENIUS are not there (or --quick was given): left out")
    timed = [domains[name] for name in TIMED if name in domains]
    files = []
    for instance in [*timed, *made[2][: most - 2]]:
        say(f"command: {instance.name}")
        files.append(commands(detente, instance))

    departed, words, right = [], "", True
    if domains:
        say("departures: all domains with two profiles")
        departed = negmas("departures.py", str(GENIUS)) or []
        words, right = held(detente, departed, domains)

    measured = [row for row in rows if row]
    page = report.page(setting, measured, files, departed, words)
    print(page)
    if asked.write:
        (HERE / "results.md").write_text(page)
    return right and len(measured) == len(rows) and all(row.agreement.sound for row in measured)


def programs(asked: argparse.Namespace) -> Path:
    """Where the built programs are."""
    return asked.programs or asked.work.parent / "release"


def negotiated(asked: argparse.Namespace, setting: report.Setting) -> bool:
    """Talks: prints the page; whether the offers agree where they should."""
    page, sound = talks.compared(programs(asked), asked.work, negmas, say, asked.quick, report.head(setting))
    print(page)
    if asked.write:
        (HERE / "talks.md").write_text(page)
    return sound


def main() -> int:
    asked = arguments()
    line, speed = calibration()
    versions = f"détente beside NegMAS {version('negmas')} on Python {platform.python_version()}"
    setting = report.Setting(asked.machine, versions, line, speed)
    parts = [negotiated] if asked.talks else [zone, negotiated]
    sound = [part(asked, setting) for part in parts]
    if not all(sound):
        say("the answers do not agree where they should")
    return 0 if all(sound) else 1


if __name__ == "__main__":
    sys.exit(main())
