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
        let in_regions = |model: &str| place.arn_of("bedrock:*::foundation-model/", &[model]);
        if id.starts_with("arn:") {
            if let Some((_, profile)) = id.split_once("inference-profile/") {
                // The models of an application inference profile are unknown.
                let model = model_of_profile(profile);
                resources.is_dynamic |= model.is_none();
                resources.arns.push(in_regions(model.unwrap_or("*")));
            }
            resources.arns.push(id.into_owned());
        } else if let Some(model) = model_of_profile(&id) {
            resources
                .arns
                .push(place.arn_of("bedrock:~:inference-profile/", &[&id]));
            resources.arns.push(in_regions(model));
        } else if id.starts_with("${") && id.to_ascii_lowercase().contains("arn") {
            resources.arns.push(id.into_owned());
        } else {
            resources
                .arns
                .push(place.arn_of("bedrock:{R}::foundation-model/", &[&id]));
        }
    }
    resources
}

/// The model of an inference profile of AWS: `anthropic.claude-3-haiku` for `eu.anthropic.claude-3-haiku`.
fn model_of_profile(id: &str) -> Option<&str> {
    let (geography, model) = id.split_once('.')?;
    (GEOGRAPHIES.contains(&geography) && model.contains('.')).then_some(model)
}
