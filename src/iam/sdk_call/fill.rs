//! The resources of an action of the service authorization reference, filled from arguments by the names of variables.

use crate::aws::iam::table::{Action, ResourceType};
use crate::iam::argument::Values;
use crate::iam::environment::Environment;
use crate::iam::target::{Filler, Resources, queue_arn};
use std::borrow::Cow;

/// The number of resource types above which an action whose resources are unknown is granted on `*`.
const MAX_UNKNOWN_TYPES: usize = 3;

/// What a variable of a format may be called as a parameter, besides its own name.
const SUFFIXES: [&str; 9] = ["", "Name", "Id", "Arn", "Identifier", "Ids", "Names", "s", "Url"];

/// Whether a format has variables besides the place.
fn has_variable(format: &str) -> bool {
    let mut rest = format;
    while let Some((_, variable, after)) = next_variable(rest) {
        if !matches!(variable, "Partition" | "Region" | "Account") {
            return true;
        }
        rest = after;
    }
    false
}

/// What arguments say of one resource type.
enum ResourceMatch {
    /// All variables have values.
    Known(Vec<String>),
    /// A parameter is given, but unknown.
    Dynamic(String),
    /// Only some variables have parameters.
    Partial(String),
    /// No parameter is the resource.
    Absent(String),
}

/// The resource types of an action, with the parameters that may be their variables.
#[derive(Debug)]
pub(super) struct Types {
    prefix: &'static str,
    all: Vec<Type>,
}

/// A resource type of an action.
#[derive(Debug)]
struct Type {
    kind: ResourceType,
    /// Whether its formats have variables besides the place.
    has_variable: bool,
    /// Its format; of several, the first, which is the usual one.
    parts: Vec<Part>,
}

/// A part of a format.
#[derive(Debug)]
enum Part {
    Literal(&'static str),
    Partition,
    Region,
    Account,
    /// A variable, with the parameters that may have its value.
    Variable(&'static str, Vec<String>),
}

impl Part {
    /// Its text without arguments.
    fn text<'p>(&self, place: &'p Environment) -> &'p str {
        match self {
            Self::Literal(text) => text,
            Self::Partition => &place.partition,
            Self::Region => &place.region,
            Self::Account => &place.account,
            Self::Variable(..) => "*",
        }
    }
}

/// The parts of a format, which follow `arn:partition:`. `~` at its start is the service, the region, and the account.
fn parts_of(format: &'static str, action: &Action) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = format;
    if let Some(after) = rest.strip_prefix('~') {
        parts.extend([Part::Literal(action.prefix), Part::Literal(":"), Part::Region]);
        parts.extend([Part::Literal(":"), Part::Account, Part::Literal(":")]);
        rest = after;
    }
    let name = action.name();
    while let Some((literal, variable, after)) = next_variable(rest) {
        rest = after;
        parts.push(Part::Literal(literal));
        parts.push(match variable {
            "Partition" => Part::Partition,
            "Region" => Part::Region,
            "Account" => Part::Account,
            _ => Part::Variable(variable, candidates(variable, &name, action.prefix)),
        });
    }
    parts.push(Part::Literal(rest));
    parts
}

impl Types {
    pub(super) fn new(action: &Action) -> Self {
        let all = action.resource_types().map(|kind| Type {
            kind,
            has_variable: has_variable(kind.format),
            parts: parts_of(kind.format.split(',').next().unwrap_or_default(), action),
        });
        Self {
            prefix: action.prefix,
            all: all.collect(),
        }
    }

    /// The resources on which the action is needed.
    pub(super) fn resources(&self, filler: &Filler<'_>) -> Resources {
        resources(self, filler)
    }
}

fn resources(types: &Types, filler: &Filler<'_>) -> Resources {
    let prefix = types.prefix;
    let types: Vec<&Type> = types
        .all
        .iter()
        .filter(|one| may_be_used(&one.kind, prefix, filler))
        .collect();
    if types.is_empty() {
        return Resources::all();
    }
    let has_required = types.iter().any(|one| one.kind.is_required);
    let mut resources = Resources::default();
    let (mut required, mut partial) = (Vec::new(), Vec::new());
    // Whether an argument names a resource whose permission the call needs.
    let mut is_named = false;
    for one in types {
        let kind = &one.kind;
        match filled(one, prefix, filler) {
            ResourceMatch::Known(arns) => {
                is_named |= one.has_variable && (kind.is_required || !has_required);
                if one.has_variable || kind.is_required {
                    resources.arns.extend(arns);
                }
            }
            ResourceMatch::Partial(arn) if !kind.is_required => partial.push(arn),
            ResourceMatch::Dynamic(arn) | ResourceMatch::Partial(arn) => {
                is_named |= kind.is_required || !has_required;
                resources.arns.push(arn);
                resources.is_dynamic = true;
            }
            ResourceMatch::Absent(arn) if kind.is_required => required.push(arn),
            ResourceMatch::Absent(_) => {}
        }
    }
    // An index of a table is not used without its name, but objects of a bucket are.
    if !is_named && !has_required && !partial.is_empty() {
        is_named = true;
        resources.arns.append(&mut partial);
        resources.is_dynamic = true;
    }
    // Of several required types, a call of most services uses one.
    if is_named {
        if NEEDS_EVERY_TYPE.contains(&prefix) {
            resources.arns.extend(required);
        }
        resources.arns.sort();
        resources.arns.dedup();
        return resources;
    }
    // Without an argument for a resource of an optional type, the call does not use one.
    if required.is_empty() || required.len() > MAX_UNKNOWN_TYPES {
        required = vec!["*".to_owned()];
    }
    required.extend(resources.arns);
    Resources::dynamic(required)
}

