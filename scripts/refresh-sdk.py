#!/usr/bin/env python3
"""Rebuild src/aws/data/sdk.bin and src/aws/data/outputs.bin from botocore's service models.

    pip download --no-deps botocore
    python3 scripts/refresh-sdk.py botocore-*.whl

The argument is a wheel, or the folder of a checkout or an installation that holds `data/<service>/<version>/`.
Python's standard library is enough. The same models and date give the same bytes.

Step Functions calls AWS through the AWS SDK for Java 2.x and shows that SDK's names, so this script follows the rules
by which that SDK names things (its code generator's naming strategy): services, errors, members. They are not the
models' own names: `DBInstanceIdentifier` becomes `DbInstanceIdentifier`, `LimitExceededFault` becomes
`LimitExceededException`.
"""

import argparse
import datetime
import gzip
import json
import pathlib
import re
import sys
import zipfile
import zlib

AWS = pathlib.Path(__file__).resolve().parent.parent / "src/aws"
DATA = AWS / "data"
INTEGRATIONS = AWS / "integration/table.rs"

# Text of one compressed block. A lookup unpacks one block: larger ones pack better, smaller ones open faster.
BLOCK = 32 * 1024

# Names that a Java method cannot have. Such a member gets the suffix `Value` (`equals`: `EqualsValue`).
RESERVED = set(
    """abstract assert boolean break byte case catch char class const continue default do double else enum extends
    false final finally float for goto if implements import instanceof int interface long native new null package
    private protected public return short static strictfp super switch synchronized this throw throws transient true
    try void volatile while equals finalize getClass hashCode notify notifyAll toString wait builder sdkFields
    toBuilder overrideConfiguration sdkHttpResponse""".split()
)

# Members that the SDK for Java renames (its customization.config).
RENAMED = {("DynamoDb", "NULL"): "NUL"}

# Bounds that differ in the service from those in its model: as recorded on AWS.
BOUNDS = {("Lambda", "MemorySize"): {"max": 10240}}

# Services of whose operations all responses are included: those that state machines call most often.
SERVICES = """
    apigateway apigatewayv2 athena autoscaling backup batch bedrock bedrockagent bedrockagentruntime bedrockruntime
    cloudcontrol cloudformation cloudfront cloudwatch cloudwatchlogs codebuild codepipeline cognitoidentityprovider
    comprehend config databrew datasync dynamodb ec2 ecr ecs eks elasticloadbalancingv2 emr emrcontainers emrserverless
    eventbridge firehose glue iam kinesis kms lakeformation lambda mediaconvert organizations polly rds rdsdata
    redshift redshiftdata rekognition route53 s3 sagemaker scheduler secretsmanager servicecatalog ses sesv2 sfn sns
    sqs ssm sts support textract transcribe translate
""".split()

# Operations whose responses are validated down to lengths and enumerations, in addition to those that optimized
# integrations call and poll: the SDK calls that definitions make most often.
VALIDATED = {
    "bedrockruntime": "converse",
    "comprehend": "detectSentiment",
    "dynamodb": "batchGetItem batchWriteItem query scan",
    "emr": "addJobFlowSteps cancelSteps terminateJobFlows",
    "glue": "getCrawler startCrawler",
    "kms": "decrypt encrypt",
    "lambda": "getFunction",
    "redshiftdata": "describeStatement executeStatement getStatementResult",
    "rekognition": "detectLabels detectText",
    "s3": "copyObject deleteObject getObject headObject listObjectsV2 putObject",
    "secretsmanager": "getSecretValue",
    "sfn": "listExecutions startSyncExecution",
    "sns": "publishBatch",
    "sqs": "receiveMessage",
    "ssm": "getParameter",
    "textract": "detectDocumentText",
    "transcribe": "getTranscriptionJob startTranscriptionJob",
}

# In operations that are not validated, a longer enumeration is stored as any string.
MAX_ENUM = 8


def words(name):
    """The words of a name, as the SDK for Java splits it."""
    name = re.sub(r"[^A-Za-z0-9]+", " ", name)
    name = re.sub(r"([^a-z]{2,})v([0-9]+)", r"\1 v\2 ", name)
    name = re.sub(r"([^A-Z]{2,})V([0-9]+)", r"\1 V\2 ", name)
    name = re.sub(r"(?<=[a-z])(?=[A-Z][a-zA-Z0-9])", " ", name)
    name = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", name)
    name = re.sub(r"([0-9])([a-zA-Z])", r"\1 \2", name)
    return name.split()


def pascal(name):
    return "".join(word.lower().capitalize() for word in words(name))


