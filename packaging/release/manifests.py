"""Manifests of other package managers, rendered from packaging/manifests with the checksums of a release."""

import re

from . import checksums, project

HERE = project.ROOT / "packaging" / "manifests"


def write(sums, out):
    """Renders every manifest, and returns the paths. A platform without an archive is an error."""
    known = checksums.read(sums)
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for template in sorted(HERE.glob("*.in")):
        path = out / template.stem
        path.write_text(render(template.read_text(), known))
        paths.append(path)
    return paths


def render(text, sums):
    """Replaces `@NAME@` and `@NAME TRIPLE@`."""
    plain = {
        "VERSION": project.VERSION,
        "DESCRIPTION": project.DESCRIPTION,
        "REPOSITORY": project.REPOSITORY,
    }

    def value(match):
        name, triple = match[1], match[2]
        if triple is None:
            return plain[name]
        target = project.target(triple)
        if name == "STEM":
            return target.stem
        if name == "URL":
            return f"{project.REPOSITORY}/releases/download/v{project.VERSION}/{target.archive}"
        if target.archive not in sums:
            raise SystemExit(f"error: the checksums do not contain {target.archive}")
        return sums[target.archive]

    return re.sub(r"@([A-Z0-9]+)(?: ([a-z0-9_-]+))?@", value, text)
