//! Managed policies of AWS that roles of state machines often have.

/// The statements that a managed policy allows, each as actions and resource.
pub type Allowed = &'static [(&'static [&'static str], &'static str)];

/// Policies by the part of their ARN after `policy/`, sorted. Source: AWS managed policy reference, November 2026.
const POLICIES: [(&str, Allowed); 18] = [
    ("AWSLambda_FullAccess", &[(&["lambda:*"], "*")]),
    ("AWSStepFunctionsFullAccess", &[(&["states:*"], "*")]),
    (
        "AWSXRayDaemonWriteAccess",
        &[(
            &[
                "xray:PutTraceSegments",
                "xray:PutTelemetryRecords",
                "xray:GetSamplingRules",
                "xray:GetSamplingTargets",
                "xray:GetSamplingStatisticSummaries",
            ],
            "*",
        )],
    ),
    (
        "AWSXrayWriteOnlyAccess",
        &[(
            &[
                "xray:PutTraceSegments",
                "xray:PutTelemetryRecords",
                "xray:GetSamplingRules",
                "xray:GetSamplingTargets",
                "xray:GetSamplingStatisticSummaries",
            ],
            "*",
        )],
    ),
    ("AdministratorAccess", &[(&["*"], "*")]),
    ("AmazonAthenaFullAccess", &[(&["athena:*"], "*")]),
    ("AmazonDynamoDBFullAccess", &[(&["dynamodb:*"], "*")]),
    ("AmazonECS_FullAccess", &[(&["ecs:*"], "*")]),
    ("AmazonEventBridgeFullAccess", &[(&["events:*"], "*")]),
    ("AmazonS3FullAccess", &[(&["s3:*"], "*")]),
    (
        "AmazonS3ReadOnlyAccess",
        &[(&["s3:Get*", "s3:List*", "s3:Describe*"], "*")],
    ),
    ("AmazonSNSFullAccess", &[(&["sns:*"], "*")]),
    ("AmazonSQSFullAccess", &[(&["sqs:*"], "*")]),
    ("AmazonSageMakerFullAccess", &[(&["sagemaker:*"], "*")]),
    ("CloudWatchLogsFullAccess", &[(&["logs:*"], "*")]),
    ("TranslateFullAccess", &[(&["translate:*"], "*")]),
    (
        "service-role/AWSLambdaBasicExecutionRole",
        &[(
            &["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            "*",
        )],
    ),
    ("service-role/AWSLambdaRole", &[(&["lambda:InvokeFunction"], "*")]),
];

/// The policies in the table that allow more than their statements here say.
const PARTIAL: [&str; 7] = [
    "AWSLambda_FullAccess",
    "AmazonAthenaFullAccess",
    "AmazonDynamoDBFullAccess",
    "AmazonECS_FullAccess",
    "AmazonEventBridgeFullAccess",
    "AmazonS3ReadOnlyAccess",
    "AmazonSageMakerFullAccess",
];

/// What a policy allows, by its ARN or its name.
pub fn allowed(policy: &str) -> Option<Allowed> {
    let name = name(policy);
    let at = POLICIES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    POLICIES.get(at).map(|(_, allowed)| *allowed)
}

/// Whether [`allowed`] is all that the policy allows.
pub fn is_complete(policy: &str) -> bool {
    let name = name(policy);
    allowed(policy).is_some() && !PARTIAL.contains(&name)
}

fn name(policy: &str) -> &str {
    let path = policy.split_once(":policy/").map_or(policy, |(_, path)| path);
    match allowed_alias(path) {
        Some(path) => path,
        None => path,
    }
}

/// SAM accepts the name of a policy without its path.
fn allowed_alias(name: &str) -> Option<&'static str> {
    match name {
        "AWSLambdaRole" => Some("service-role/AWSLambdaRole"),
        "AWSLambdaBasicExecutionRole" => Some("service-role/AWSLambdaBasicExecutionRole"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_policies_by_arn_and_by_name() {
        assert!(POLICIES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(PARTIAL.iter().all(|name| allowed(name).is_some()));
        let lambda = allowed("arn:aws:iam::aws:policy/service-role/AWSLambdaRole");
        assert!(lambda.is_some() && lambda == allowed("AWSLambdaRole"));
        assert!(is_complete("arn:aws:iam::aws:policy/AmazonSQSFullAccess"));
        assert!(!is_complete("AmazonECS_FullAccess") && !is_complete("arn:aws:iam::1:policy/own"));
    }
}
