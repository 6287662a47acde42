//! The `Resource` of a Task, an `ItemReader`, or a `ResultWriter`.

use super::arn::{self, Arn, Part, is_known};
use super::integration::{self, CalledFrom, Integration, Meter};
use crate::prose;

pub use super::pattern::Pattern;

/// Whether an invalid `Resource` looks like the ARN of an activity. In an Express workflow, AWS rejects it as an
/// activity and does not check the rest.
pub fn is_malformed_activity(text: &str) -> bool {
    text.starts_with("arn:")
        && text.contains(":activity")
        && matches!(classify(text), Resource::NotAnArn | Resource::Unrecognized { .. })
}

/// The call in a `Resource`: `service:action[.suffix]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call<'a> {
    /// The service: `sqs`. For SDK integrations, the name after `aws-sdk:`.
    pub service: Part<'a>,
    /// The action: `sendMessage`.
    pub action: Part<'a>,
    /// The suffix, without its dot: `waitForTaskToken`.
    pub suffix: Option<Part<'a>>,
    /// The pattern of the suffix.
    pub pattern: Pattern,
    /// `resourceType` in Task events of a history: `sqs`, `aws-sdk:dynamodb`.
    pub resource_type: &'a str,
    /// `resource` in Task events of a history, with the suffix: `submitJob.sync`.
    pub resource: &'a str,
}

/// What a `Resource` refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource<'a> {
    /// A Lambda function by its own ARN.
    LambdaFunction {
        /// The name of the function, which may contain placeholders.
        name: Part<'a>,
        /// The version or alias, if the ARN has one.
        qualifier: Option<Part<'a>>,
    },
    /// An activity.
    Activity {
        /// The name of the activity, which may contain placeholders.
        name: Part<'a>,
    },
    /// An optimized integration with a supported pattern.
    Optimized {
        /// The call.
        call: Call<'a>,
        /// The integration.
        integration: &'static Integration,
    },
    /// An AWS SDK integration. Whether the service and action exist is not checked here, but in [`super::sdk`].
    Sdk {
        /// The call.
        call: Call<'a>,
    },
    /// A call to S3 that is only possible in an `ItemReader` or `ResultWriter`.
    MapData {
        /// The call.
        call: Call<'a>,
        /// The integration.
        integration: &'static Integration,
    },
    /// Unknown because of placeholders.
    Unknown,
    /// Not an ARN.
    NotAnArn,
    /// An ARN of something that Step Functions cannot call.
    Unrecognized {
        /// The reason.
        reason: Reason,
        /// The invalid part.
        at: Part<'a>,
        /// The part of the call that could be parsed.
        call: Option<Call<'a>>,
    },
}

impl<'a> Resource<'a> {
    /// The call of an integration, including one that AWS rejects.
    pub fn call(&self) -> Option<Call<'a>> {
        match *self {
            Resource::Optimized { call, .. } | Resource::Sdk { call } | Resource::MapData { call, .. } => {
                Some(call)
            }
            Resource::Unrecognized { call, .. } => call,
            _ => None,
        }
    }

    /// How a call is billed.
    pub fn meter(&self) -> Option<Meter> {
        Some(match self {
            Resource::LambdaFunction { .. } => integration::find("lambda", "invoke")?.meter,
            Resource::Activity { .. } => Meter::Free,
            Resource::Optimized { integration, .. } | Resource::MapData { integration, .. } => {
                integration.meter
            }
            Resource::Sdk { call } => integration::sdk_meter(call.service.text, call.action.text),
            Resource::Unrecognized { call: Some(_), .. } => Meter::Unpriced,
            _ => return None,
        })
    }

    /// Whether AWS accepts it in an Express workflow.
    pub fn is_supported_in_express(&self) -> bool {
        match self {
            Resource::Activity { .. } => false,
            Resource::Optimized { call, .. } | Resource::Sdk { call } => {
                call.pattern == Pattern::RequestResponse
            }
            _ => true,
        }
    }
}

/// Why Step Functions cannot call an ARN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The partition does not exist.
    Partition,
    /// It is not the ARN of a function, activity, or integration, but for example of a queue.
    Kind,
    /// The action is missing.
    NoAction,
    /// No optimized integration belongs to this service.
    Service {
        /// The most similar service, if there is one.
        suggestion: Option<&'static str>,
    },
    /// The service has no such action.
    Action {
        /// The most similar action, if there is one.
        suggestion: Option<&'static str>,
    },
    /// The suffix is not a pattern.
    Suffix {
        /// The most similar pattern, if there is one.
        suggestion: Option<&'static str>,
    },
    /// The integration does not support this pattern.
    Pattern {
        /// The supported patterns.
        supported: &'static [Pattern],
    },
}

