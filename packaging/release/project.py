"""What all parts of a release share: the values of Cargo.toml, the targets, and the names of files."""

import os
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

with open(ROOT / "Cargo.toml", "rb") as _file:
    MANIFEST = tomllib.load(_file)
PACKAGE = MANIFEST["package"]
VERSION = PACKAGE["version"]
DESCRIPTION = PACKAGE["description"]
REPOSITORY = PACKAGE["repository"]
LICENSE = PACKAGE["license"]
LICENSE_FILES = ["LICENSE-APACHE", "LICENSE-MIT"]


@dataclass(frozen=True)
class Target:
    """A platform that releases contain a binary for."""

    triple: str
    # `os` and `cpu` in npm's terms.
    npm: tuple
    # The platform tags of the wheel. A static binary runs with both C libraries of Linux.
    wheel: tuple
    # The platform in Docker's terms, or None.
    docker: str | None = None

    @property
    def is_windows(self):
        return "windows" in self.triple

    @property
    def binary(self):
        return "asl.exe" if self.is_windows else "asl"

    @property
    def stem(self):
        """The name of the archive without its ending, and of the folder in it."""
        return f"asl-v{VERSION}-{self.triple}"

    @property
    def archive(self):
        return self.stem + (".zip" if self.is_windows else ".tar.gz")

    @property
    def npm_name(self):
        return f"@aslkit/{self.npm[0]}-{self.npm[1]}"


TARGETS = [
    Target(
        "x86_64-unknown-linux-musl",
        ("linux", "x64"),
        ("manylinux_2_17_x86_64", "manylinux2014_x86_64", "musllinux_1_1_x86_64"),
        "amd64",
    ),
    Target(
        "aarch64-unknown-linux-musl",
        ("linux", "arm64"),
        ("manylinux_2_17_aarch64", "manylinux2014_aarch64", "musllinux_1_1_aarch64"),
        "arm64",
    ),
    Target("x86_64-apple-darwin", ("darwin", "x64"), ("macosx_10_12_x86_64",)),
    Target("aarch64-apple-darwin", ("darwin", "arm64"), ("macosx_11_0_arm64",)),
    Target("x86_64-pc-windows-msvc", ("win32", "x64"), ("win_amd64",)),
]


def target(triple):
    """The target of a triple. A static build for Linux with glibc takes the place of the one with musl."""
    triple = triple.replace("-linux-gnu", "-linux-musl")
    for found in TARGETS:
        if found.triple == triple:
            return found
    raise SystemExit(f"error: {triple} is not a target of a release")


def epoch():
    """The time that all files of a release have, in seconds: that of the commit."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    git = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True
    )
    # A source archive has no history; ZIP files cannot be older than 1980.
    return int(git.stdout) if git.returncode == 0 and git.stdout.strip() else 315_532_800


def completions():
    """The completion scripts."""
    return sorted(path for path in (ROOT / "completions").iterdir() if path.suffix != ".1")


def manual_pages():
    """The manual pages."""
    return sorted((ROOT / "completions").glob("*.1"))
