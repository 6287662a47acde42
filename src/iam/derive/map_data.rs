//! What a Distributed Map needs. Source: Step Functions developer guide, iam-policies-eg-dist-map and redrive-map-run.

use crate::asl::state::Map;
use crate::aws::iam::requirement::{Necessity, Purpose};
use crate::document::Node;
use crate::iam::argument::Argument;
use crate::iam::environment::Environment;
use crate::iam::required_permission::{Condition, RequiredPermission};
use crate::iam::s3_uri;
use crate::iam::target::{Filler, Resources};
use crate::spec::QueryLanguage;
use std::borrow::Cow;

pub(super) fn needs(
    map: &Map<'_>,
    language: QueryLanguage,
    text: &str,
    environment: &Environment,
) -> Vec<RequiredPermission> {
    if !map.is_distributed {
        return Vec::new();
    }
    let mut needs = executions(map, environment);
    if let Some(reader) = &map.item_reader {
        let arguments = Argument::from_payload(reader.arguments.as_ref(), language, text);
        let filler = Filler {
            environment,
            arguments: &arguments,
        };
        let resource = reader.resource.and_then(Node::as_str).unwrap_or_default();
        let input_type = reader.reader_config.and_then(|config| config.get("InputType"));
        if resource.ends_with(":listObjectsV2") {
            needs.extend(listing(&filler));
        } else {
            needs.extend(object(
                &filler,
                input_type.and_then(Node::as_str) == Some("MANIFEST"),
            ));
        }
    }
    if let Some(writer) = &map.result_writer
        && (writer.resource.is_some() || writer.arguments.is_some())
    {
        let arguments = Argument::from_payload(writer.arguments.as_ref(), language, text);
        let filler = Filler {
            environment,
            arguments: &arguments,
        };
        needs.extend(results(&filler));
    }
    needs
}

/// The child workflows are executions of the state machine itself.
fn executions(map: &Map<'_>, environment: &Environment) -> Vec<RequiredPermission> {
    let name = &environment.machine;
    let label = map.label.and_then(Node::as_str).unwrap_or("*");
    let executions = |rest: &[&str]| environment.arn_of("states:~:execution:", rest);
    let of = |action: &'static str, arn: String, necessity| RequiredPermission {
        is_dynamic: name == "*",
        ..RequiredPermission::new(
            action,
            Resources::new(vec![arn]),
            Purpose::RunMap,
            necessity,
            "Map",
        )
    };
    vec![
        of(
            "states:StartExecution",
            environment.machine_arn(),
            Necessity::Required,
        ),
        of(
            "states:DescribeExecution",
            executions(&[name, ":*"]),
            Necessity::Completes,
        ),
        of(
            "states:StopExecution",
            executions(&[name, ":*"]),
            Necessity::Advised,
        ),
        of(
            "states:RedriveExecution",
            executions(&[name, "/", label, ":*"]),
            Necessity::Advised,
        ),
    ]
}

fn read(action: &'static str, resources: Resources, necessity: Necessity) -> RequiredPermission {
    RequiredPermission::new(action, resources, Purpose::ReadItems, necessity, "S3")
}

fn bucket<'a>(filler: &Filler<'a>) -> Cow<'a, str> {
    bucket_of(filler).unwrap_or(Cow::Borrowed("*"))
}

/// The bucket, whose expected owner may be given, too.
fn bucket_of<'a>(filler: &Filler<'a>) -> Option<Cow<'a, str>> {
    filler.one_of("Bucket")
}

fn listing(filler: &Filler<'_>) -> Vec<RequiredPermission> {
    let (bucket, partition) = (bucket(filler), &filler.environment.partition);
    let prefix = filler.one_of("Prefix").filter(|prefix| prefix != "*");
    let arn = format!("arn:{partition}:s3:::{bucket}");
    let objects = format!("{arn}/{}*", prefix.as_deref().unwrap_or_default());
    let is_dynamic = bucket == "*";
    let of = |arn: String| Resources {
        is_dynamic,
        ..Resources::new(vec![arn])
    };
    let conditions = prefix.map(|value| Condition {
        operator: "StringLike",
        key: "s3:prefix",
        value: Cow::Owned(value.into_owned()),
    });
    vec![
        RequiredPermission {
            conditions: conditions.into_iter().collect(),
            ..read("s3:ListBucket", of(arn), Necessity::Required)
        },
        read("s3:GetObject", of(objects), Necessity::Tolerated),
    ]
}

/// One object; of an inventory, its manifest and the data files, which are elsewhere in the bucket.
fn object(filler: &Filler<'_>, is_manifest: bool) -> Vec<RequiredPermission> {
    let (bucket, partition) = (bucket(filler), &filler.environment.partition);
    let key = filler.one_of("Key").unwrap_or(Cow::Borrowed("*"));
    let is_dynamic = bucket == "*" || key == "*";
    let of = |arn: String| Resources {
        is_dynamic,
        ..Resources::new(vec![arn])
    };
    let mut needs = vec![read(
        "s3:GetObject",
        of(s3_uri::object_arn(partition, &bucket, &key)),
        Necessity::Required,
    )];
    if is_manifest {
        needs.push(read(
            "s3:GetObject",
            of(format!("arn:{partition}:s3:::{bucket}/*")),
            Necessity::Advised,
        ));
    }
    needs
}

/// Results are written by multipart uploads below the prefix.
fn results(filler: &Filler<'_>) -> Vec<RequiredPermission> {
    if bucket_of(filler).is_none() {
        return Vec::new();
    }
    let (bucket, partition) = (bucket(filler), &filler.environment.partition);
    let prefix = filler.one_of("Prefix").unwrap_or_default();
    let prefix = prefix.trim_end_matches('/');
    let below = if prefix.is_empty() {
        "*".to_owned()
    } else {
        format!("{prefix}/*")
    };
    let arn = format!("arn:{partition}:s3:::{bucket}/{below}");
    let is_dynamic = bucket == "*" || prefix == "*";
    [
        ("s3:PutObject", Necessity::Required),
        ("s3:GetObject", Necessity::Completes),
        ("s3:ListMultipartUploadParts", Necessity::Completes),
        ("s3:AbortMultipartUpload", Necessity::Completes),
    ]
    .into_iter()
    .map(|(action, necessity)| RequiredPermission {
        is_dynamic,
        ..RequiredPermission::new(
            action,
            Resources::new(vec![arn.clone()]),
            Purpose::WriteResults,
            necessity,
            "S3",
        )
    })
    .collect()
}