/// The partitions of AWS. Others are accepted if they begin with `aws-`.
const PARTITIONS: [&str; 8] = [
    "aws",
    "aws-cn",
    "aws-us-gov",
    "aws-iso",
    "aws-iso-b",
    "aws-iso-e",
    "aws-iso-f",
    "aws-eusc",
];

/// Whether a string may be the partition of an ARN.
pub fn is_partition(text: &str) -> bool {
    PARTITIONS.contains(&text) || text.starts_with("aws-")
}

/// Classifies the `Resource` of a Task, `ItemReader`, or `ResultWriter`.
pub fn classify(text: &str) -> Resource<'_> {
    let Some(arn) = arn::parse(text) else {
        return if is_known(text) && !is_shell_variable(text) {
            Resource::NotAnArn
        } else {
            Resource::Unknown
        };
    };
    let partition = arn.partition;
    if !is_partition(partition.text) && partition.is_known() {
        return unrecognized(Reason::Partition, partition, None);
    }
    match arn.service.text {
        "lambda" => lambda_function(arn.resource),
        "states" => states_resource(text, &arn),
        _ if arn.service.is_known() => unrecognized(Reason::Kind, arn.service, None),
        _ => Resource::Unknown,
    }
}

/// Whether a text is a variable such as `$FUNCTION_ARN`, which `envsubst` or a shell script replaces.
fn is_shell_variable(text: &str) -> bool {
    let is_of_name = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    text.strip_prefix('$')
        .is_some_and(|name| !name.is_empty() && name.bytes().all(is_of_name))
}

fn unrecognized<'a>(reason: Reason, at: Part<'a>, call: Option<Call<'a>>) -> Resource<'a> {
    Resource::Unrecognized { reason, at, call }
}

