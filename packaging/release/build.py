"""The release build: one static binary, which all packages contain."""

import os
import platform
import shutil
import subprocess
from pathlib import Path

from . import project

MUSL = "x86_64-unknown-linux-musl"
GNU = "x86_64-unknown-linux-gnu"


def static_target(triple=None):
    """The given target, or one whose static binary this machine can build: with musl if its library and its C compiler are
    installed, or else with glibc."""
    if triple:
        return triple
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        raise SystemExit("error: pass --target: the default is only for Linux on x86-64")
    run = subprocess.run(["rustc", "--print", "target-libdir", "--target", MUSL], capture_output=True, text=True)
    has_library = Path(run.stdout.strip() or "/nonexistent").is_dir()
    return MUSL if has_library and shutil.which("musl-gcc") else GNU


def environment(triple):
    """The environment of a reproducible, static build. maturin and cargo share the build if both get it."""
    home = os.environ.get("CARGO_HOME", str(Path.home() / ".cargo"))
    flags = [f"--remap-path-prefix={project.ROOT}=.", f"--remap-path-prefix={home}=cargo"]
    # Static is the default with musl, and macOS has no static C library.
    if not triple.endswith(("-musl", "-apple-darwin")):
        flags.append("-Ctarget-feature=+crt-static")
    compiler = "CC_" + triple.replace("-", "_")
    more = {"CARGO_ENCODED_RUSTFLAGS": "\x1f".join(flags)}
    if triple.endswith("-musl") and compiler not in os.environ:
        more[compiler] = "musl-gcc"
    return {**os.environ, **more}


def binary(triple):
    """Where cargo writes the binary."""
    folder = Path(os.environ.get("CARGO_TARGET_DIR", project.ROOT / "target"))
    return folder / triple / "release" / ("asl.exe" if "windows" in triple else "asl")


def run(triple):
    """Builds the binary, and returns its path."""
    command = ["cargo", "build", "--locked", "--release", "--bin", "asl", "--target", triple]
    result = subprocess.run(command, cwd=project.ROOT, env=environment(triple))
    if result.returncode != 0:
        raise SystemExit(f"error: the build for {triple} failed")
    return binary(triple)
