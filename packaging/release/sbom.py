"""The bill of materials of the binary, in the JSON format of CycloneDX 1.6: the crates that are compiled into it."""

import json
import subprocess
import time
import tomllib
import uuid

from . import project


def write(target, out):
    """Writes the bill of materials of a target, and returns the path."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target.triple]
    run = subprocess.run(command, cwd=project.ROOT, capture_output=True, text=True)
    if run.returncode != 0:
        raise SystemExit(f"error: cargo metadata failed\n{run.stderr}")
    metadata = json.loads(run.stdout)
    with open(project.ROOT / "Cargo.lock", "rb") as file:
        locked = tomllib.load(file)["package"]
    sums = {(p["name"], p["version"]): p.get("checksum") for p in locked}
    packages = {package["id"]: package for package in metadata["packages"]}
    root = metadata["resolve"]["root"]
    edges = linked(metadata["resolve"]["nodes"], root)
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, target.stem)}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(project.epoch())),
            "component": component(packages[root], "application", None),
            "properties": [{"name": "target", "value": target.triple}],
        },
        "components": [
            component(packages[id], "library", sums.get((packages[id]["name"], packages[id]["version"])))
            for id in sorted(edges, key=lambda id: purl(packages[id]))
            if id != root
        ],
        "dependencies": [
            {"ref": purl(packages[id]), "dependsOn": sorted(purl(packages[to]) for to in edges[id])}
            for id in sorted(edges, key=lambda id: purl(packages[id]))
        ],
    }
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{target.stem}.cdx.json"
    path.write_text(json.dumps(document, indent=2) + "\n")
    return path


def linked(nodes, root):
    """The packages that are linked into the binary, each with those that it depends on: no build or test dependencies."""
    nodes = {node["id"]: node for node in nodes}
    edges, open_ids = {}, [root]
    while open_ids:
        id = open_ids.pop()
        if id in edges:
            continue
        normal = [
            dependency["pkg"]
            for dependency in nodes[id]["deps"]
            if any(kind["kind"] is None for kind in dependency["dep_kinds"])
        ]
        edges[id] = normal
        open_ids.extend(normal)
    return edges


def purl(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package, kind, checksum):
    entry = {
        "type": kind,
        "bom-ref": purl(package),
        "name": package["name"],
        "version": package["version"],
        "purl": purl(package),
    }
    if package.get("license"):
        entry["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    if checksum:
        entry["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    return entry