/// The services of which a call uses a resource of each required type: the snapshot and its volume, the account and its parents,
/// or the default groups of a database. Source: EC2 user guide, iam-policies-for-amazon-ec2, Organizations user guide,
/// `orgs_permissions_overview`, and RDS user guide, `UsingWithRDS.IAM`.
const NEEDS_EVERY_TYPE: [&str; 3] = ["ec2", "organizations", "rds"];

/// Whether a call may use a resource of a type that excludes another type.
fn may_be_used(kind: &ResourceType, prefix: &str, filler: &Filler<'_>) -> bool {
    let is_given = |parameter: &str, is_it: &dyn Fn(&str) -> bool| {
        let values = filler.values_at(parameter);
        values.is_dynamic || values.known.iter().any(|value| is_it(value))
    };
    match (prefix, kind.name) {
        ("events", "rule-on-custom-event-bus") => is_given("EventBusName", &|bus| bus != "default"),
        ("events", "rule-on-default-event-bus") => {
            filler.values_at("EventBusName").is_absent() || is_given("EventBusName", &|bus| bus == "default")
        }
        ("s3", name) if name.starts_with("accesspoint") => {
            let buckets = filler.values_at("Bucket");
            let has_point = buckets
                .known
                .iter()
                .any(|bucket| bucket.contains(":accesspoint/"));
            buckets.is_absent() || has_point
        }
        _ => true,
    }
}

fn filled(one: &Type, prefix: &str, filler: &Filler<'_>) -> ResourceMatch {
    let place = filler.environment;
    let mut arns = vec![place.arn("")];
    let mut is_dynamic = false;
    let mut is_absent = false;
    let mut has_value = false;
    let mut parts = one.parts.as_slice();
    while let [part, rest @ ..] = parts {
        parts = rest;
        let Part::Variable(variable, parameters) = part else {
            push_to_all(&mut arns, part.text(place));
            continue;
        };
        let values = values_of(variable, parameters, prefix, filler);
        if values.is_absent() || values.is_dynamic {
            is_absent |= values.is_absent();
            is_dynamic |= values.is_dynamic;
            push_to_all(&mut arns, "*");
            continue;
        }
        has_value = true;
        let whole: Vec<String> = values
            .known
            .iter()
            .filter(|value| value.starts_with("arn:") || is_arn_reference(value))
            .map(ToString::to_string)
            .collect();
        if !whole.is_empty() {
            // An ARN is the resource, if it has the type.
            let fits = |arn: &String| !arn.starts_with("arn:") || is_of_type(arn, one.kind.format, prefix);
            let whole: Vec<String> = whole.into_iter().filter(fits).collect();
            if whole.is_empty() {
                is_absent = true;
                has_value = false;
                push_to_all(&mut arns, "*");
                continue;
            }
            if rest.iter().all(|part| matches!(part, Part::Literal(_))) {
                return ResourceMatch::Known(whole);
            }
            arns = whole;
            continue;
        }
        if let [only] = values.known.as_slice() {
            push_to_all(&mut arns, only);
            continue;
        }
        arns = arns
            .iter()
            .flat_map(|arn| values.known.iter().map(move |value| format!("{arn}{value}")))
            .take(64)
            .collect();
    }
    let first = || arns.first().cloned().unwrap_or_default();
    if is_absent && !has_value {
        ResourceMatch::Absent(first())
    } else if is_absent {
        ResourceMatch::Partial(first())
    } else if is_dynamic {
        ResourceMatch::Dynamic(first())
    } else {
        ResourceMatch::Known(arns)
    }
}

fn push_to_all(arns: &mut [String], text: &str) {
    arns.iter_mut().for_each(|arn| arn.push_str(text));
}

/// The text before the first variable, its name, and the text after it.
fn next_variable(format: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = format.split_once("${")?;
    let (variable, rest) = rest.split_once('}')?;
    Some((literal, variable, rest))
}

fn is_arn_reference(value: &str) -> bool {
    value.starts_with("${") && value.trim_end_matches('}').to_ascii_lowercase().ends_with("arn")
}

/// Whether an ARN has the service and the start of the resource of a format.
fn is_of_type(arn: &str, format: &str, prefix: &str) -> bool {
    let (service, resource) = match format.strip_prefix('~') {
        Some(resource) => (prefix, resource),
        None => {
            let mut parts = format.splitn(4, ':');
            (parts.next().unwrap_or_default(), parts.nth(2).unwrap_or_default())
        }
    };
    let Some(parsed) = crate::aws::arn::parse(arn) else {
        return false;
    };
    let start = resource.split("${").next().unwrap_or_default();
    parsed.service.text == service && parsed.resource.text.starts_with(start)
}

