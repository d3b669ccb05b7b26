"""NegMAS's side of talks, in a process of its own: `talks_negmas.py traces PLAN TRACES`, or `speed PLAN`, or `tournament
FOLDER…`.

`traces`: plays every session of a plan again, and holds each offer against détente's at the same place.
`speed`: sessions per CPU second with the lines of a plan as scenarios.
`tournament`: the field of `talks_asked.ENTRANTS` over the scenarios, serial.

Prints one line of JSON. Time is CPU time of the process.
"""

from __future__ import annotations

import time

STARTED = time.process_time()

import copy
import json
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from talks_asked import ENTRANTS, ROUNDS, STOCHASTIC, TWINS

import negmas.sao.negotiators as negotiators
from negmas.inout import Scenario
from negmas.sao import SAOMechanism

REPEATS = 5
"""A measurement of speed is repeated so often; the median is reported."""
SESSIONS = 20
"""Sessions in each repetition."""
NEAR = 1e-9
"""Utilities nearer than this are the same: numbers have six decimals, and their products twelve."""


def load(files: Sequence[str]) -> Scenario:
    scenario = Scenario.from_genius_files(files[0], list(files[1:]), safe_parsing=False)
    if scenario is None:
        raise OSError(f"NegMAS does not read {files[0]}")
    return scenario


def lines(plan: str) -> list[tuple[list[str], list[str]]]:
    """The strategies and the files of every session."""
    parts = [line.split("\t") for line in Path(plan).read_text().splitlines()]
    return [(strategies.split(";"), files) for _, strategies, *files in parts]


def negotiator(strategy: str) -> Any:
    """A new negotiator by détente's name."""
    if strategy in STOCHASTIC:
        return negotiators.TimeBasedNegotiator(offering_curve=STOCHASTIC[strategy], stochastic=True)
    return getattr(negotiators, TWINS[strategy])()


def session(scenario: Scenario, ufuns: Sequence[Any], seated: Sequence[Any]) -> SAOMechanism:
    """A session played to its end."""
    mechanism = SAOMechanism(outcome_space=scenario.outcome_space, n_steps=ROUNDS)
    for ufun, at_seat in zip(ufuns, seated, strict=True):
        mechanism.add(at_seat, ufun=ufun)
    mechanism.run()
    return mechanism


class Held:
    """One session of NegMAS held against détente's, offer by offer.

    Two things are left open by the rules: which of several outcomes of the same utility is proposed, and which earlier
    offer MiCRO repeats. There NegMAS goes on with détente's choice, so that the rest of the session can be compared. Any
    other difference is one.
    """

    def __init__(self, theirs: dict[str, Any], strategies: Sequence[str], ufuns: Sequence[Any]) -> None:
        self.expected = [(seat, tuple(f"v{digit + 1}" for digit in digits)) for seat, digits in theirs["offers"]]
        agreed = theirs["agreed"]
        self.agreed = None if agreed is None else tuple(f"v{digit + 1}" for digit in agreed)
        self.strategies, self.ufuns = strategies, ufuns
        self.made: list[tuple[int, tuple[str, ...]]] = []
        self.before: list[tuple[set[Any], set[Any]]] = [(set(), set()) for _ in strategies]
        """By seat: what NegMAS's negotiator has offered by itself, and what went to the table."""
        self.same = self.tied = self.drawn = self.wrong = 0

    def offer(self, seat: int, own: tuple[str, ...]) -> tuple[str, ...]:
        """Counts the offer that NegMAS makes, and tells which one goes to the table."""
        at = len(self.made)
        by, expected = self.expected[at] if at < len(self.expected) else (None, None)
        chosen, on_table = self.before[seat]
        placed = own
        if by != seat or expected is None:
            self.wrong += 1
        elif own == expected:
            self.same += 1
        else:
            repeats = own in chosen
            worth = self.ufuns[seat]
            if "micro" in self.strategies[seat] and repeats != (expected in on_table):
                self.wrong += 1
            elif "micro" in self.strategies[seat] and repeats:
                self.drawn += 1
                placed = expected
            elif abs(float(worth(own)) - float(worth(expected))) < NEAR:
                self.tied += 1
                placed = expected
            else:
                self.wrong += 1
        chosen.add(own)
        on_table.add(placed)
        self.made.append((seat, placed))
        return placed

    def close(self, mechanism: SAOMechanism) -> None:
        """Counts what one of them has said and the other has not, and another end."""
        self.wrong += max(0, len(self.expected) - len(self.made))
        self.wrong += mechanism.agreement != self.agreed


