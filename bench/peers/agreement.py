"""Whether both programs answer alike where they mean the same."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

NEAR = 1e-9
"""Utilities closer than this are the same: NegMAS adds floats, détente whole numbers."""

Vector = list[float]


def missing(these: list[Vector], among: list[Vector]) -> list[Vector]:
    """The vectors of one list that have no equal in the other."""
    among = sorted(among)
    firsts = [vector[0] for vector in among]

    def found(vector: Vector) -> bool:
        at = bisect_left(firsts, vector[0] - NEAR)
        while at < len(among) and firsts[at] <= vector[0] + NEAR:
            if all(abs(a - b) <= NEAR for a, b in zip(among[at], vector)):
                return True
            at += 1
        return False

    return [vector for vector in these if not found(vector)]


def same_set(these: list[Vector], those: list[Vector]) -> bool:
    return not missing(these, those) and not missing(those, these)


@dataclass(frozen=True)
class Agreement:
    """Per question: whether the answers are the same; `None` where NegMAS's definition is another."""

    frontier: bool
    nash: bool
    welfare: bool
    egalitarian: bool
    kalai_smorodinsky: bool
    """Whether NegMAS's point has the largest least share of what each party could have. It picks by another rule."""

    @property
    def sound(self) -> bool:
        """Everything that both define alike is alike."""
        return self.frontier and self.nash and self.welfare and self.egalitarian


def compare(detente: dict[str, Any], negmas: dict[str, Any]) -> Agreement:
    """Holds `detente zone --json` against what NegMAS says; reservation values are 0 and every party's ideal is on
    the frontier, as in the made instances."""
    points = [point["utilities"] for point in detente["frontier"]["points"]]
    ideal = [max(point[party] for point in points) for party in range(len(points[0]))]

    def share(point: Vector) -> float:
        return min(u / most for u, most in zip(point, ideal))

    def alike(solution: str, theirs: str, worth: Any) -> bool:
        ours = detente["solutions"][solution]["utilities"]
        return any(abs(worth(ours) - worth(point)) <= NEAR for point in negmas[theirs])

    return Agreement(
        frontier=same_set(points, negmas["frontier"]),
        nash=alike("nash", "nash", math.prod),
        welfare=alike("utilitarian", "max_welfare", sum),
        egalitarian=alike("egalitarian", "kalai", min),
        kalai_smorodinsky=alike("kalai_smorodinsky", "ks", share),
    )
