//! The ARNs of models of Bedrock.

use super::filler::{Filler, Resources};

/// The geographies of cross-region inference profiles. Source: Bedrock user guide, inference-profiles-support.
const GEOGRAPHIES: [&str; 8] = ["apac", "au", "ca", "eu", "global", "jp", "us", "us-gov"];

/// The model in a parameter: an ARN, the id of a foundation model, or the id of an inference profile.
pub(super) fn model(filler: &Filler<'_>, parameter: &str) -> Resources {
    let models = filler.values_at(parameter);
    let place = filler.environment;
    if models.is_dynamic || models.is_absent() {
        let mut arns = vec![place.arn("bedrock:{R}::foundation-model/*")];
        if parameter == "ModelId" {
            arns.push(place.arn("bedrock:~:provisioned-model/*"));
        }
        return Resources::dynamic(arns);
    }
    let mut resources = Resources::default();
    for id in models.known {
        let profile = id
            .split_once('.')
            .filter(|(geography, rest)| GEOGRAPHIES.contains(geography) && rest.contains('.'));
        if id.starts_with("arn:") {
            if id.contains("inference-profile/") {
                resources.arns.push(place.arn("bedrock:*::foundation-model/*"));
            }
            resources.arns.push(id);
        } else if let Some((_, model)) = profile {
            resources
                .arns
                .push(format!("{}{id}", place.arn("bedrock:~:inference-profile/")));
            resources
                .arns
                .push(format!("{}{model}", place.arn("bedrock:*::foundation-model/")));
        } else if id.starts_with("${") && id.to_ascii_lowercase().contains("arn") {
            resources.arns.push(id);
        } else {
            resources
                .arns
                .push(format!("{}{id}", place.arn("bedrock:{R}::foundation-model/")));
        }
    }
    resources
}
