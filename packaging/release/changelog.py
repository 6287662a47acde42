"""The release notes, which are a section of CHANGELOG.md."""

import re

from . import project


def section():
    """The section of this version."""
    text = (project.ROOT / "CHANGELOG.md").read_text()
    heading = re.search(rf"^## \[{re.escape(project.VERSION)}\].*\n", text, re.MULTILINE)
    if heading is None:
        raise SystemExit(f"error: CHANGELOG.md has no section for {project.VERSION}")
    rest = text[heading.end() :]
    end = re.search(r"^## |^\[[^\]]*\]: ", rest, re.MULTILINE)
    notes = rest[: end.start()] if end else rest
    if not notes.strip():
        raise SystemExit(f"error: the section for {project.VERSION} in CHANGELOG.md is empty")
    return notes.strip() + "\n"
