"""Archives with the binary, its licenses, completion scripts, and manual pages. The same inputs give the same bytes."""

import gzip
import io
import tarfile
import time
import zipfile

from . import project


def contents(target, binary):
    """The files of an archive: name inside its folder, path, and mode."""
    files = [(target.binary, binary, 0o755)]
    for name in ["README.md", "CHANGELOG.md", *project.LICENSE_FILES]:
        files.append((name, project.ROOT / name, 0o644))
    for path in project.completions():
        files.append((f"completions/{path.name}", path, 0o644))
    for path in project.manual_pages():
        files.append((f"man/{path.name}", path, 0o644))
    return sorted(files)


def write(target, binary, out):
    """Packs a binary for a target, and returns the path of the archive."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / target.archive
    files = contents(target, binary)
    if target.is_windows:
        write_zip(path, target.stem, files)
    else:
        write_tar(path, target.stem, files)
    return path


def write_tar(path, folder, files):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, source, mode in files:
            info = tarfile.TarInfo(f"{folder}/{name}")
            data = source.read_bytes()
            info.size, info.mode, info.mtime = len(data), mode, project.epoch()
            tar.addfile(info, io.BytesIO(data))
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, project.epoch()) as packed:
        packed.write(raw.getvalue())


def write_zip(path, folder, files):
    date = time.gmtime(project.epoch())[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, source, mode in files:
            info = zipfile.ZipInfo(f"{folder}/{name}", date)
            info.external_attr = mode << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, source.read_bytes())


def read(path):
    """The files of an archive: name with its folder, and bytes."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    with tarfile.open(path) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}


def binary_in(path, target):
    """The binary in an archive."""
    return read(path)[f"{target.stem}/{target.binary}"]


def in_folder(folder):
    """The archives of this version in a folder, with their targets."""
    found = [(target, folder / target.archive) for target in project.TARGETS]
    return [(target, path) for target, path in found if path.exists()]