def held(strategy: str, seat: int, against: Held) -> Any:
    """A negotiator whose offers go past `against` to the table."""
    made = negotiator(strategy)
    propose = made.propose

    def passed_on(*arguments: Any, **named: Any) -> Any:
        own = propose(*arguments, **named)
        return own if own is None else against.offer(seat, tuple(own))

    made.propose = passed_on
    return made


def traces(plan: str, theirs: str) -> list[dict[str, Any]]:
    counts, loaded = [], {}
    for (strategies, files), line in zip(lines(plan), Path(theirs).read_text().splitlines(), strict=True):
        key = tuple(files)
        if key not in loaded:
            loaded[key] = load(files)
        ufuns = copy.deepcopy(loaded[key].ufuns)
        against = Held(json.loads(line), strategies, ufuns)
        seated = [held(strategy, seat, against) for seat, strategy in enumerate(strategies)]
        against.close(session(loaded[key], ufuns, seated))
        names = ("same", "tied", "drawn", "wrong")
        counts.append({name: getattr(against, name) for name in names} | {"offers": len(against.made)})
    return counts


def a_second(prepare: Callable[[], Any], play: Callable[[Any], Any]) -> float:
    """Sessions per CPU second, median of the repetitions; what is prepared is not counted."""
    speeds = []
    for _ in range(REPEATS):
        ready = prepare()
        start = time.process_time()
        for one in ready:
            play(one)
        speeds.append(len(ready) / (time.process_time() - start))
    return statistics.median(speeds)


def speed(plan: str) -> dict[str, Any]:
    """Fresh: utility functions that have not been inverted. Again: those that NegMAS has had in sessions before. Mechanism
    and negotiators are new in each session, as they are for one session in NegMAS."""
    asked = lines(plan)
    strategies = asked[0][0]
    scenarios = [load(files) for _, files in asked]

    def fresh() -> list[Any]:
        each = (scenarios[at % len(scenarios)] for at in range(SESSIONS))
        return [(scenario, copy.deepcopy(scenario.ufuns)) for scenario in each]

    kept = fresh()
    mechanisms: list[SAOMechanism] = []

    def play(one: Any) -> None:
        mechanisms.append(session(*one, [negotiator(strategy) for strategy in strategies]))

    for one in kept:
        play(one)
    mechanisms.clear()
    again = a_second(lambda: kept, play)
    mechanisms.clear()
    new = a_second(fresh, play)
    offers = statistics.mean(len(mechanism.extended_trace) for mechanism in mechanisms)
    agreed = statistics.mean(mechanism.agreement is not None for mechanism in mechanisms)
    return {"fresh": new, "again": again, "offers": offers, "agreed": agreed}


def files_of(folder: Path) -> list[str]:
    """The domain of a made scenario, then its profiles."""
    return [str(folder / f"{folder.name}.xml"), *(str(file) for file in sorted(folder.glob("party*.xml")))]


def tournament(folders: Sequence[str]) -> dict[str, Any]:
    from negmas.tournaments.neg.simple import cartesian_tournament

    imported = time.process_time()
    scenarios = [load(files_of(Path(folder))) for folder in folders]
    loaded = time.process_time()
    results = cartesian_tournament(
        competitors=[f"negmas.sao.negotiators.{name}" for name, _ in ENTRANTS.values()],
        competitor_params=[dict(parameters) for _, parameters in ENTRANTS.values()],
        scenarios=scenarios,
        n_repetitions=1,
        rotate_ufuns=True,
        self_play=True,
        n_steps=ROUNDS,
        njobs=-1,
        path=None,
        save_stats=False,
        save_scenario_figs=False,
        plot_fraction=0.0,
        verbosity=0,
    )
    ended = time.process_time()
    names = {theirs: ours for ours, (theirs, _) in ENTRANTS.items()}
    seated = [sorted(names[kind.split(".")[-1]] for kind in kinds) for kinds in results.details["negotiator_types"]]
    agreements = [agreed and list(agreed) for agreed in results.details["agreement"]]
    return {
        "importing": imported - STARTED,
        "loading": loaded - imported,
        "seconds": ended - loaded,
        "sessions": len(results.details),
        "agreed": statistics.mean(agreed is not None for agreed in agreements),
        "agreements": list(zip(seated, agreements, strict=True)),
    }


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    print(json.dumps({"traces": traces, "speed": speed}[what](*rest) if what != "tournament" else tournament(rest)))