/// `function:name[:qualifier]`.
fn lambda_function(resource: Part<'_>) -> Resource<'_> {
    let (kind, rest) = resource.split(b':');
    let Some(rest) = rest.filter(|_| kind.text == "function") else {
        return if kind.is_known() {
            unrecognized(Reason::Kind, resource, None)
        } else {
            Resource::Unknown
        };
    };
    let (name, qualifier) = rest.split(b':');
    if name.text.is_empty() {
        return unrecognized(Reason::Kind, resource, None);
    }
    Resource::LambdaFunction { name, qualifier }
}

/// The part after `arn:aws:states:region:account:`.
fn states_resource<'a>(text: &'a str, arn: &Arn<'a>) -> Resource<'a> {
    let (kind, rest) = arn.resource.split(b':');
    let is_local = arn.region.text.is_empty() && arn.account.text.is_empty();
    if is_local || kind.text == "aws-sdk" || integration::has_service(kind.text) {
        return integration_call(text, arn.resource);
    }
    match rest {
        _ if !kind.is_known() => Resource::Unknown,
        Some(name) if kind.text == "activity" && !name.text.is_empty() => Resource::Activity { name },
        _ => unrecognized(Reason::Kind, arn.resource, None),
    }
}

/// `service:action[.suffix]` or `aws-sdk:service:action[.suffix]`.
fn integration_call<'a>(text: &'a str, resource: Part<'a>) -> Resource<'a> {
    let (first, rest) = resource.split(b':');
    if !first.is_known() {
        return Resource::Unknown;
    }
    let is_sdk = first.text == "aws-sdk";
    let (service, task) = match rest {
        Some(rest) if is_sdk => rest.split(b':'),
        _ => (first, rest),
    };
    let Some(task) = task.filter(|task| !task.text.is_empty()) else {
        return if resource.is_known() {
            unrecognized(Reason::NoAction, resource, None)
        } else {
            Resource::Unknown
        };
    };
    let (action, suffix) = task.split(b'.');
    if ![Some(service), Some(action), suffix]
        .into_iter()
        .flatten()
        .all(Part::is_known)
    {
        return Resource::Unknown;
    }
    let pattern = suffix.map_or(Some(Pattern::RequestResponse), |suffix| {
        Pattern::from_suffix(suffix.text)
    });
    let call = Call {
        service,
        action,
        suffix,
        pattern: pattern.unwrap_or(Pattern::RequestResponse),
        resource_type: if is_sdk {
            first.through(service, text).text
        } else {
            service.text
        },
        resource: task.text,
    };
    if let (None, Some(suffix)) = (pattern, suffix) {
        let known = ["sync", "sync:2", "waitForTaskToken"];
        let suggestion = prose::closest(suffix.text, known);
        return unrecognized(Reason::Suffix { suggestion }, suffix, Some(call));
    }
    if is_sdk {
        sdk_call(call)
    } else {
        optimized_call(call)
    }
}

/// SDK integrations do not support `.sync`.
fn sdk_call(call: Call<'_>) -> Resource<'_> {
    const SUPPORTED: [Pattern; 2] = [Pattern::RequestResponse, Pattern::WaitForTaskToken];
    match call.suffix {
        Some(suffix) if !SUPPORTED.contains(&call.pattern) => unrecognized(
            Reason::Pattern {
                supported: &SUPPORTED,
            },
            suffix,
            Some(call),
        ),
        _ => Resource::Sdk { call },
    }
}

fn optimized_call(call: Call<'_>) -> Resource<'_> {
    let Some(integration) = integration::find(call.service.text, call.action.text) else {
        if !integration::has_service(call.service.text) {
            let suggestion = prose::closest(call.service.text, integration::services());
            return unrecognized(Reason::Service { suggestion }, call.service, Some(call));
        }
        let suggestion = prose::closest(call.action.text, integration::actions(call.service.text));
        return unrecognized(Reason::Action { suggestion }, call.action, Some(call));
    };
    if !integration.patterns.contains(&call.pattern) {
        let at = call.suffix.unwrap_or(call.action);
        return unrecognized(
            Reason::Pattern {
                supported: integration.patterns,
            },
            at,
            Some(call),
        );
    }
    match integration.called_from {
        CalledFrom::Task => Resource::Optimized { call, integration },
        CalledFrom::ItemReader | CalledFrom::ResultWriter => Resource::MapData { call, integration },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kind in one word, followed by the parts.
    fn kind(text: &str) -> String {
        let call = |call: Call<'_>| format!("{} {} {:?}", call.resource_type, call.resource, call.pattern);
        match classify(text) {
            Resource::LambdaFunction { name, qualifier } => {
                format!("lambda {} {}", name.text, qualifier.map_or("-", |q| q.text))
            }
            Resource::Activity { name } => format!("activity {}", name.text),
            Resource::Optimized { call: c, .. } => format!("optimized {}", call(c)),
            Resource::Sdk { call: c } => format!("sdk {}", call(c)),
            Resource::MapData { call: c, .. } => format!("map {}", call(c)),
            Resource::Unknown => "unknown".to_owned(),
            Resource::NotAnArn => "not an arn".to_owned(),
            Resource::Unrecognized { reason, at, .. } => format!("{reason:?} at {}", at.text),
        }
    }

    #[test]
    fn recognizes_functions_and_activities() {
        assert_eq!(
            kind("arn:aws:lambda:eu-west-1:123456789012:function:f"),
            "lambda f -"
        );
        assert_eq!(
            kind("arn:aws:lambda:eu-west-1:123456789012:function:f:$LATEST"),
            "lambda f $LATEST"
        );
        assert_eq!(
            kind("arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${F}:live"),
            "lambda ${F} live"
        );
        assert_eq!(
            kind("arn:aws:states:eu-west-1:123456789012:activity:a"),
            "activity a"
        );
        assert_eq!(
            kind("arn:aws:states:\u{FFFC}:\u{FFFC}:activity:\u{FFFC}"),
            "activity \u{FFFC}"
        );
    }

    #[test]
    fn recognizes_integrations_in_every_partition() {
        assert_eq!(
            kind("arn:aws:states:::sqs:sendMessage"),
            "optimized sqs sendMessage RequestResponse"
        );
        assert_eq!(
            kind("arn:aws-cn:states:::batch:submitJob.sync"),
            "optimized batch submitJob.sync Sync"
        );
        assert_eq!(
            kind("arn:aws-us-gov:states:::states:startExecution.sync:2"),
            "optimized states startExecution.sync:2 Sync2"
        );
        assert_eq!(
            kind("arn:aws:states:::aws-sdk:dynamodb:getItem.waitForTaskToken"),
            "sdk aws-sdk:dynamodb getItem.waitForTaskToken WaitForTaskToken"
        );
        assert_eq!(
            kind("arn:aws:states:eu-west-1:123456789012:aws-sdk:s3:getObject"),
            "sdk aws-sdk:s3 getObject RequestResponse"
        );
        assert_eq!(
            kind("arn:aws:states:${AWS::Region}::sqs:sendMessage"),
            "optimized sqs sendMessage RequestResponse"
        );
        assert_eq!(
            kind("arn:aws:states:::s3:getObject"),
            "map s3 getObject RequestResponse"
        );
    }

    #[test]
    fn assumes_nothing_about_placeholders() {
        let partition = "optimized lambda invoke RequestResponse";
        assert_eq!(kind("arn:${AWS::Partition}:states:::lambda:invoke"), partition);
        assert_eq!(kind("arn:\u{FFFC}:states:::lambda:invoke"), partition);
        for text in [
            "${Arn}",
            "${Arn}:live",
            "\u{FFFC}",
            "arn:aws:${Rest}",
            "arn:aws:states:::${X}",
            "arn:aws:states:::lambda:${X}",
            "arn:aws:states:::aws-sdk:${X}",
            "arn:aws:states:::aws-sdk:${X}:getItem",
            "arn:aws:states:::sqs:sendMessage${Suffix}",
            "arn:aws:states:::sqs:sendMessage.${Suffix}",
            "arn:${p}:lambda:${r}:${a}:${What}",
            "#{FunctionArn}",
            "{{ function_arn }}",
            "%%FUNCTION_ARN%%",
            "<%= function_arn %>",
            "__FUNCTION_ARN__",
            "<FUNCTION_ARN>",
            "@@FUNCTION_ARN@@",
            "$FUNCTION_ARN",
        ] {
            assert_eq!(kind(text), "unknown", "{text}");
        }
    }

    #[test]
    fn locates_the_invalid_part() {
        let same = |text, expected| assert_eq!(kind(text), expected);
        same("", "not an arn");
        same("SendMessage", "not an arn");
        same("arn:aws:states", "not an arn");
        same("$.resource", "not an arn");
        same("${unclosed", "not an arn");
        same("arn:awss:states:::sqs:sendMessage", "Partition at awss");
        same("arn:aws:sqs:eu-west-1:123456789012:queue", "Kind at sqs");
        same("arn:aws:lambda:eu-west-1:123456789012:layer:x", "Kind at layer:x");
        same(
            "arn:aws:states:eu-west-1:123456789012:stateMachine:m",
            "Kind at stateMachine:m",
        );
        same(
            "arn:aws:states:eu-west-1:123456789012:aws-sdk:s3:getObject.sync",
            "Pattern { supported: [RequestResponse, WaitForTaskToken] } at sync",
        );
        same("arn:aws:states:::sqs", "NoAction at sqs");
        same("arn:aws:states:::", "NoAction at ");
        same(
            "arn:aws:states:::sq:sendMessage",
            "Service { suggestion: Some(\"sqs\") } at sq",
        );
        same(
            "arn:aws:states:::sqs:sendMesage",
            "Action { suggestion: Some(\"sendMessage\") } at sendMesage",
        );
        same(
            "arn:aws:states:::sqs:SendMessage",
            "Action { suggestion: Some(\"sendMessage\") } at SendMessage",
        );
        same(
            "arn:aws:states:::sqs:sendMessage.synk",
            "Suffix { suggestion: Some(\"sync\") } at synk",
        );
        same(
            "arn:aws:states:::sqs:sendMessage.sync",
            "Pattern { supported: [RequestResponse, WaitForTaskToken] } at sync",
        );
        same(
            "arn:aws:states:::aws-sdk:sqs:sendMessage.sync",
            "Pattern { supported: [RequestResponse, WaitForTaskToken] } at sync",
        );
    }

    #[test]
    fn express_workflows_support_request_response_only() {
        let refused = |text| !classify(text).is_supported_in_express();
        assert!(refused("arn:aws:states:::sqs:sendMessage.waitForTaskToken"));
        assert!(refused("arn:aws:states:::states:startExecution.sync:2"));
        assert!(refused("arn:aws:states:eu-west-1:123456789012:activity:a"));
        assert!(!refused("arn:aws:states:::sqs:sendMessage") && !refused("${Arn}"));
    }

    #[test]
    fn parts_have_their_ranges() {
        let text = "arn:${AWS::Partition}:states:::aws-sdk:sfn:startExecution.waitForTaskToken";
        let Resource::Sdk { call } = classify(text) else {
            panic!("not an SDK call")
        };
        assert_eq!(&text[call.service.range()], "sfn");
        assert_eq!(&text[call.action.range()], "startExecution");
        assert_eq!(call.suffix.map(|s| &text[s.range()]), Some("waitForTaskToken"));
    }
}
