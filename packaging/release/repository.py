"""The repository's address, which Cargo.toml defines and other files repeat.

Until it is decided, Cargo.toml has `OWNER`, and the other files an owner that cannot exist: names of users on GitHub
contain no periods.
"""

import re
import subprocess

from . import project

UNSET = "https://github.com/OWNER/asl"
UNSET_SLUG = "owner.invalid/asl"
HOST = "https://github.com/"


def is_set():
    return "OWNER" not in project.REPOSITORY


def slug(url):
    """The owner and name in an address: `owner/name`."""
    match = re.fullmatch(re.escape(HOST) + r"([A-Za-z0-9-]+/[A-Za-z0-9._-]+?)(\.git)?/?", url)
    if match is None:
        raise SystemExit(
            f"error: `{url}` is not the address of a repository on GitHub\n"
            f"  help: the release workflow and the installers expect {HOST}owner/name"
        )
    return match[1]


def current_slug():
    """How the files other than Cargo.toml spell the repository."""
    return slug(project.REPOSITORY) if is_set() else UNSET_SLUG


def mentions(text=None):
    """The files that name the repository, apart from Cargo.toml."""
    run = subprocess.run(
        ["git", "grep", "-lIF", text or current_slug()], cwd=project.ROOT, capture_output=True, text=True
    )
    apart = {"Cargo.toml", "packaging/release/repository.py", "CHANGELOG.md"}
    return [path for path in run.stdout.splitlines() if path not in apart]


def set_address(url):
    """Writes the address wherever it is needed, and returns the changed files."""
    new = slug(url)
    old = current_slug()
    changed = []
    for path in mentions(old):
        file = project.ROOT / path
        # Names of images are in lower case.
        text = file.read_text().replace(f"ghcr.io/{old.lower()}", f"ghcr.io/{new.lower()}")
        file.write_text(text.replace(old, new))
        changed.append(path)
    manifest = project.ROOT / "Cargo.toml"
    text = manifest.read_text().replace(f'"{project.REPOSITORY}"', f'"{HOST}{new}"')
    manifest.write_text(text)
    return ["Cargo.toml", *changed]