/// The parameters that may be meant by a variable, the most likely ones first.
fn candidates(variable: &str, action: &str, prefix: &str) -> Vec<String> {
    let stem = ["Name", "Id", "Identifier", "Arn"]
        .iter()
        .find_map(|suffix| variable.strip_suffix(suffix))
        .filter(|stem| !stem.is_empty())
        .unwrap_or(variable);
    let mut candidates = vec![variable.to_owned()];
    candidates.extend(SUFFIXES.iter().map(|suffix| format!("{stem}{suffix}")));
    candidates.extend(aliases(prefix, variable).iter().map(|&name| name.to_owned()));
    // `Name` of `GetParameter` is the name of a parameter.
    let is_subject = |word: &str| action.to_ascii_lowercase().contains(&word.to_ascii_lowercase());
    let subject = stem.trim_end_matches("NameWithoutLeadingSlash");
    if is_subject(subject) {
        candidates.extend(["Name", "Names", "Id", "Arn", "Identifier", "ResourceArn"].map(str::to_owned));
    }
    candidates.extend(["ResourceArn", "ResourceId"].map(str::to_owned));
    candidates
}

/// The values of the first of the parameters that is given.
fn values_of<'a>(variable: &str, parameters: &[String], prefix: &str, filler: &Filler<'a>) -> Values<'a> {
    for parameter in parameters {
        let mut values = filler.values_at(parameter);
        if !values.is_absent() {
            for value in &mut values.known {
                *value = adapted(prefix, variable, std::mem::take(value), filler);
            }
            return values;
        }
    }
    Values::default()
}

/// Parameters whose names do not resemble the variables of ARN formats.
fn aliases(prefix: &str, variable: &str) -> &'static [&'static str] {
    match (prefix, variable) {
        ("s3" | "s3express", "BucketName") => &["Bucket"],
        ("s3", "ObjectName") => &["Key"],
        ("rds", "DbInstanceName") => &["DbInstanceIdentifier"],
        ("rds", "DbClusterInstanceName") => &["DbClusterIdentifier"],
        ("rds", "SnapshotName") => &["DbSnapshotIdentifier", "SnapshotIdentifier"],
        ("rds", "ClusterSnapshotName") => &["DbClusterSnapshotIdentifier", "SnapshotIdentifier"],
        ("rds", "ClusterParameterGroupName") => &["DbClusterParameterGroupName"],
        ("rds", "ParameterGroupName") => &["DbParameterGroupName"],
        ("rds", "SubnetGroupName") => &["DbSubnetGroupName"],
        ("events", "RuleName") => &["Rule"],
        ("iam" | "sts", "RoleNameWithPath") => &["RoleArn", "RoleName"],
        ("iam", "UserNameWithPath") => &["UserName"],
        ("iam", "GroupNameWithPath") => &["GroupName"],
        ("iam", "PolicyNameWithPath") => &["PolicyArn", "PolicyName"],
        ("iam", "InstanceProfileNameWithPath") => &["InstanceProfileName"],
        ("route53", "Id") => &["HostedZoneId"],
        ("mobiletargeting", "AppId") => &["ApplicationId"],
        ("autoscaling", "GroupFriendlyName") => &["AutoScalingGroupName"],
        ("scheduler", "ScheduleName") => &["Name"],
        ("glue", "TableName") => &["Name", "TableInput.Name"],
        ("glue", "DatabaseName") => &["DatabaseInput.Name"],
        ("logs", "LogGroupName") => &["LogGroupIdentifier"],
        ("ssm", "ParameterNameWithoutLeadingSlash") => &["Name", "Names", "Path"],
        _ => &[],
    }
}

/// A value as it is a part of an ARN.
fn adapted<'v>(prefix: &str, variable: &str, value: Cow<'v, str>, filler: &Filler<'_>) -> Cow<'v, str> {
    match (prefix, variable) {
        ("ssm", "ParameterNameWithoutLeadingSlash") => match value {
            Cow::Borrowed(value) => Cow::Borrowed(value.trim_start_matches('/')),
            Cow::Owned(value) => Cow::Owned(value.trim_start_matches('/').to_owned()),
        },
        // Six random characters follow the name of a secret.
        ("secretsmanager", _) if !value.starts_with("arn:") && !is_arn_reference(&value) => {
            Cow::Owned(format!("{value}-??????"))
        }
        // An alias is not a part of the ARN of its key, and a name not a part of that of a workgroup.
        ("kms", "KeyId") if value.contains("alias/") => Cow::Borrowed("*"),
        ("redshift-data", "WorkgroupId") if !value.starts_with("arn:") => Cow::Borrowed("*"),
        ("sqs", _) => queue_arn(filler.environment, &value).map_or(value, Cow::Owned),
        _ => value,
    }
}
