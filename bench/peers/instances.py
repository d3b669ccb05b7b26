"""What is asked of both programs: scenarios made from a seed, and the domains of the ANAC competitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from pathlib import Path
from xml.sax.saxutils import quoteattr

VALUES = 10
"""Values per issue of the made scenarios, so that an instance of k issues has 10^k outcomes."""
MILLION = 1_000_000
"""Weights and evaluations are whole millionths: both programs read the same decimals."""


@dataclass(frozen=True)
class Instance:
    """A domain with the profiles of its parties, as files in the form of GENIUS."""

    name: str
    domain: Path
    profiles: tuple[Path, ...]
    outcomes: int | None = None
    """How many outcomes it has, where that is known from how it was made."""

    @property
    def files(self) -> list[str]:
        return [str(self.domain), *(str(p) for p in self.profiles)]


class Stream:
    """Knuth's linear congruential generator (MMIX): the same numbers on every machine and in every version."""

    def __init__(self, seed: int) -> None:
        self.state = seed
        for _ in range(4):
            self.below(2)

    def below(self, bound: int) -> int:
        """A whole number from 0 up to, not including, `bound`."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) * bound >> 31


def weights(stream: Stream, issues: int) -> list[int]:
    """Millionths that sum to a million: the gaps between uniform cuts, each at least one."""
    cuts = sorted(stream.below(MILLION - issues) for _ in range(issues - 1))
    return [high - low + 1 for low, high in zip([0, *cuts], [*cuts, MILLION - issues])]


def evaluations(stream: Stream, values: int = VALUES, step: int = 1) -> list[int]:
    """Millionths, uniform among the multiples of a step, one of them a whole and one nothing, so that both programs mean
    the same: GENIUS divides by the most of an issue and NegMAS does not; NegMAS counts gains from the worst outcome at
    least."""
    drawn = [stream.below(MILLION // step + 1) * step for _ in range(values)]
    best = stream.below(values)
    drawn[best] = MILLION
    drawn[(best + 1 + stream.below(values - 1)) % values] = 0
    return drawn


def decimal(millionths: int) -> str:
    return f"{millionths // MILLION}.{millionths % MILLION:06d}"


def short(millionths: int) -> str:
    return decimal(millionths).rstrip("0").removesuffix(".") if millionths else "0.0"


def template(issues: list[list[str]], name: str) -> str:
    """A domain: `issues` holds the items of each."""
    body = "".join(
        f'  <issue index="{at}" etype="discrete" type="discrete" vtype="discrete" name="issue{at}">\n'
        + "".join(f"   {item}\n" for item in items)
        + "  </issue>\n"
        for at, items in enumerate(issues, 1)
    )
    return f' <objective index="0" etype="objective" type="objective" description="" name={quoteattr(name)}>\n{body}'


def made(
    folder: Path, name: str, sizes: list[int], shares: list[list[int]], worth: list[list[list[int]]], least: list[int]
) -> Instance:
    """An additive scenario, written to files of its own folder: numbers of values, and for every party the weights and
    evaluations of the issues and what no agreement is worth, all in millionths."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    bare = [[f'<item index="{v}" value="v{v}"/>' for v in range(1, size + 1)] for size in sizes]
    domain = place / f"{name}.xml"
    domain.write_text(
        f'<negotiation_template>\n<utility_space number_of_issues="{len(sizes)}">\n'
        f"{template(bare, name)} </objective>\n</utility_space>\n</negotiation_template>\n"
    )
    profiles = []
    for party, (weights, evaluations, reservation) in enumerate(zip(shares, worth, least, strict=True), 1):
        items = [
            [f'<item index="{v}" value="v{v}" evaluation="{decimal(e)}"/>' for v, e in enumerate(of_issue, 1)]
            for of_issue in evaluations
        ]
        lines = "".join(f'  <weight index="{at}" value="{decimal(w)}"/>\n' for at, w in enumerate(weights, 1))
        profile = place / f"party{party}.xml"
        profile.write_text(
            f'<utility_space number_of_issues="{len(sizes)}">\n{template(items, name)}{lines} </objective>\n'
            f' <discount_factor value="1.0"/>\n <reservation value="{short(reservation)}"/>\n</utility_space>\n'
        )
        profiles.append(profile)
    return Instance(name, domain, tuple(profiles), prod(sizes))


def synthetic(folder: Path, parties: int, issues: int, seed: int = 1) -> Instance:
    """An additive scenario of `VALUES` values per issue."""
    stream = Stream(seed * 1000 + parties * 100 + issues)
    shares, worth = [], []
    for _ in range(parties):
        shares.append(weights(stream, issues))
        worth.append([evaluations(stream) for _ in range(issues)])
    name = f"made-{parties}-parties-{issues}-issues"
    return made(folder, name, [VALUES] * issues, shares, worth, [0] * parties)


TIMED = (
    "anac/y2011/Laptop",
    "anac/y2011/IS_BT_Acquisition",
    "anac/y2011/Grocery",
    "anac/y2011/Amsterdam",
    "anac/y2011/Camera",
    "anac/y2011/Car",
    "anac/y2011/Energy",
    "anac/y2012/Supermarket-A",
    "anac/y2012/Travel-A",
)
"""The ANAC domains whose time is taken: three outcomes of a laptop up to 390,625 ways to buy energy."""


def root_of(file: Path) -> str:
    """The first tag that tells a domain from a profile. Some of the files are not well-formed, so they are not parsed."""
    text = file.read_bytes()[:4000].decode("latin-1")
    found = re.search(r'<(negotiation_template|utility_space)\b([^>]*)', text)
    if not found:
        return "beside"
    if found[1] == "negotiation_template":
        return "domain"
    return "profile" if "type=" not in found[2] else "nonlinear"


def two_party_domains(genius: Path) -> Iterator[Instance]:
    """Every additive domain in the folder that comes with exactly two profiles, by name."""
    for folder in sorted({file.parent for file in genius.rglob("*.xml")}):
        kinds = {file: root_of(file) for file in sorted(folder.glob("*.xml"))}
        domains = [file for file, kind in kinds.items() if kind == "domain"]
        for domain in domains:
            # In 2012 a folder holds three variants, told apart by the beginning of the names of their files.
            stem = domain.name.removesuffix("domain.xml") if len(domains) > 1 else ""
            profiles = [f for f, kind in kinds.items() if kind == "profile" and f.name.startswith(stem)]
            if len(profiles) == 2:
                name = str((folder.parent / stem.rstrip("-") if stem else folder).relative_to(genius))
                yield Instance(name, domain, tuple(profiles))
