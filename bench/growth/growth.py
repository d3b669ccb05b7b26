"""Runs the stability engines at growing sizes; writes a Markdown table and an SVG plot. Standard library only."""

import json
import math
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
FOUR = "R,GMR,SMR,SEQ"
THREE = "R,GMR,SMR"
# Name, engine, decision makers, concepts, statements each, numbers of options.
SERIES = [
    ("literal, 2 makers, four concepts", "literal", 2, FOUR, 16, [4, 6, 8, 10, 12]),
    ("dense, 2 makers, four concepts", "dense", 2, FOUR, 16, [8, 12, 16, 20, 22, 24, 26]),
    ("dense, 4 makers, four concepts", "dense", 4, FOUR, 16, [8, 12, 16, 20, 22, 24]),
    ("dense, 2 makers, R alone", "dense", 2, "R", 16, [16, 20, 24, 28, 30]),
    ("symbolic, 3 makers, R GMR SMR", "symbolic", 3, THREE, 15, [20, 40, 60, 80, 100]),
    ("symbolic, 2 makers, SEQ", "symbolic", 2, "SEQ", 12, [20, 40, 60, 80, 100]),
]
# Marks tell the series apart without colour.
MARKS = ["circle", "square", "diamond", "up", "down", "cross"]
SHADES = ["#00766c", "#a85b00", "#6b3fa0", "#1a1a1a", "#0b5fa5", "#9c1c45"]


def measure(program, series, quick):
    name, engine, makers, concepts, statements, sizes = series
    rows = []
    for options in sizes[:3] if quick else sizes:
        arguments = [makers, options, statements, concepts, 1, 1 if options >= 28 else 3, engine]
        run = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=900)
        if run.returncode:
            print(f"{name}, {options} options: no answer", file=sys.stderr)
            continue
        found = json.loads(run.stdout)
        rows.append((options, found["cpu_seconds"], found["megabytes"]))
    return rows


def table(results):
    lines = ["| engine | options | states | CPU seconds | memory, MB |", "| --- | ---: | ---: | ---: | ---: |"]
    for (name, *_), rows in results:
        for options, seconds, megabytes in rows:
            lines.append(f"| {name} | {options} | 2^{options} | {seconds:.6g} | {megabytes:.0f} |")
    return "\n".join(lines)


def mark(shape, x, y, shade):
    r = 4
    points = {
        "diamond": [(0, -r), (r, 0), (0, r), (-r, 0)],
        "up": [(0, -r), (r, r), (-r, r)],
        "down": [(0, r), (r, -r), (-r, -r)],
        "square": [(-r, -r), (r, -r), (r, r), (-r, r)],
    }
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" fill="{shade}"/>'
    if shape == "cross":
        path = f"M{x-r:.1f} {y-r:.1f}L{x+r:.1f} {y+r:.1f}M{x-r:.1f} {y+r:.1f}L{x+r:.1f} {y-r:.1f}"
        return f'<path d="{path}" stroke="{shade}" stroke-width="2"/>'
    corners = " ".join(f"{x+dx:.1f},{y+dy:.1f}" for dx, dy in points[shape])
    return f'<polygon points="{corners}" fill="{shade}"/>'


def panel(results, column, title, low, high, left, unit):
    """One plot: options along, the logarithm of a figure up."""
    width, height, top = 360, 300, 60
    x = lambda options: left + options / 100 * width
    y = lambda value: top + height - (math.log10(max(value, 10**low)) - low) / (high - low) * height
    out = [f'<text x="{left}" y="{top - 16}" class="title">{title}</text>']
    for power in range(low, high + 1):
        at = y(10**power)
        label = f"{10**power:g}" if -3 <= power <= 4 else f"1e{power}"
        out.append(f'<line x1="{left}" x2="{left + width}" y1="{at:.1f}" y2="{at:.1f}" class="grid"/>')
        out.append(f'<text x="{left - 6}" y="{at + 4:.1f}" class="end">{label}</text>')
    for options in range(0, 101, 20):
        out.append(f'<text x="{x(options):.1f}" y="{top + height + 18}" class="middle">2^{options}</text>')
    out.append(f'<text x="{left + width / 2}" y="{top + height + 38}" class="middle">states</text>')
    for ((_, *_), rows), shape, shade in zip(results, MARKS, SHADES):
        points = [(x(row[0]), y(row[column])) for row in rows]
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        out.append(f'<polyline points="{line}" fill="none" stroke="{shade}" stroke-width="1.5"/>')
        out.extend(mark(shape, a, b, shade) for a, b in points)
    return out


def plot(results):
    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 530" role="img" font-family="sans-serif" font-size="12">',
        "<title>Time and memory of the stability engines</title>",
        "<desc>CPU seconds and memory against the number of states, for the literal, dense and symbolic engines."
        " The table beside it has the figures.</desc>",
        "<style>.grid{stroke:#ddd}.title{font-weight:bold}.end{text-anchor:end}.middle{text-anchor:middle}</style>",
        '<rect width="900" height="530" fill="#fff"/>',
    ]
    out += panel(results, 1, "CPU seconds, one core", -5, 2, 60, "s")
    out += panel(results, 2, "Memory, MB", 0, 4, 510, "MB")
    for at, (((name, *_), _), shape, shade) in enumerate(zip(results, MARKS, SHADES)):
        a, b = 70 + (at % 2) * 420, 440 + (at // 2) * 26
        out.append(mark(shape, a, b, shade))
        out.append(f'<text x="{a + 12}" y="{b + 4}">{name}</text>')
    return "\n".join(out + ["</svg>"]) + "\n"


def main():
    program, quick = sys.argv[1], "--quick" in sys.argv
    results = [(series, measure(program, series, quick)) for series in SERIES]
    print(table(results))
    if not quick:
        page = [
            "# How stability grows",
            "",
            "Time and memory of the three engines on random conflicts: options dealt to the decision makers in turn, 12 to 16",
            "prioritised statements each, of one to three literals, seed 1. One process per figure, one thread, the least of",
            "three runs (of one from 2^28 on). `bench/growth/run` makes this page anew.",
            "",
            "![CPU seconds and memory against the number of states](growth.svg)",
            "",
            "Dense and literal engines grow with the number of states; decision diagrams grow with how the statements hang",
            "together, which is why a hundred options take them little longer than forty.",
            "",
            table(results),
            "",
        ]
        (HERE / "growth.md").write_text("\n".join(page))
        (HERE / "growth.svg").write_text(plot(results))


main()
