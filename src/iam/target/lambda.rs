//! The ARNs of Lambda functions, with and without a version or an alias.

use super::filler::{Filler, Resources, is_arn};
use crate::aws::arn;
use crate::aws::resource::{self, Resource};

/// The function in `FunctionName`. A permission for the ARN of a function does not allow calls of its versions, and the
/// other way around.
pub(super) fn function(filler: &Filler<'_>) -> Resources {
    let functions = filler.values_at("FunctionName");
    if functions.is_dynamic || functions.is_absent() {
        return Resources::dynamic(vec![filler.environment.arn("lambda:~:function:*")]);
    }
    let qualifiers = filler.values_at("Qualifier");
    let mut resources = Resources::default();
    for name in &functions.known {
        let arn = arn_of(filler, name);
        if is_qualified(&arn) {
            resources.arns.push(arn);
        } else if qualifiers.is_dynamic {
            resources.arns.push(format!("{arn}:*"));
            resources.extra.push(arn);
            resources.is_dynamic = true;
        } else if qualifiers.is_absent() {
            resources.extra.push([&arn, ":*"].concat());
            resources.arns.push(arn);
        } else {
            let qualified = qualifiers.known.iter();
            resources
                .arns
                .extend(qualified.map(|qualifier| format!("{arn}:{qualifier}")));
        }
    }
    resources
}

/// The ARN of a function by its name, its partial ARN, or its ARN.
fn arn_of(filler: &Filler<'_>, name: &str) -> String {
    if is_arn(name) {
        return name.to_owned();
    }
    if let Some((account, name)) = name.split_once(":function:") {
        let place = &filler.environment;
        return format!(
            "arn:{}:lambda:{}:{account}:function:{name}",
            place.partition, place.region
        );
    }
    filler.environment.arn_of("lambda:~:function:", &[name])
}

fn is_qualified(arn: &str) -> bool {
    if arn::is_known(arn) {
        // arn:aws:lambda:region:account:function:name:qualifier
        return arn.split(':').count() > 7;
    }
    match resource::classify(arn) {
        Resource::LambdaFunction { qualifier, .. } => qualifier.is_some(),
        // A reference to an ARN, with something after it.
        _ => arn.starts_with("${") && arn.split_once('}').is_some_and(|(_, rest)| rest.starts_with(':')),
    }
}
