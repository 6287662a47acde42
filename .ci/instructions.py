#!/usr/bin/env python3
"""Compare the instruction counts of a binary with a recorded baseline.

    .ci/instructions.py BINARY BASELINE            exit 1 if a workload takes over 3% more instructions than recorded
    .ci/instructions.py BINARY BASELINE --write    record the counts as the new baseline

The counts come from `../shared/perf/run.py --instructions`, which needs valgrind. Unlike times, they hardly depend on
the load of the machine, but they do depend on the version of rustc: record the baseline again after an update.
The rows that end with `_off` are the workloads of lint without the rules that follow the data.
"""
import importlib.util
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
PERF = os.path.join(ROOT, "..", "shared", "perf", "run.py")
TOLERANCE = 0.03

# The rules that share the analysis of the data.
DATA_RULES = [
    "impossible-comparison",
    "invalid-argument-shape",
    "items-not-array",
    "lost-input",
    "misspelled-path",
    "missing-path",
    "possibly-missing-path",
    "unmatched-choice",
]


def perf():
    """The module that defines the workloads."""
    spec = importlib.util.spec_from_file_location("perf", PERF)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure_off(binary):
    """The instruction counts of the workloads of lint without the rules of the data."""
    workloads = perf()
    off = [flag for rule in DATA_RULES for flag in ("--allow", rule)]
    with tempfile.TemporaryDirectory() as folder:
        many, big, one, _ = workloads.lint_inputs(folder)
        paths = {"lint_10_off": one, "lint_200_off": many, "lint_1mb_off": big}
        command = [binary, "lint", "--format", "json", *off]
        return {name: {"instructions": workloads.instructions([*command, path])} for name, path in paths.items()}


def measure(binary):
    """The instruction count of each workload, or a message instead of a count if its answer is wrong."""
    run = subprocess.run(
        [sys.executable, PERF, "--bin", binary, "--instructions", "--json"], capture_output=True, text=True
    )
    try:
        return {**json.loads(run.stdout), **measure_off(binary)}
    except ValueError:
        sys.exit(f"perf/run.py printed no figures: {(run.stderr or run.stdout)[-500:]}")


def main():
    binary, baseline_path = os.path.abspath(sys.argv[1]), sys.argv[2]
    measured = measure(binary)
    if "--write" in sys.argv:
        with open(baseline_path, "w") as f:
            json.dump(measured, f, indent=2)
            f.write("\n")
        return
    with open(baseline_path) as f:
        baseline = json.load(f)
    failed = 0
    for name, row in measured.items():
        recorded = baseline.get(name, {}).get("instructions")
        counted = row.get("instructions")
        if counted is None:
            failed += 1
            print(f"WRONG   {name:<12} {row.get('wrong')}")
        elif recorded is None:
            failed += 1
            print(f"MISSING {name:<12} {counted:,} instructions, not in {baseline_path}: record it with --write")
        else:
            change = counted / recorded - 1
            line = f"{name:<12} {counted:>15,} instructions, {recorded:>15,} recorded ({change:+.1%})"
            if change > TOLERANCE:
                failed += 1
                print(f"SLOWER  {line}")
            elif change < -TOLERANCE:
                print(f"faster  {line}: record it with --write")
    print(f"{len(measured) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
