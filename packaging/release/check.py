"""Checks of artifacts: contents, versions, licenses, and sizes. A check that fails ends the program."""

import json
import re
import subprocess
import tarfile
import zipfile

from . import archive as archives
from . import changelog, project, repository
from . import manifests as templates

# In bytes. A package that is larger than that contains something unexpected. Of the crate, the sources are 1.2 MB, and AWS's
# data, which is compressed already, 0.9 MB.
MOST = {"binary": 19_000_000, "archive": 9_000_000, "wheel": 9_000_000, "npm": 9_000_000, "sdist": 2_500_000, "crate": 2_500_000}


def require(condition, message):
    if not condition:
        raise SystemExit(f"error: {message}")


def done(path, kind, *facts):
    size = path.stat().st_size
    require(size <= MOST[kind], f"{path.name} has {size:,} bytes, more than {MOST[kind]:,}")
    print("  ".join([f"ok  {path.name}", f"{size:,} bytes", *facts]))


def output(*command, **options):
    run = subprocess.run(command, capture_output=True, text=True, **options)
    require(run.returncode == 0, f"`{' '.join(map(str, command))}` failed\n{run.stdout}{run.stderr}")
    return run.stdout


def binary(path, target):
    """The binary is static, and has the version of Cargo.toml."""
    require(output(path, "--version").strip() == f"asl {project.VERSION}", f"{path} has another version")
    if "linux" in target.triple:
        elf = path.read_bytes()
        require(elf[:4] == b"\x7fELF", f"{path} is not an ELF file")
        # An interpreter in the program headers means a dynamic loader.
        require(not has_interpreter(elf), f"{path} is not static")
    done(path, "binary", "static")


def has_interpreter(elf):
    """Whether a 64-bit ELF file has a program header of type PT_INTERP."""
    offset = int.from_bytes(elf[32:40], "little")
    size, count = (int.from_bytes(elf[at : at + 2], "little") for at in (54, 56))
    headers = (offset + i * size for i in range(count))
    return any(int.from_bytes(elf[at : at + 4], "little") == 3 for at in headers)


def archive(path, target):
    """The archive contains the binary, the licenses, and what shells and man read."""
    files = archives.read(path)
    names = {name.removeprefix(f"{target.stem}/") for name in files}
    expected = {name for name, _, _ in archives.contents(target, None)}
    require(names == expected, f"{path.name} differs from what it should contain: {sorted(names ^ expected)}")
    require(len(project.manual_pages()) > 5 and len(project.completions()) == 4, "manual pages or completions are missing")
    done(path, "archive", f"{len(names)} files")


def sbom(path):
    """The bill of materials names the crates, each with its license."""
    document = json.loads(path.read_text())
    components = document["components"]
    require(document["metadata"]["component"]["version"] == project.VERSION, f"{path.name} has another version")
    require(len(components) > 50, f"{path.name} has only {len(components)} components")
    unlicensed = [c["name"] for c in components if "licenses" not in c]
    require(not unlicensed, f"{path.name}: no license for {unlicensed}")
    print(f"ok  {path.name}  {len(components)} crates")


def wheel(path, target):
    """The wheel has the tags of both C libraries, the binary, the licenses, and what shells and man read."""
    tags = path.stem.split("-", 4)[4].split(".")
    require(tags == list(target.wheel), f"{path.name} has the tags {tags}")
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        folder = f"aslkit-{project.VERSION}"
        metadata = packed.read(f"{folder}.dist-info/METADATA").decode()
        info = packed.getinfo(f"{folder}.data/scripts/{target.binary}")
        described = packed.read(f"{folder}.dist-info/WHEEL").decode()
    require(f"\nVersion: {project.VERSION}\n" in metadata, f"{path.name} has another version")
    require(info.external_attr >> 16 & 0o111, f"the binary in {path.name} is not executable")
    require(described.count("Tag: ") == len(target.wheel), f"WHEEL in {path.name} has other tags")
    for name in project.LICENSE_FILES:
        require(any(n.endswith(f"licenses/{name}") for n in names), f"{path.name} has no {name}")
    for part in ["share/man/man1/asl.1", "share/bash-completion/completions/asl"]:
        require(any(n.endswith(part) for n in names), f"{path.name} has no {part}")
    done(path, "wheel", "tags: " + " ".join(tags))