def uncapitalize(name):
    """`DBInstances` → `dbInstances`, `ETag` → `eTag`."""
    end = 1
    while end < len(name) and name[end].isupper() and not name[end + 1 : end + 2].islower():
        end += 1
    return name[:end].lower() + name[end:]


def service_prefix(service_id):
    """The prefix of a service's errors: `DynamoDb`. In lower case, the service's name in a Resource."""
    name = pascal(service_id)
    return name.removeprefix("Amazon").removeprefix("Aws").removesuffix("Service")


def member_name(name):
    """A parameter or a field of a result."""
    name = uncapitalize(name)
    if name in RESERVED or name.lower() in RESERVED:
        name += "Value"
    return name[:1].upper() + name[1:]


def exception_name(shape):
    if shape.endswith("Fault"):
        return pascal(shape.removesuffix("Fault")) + "Exception"
    return pascal(shape) if shape.endswith("Exception") else pascal(shape) + "Exception"


def read_models(source):
    """The newest model of every service, by service name; and the version of botocore if the path contains it."""
    source = pathlib.Path(source)
    pattern = re.compile(r"data/([^/]+)/([^/]+)/service-2\.json(\.gz)?$")
    files = {}
    if source.is_file():
        archive = zipfile.ZipFile(source)
        version = re.search(r"botocore-([0-9.]+)", source.name)
        for name in archive.namelist():
            if match := pattern.search(name):
                files.setdefault(match[1], []).append((match[2], name, archive.read))
    else:
        version = next(iter(source.rglob("botocore/__init__.py")), source / "__init__.py")
        version = re.search(r"__version__ = '([0-9.]+)'", version.read_text()) if version.exists() else None
        for path in sorted(source.rglob("service-2.json*")):
            if match := pattern.search(path.as_posix()):
                files.setdefault(match[1], []).append((match[2], path, pathlib.Path.read_bytes))
    models = {}
    for _, versions in sorted(files.items()):
        _, name, read = max(versions, key=lambda entry: entry[0])
        content = read(name)
        model = json.loads(gzip.decompress(content) if str(name).endswith(".gz") else content)
        prefix = service_prefix(model["metadata"]["serviceId"])
        # Two folders may hold one service (`sms-voice` and `pinpoint-sms-voice`).
        _, twin = models.get(prefix.lower(), (prefix, model))
        if twin["operations"].keys() != model["operations"].keys():
            sys.exit(f"two different services are called {prefix.lower()}")
        models[prefix.lower()] = (prefix, model)
    if not models:
        sys.exit(f"no service models in {source}")
    return models, version[1] if version else "of unknown version"


def has_event_stream(model, reference):
    """Whether a request or a response streams events; Step Functions calls no such operation."""
    shape = model["shapes"][reference["shape"]] if reference else {}
    members = shape.get("members", {}).values()
    return any(model["shapes"][member["shape"]].get("eventstream") for member in members)


def service_text(model):
    """Actions, parameters and errors of a service, in the format that src/aws/sdk.rs reads."""
    operations = {uncapitalize(name): operation for name, operation in model["operations"].items()}

    def errors(operation):
        return sorted({exception_name(error["shape"]) for error in operation.get("errors", [])})

    names = sorted({name for operation in operations.values() for name in errors(operation)})
    number = {name: index for index, name in enumerate(names)}
    sets, lines = [], []
    for action, operation in sorted(operations.items()):
        shape = model["shapes"][operation["input"]["shape"]] if "input" in operation else {}
        required, optional = [], []
        for name in shape.get("members", {}):
            # Step Functions does not fill in idempotency tokens, unlike the SDK.
            (required if name in shape.get("required", []) else optional).append(member_name(name))
        error_set = ",".join(str(number[name]) for name in errors(operation))
        if error_set not in sets:
            sets.append(error_set)
        streams = has_event_stream(model, operation.get("input")) or has_event_stream(model, operation.get("output"))
        fields = [" ".join(required), " ".join(optional), str(sets.index(error_set)), "s" if streams else ""]
        lines.append(f"{action}|{'|'.join(fields)}")
    return "\n".join([" ".join(names), " ".join(sets), *lines]) + "\n"


