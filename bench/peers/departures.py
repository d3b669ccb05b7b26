"""Where NegMAS departs from what the files of GENIUS mean, domain by domain: `departures.py GENIUS_FOLDER`.

Prints one line of JSON: per domain what was found, with the frontier as it is meant, which détente is held against.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import genius
import numpy as np
from instances import Instance, two_party_domains
from negmas.inout import Scenario
from negmas.preferences.ops import nash_points, pareto_frontier


def whole(utilities: list[float]) -> genius.Utilities:
    """Utilities on whatever scale as whole numbers of 1e-12 of the largest."""
    read = np.array(utilities)
    return np.rint(read / max(np.abs(read).max(), 1e-12) * genius.WHOLE).astype(np.int64)


def departures(instance: Instance) -> dict[str, Any]:
    """What NegMAS makes of one domain, beside what its files mean."""
    lenient = {"safe_parsing": False}
    try:
        scenario = Scenario.from_genius_files(instance.domain, instance.profiles, **lenient)
        # Its frontier leaves out what is below a reservation value, GENIUS's does not: compared without any.
        bare = Scenario.from_genius_files(
            instance.domain, instance.profiles, ignore_reserved=True, ignore_discount=True, **lenient
        )
    except (OSError, ValueError) as error:
        return {"name": instance.name, "loads": False, "why": str(error)}
    issues = [(issue.name, [str(value) for value in issue.all]) for issue in bare.outcome_space.issues]
    meanings = [genius.meaning(profile) for profile in instance.profiles]
    meant = np.array([meaning.over(issues) for meaning in meanings])
    outcomes = list(bare.outcome_space.enumerate())
    read = [whole([float(ufun(outcome)) for outcome in outcomes]) for ufun in bare.ufuns]
    points, places = pareto_frontier(bare.ufuns, outcomes=outcomes)
    kept = {(int(meant[0][at]), int(meant[1][at])) for at in places}
    efficient = genius.frontier(meant)
    order = any(genius.reverses(m, r) for m, r in zip(meant, read))
    both = list(zip(meanings, scenario.ufuns))
    return {
        "name": instance.name,
        "loads": True,
        "outcomes": len(outcomes),
        "order": order,
        "frontier": order and kept != efficient,
        "last bit": not order and kept != efficient,
        "nash": other_nash(scenario, points, [tuple(row[at] for row in meant) for at in places], efficient, meanings),
        "reservation": any(m.reservation > 0 and u.reserved_value < 0 for m, u in both),
        "scale": any(m.reservation > 0 and u.reserved_value > 0 and float(u.max()) > 1.1 for m, u in both),
        "discount": any(m.discount and getattr(u, "factor", "") == "step" for m, u in both),
        "meant": sorted([a / genius.WHOLE, b / genius.WHOLE] for a, b in efficient),
    }


def other_nash(
    scenario: Scenario,
    points: tuple[tuple[float, ...], ...],
    meant: list[tuple[int, int]],
    efficient: set[tuple[int, int]],
    meanings: list[genius.Meaning],
) -> bool:
    """Whether no Nash point of NegMAS has the largest product of gains, as utilities and reservations are meant."""

    def product(pair: tuple[int, int]) -> float:
        gains = [max(u / genius.WHOLE - m.reservation, 0.0) for u, m in zip(pair, meanings)]
        return gains[0] * gains[1]

    best = max(product(pair) for pair in efficient)
    nash = nash_points(scenario.ufuns, points, outcome_space=scenario.outcome_space)
    return best > 0 and all(product(meant[at]) < best - 1e-9 for _, at in nash)


if __name__ == "__main__":
    print(json.dumps([departures(instance) for instance in two_party_domains(Path(sys.argv[1]))]))