def sdist(path):
    """The source distribution contains what a build needs, and its project file is in its root folder."""
    with tarfile.open(path) as tar:
        names = {name.removeprefix(f"aslkit-{project.VERSION}/") for name in tar.getnames()}
        metadata = tar.extractfile(f"aslkit-{project.VERSION}/PKG-INFO").read().decode()
    require(f"\nVersion: {project.VERSION}\n" in metadata, f"{path.name} has another version")
    require_sources(path.name, names)
    require("pyproject.toml" in names, f"{path.name} has no pyproject.toml")
    done(path, "sdist", f"{len(names)} files")


def require_sources(package, names):
    """A package contains the sources and the licenses, and no tests or files that only the repository needs."""
    for name in ["src/main.rs", "src/lib.rs", "build.rs", "Cargo.toml", "Cargo.lock", "README.md", *project.LICENSE_FILES]:
        require(name in names, f"{package} has no {name}")
    unneeded = [n for n in names if re.match(r"(completions|docs|editors|fixtures|fuzz|tests|\..*)/|.*/tests\.rs$", n)]
    require(not unneeded, f"{package} contains {unneeded[:5]}")


def tarball(path):
    """A package for npm has the version of Cargo.toml, the licenses, and no install script."""
    with tarfile.open(path) as tar:
        names = tar.getnames()
        package = json.load(tar.extractfile("package/package.json"))
    require(package["version"] == project.VERSION, f"{path.name} has another version")
    require("scripts" not in package, f"{path.name} has scripts")
    for name in project.LICENSE_FILES:
        require(f"package/{name}" in names, f"{path.name} has no {name}")
    for name in package.get("bin", {}).values():
        require(f"package/{name}" in names, f"{path.name} has no {name}")
    done(path, "npm", f"{len(names)} files")


def manifests(out):
    """The manifests of other package managers can be rendered. Checksums of platforms that this machine cannot build are
    zeros."""
    sums = {target.archive: "0" * 64 for target in project.TARGETS}
    for line in (out / "archives" / "SHA256SUMS").read_text().splitlines():
        checksum, name = line.split()
        sums[name] = checksum
    folder = out / "manifests"
    folder.mkdir(exist_ok=True)
    for template in sorted(templates.HERE.glob("*.in")):
        text = templates.render(template.read_text(), sums)
        require("@" not in re.sub(r"\S+@\S+\.\S+", "", text), f"{template.name} has unknown names")
        path = folder / template.stem
        path.write_text(text)
        if path.suffix == ".json":
            json.loads(text)
        print(f"ok  {path.name}  rendered, not tested with its package manager")


def crate(folder):
    """The source package contains what a build needs, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    names = output("cargo", "package", "--list", "--allow-dirty", "--offline", cwd=project.ROOT).split()
    require_sources("the crate", names)
    # What `cargo install` and the Rust hook of pre-commit install.
    metadata = json.loads(output("cargo", "metadata", "--format-version", "1", "--no-deps", "--offline", cwd=project.ROOT))
    binaries = [t["name"] for t in metadata["packages"][0]["targets"] if "bin" in t["kind"]]
    require(binaries == ["asl"], f"the crate has the binaries {binaries}")
    command = ["cargo", "package", "--quiet", "--allow-dirty", "--no-verify", "--offline", "--target-dir", str(folder)]
    output(*command, cwd=project.ROOT)
    (path,) = folder.glob("package/*.crate")
    done(path, "crate", f"{len(names)} files")


def release(tag):
    """A release may be made: the address is set, and the tag, the versions, and the changelog agree."""
    require(
        repository.is_set(),
        "the address of the repository is not set\n  help: run `scripts/release set-repository URL`",
    )
    require(not repository.mentions(repository.UNSET_SLUG), "some files have no address of the repository")
    require(tag in (None, f"v{project.VERSION}"), f"the tag is {tag}, but Cargo.toml has {project.VERSION}")
    changelog.section()
    print(f"{project.VERSION} can be released")
