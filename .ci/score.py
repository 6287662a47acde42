#!/usr/bin/env python3
"""Score a binary with every ../shared/*/run.py except perf's, and compare the figures with their floors.

    .ci/score.py BINARY FLOORS            exit 1 if a figure is below its floor
    .ci/score.py BINARY FLOORS --raise    record the figures as the new floors, and the numbers of cases in totals.json

A floor is the lowest figure allowed. Figures may only rise: a figure above its floor is reported, so that the change
that improved it also raises the floor. The book prints the floors with the numbers of cases.
"""
import json
import os
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
SHARED = os.path.join(ROOT, "..", "shared")


def figures(binary):
    """Every figure by its name, such as `lint/probes/valid`, with its total if it has one."""
    out = {}
    for folder in sorted(os.listdir(SHARED)):
        script = os.path.join(SHARED, folder, "run.py")
        if folder == "perf" or not os.path.exists(script):
            continue
        run = subprocess.run([sys.executable, script, "--bin", binary, "--json"], capture_output=True, text=True)
        try:
            table = json.loads(run.stdout)
        except ValueError:
            sys.exit(f"{folder}/run.py printed no figures: {(run.stderr or run.stdout)[-500:]}")
        for row, cells in table.items():
            if isinstance(cells, list):
                out[f"{folder}/{row}"] = (cells[0], cells[1])
            else:
                for cell, value in cells.items():
                    if not cell.endswith("/of"):
                        out[f"{folder}/{row}/{cell}"] = (value, cells.get(cell + "/of"))
    return out


def write(path, figures):
    with open(path, "w") as f:
        json.dump(dict(sorted(figures.items())), f, indent=2)
        f.write("\n")


def main():
    binary, floors_path = os.path.abspath(sys.argv[1]), sys.argv[2]
    got = figures(binary)
    if "--raise" in sys.argv:
        write(floors_path, {name: value for name, (value, _) in got.items()})
        totals_path = os.path.join(os.path.dirname(os.path.abspath(floors_path)), "totals.json")
        write(totals_path, {name: total for name, (_, total) in got.items() if total is not None})
        return
    with open(floors_path) as f:
        floors = json.load(f)
    below = above = 0
    for name in sorted(set(got) | set(floors)):
        value, total = got.get(name, (0, None))
        floor = floors.get(name, 0)
        of = f"/{total}" if total is not None else ""
        if value < floor:
            below += 1
            print(f"BELOW  {name:<50} {value}{of}, floor {floor}")
        elif value > floor:
            above += 1
            print(f"above  {name:<50} {value}{of}, floor {floor}: raise it")
    print(f"{len(got) - below} passed, {below} failed")
    sys.exit(1 if below else 0)


if __name__ == "__main__":
    main()
