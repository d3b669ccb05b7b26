"""What is asked of both programs about talks: strategies by both names, made scenarios, sessions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from instances import MILLION, VALUES, Instance, Stream, evaluations, made, weights

ROUNDS = 100
"""Every session has so many; `n_steps` in NegMAS."""

TWINS = {
    "negmas-boulware": "BoulwareTBNegotiator",
    "negmas-conceder": "ConcederTBNegotiator",
    "negmas-linear": "LinearTBNegotiator",
    "negmas-micro": "MiCRONegotiator",
}
"""Strategies that mean the same in both programs: détente's name, NegMAS's class."""

STOCHASTIC = {"stochastic(e=0.25)": "boulware", "stochastic(e=4)": "conceder"}
"""Any offer that is worth the level, by chance: détente's name, NegMAS's name of the curve. NegMAS accepts what is worth
the level, détente what is worth its next offer, so that sessions are alike and not the same."""

ENTRANTS: dict[str, tuple[str, dict[str, Any]]] = {
    **{ours: (theirs, {}) for ours, theirs in TWINS.items()},
    "tough": ("ToughNegotiator", {}),
    "nice": ("NiceNegotiator", {}),
    "random(accept=0.15)": ("RandomNegotiator", {"p_acceptance": 0.15, "p_rejection": 0.85, "p_ending": 0.0}),
    "negmas-boulware(exponent=2)": ("TimeBasedConcedingNegotiator", {"offering_curve": 2.0}),
}
"""The field of the tournament: détente's name, NegMAS's class and what it is made with. All eight have the same rules."""

BY_CHANCE = ("negmas-micro", "nice", "random(accept=0.15)")
"""Those of them that draw; the sessions of the others end in the same agreements."""

ENTRANT_SCENARIOS = 5


@dataclass(frozen=True)
class Session:
    """One session: who sits where, by détente's names, and of which kind its scenario is."""

    kind: str
    strategies: tuple[str, ...]
    instance: Instance

    @property
    def line(self) -> str:
        """As `talks_time` reads it."""
        return "\t".join([str(ROUNDS), ";".join(self.strategies), *self.instance.files])


def quarters(issues: int) -> list[int]:
    """Weights that are quarters, so that sums are exact in binary fractions as well."""
    parts = {1: [4], 2: [2, 2], 3: [2, 1, 1]}
    return [part * MILLION // 4 for part in parts[issues]]


def scenario(folder: Path, name: str, sizes: list[int], least: list[int], seed: int, ties: bool = False) -> Instance:
    """A made scenario; `least`: what no agreement is worth to each party. With ties, many outcomes are worth the same to
    a party."""
    stream = Stream(seed)
    shares, worth = [], []
    for _ in least:
        shares.append(quarters(len(sizes)) if ties else weights(stream, len(sizes)))
        worth.append([evaluations(stream, size, MILLION // 4 if ties else 1) for size in sizes])
    return made(folder, name, sizes, shares, worth, least)


def sets(folder: Path) -> list[tuple[str, Instance]]:
    """The scenarios whose sessions are compared offer by offer, with their kinds."""
    cube, small = [VALUES] * 3, [[3, 4], [5], [2, 3, 4], [2, 2]]
    asked = []
    for seed in range(10):
        asked.append(("2 parties, 1,000 outcomes", cube, [0, 0], seed, False))
    for seed in range(4):
        least = [300_000 + 100_000 * seed, 450_000]
        asked.append(("2 parties, 1,000 outcomes, reservation values", cube, least, seed, False))
        asked.append(("2 parties, 1,000 outcomes, ties", cube, [250_000 * (seed % 3), 0], seed, True))
    for seed, sizes in enumerate(small * 2):
        asked.append(("2 parties, 4 to 24 outcomes", sizes, [150_000 * (seed // 4), 0], seed, False))
    for seed, sizes in enumerate(small):
        asked.append(("2 parties, 4 to 24 outcomes, ties", sizes, [0, 250_000 * (seed % 2)], seed, True))
    asked.append(("3 parties, 1,000 outcomes", cube, [0] * 3, 0, False))
    asked.append(("3 parties, 1,000 outcomes", cube, [0] * 3, 1, False))
    asked.append(("3 parties, 1,000 outcomes, reservation values", cube, [400_000, 300_000, 350_000], 2, False))
    asked.append(("3 parties, 1,000 outcomes, ties", cube, [0, 250_000, 0], 3, True))
    asked.append(("3 parties, 12 and 24 outcomes", small[0], [0] * 3, 4, False))
    asked.append(("3 parties, 12 and 24 outcomes", small[2], [0, 0, 200_000], 5, False))
    return [
        (kind, scenario(folder, f"talks-{at:02}", sizes, least, 7000 + 100 * at + seed, ties))
        for at, (kind, sizes, least, seed, ties) in enumerate(asked)
    ]


def traces(folder: Path, quick: bool) -> list[Session]:
    """Every seating of the twins in every scenario; the first of each kind alone when it has to be quick."""
    chosen, kinds = [], set()
    for kind, instance in sets(folder):
        if not quick or kind not in kinds:
            chosen.append((kind, instance))
        kinds.add(kind)
    return [
        Session(kind, seating, instance)
        for kind, instance in chosen
        for seating in product(TWINS, repeat=len(instance.profiles))
    ]


def timed(folder: Path, parties: int, count: int) -> list[Instance]:
    """Scenarios of 1,000 outcomes for the measurement of speed: one after the other is negotiated."""
    return [
        scenario(folder, f"talks-timed-{parties}-{at:02}", [VALUES] * 3, [0] * parties, 9000 + 100 * parties + at)
        for at in range(count)
    ]


SPEED = {
    "Boulware, Boulware": ("negmas-boulware", "negmas-boulware"),
    "Boulware, Conceder": ("negmas-boulware", "negmas-conceder"),
    "MiCRO, MiCRO": ("negmas-micro", "negmas-micro"),
    "Boulware, Conceder, Boulware": ("negmas-boulware", "negmas-conceder", "negmas-boulware"),
    "MiCRO, MiCRO, MiCRO": ("negmas-micro", "negmas-micro", "negmas-micro"),
    "stochastic Boulware, stochastic Boulware": ("stochastic(e=0.25)", "stochastic(e=0.25)"),
    "stochastic Boulware, stochastic Conceder": ("stochastic(e=0.25)", "stochastic(e=4)"),
}
"""The seatings whose speed is measured."""