def outputs_text(prefix, model, actions, validated):
    """The responses of some actions of a service, in the format that src/aws/outputs.rs reads.

    A line per shape, after the line that gives every action the number of its answer's line. Only the shapes of
    validated actions have bounds and long enumerations.
    """
    operations = {uncapitalize(name): operation for name, operation in model["operations"].items()}
    number, lines = {}, []

    def visit(name):
        if name in number:
            return number[name]
        number[name] = index = len(number)
        lines.append("")
        shape = model["shapes"][name] | BOUNDS.get((prefix, name), {})
        if not is_validated:
            shape = {key: value for key, value in shape.items() if key not in ("min", "max")}
            if len(shape.get("enum", [])) > MAX_ENUM:
                del shape["enum"]
        lines[index] = describe(shape)
        return index

    def names(member):
        """An optimized integration's name for a field and, where it differs, an SDK integration's: `BOOL/Bool`."""
        model_name = member[:1].upper() + member[1:]
        sdk_name = member_name(RENAMED.get((prefix, member), member))
        return model_name if model_name == sdk_name else f"{model_name}/{sdk_name}"

    def describe(shape):
        kind = shape["type"]
        if shape.get("document"):
            return "J"
        bounds = f"{shape.get('min', '')},{shape.get('max', '')}"
        match kind:
            case "structure":
                required = shape.get("required", [])
                members = shape["members"].items()
                return "S" + "".join(
                    f" {names(name)}{'!' if name in required else ''}:{visit(member['shape'])}"
                    for name, member in members
                )
            case "list":
                return f"L {visit(shape['member']['shape'])} {bounds}"
            case "map":
                return f"M {visit(shape['key']['shape'])} {visit(shape['value']['shape'])} {bounds}"
            case "string":
                return f"T {bounds} {' '.join(shape.get('enum', []))}".rstrip()
            case "integer" | "long":
                return f"I {bounds}"
            case "float" | "double" | "bigdecimal":
                return f"N {bounds}"
            case "boolean":
                return "B"
            case "timestamp":
                return "D"
            case "blob":
                return f"X {bounds}"
        sys.exit(f"unknown type of shape: {kind}")

    tops = []
    # Shapes that a validated action has in common with others are visited first.
    for action in sorted(actions, key=lambda action: (action not in validated, action)):
        is_validated = action in validated
        if output := operations[action].get("output"):
            top = visit(output["shape"])
        else:
            top = len(lines)
            number[f"answer of {action}"] = top
            lines.append("S")
        tops.append(f"{action}:{top}")
    return "\n".join([" ".join(sorted(tops)), *lines]) + "\n"


def validated_operations(models):
    """The operations whose responses are validated, by service."""
    operations = {service: set(names.split()) for service, names in VALIDATED.items()}
    called = r'(?:api|polls):\s*Some\(\(\s*"(\w+)",\s*"(\w+)",?\s*\)\)'
    for service, action in re.findall(called, INTEGRATIONS.read_text()):
        model = models[service][1]
        operation = next(o for name, o in model["operations"].items() if uncapitalize(name) == action)
        if not has_event_stream(model, operation.get("output")):
            operations.setdefault(service, set()).add(action)
    return operations


def output_operations(models, validated):
    """The operations whose responses are included, by service."""
    operations = {service: set(names) for service, names in validated.items()}
    for service in SERVICES:
        model = models[service][1]
        operations[service] = {
            uncapitalize(name)
            for name, operation in model["operations"].items()
            if not has_event_stream(model, operation.get("output"))
        }
    return operations


def pack(entries, source, retrieved):
    """A data file: a header in text, an empty line, then blocks compressed with raw deflate.

    Header lines: format, source, date, sizes of the blocks (compressed:unpacked), and for every entry, sorted by
    name, `name label length`; the entries' texts follow one another in the blocks, none crossing a border.
    """
    blocks, sizes, current = [], [], b""

    def close():
        compressor = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
        packed = compressor.compress(current) + compressor.flush()
        blocks.append(packed)
        sizes.append(f"{len(packed)}:{len(current)}")

    header = []
    for name, label, text in sorted(entries):
        text = text.encode()
        if current and len(current) + len(text) > BLOCK:
            close()
            current = b""
        current += text
        header.append(f"{name} {label} {len(text)}")
    close()
    head = ["asl-data 1", source, retrieved, " ".join(sizes), *header, "", ""]
    return "\n".join(head).encode() + b"".join(blocks)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", help="botocore: a wheel, or the folder of a checkout or an installation")
    parser.add_argument("--date", default=datetime.date.today().isoformat(), help="the day the models were retrieved")
    arguments = parser.parse_args()
    models, version = read_models(arguments.models)
    source = f"botocore {version} service models"
    sdk = [(name, prefix, service_text(model)) for name, (prefix, model) in models.items()]
    validated = validated_operations(models)
    outputs = [
        (name, models[name][0], outputs_text(*models[name], actions, validated.get(name, ())))
        for name, actions in output_operations(models, validated).items()
    ]
    DATA.mkdir(exist_ok=True)
    for file, entries in [("sdk.bin", sdk), ("outputs.bin", outputs)]:
        content = pack(entries, source, arguments.date)
        (DATA / file).write_bytes(content)
        print(f"{file}: {len(entries)} services, {len(content)} bytes")


if __name__ == "__main__":
    main()
