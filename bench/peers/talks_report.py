"""The Markdown of talks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from report import ratio, significant, table, time
from talks_asked import ENTRANTS, ROUNDS


@dataclass
class TraceRow:
    """Sessions in one kind of scenario, offer by offer."""

    kind: str
    sessions: int = 0
    sessions_wrong: int = 0
    offers: int = 0
    same: int = 0
    tied: int = 0
    drawn: int = 0
    wrong: int = 0

    def count(self, counts: dict[str, int]) -> None:
        """One more session."""
        self.sessions += 1
        self.sessions_wrong += counts["wrong"] > 0
        for name, more in counts.items():
            setattr(self, name, getattr(self, name) + more)


@dataclass(frozen=True)
class SpeedRow:
    """Sessions per CPU second: everything built for each session, and the same scenarios again; at the table, and
    walked along without one where strategies allow it."""

    name: str
    fresh: float
    again: float
    walked_fresh: float | None
    walked_again: float | None
    offers: float
    theirs: dict[str, Any]


@dataclass(frozen=True)
class TournamentRow:
    """One tournament by both."""

    seconds: float
    sessions: int
    agreed: float
    certain: int
    """Sessions of those who draw nothing, and how many of them end in the same agreement."""
    certain_same: int
    theirs: dict[str, Any]


def traces(rows: list[TraceRow]) -> str:
    head = ["scenarios", "sessions", "offers", "the same", "another worth the same", "another repeated", "differ"]
    total = TraceRow("**all**")
    for row in rows:
        for name in ("sessions", "sessions_wrong", "offers", "same", "tied", "drawn", "wrong"):
            setattr(total, name, getattr(total, name) + getattr(row, name))
    body = [
        [row.kind, *(f"{n:,}" for n in (row.sessions, row.offers, row.same, row.tied, row.drawn, row.wrong))]
        for row in [*rows, total]
    ]
    return table(head, body)


def rate(number: float | None) -> str:
    return "–" if number is None else significant(number)


def speeds(rows: list[SpeedRow], ours: str, walked: str, theirs: str) -> str:
    head = ["who", "offers: NegMAS", "détente", "sessions/s: NegMAS", "détente, at the table", "", "walked along", ""]
    body = []
    for row in rows:
        plain, quick, other = getattr(row, ours), getattr(row, walked), row.theirs[theirs]
        body.append(
            [
                row.name,
                f"{row.theirs['offers']:.1f}",
                f"{row.offers:.1f}",
                rate(other),
                rate(plain),
                f"**{ratio(plain, other)}**",
                rate(quick),
                f"**{ratio(quick, other)}**" if quick else "–",
            ]
        )
    return table(head, body)


def tournament(row: TournamentRow) -> str:
    theirs = row.theirs
    call = theirs["seconds"]
    whole = theirs["importing"] + theirs["loading"] + call
    head = ["", "sessions", "agreed", "CPU time", "to détente"]
    body = [
        ["détente: the whole command", f"{row.sessions:,}", f"{row.agreed:.1%}", time(row.seconds), "1×"],
        ["NegMAS: the call", f"{theirs['sessions']:,}", f"{theirs['agreed']:.1%}", time(call), ratio(call, row.seconds)],
        ["NegMAS: with imports and reading", "", "", time(whole), ratio(whole, row.seconds)],
    ]
    words = f"Of the {row.certain} sessions of those who draw nothing, {row.certain_same} end the same in both."
    return f"{table(head, body)}\n{words}\n"


def page(head: list[str], rows: list[TraceRow], fast: list[SpeedRow], field: TournamentRow | None) -> str:
    """The whole page."""
    sessions, offers = sum(row.sessions for row in rows), sum(row.offers for row in rows)
    wrong = sum(row.sessions_wrong for row in rows)
    verdict = "every session is the same" if not wrong else f"**{wrong} sessions differ**"
    entrants = ", ".join(f"`{name}`" for name in ENTRANTS)
    parts = [
        "# Talks beside NegMAS\n",
        *head,
        "## Offer by offer\n",
        f"{sessions:,} sessions of up to {ROUNDS} rounds, {offers:,} offers; {verdict} but for what the rules leave open.\n",
        traces(rows),
        "## Sessions a second, everything built for each session\n",
        speeds(fast, "fresh", "walked_fresh", "fresh"),
        "## Sessions a second, the same scenarios again\n",
        speeds(fast, "again", "walked_again", "again"),
        "## A tournament\n",
    ]
    if field:
        parts += [f"{entrants}; five scenarios of 1,000 outcomes.\n", tournament(field)]
    else:
        parts.append("Not played in this run.\n")
    return "\n".join(parts)
