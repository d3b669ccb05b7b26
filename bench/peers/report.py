"""The Markdown that a run prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agreement import Agreement


@dataclass(frozen=True)
class LibraryRow:
    """One made instance, by the libraries alone."""

    name: str
    parties: int
    outcomes: int
    points: int
    detente_seconds: float
    negmas_seconds: float
    detente_megabytes: float
    negmas_megabytes: float
    agreement: Agreement


@dataclass(frozen=True)
class CommandRow:
    """One scenario from its files to the printed page. NegMAS's figures are missing where it does not load it."""

    name: str
    outcomes: int
    detente_seconds: float
    detente_megabytes: float
    stats_seconds: float | None = None
    points_seconds: float | None = None
    negmas_megabytes: float | None = None


@dataclass(frozen=True)
class Setting:
    """Where and with what the figures were taken."""

    machine: str
    versions: str
    calibration: str | None
    additions_a_second: float | None


def significant(number: float) -> str:
    """Two significant digits, in plain figures with separators."""
    if number >= 100:
        scale = 10 ** (len(str(int(number))) - 2)
        return f"{round(number / scale) * scale:,}"
    return f"{number:.2g}" if number < 10 else f"{number:.0f}"


def time(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{significant(seconds / size)} {unit}"
    return f"{significant(seconds / 1e-6)} µs"


def ratio(theirs: float | None, ours: float) -> str:
    return "–" if theirs is None else f"{significant(theirs / ours)}×"


def memory(megabytes: float | None) -> str:
    return "–" if megabytes is None else f"{significant(megabytes)} MB"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table whose first column is text and whose others are figures."""
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, rule, *rows]) + "\n"


def library(rows: list[LibraryRow], setting: Setting) -> str:
    speed = setting.additions_a_second
    head = ["parties, outcomes", "frontier", "détente", "NegMAS", "CPU time", "in additions", "détente", "NegMAS", "memory"]
    body = [
        [
            f"{row.parties}, {row.outcomes:,}",
            f"{row.points:,}",
            time(row.detente_seconds),
            time(row.negmas_seconds),
            f"**{ratio(row.negmas_seconds, row.detente_seconds)}**",
            significant(row.detente_seconds * speed) if speed else "–",
            memory(row.detente_megabytes),
            memory(row.negmas_megabytes),
            ratio(row.negmas_megabytes, row.detente_megabytes),
        ]
        for row in rows
    ]
    return table(head, body)


def command(rows: list[CommandRow]) -> str:
    head = ["scenario", "outcomes", "détente", "NegMAS stats", "CPU time", "NegMAS points", "CPU time", "détente", "NegMAS"]
    body = [
        [
            row.name,
            f"{row.outcomes:,}",
            time(row.detente_seconds),
            time(row.stats_seconds),
            f"**{ratio(row.stats_seconds, row.detente_seconds)}**",
            time(row.points_seconds),
            ratio(row.points_seconds, row.detente_seconds),
            f"≤ {memory(row.detente_megabytes)}",
            memory(row.negmas_megabytes),
        ]
        for row in rows
    ]
    return table(head, body)


def agreement(rows: list[LibraryRow]) -> str:
    def mark(alike: bool) -> str:
        return "same" if alike else "**differs**"

    head = ["parties, outcomes", "frontier", "Nash", "welfare", "Kalai (egalitarian)", "Kalai–Smorodinsky"]
    body = [
        [
            f"{row.parties}, {row.outcomes:,}",
            mark(row.agreement.frontier),
            mark(row.agreement.nash),
            mark(row.agreement.welfare),
            mark(row.agreement.egalitarian),
            "same" if row.agreement.kalai_smorodinsky else "NegMAS departs",
        ]
        for row in rows
    ]
    return table(head, body)


DEPARTURES = {
    "order": "two outcomes stand the other way round for a party: evaluations are not divided by the most of their issue",
    "frontier": "and the frontier is another for it",
    "last bit": "the order is right, and the frontier keeps points that are efficient only in the last bit of a float",
    "nash": "no Nash point has the largest product: for the order, the reservation, or gains counted from the worst outcome",
    "reservation": "a reservation value is lost, as the profile has a discount",
    "scale": "a reservation value between 0 and 1 is held against utilities that go beyond 1",
    "discount": "the discount counts by step, where GENIUS counts by the share of the deadline that has passed",
}
"""What is counted per domain, in words."""


def departures(domains: list[dict[str, Any]]) -> str:
    read = [domain for domain in domains if domain["loads"]]
    rows = [["NegMAS does not load it: the XML is not well-formed", str(len(domains) - len(read)), str(len(domains))]]
    rows += [[words, str(sum(domain[key] for domain in read)), str(len(read))] for key, words in DEPARTURES.items()]
    return table(["departure of NegMAS from the files' meaning in GENIUS", "domains", "of"], rows)


def head(setting: Setting) -> list[str]:
    """What was compared, where, and how fast the machine is."""
    kernel = setting.calibration or "calibration: not taken"
    return [
        f"{setting.versions}; {setting.machine}. CPU time in user and system; ratios are NegMAS to détente.\n",
        f"{kernel[0].upper()}{kernel[1:]}.\n",
    ]


def page(
    setting: Setting,
    libraries: list[LibraryRow],
    commands: list[CommandRow],
    domains: list[dict[str, Any]],
    held: str,
) -> str:
    """The whole page."""
    parts = [
        "# Beside NegMAS\n",
        *head(setting),
        "## Frontier and solutions of a loaded scenario\n",
        library(libraries, setting),
        "## From the files to the answer\n",
        command(commands),
        "## Whether the answers agree\n",
        agreement(libraries),
    ]
    if domains:
        parts += ["## Where NegMAS departs on the domains of GENIUS\n", departures(domains), held]
    return "\n".join(parts)
