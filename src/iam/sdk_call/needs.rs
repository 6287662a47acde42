//! The actions that a call of the SDK needs, and their resources.

use super::permission::{Permission, call};
use super::{fill, special};
use crate::aws::iam::requirement::Purpose;
use crate::aws::iam::{RequiredActions, actions_of, table};
use crate::iam::argument::Argument;
use crate::iam::s3_uri;
use crate::iam::target::{Filler, Resources};
use std::borrow::Cow;
use std::cell::OnceCell;

/// A call of the SDK.
#[derive(Debug)]
pub(in crate::iam) struct SdkCall {
    service: String,
    action: String,
    /// Its IAM actions, which are looked up once, because that searches the actions of the service; `None` if they are
    /// unknown.
    needed: OnceCell<Option<Vec<Needed>>>,
}

/// An IAM action of a call.
#[derive(Debug)]
struct Needed {
    name: String,
    reference: Option<Reference>,
}

/// What the reference says about an action.
#[derive(Debug)]
struct Reference {
    types: fill::Types,
    /// Whether a call passes the roles in its arguments.
    passes_roles: bool,
    /// Whether a call reads the objects in its arguments.
    reads_objects: bool,
    /// Whether a call reads the secret in its arguments.
    reads_secrets: bool,
}

impl SdkCall {
    pub(in crate::iam) fn new(service: &str, action: &str) -> Self {
        Self {
            service: service.to_owned(),
            action: action.to_owned(),
            needed: OnceCell::new(),
        }
    }

    /// What it needs with these arguments; `None` if its IAM actions are unknown.
    pub(in crate::iam) fn permissions(&self, filler: &Filler<'_>) -> Option<Vec<Permission>> {
        if let Some(special) = special::permissions(&self.service, &self.action, filler) {
            return Some(special);
        }
        let needed = self.needed.get_or_init(|| needed(&self.service, &self.action));
        let mut permissions = Vec::new();
        for Needed { name, reference } in needed.as_ref()? {
            let Some(reference) = reference else {
                permissions.push(call(name.clone(), Resources::all()));
                continue;
            };
            permissions.push(call(name.clone(), reference.types.resources(filler)));
            if reference.passes_roles {
                permissions.extend(passed_roles(filler));
            }
            if reference.reads_objects {
                permissions.extend(read_objects(filler));
            }
            if reference.reads_secrets {
                permissions.extend(read_secret(filler));
            }
        }
        Some(permissions)
    }
}

/// The IAM actions of a call; `None` if they are unknown.
fn needed(service: &str, action: &str) -> Option<Vec<Needed>> {
    let names = match actions_of(service, action) {
        RequiredActions::Actions(names) => names,
        RequiredActions::WithoutIam => Vec::new(),
        RequiredActions::Unknown => return None,
    };
    let with_reference = |name: String| {
        let (prefix, action) = name.split_once(':').unwrap_or_default();
        let reference = table::action(prefix, action).map(|action| Reference::new(&action));
        Needed { name, reference }
    };
    Some(names.into_iter().map(with_reference).collect())
}

impl Reference {
    fn new(action: &table::Action) -> Self {
        let has = |dependent: &str| action.dependents().any(|known| known == dependent);
        Self {
            types: fill::Types::new(action),
            passes_roles: has("iam:PassRole") || PASSES_ROLES.contains(&action.prefix),
            reads_objects: has("s3:GetObject") || READS_IMAGES.contains(&action.prefix),
            reads_secrets: READS_SECRETS.contains(&action.prefix),
        }
    }
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
        Resources::new(secrets.known.into_iter().map(Cow::into_owned).collect())
    };
    Some(Permission {
        action: "secretsmanager:GetSecretValue".into(),
        resources,
        purpose: Purpose::UseData,
    })
}

/// The roles in the arguments of a call that passes roles: `RoleArn`, `Target.RoleArn`, `Role`.
fn passed_roles(filler: &Filler<'_>) -> Vec<Permission> {
    let mut permissions = Vec::new();
    filler.arguments.for_each_map(&mut |arguments| {
        let inner = Filler { arguments, ..*filler };
        for (key, _) in arguments.members() {
            if key.ends_with("RoleArn") || key.ends_with("Role") {
                permissions.extend(inner.role(key).map(|resources| Permission {
                    action: "iam:PassRole".into(),
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
    filler.arguments.for_each_map(&mut |arguments| {
        let inner = Filler { arguments, ..*filler };
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
        for (key, value) in arguments.members() {
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
                action: "s3:GetObject".into(),
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
