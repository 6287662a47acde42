//! The actions that a call of the SDK needs, and their resources.

use super::permission::{Permission, call};
use super::{fill, special};
use crate::aws::iam::requirement::Purpose;
use crate::aws::iam::{RequiredActions, actions_of, table};
use crate::iam::argument::Argument;
use crate::iam::s3_uri;
use crate::iam::target::{Filler, Resources};
use foldhash::HashMap;
use std::rc::Rc;

/// The IAM actions of the SDK calls of a machine. Each call is looked up once, because that searches the actions of its
/// service.
#[derive(Debug, Default)]
pub(in crate::iam) struct Lookups(HashMap<(String, String), Option<Actions>>);

/// The IAM actions of a call, with what the reference says about them.
type Actions = Rc<[(String, Option<table::Action>)]>;

impl Lookups {
    /// The IAM actions of a call; `None` if they are unknown.
    fn find(&mut self, service: &str, action: &str) -> Option<Actions> {
        let key = (service.to_owned(), action.to_owned());
        let found = self.0.entry(key).or_insert_with(|| {
            let names = match actions_of(service, action) {
                RequiredActions::Actions(names) => names,
                RequiredActions::WithoutIam => Vec::new(),
                RequiredActions::Unknown => return None,
            };
            let with_reference = |name: String| {
                let (prefix, action) = name.split_once(':').unwrap_or_default();
                let found = table::action(prefix, action);
                (name, found)
            };
            Some(names.into_iter().map(with_reference).collect())
        });
        found.clone()
    }
}

/// What a call needs; `None` if its IAM actions are unknown.
pub(in crate::iam) fn permissions(
    service: &str,
    action: &str,
    filler: &Filler<'_>,
    lookups: &mut Lookups,
) -> Option<Vec<Permission>> {
    if let Some(special) = special::permissions(service, action, filler) {
        return Some(special);
    }
    let mut permissions = Vec::new();
    for (name, found) in lookups.find(service, action)?.iter() {
        let Some(found) = found else {
            permissions.push(call(name.clone(), Resources::all()));
            continue;
        };
        permissions.push(call(name.clone(), fill::resources(found, filler)));
        let has = |dependent: &str| found.dependents().any(|known| known == dependent);
        if has("iam:PassRole") || PASSES_ROLES.contains(&found.prefix) {
            permissions.extend(passed_roles(filler));
        }
        if has("s3:GetObject") || READS_IMAGES.contains(&found.prefix) {
            permissions.extend(read_objects(filler));
        }
        if READS_SECRETS.contains(&found.prefix) {
            permissions.extend(read_secret(filler));
        }
    }
    Some(permissions)
}

/// Services that access data with a role in the arguments, which the reference does not state for every action. Source:
/// Comprehend developer guide, access-control-managing-permissions.
const PASSES_ROLES: [&str; 1] = ["comprehend"];

/// Services that read images and documents in S3 with the rights of the caller. Source: developer guides.
const READS_IMAGES: [&str; 2] = ["rekognition", "textract"];

/// Services that read the credentials of a database with the rights of the caller. Source: Aurora user guide, data-api, and
/// Redshift management guide, data-api-access.
const READS_SECRETS: [&str; 2] = ["rds-data", "redshift-data"];

fn read_secret(filler: &Filler<'_>) -> Option<Permission> {
    let secrets = filler.values_at("SecretArn");
    if secrets.is_absent() {
        return None;
    }
    let resources = if secrets.is_dynamic {
        Resources::dynamic(vec![filler.environment.arn("secretsmanager:~:secret:*")])
    } else {
        Resources::new(secrets.known)
    };
    Some(Permission {
        action: "secretsmanager:GetSecretValue".to_owned(),
        resources,
        purpose: Purpose::UseData,
    })
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
        let mut is_dynamic = false;
        if let (Some(bucket), Some(key)) = (bucket, key) {
            is_dynamic = bucket == "*" || key == "*";
            arns.push(s3_uri::object_arn(partition, &bucket, &key));
        }
        for (key, value) in members {
            if let (Argument::Text(uri), false) = (value, key.contains("Output"))
                && uri.starts_with("s3://")
                && let Some((bucket, key)) = s3_uri::parts(uri)
            {
                is_dynamic |= uri.contains('*');
                arns.push(s3_uri::object_arn(partition, bucket, key));
            }
        }
        if !arns.is_empty() {
            permissions.push(Permission {
                action: "s3:GetObject".to_owned(),
                resources: Resources {
                    is_dynamic,
                    ..Resources::new(arns)
                },
                purpose: Purpose::UseData,
            });
        }
    });
    permissions
}
