"""The wheel and the source distribution for PyPI. maturin builds the binary as cargo does, or finds that it is built."""

import base64
import hashlib
import shutil
import subprocess
import time
import zipfile

from . import build, project

HERE = project.ROOT / "packaging" / "pypi"


def write(triple, prebuilt, out):
    """Builds the wheel of a target, and returns its path. A prebuilt binary takes the place of the build."""
    out.mkdir(parents=True, exist_ok=True)
    target = project.target(triple)
    if prebuilt is not None and prebuilt != build.binary(triple):
        raise SystemExit(f"error: maturin packs only {build.binary(triple)}, not {prebuilt}")
    write_data(HERE / "aslkit.data" / "data" / "share")
    for name in project.LICENSE_FILES:
        shutil.copy(project.ROOT / name, HERE)
    command = ["maturin", "build", "--release", "--locked", "--target", triple, "--out", str(out)]
    if "linux" in triple:
        # maturin derives one tag from the target. The binary is static, so it fits both C libraries.
        command += ["--auditwheel", "skip", "--compatibility", "linux"]
    environment = build.environment(triple)
    # maturin sets flags in RUSTFLAGS if it sees it, and passes the encoded ones on.
    environment.pop("RUSTFLAGS", None)
    result = subprocess.run(command, cwd=HERE, env=environment)
    if result.returncode != 0:
        raise SystemExit("error: maturin failed")
    (built,) = out.glob(f"aslkit-{project.VERSION}-py3-none-*.whl")
    return retag(built, target)


def write_sdist(out):
    """Packs the source distribution, for platforms that have no wheel, and returns its path. It is the crate with the project
    file of the wheel."""
    out.mkdir(parents=True, exist_ok=True)
    # The crate contains the licenses, and maturin would add these copies.
    for name in project.LICENSE_FILES:
        (HERE / name).unlink(missing_ok=True)
    result = subprocess.run(["maturin", "sdist", "--out", str(out.resolve())], cwd=HERE, capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"error: maturin failed\n{result.stderr}")
    return out / f"aslkit-{project.VERSION}.tar.gz"


def write_data(share):
    """Completion scripts and manual pages, where `pip install` puts them below the environment."""
    shutil.rmtree(share.parents[1], ignore_errors=True)
    places = {"asl.bash": "bash-completion/completions/asl", "_asl": "zsh/site-functions/_asl", "asl.fish": "fish/vendor_completions.d/asl.fish"}
    files = [(path, places.get(path.name)) for path in project.completions()]
    files += [(path, f"man/man1/{path.name}") for path in project.manual_pages()]
    for source, place in files:
        if place is not None:
            (share / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, share / place)


def retag(path, target):
    """Gives a wheel the tags of its target, in its name and in its metadata, and makes it reproducible."""
    tags = ".".join(target.wheel)
    new = path.with_name(f"aslkit-{project.VERSION}-py3-none-{tags}.whl")
    files = {}
    modes = {}
    with zipfile.ZipFile(path) as packed:
        for info in packed.infolist():
            if not info.is_dir():
                files[info.filename] = packed.read(info)
                modes[info.filename] = info.external_attr
    folder = f"aslkit-{project.VERSION}.dist-info"
    lines = files[f"{folder}/WHEEL"].decode().splitlines()
    lines = [line for line in lines if line and not line.startswith("Tag:")]
    lines += [f"Tag: py3-none-{tag}" for tag in target.wheel]
    files[f"{folder}/WHEEL"] = ("\n".join(lines) + "\n").encode()
    record = f"{folder}/RECORD"
    rows = [f"{name},{digest(data)},{len(data)}" for name, data in sorted(files.items()) if name != record]
    files[record] = ("\n".join([*rows, f"{record},,"]) + "\n").encode()
    path.unlink()
    date = time.gmtime(project.epoch())[:6]
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(files, key=lambda name: (name.startswith(folder), name)):
            info = zipfile.ZipInfo(name, date)
            info.external_attr = modes[name]
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, files[name])
    return new


def digest(data):
    """A hash as RECORD has it."""
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
