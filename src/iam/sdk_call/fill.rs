//! The resources of an action of the service authorization reference, filled from arguments by the names of variables.

use crate::aws::iam::table::{Action, ResourceType};
use crate::iam::argument::Values;
use crate::iam::target::{Filler, Resources, queue_arn};

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

/// The resources on which an action is needed.
pub(super) fn resources(action: &Action, filler: &Filler<'_>) -> Resources {
    let name = action.name();
    let types: Vec<ResourceType> = action
        .resource_types()
        .filter(|kind| may_be_used(kind, action.prefix, filler))
        .collect();
    if types.is_empty() {
        return Resources::all();
    }
    let has_required = types.iter().any(|kind| kind.is_required);
    let mut resources = Resources::default();
    let (mut required, mut partial) = (Vec::new(), Vec::new());
    // Whether an argument names a resource whose permission the call needs.
    let mut is_named = false;
    for kind in &types {
        match filled(kind, action.prefix, &name, filler) {
            ResourceMatch::Known(arns) => {
                let has_variable = has_variable(kind.format);
                is_named |= has_variable && (kind.is_required || !has_required);
                if has_variable || kind.is_required {
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
        if NEEDS_EVERY_TYPE.contains(&action.prefix) {
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

fn filled(kind: &ResourceType, prefix: &str, action: &str, filler: &Filler<'_>) -> ResourceMatch {
    let place = filler.environment;
    // Some types have several formats; the first is the usual one.
    let format = kind.format.split(',').next().unwrap_or_default();
    let mut arns = vec![format!("arn:{}:", place.partition)];
    let mut is_dynamic = false;
    let mut is_absent = false;
    let mut has_value = false;
    let mut rest = format;
    if let Some(after) = rest.strip_prefix('~') {
        push_fmt!(arns[0], "{prefix}:{}:{}:", place.region, place.account);
        rest = after;
    }
    while let Some((literal, variable, after)) = next_variable(rest) {
        rest = after;
        arns.iter_mut().for_each(|arn| arn.push_str(literal));
        let values = match variable {
            "Partition" => known(&place.partition),
            "Region" => known(&place.region),
            "Account" => known(&place.account),
            _ => values_of(variable, action, prefix, filler),
        };
        if values.is_absent() || values.is_dynamic {
            is_absent |= values.is_absent();
            is_dynamic |= values.is_dynamic;
            arns.iter_mut().for_each(|arn| arn.push('*'));
            continue;
        }
        has_value |= !matches!(variable, "Partition" | "Region" | "Account");
        let whole: Vec<String> = values
            .known
            .iter()
            .filter(|value| value.starts_with("arn:") || is_arn_reference(value))
            .cloned()
            .collect();
        if !whole.is_empty() {
            // An ARN is the resource, if it has the type.
            let fits = |arn: &String| !arn.starts_with("arn:") || is_of_type(arn, kind.format, prefix);
            let whole: Vec<String> = whole.into_iter().filter(fits).collect();
            if whole.is_empty() {
                is_absent = true;
                has_value = false;
                arns.iter_mut().for_each(|arn| arn.push('*'));
                continue;
            }
            if next_variable(rest).is_none() {
                return ResourceMatch::Known(whole);
            }
            arns = whole;
            continue;
        }
        arns = arns
            .iter()
            .flat_map(|arn| values.known.iter().map(move |value| format!("{arn}{value}")))
            .take(64)
            .collect();
    }
    arns.iter_mut().for_each(|arn| arn.push_str(rest));
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

fn known(value: &str) -> Values {
    Values {
        known: vec![value.to_owned()],
        is_dynamic: false,
    }
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

/// The values of the parameter that is meant by a variable.
fn values_of(variable: &str, action: &str, prefix: &str, filler: &Filler<'_>) -> Values {
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
    for candidate in candidates {
        let mut values = filler.values_at(&candidate);
        if !values.is_absent() {
            for value in &mut values.known {
                *value = adapted(prefix, variable, value, filler);
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
fn adapted(prefix: &str, variable: &str, value: &str, filler: &Filler<'_>) -> String {
    match (prefix, variable) {
        ("ssm", "ParameterNameWithoutLeadingSlash") => value.trim_start_matches('/').to_owned(),
        // Six random characters follow the name of a secret.
        ("secretsmanager", _) if !value.starts_with("arn:") && !is_arn_reference(value) => {
            format!("{value}-??????")
        }
        // An alias is not a part of the ARN of its key, and a name not a part of that of a workgroup.
        ("kms", "KeyId") if value.contains("alias/") => "*".to_owned(),
        ("redshift-data", "WorkgroupId") if !value.starts_with("arn:") => "*".to_owned(),
        ("sqs", _) => queue_arn(filler.environment, value).unwrap_or_else(|| value.to_owned()),
        _ => value.to_owned(),
    }
}
