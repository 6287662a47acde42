"""SHA256SUMS: the checksums of the files of a release, in the format of sha256sum."""

import hashlib

NAME = "SHA256SUMS"


def write(folder):
    """Writes the checksums of all files in a folder, and returns the path."""
    lines = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name != NAME:
            lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n")
    path = folder / NAME
    path.write_text("".join(lines), newline="\n")
    return path


def read(path):
    """The checksums by file name."""
    pairs = (line.split() for line in path.read_text().splitlines())
    return {name.lstrip("*"): checksum for checksum, name in pairs}
