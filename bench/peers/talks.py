"""Talks of both programs beside each other: the same offers, how fast, and a tournament. `compare.py` calls it."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import talks_report
from detente_side import Refused, ran
from talks_asked import BY_CHANCE, ENTRANT_SCENARIOS, ENTRANTS, ROUNDS, SPEED, Session, timed, traces
from talks_report import SpeedRow, TournamentRow, TraceRow

REPEATS = 5
"""A measurement is repeated so often; the median is reported."""
SECONDS = 0.3
"""CPU seconds of each repetition on détente's side."""
SCENARIOS = 20
"""Scenarios that are negotiated one after the other in a measurement of speed."""
WAYS = ("fresh", "again", "walked_fresh", "walked_again")

Negmas = Callable[..., Any]


def written(plan: Path, sessions: list[Session]) -> Path:
    plan.parent.mkdir(parents=True, exist_ok=True)
    plan.write_text("".join(f"{session.line}\n" for session in sessions))
    return plan


def offers(programs: Path, folder: Path, negmas: Negmas, quick: bool) -> list[TraceRow] | None:
    """Every session by both programs, offer by offer, counted by kind of scenario."""
    sessions = traces(folder, quick)
    plan = written(folder / "traces.tsv", sessions)
    ours = ran([str(programs / "examples" / "talks_time"), "traces", str(plan)])
    played = folder / "traces.jsonl"
    played.write_text(ours.output)
    counted = negmas("talks_negmas.py", "traces", str(plan), str(played))
    if counted is None:
        return None
    rows: dict[str, TraceRow] = {}
    for session, counts in zip(sessions, counted, strict=True):
        row = rows.setdefault(session.kind, TraceRow(session.kind))
        row.count(counts)
    return list(rows.values())


def speed(programs: Path, folder: Path, negmas: Negmas, name: str, seating: tuple[str, ...]) -> SpeedRow | None:
    """Sessions a second of both, in one go."""
    sessions = [Session("", seating, instance) for instance in timed(folder, len(seating), SCENARIOS)]
    plan = written(folder / "speed.tsv", sessions)
    theirs = negmas("talks_negmas.py", "speed", str(plan))
    if theirs is None:
        return None
    program = str(programs / "examples" / "talks_time")
    ours = json.loads(ran([program, "speed", str(SECONDS), str(REPEATS), str(plan)]).output)
    middle = {way: statistics.median(ours[way]) if ours[way] else None for way in WAYS}
    return SpeedRow(name, **middle, offers=ours["offers"], theirs=theirs)


def tournament(programs: Path, folder: Path, negmas: Negmas) -> TournamentRow | None:
    """The whole command against the call in NegMAS. `None`: one of them cannot."""
    folders = [str(instance.domain.parent) for instance in timed(folder, 2, ENTRANT_SCENARIOS)]
    command = [str(programs / "detente"), "tournament", *folders, "--strategies", ", ".join(ENTRANTS)]
    command += ["--protocol", "sao-negmas", "--rounds", str(ROUNDS), "--threads", "1"]
    try:
        answer = json.loads(ran([*command, "--json"]).output)
        runs = [ran(command) for _ in range(REPEATS)]
    except (Refused, OSError):
        return None
    theirs = negmas("talks_negmas.py", "tournament", *folders)
    if theirs is None:
        return None
    rows = answer["rows"]
    agreed = statistics.mean(row["ending"] == "agreed" for row in rows)
    ours = certain((sorted(row["strategies"]), row["outcome"] and list(row["outcome"].values())) for row in rows)
    other = certain(theirs["agreements"])
    seconds = statistics.median(run.seconds for run in runs)
    return TournamentRow(seconds, len(rows), agreed, ours.total(), (ours & other).total(), theirs)


def certain(sessions: Iterable[tuple[list[str], list[str] | None]]) -> Counter[str]:
    """The agreements of the sessions of those who draw nothing, with who sat there."""
    return Counter(json.dumps(ended) for ended in sessions if not set(ended[0]) & set(BY_CHANCE))


def compared(
    programs: Path, work: Path, negmas: Negmas, say: Callable[[str], None], quick: bool, head: list[str]
) -> tuple[str, bool]:
    """The page, and whether everything that should be the same is."""
    folder = work / "made"
    say("talks: offer by offer")
    rows = offers(programs, folder, negmas, quick)
    speeds = []
    for name, seating in SPEED.items():
        say(f"talks: speed of {name}")
        row = speed(programs, folder, negmas, name, seating)
        if row:
            speeds.append(row)
    say("talks: tournament")
    field = tournament(programs, folder, negmas)
    if field is None:
        say("  left out: one of the programs did not play it")
    sound = rows is not None and not any(row.wrong for row in rows) and len(speeds) == len(SPEED)
    sound = sound and (field is None or field.certain == field.certain_same)
    return talks_report.page(head, rows or [], speeds, field), sound
