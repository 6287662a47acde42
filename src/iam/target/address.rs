//! The ARNs of resources that are called by a URL.

use super::filler::{Filler, Resources};
use crate::iam::environment::Environment;
use std::borrow::Cow;

/// The queue in `QueueUrl`.
pub(super) fn queue(filler: &Filler<'_>) -> Resources {
    let queues = filler.values_at("QueueUrl");
    if queues.is_dynamic || queues.is_absent() {
        return Resources::dynamic(vec![filler.environment.arn("sqs:~:*")]);
    }
    let any = || filler.environment.arn("sqs:~:*");
    let arn = |url: &Cow<'_, str>| queue_arn(filler.environment, url).unwrap_or_else(any);
    Resources::new(queues.known.iter().map(arn).collect())
}

/// The ARN of a queue by its URL: `https://sqs.region.amazonaws.com/account/name`.
pub(in crate::iam) fn queue_arn(environment: &Environment, url: &str) -> Option<String> {
    let address = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = address.split_once('/')?;
    let (account, name) = path.split_once('/')?;
    let region = match host
        .strip_prefix("sqs.")
        .or_else(|| host.strip_prefix("sqs-fips."))
    {
        Some(rest) => before_domain(rest)?,
        None => match host.split_once(".queue.") {
            Some((region, _)) => region,
            None if host.starts_with("queue.") => "us-east-1",
            None => return None,
        },
    };
    let partition = &environment.partition;
    Some(format!("arn:{partition}:sqs:{region}:{account}:{name}"))
}

/// The region before `.amazonaws.com` or a reference to the domain.
fn before_domain(host: &str) -> Option<&str> {
    let end = [".amazonaws.", ".${AWS::URLSuffix}", ".api.aws"]
        .iter()
        .find_map(|domain| host.find(domain))?;
    host.get(..end)
}

/// The API, stage, method, and path of a call; `None` if it is not authorized by IAM.
pub(super) fn api(filler: &Filler<'_>) -> Option<Resources> {
    let authorization = filler.one_of("AuthType")?;
    if authorization == "NO_AUTH" {
        return None;
    }
    let part = |name: &str| filler.one_of(name).unwrap_or(Cow::Borrowed("*"));
    let endpoint = part("ApiEndpoint");
    let host = endpoint.trim_start_matches("https://").trim_end_matches('/');
    let (api, region) = match host.split_once(".execute-api.") {
        Some((api, rest)) => (api, before_domain(rest).unwrap_or("*")),
        None => ("*", filler.environment.region.as_str()),
    };
    let (stage, method) = (part("Stage"), part("Method"));
    let path = filler.one_of("Path").unwrap_or_default();
    let path = path.trim_start_matches('/');
    let place = filler.environment;
    let arn = format!(
        "arn:{}:execute-api:{region}:{}:{api}/{stage}/{method}/{path}",
        place.partition, place.account
    );
    let is_dynamic = [endpoint.as_ref(), &stage, &method, path]
        .iter()
        .any(|part| part.contains('*'));
    Some(Resources {
        arns: vec![arn],
        extra: Vec::new(),
        is_dynamic,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queues_are_found_by_their_urls() {
        let cases = [
            (
                "https://sqs.us-west-2.amazonaws.com/444455556666/tasks.fifo",
                Some("arn:aws:sqs:us-west-2:444455556666:tasks.fifo"),
            ),
            (
                "https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/q",
                Some("arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:q"),
            ),
            (
                "https://eu-west-1.queue.amazonaws.com/1/q",
                Some("arn:aws:sqs:eu-west-1:1:q"),
            ),
            (
                "https://queue.amazonaws.com/1/q",
                Some("arn:aws:sqs:us-east-1:1:q"),
            ),
            ("http://localhost:4566/1/q", None),
            ("orders", None),
        ];
        for (url, expected) in cases {
            assert_eq!(
                queue_arn(&Environment::unknown(), url).as_deref(),
                expected,
                "{url}"
            );
        }
    }
}
