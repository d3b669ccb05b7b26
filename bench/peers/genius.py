"""What a GENIUS profile means, by brute force: the judge of both programs on the domains of the competitions.

Discrete issues only, which all of those domains have. An evaluation counts as its share of the largest of its issue,
a value without one counts 0, the sum is cut at 1, and a discount of 0 or of 1 and more means none.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

import numpy as np

WHOLE = 10**12
"""Utilities are rounded to whole numbers of 1e-12, so that sums that are equal but for their last bit are equal."""

Utilities = np.ndarray
"""One whole number per outcome, or one row of them per party."""


@dataclass(frozen=True)
class Meaning:
    """One profile: what each value of each issue counts, and what stands beside."""

    worth: dict[str, dict[str, float]]
    reservation: float
    discount: float | None

    def over(self, issues: list[tuple[str, list[str]]]) -> Utilities:
        """The utility of every outcome, the last issue fastest."""
        total = np.zeros(1)
        for name, values in issues:
            counts = np.array([self.worth.get(name, {}).get(value, 0.0) for value in values])
            total = np.add.outer(total, counts).ravel()
        return np.rint(np.minimum(total, 1.0) * WHOLE).astype(np.int64)


def number(element: ElementTree.Element | None, key: str = "value") -> float:
    """An attribute as a number; 0 where it is missing or is none."""
    try:
        return float(element.get(key, "0")) if element is not None else 0.0
    except ValueError:
        return 0.0


def meaning(profile: Path) -> Meaning:
    """Reads a well-formed profile; `ElementTree.ParseError` otherwise."""
    root = ElementTree.parse(profile).getroot()
    shares = {weight.get("index"): number(weight) for weight in root.iter("weight")}
    worth = {}
    for issue in root.iter("issue"):
        raw = {item.get("value", ""): number(item, "evaluation") for item in issue.findall("item")}
        most = max(raw.values(), default=0.0)
        share = shares.get(issue.get("index"), 0.0)
        worth[issue.get("name", "")] = {value: share * e / most if most > 0 else 0.0 for value, e in raw.items()}
    discount = number(root.find("discount_factor"))
    return Meaning(worth, number(root.find("reservation")), discount if 0 < discount < 1 else None)


def frontier(utilities: Utilities) -> set[tuple[int, int]]:
    """The efficient pairs of utilities of two parties."""
    first, second = utilities
    order = np.lexsort((-second, -first))
    second = second[order]
    before = np.concatenate(([-1], np.maximum.accumulate(second)[:-1]))
    best = order[second > before]
    return {(int(a), int(b)) for a, b in zip(utilities[0][best], utilities[1][best])}


def reverses(meant: Utilities, read: Utilities) -> bool:
    """Whether two outcomes, one strictly better as meant, stand strictly the other way round as read."""
    order = np.argsort(meant, kind="stable")
    meant, read = meant[order], read[order]
    highest = np.maximum.accumulate(read)
    worse = np.searchsorted(meant, meant, side="left")
    return bool(np.any((worse > 0) & (read < highest[np.maximum(worse, 1) - 1])))
