"""npm's packages: one for each platform with the binary of its archive, and `aslkit`, which chooses among them."""

import json
import shutil
import subprocess

from . import archive, project

HERE = project.ROOT / "packaging" / "npm"


def manifest(name, description, **more):
    """A package.json with the values of Cargo.toml."""
    return {
        "name": name,
        "version": project.VERSION,
        "description": description,
        "license": f"({project.LICENSE})",
        "repository": {"type": "git", "url": f"git+{project.REPOSITORY}.git"},
        "publishConfig": {"access": "public", "provenance": True},
        **more,
    }


def write(archives, out):
    """Writes the folders of the packages whose archives exist, and returns them: platforms first."""
    folders = []
    for target, path in archive.in_folder(archives):
        folders.append(write_platform(target, path, out))
    folders.append(write_wrapper(out))
    return folders


def write_platform(target, path, out):
    folder = new_folder(out, target.npm_name.split("/")[1])
    binary = folder / target.binary
    binary.write_bytes(archive.binary_in(path, target))
    binary.chmod(0o755)
    system, cpu = target.npm
    description = f"The binary of aslkit for {system} on {cpu}"
    # No `libc`: the binary for Linux is static, and runs with both.
    package = manifest(
        target.npm_name, description, os=[system], cpu=[cpu], preferUnplugged=True, files=[target.binary, *project.LICENSE_FILES]
    )
    write_json(folder / "package.json", package)
    (folder / "README.md").write_text(f"{description}. Install `aslkit` instead.\n")
    copy_licenses(folder)
    return folder


def write_wrapper(out):
    folder = new_folder(out, "aslkit")
    (folder / "bin").mkdir()
    shutil.copy(HERE / "bin" / "asl.js", folder / "bin" / "asl.js")
    (folder / "bin" / "asl.js").chmod(0o755)
    shutil.copy(HERE.parent / "description.md", folder / "README.md")
    for name, paths in [("completions", project.completions()), ("man", project.manual_pages())]:
        (folder / name).mkdir()
        for path in paths:
            shutil.copy(path, folder / name)
    package = manifest(
        "aslkit",
        project.DESCRIPTION,
        keywords=project.PACKAGE["keywords"],
        bin={"asl": "bin/asl.js", "aslkit": "bin/asl.js"},
        man=[f"./man/{path.name}" for path in project.manual_pages()],
        files=["bin", "completions", "man", *project.LICENSE_FILES],
        engines={"node": ">=16"},
        optionalDependencies={target.npm_name: project.VERSION for target in project.TARGETS},
    )
    write_json(folder / "package.json", package)
    copy_licenses(folder)
    return folder


def new_folder(out, name):
    folder = out / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def copy_licenses(folder):
    for name in project.LICENSE_FILES:
        shutil.copy(project.ROOT / name, folder / name)


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2) + "\n")


def pack(folders, out):
    """Runs `npm pack`, and returns the tarballs."""
    out.mkdir(parents=True, exist_ok=True)
    tarballs = []
    for folder in folders:
        command = ["npm", "pack", "--json", "--pack-destination", str(out)]
        packed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        report = json.loads(packed.stdout)
        entry = report[0] if isinstance(report, list) else next(iter(report.values()))
        name = entry["filename"].replace("@", "").replace("/", "-")
        tarballs.append(out / name)
    return tarballs
