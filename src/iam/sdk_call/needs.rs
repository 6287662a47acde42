//! The actions that a call of the SDK needs, and their resources.

use super::permission::{Permission, call};
use super::{fill, special};
use crate::aws::iam::requirement::Purpose;
use crate::aws::iam::{Granted, actions_of, table};
use crate::iam::argument::Argument;
use crate::iam::s3_uri;
use crate::iam::target::{Filler, Resources};

/// What a call needs; `None` if its IAM actions are unknown.
pub(in crate::iam) fn permissions(
    service: &str,
    action: &str,
    filler: &Filler<'_>,
) -> Option<Vec<Permission>> {
    if let Some(special) = special::permissions(service, action, filler) {
        return Some(special);
    }
    let names = match actions_of(service, action) {
        Granted::By(names) => names,
        Granted::WithoutIam => return Some(Vec::new()),
        Granted::Unknown => return None,
    };
    let mut permissions = Vec::new();
    for name in names {
        let found = name
            .split_once(':')
            .and_then(|(prefix, name)| table::action(prefix, name));
        let Some(found) = found else {
            permissions.push(call(name, Resources::all()));
            continue;
        };
        permissions.push(call(name, fill::resources(&found, filler)));
        for dependent in found.dependents() {
            match dependent {
                "iam:PassRole" => permissions.extend(passed_roles(filler)),
                "s3:GetObject" => permissions.extend(read_objects(filler)),
                _ => {}
            }
        }
    }
    Some(permissions)
}

/// The roles in the arguments of a call that passes roles: `RoleArn`, `Target.RoleArn`, `Role`.
fn passed_roles(filler: &Filler<'_>) -> Vec<Permission> {
    let mut permissions = Vec::new();
    filler.arguments.for_each_map(&mut |members| {
        for (key, _) in members {
            if key.ends_with("RoleArn") || key.ends_with("Role") {
                let object = Argument::Map(members.to_vec());
                let inner = Filler {
                    arguments: &object,
                    ..*filler
                };
                permissions.extend(inner.role(key).map(|resources| Permission {
                    action: "iam:PassRole".to_owned(),
                    resources,
                    purpose: Purpose::PassRole,
                }));
            }
        }
    });
    permissions
}

/// The objects of S3 in the arguments of a call that reads them with the rights of the caller.
fn read_objects(filler: &Filler<'_>) -> Vec<Permission> {
    let partition = &filler.environment.partition;
    let mut permissions = Vec::new();
    filler.arguments.for_each_map(&mut |members| {
        let object = Argument::Map(members.to_vec());
        let inner = Filler {
            arguments: &object,
            ..*filler
        };
        let bucket = ["Bucket", "S3Bucket", "BucketName"]
            .iter()
            .find_map(|name| inner.one_of(name));
        let key = ["Key", "S3Key", "Name", "S3ObjectKey"]
            .iter()
            .find_map(|name| inner.one_of(name));
        let mut arns = Vec::new();
        if let (Some(bucket), Some(key)) = (bucket, key) {
            arns.push(s3_uri::object_arn(partition, &bucket, &key));
        }
        for (key, value) in members {
            if let (Argument::Text(uri), false) = (value, key.contains("Output"))
                && uri.starts_with("s3://")
                && let Some((bucket, key)) = s3_uri::parts(uri)
            {
                arns.push(s3_uri::object_arn(partition, bucket, key));
            }
        }
        if !arns.is_empty() {
            permissions.push(Permission {
                action: "s3:GetObject".to_owned(),
                resources: Resources::of(arns),
                purpose: Purpose::UseData,
            });
        }
    });
    permissions
}
