//! What the `Resource` of a Task, an `ItemReader` or a `ResultWriter` asks for.

use super::arn::{self, Arn, Part, is_known};
use super::integration::{self, Integration, Use};
use crate::prose;

pub use super::pattern::Pattern;

/// What AWS answers to a `Resource` that is no ARN at all.
pub const NOT_AN_ARN: &str = "Value is not a valid resource ARN";

/// What AWS answers to an ARN that names nothing Step Functions can call.
pub fn not_recognized(arn: &str) -> String {
    format!(
        "The resource provided {arn} is not recognized. The value is not a valid resource ARN, or the resource is not \
         available in this region."
    )
}

/// What AWS answers to an activity in a machine of type EXPRESS.
pub const ACTIVITY_IN_EXPRESS: &str = "Express state machine does not support Activity ARN";

/// Whether a `Resource` that is not valid was meant as the ARN of an activity. In a machine of type EXPRESS, AWS answers
/// [`ACTIVITY_IN_EXPRESS`] to it without checking the rest.
pub fn is_malformed_activity(text: &str) -> bool {
    text.starts_with("arn:")
        && text.contains(":activity")
        && matches!(classify(text), Resource::NotAnArn | Resource::Unrecognized { .. })
}

/// `service:action[.suffix]`, as a Resource names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call<'a> {
    /// The service: `sqs`; for SDK integrations what follows `aws-sdk:`.
    pub service: Part<'a>,
    /// The action: `sendMessage`.
    pub action: Part<'a>,
    /// What follows the action's dot, without it: `waitForTaskToken`.
    pub suffix: Option<Part<'a>>,
    /// The suffix's meaning.
    pub pattern: Pattern,
    /// `resourceType` of the Task events in an execution's history: `sqs`, `aws-sdk:dynamodb`.
    pub resource_type: &'a str,
    /// `resource` of the Task events: action and suffix, `submitJob.sync`.
    pub resource: &'a str,
}

/// What a task's `Resource` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource<'a> {
    /// A Lambda function named by its own ARN.
    LambdaFunction {
        /// The function's name; may hold placeholders.
        name: Part<'a>,
        /// Version or alias, if the ARN has one.
        qualifier: Option<Part<'a>>,
    },
    /// An activity, which a worker polls.
    Activity {
        /// The activity's name; may hold placeholders.
        name: Part<'a>,
    },
    /// An optimized integration, in a pattern it supports.
    Optimized {
        /// What is called.
        call: Call<'a>,
        /// What is known of it.
        integration: &'static Integration,
    },
    /// An AWS SDK integration. Whether service and action exist, [`super::sdk`] knows.
    Sdk {
        /// What is called.
        call: Call<'a>,
    },
    /// A call to S3 that a Map's `ItemReader` or `ResultWriter` may make, and no Task.
    MapData {
        /// What is called.
        call: Call<'a>,
        /// What is known of it.
        integration: &'static Integration,
    },
    /// Placeholders hide what it is.
    Unknown,
    /// Not an ARN at all: AWS answers [`NOT_AN_ARN`].
    NotAnArn,
    /// An ARN, but of nothing that Step Functions calls: AWS answers [`not_recognized`].
    Unrecognized {
        /// What is wrong.
        reason: Reason,
        /// Where.
        at: Part<'a>,
        /// The part of the call that could be read.
        call: Option<Call<'a>>,
    },
}

impl<'a> Resource<'a> {
    /// What is called, where it is an integration; also where AWS would not recognize it.
    pub fn call(&self) -> Option<Call<'a>> {
        match *self {
            Resource::Optimized { call, .. } | Resource::Sdk { call } | Resource::MapData { call, .. } => {
                Some(call)
            }
            Resource::Unrecognized { call, .. } => call,
            _ => None,
        }
    }

    /// What AWS answers if a machine of type EXPRESS has it; none if it may.
    pub fn express_refusal(&self) -> Option<&'static str> {
        match self {
            Resource::Activity { .. } => Some(ACTIVITY_IN_EXPRESS),
            Resource::Optimized { call, .. } | Resource::Sdk { call } => match call.pattern {
                Pattern::RequestResponse => None,
                Pattern::Sync | Pattern::Sync2 => {
                    Some("Express state machine does not support '.sync' service integration")
                }
                // AWS's sentence ends in a blank.
                Pattern::WaitForTaskToken => {
                    Some("Express state machine does not support '.waitForTaskToken' service integration ")
                }
            },
            _ => None,
        }
    }
}

/// Why an ARN is not one of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// No partition of AWS has this name.
    Partition,
    /// The ARN of something that is no function, activity or integration (a queue, a state machine, …).
    Kind,
    /// An integration's ARN with a region or an account, which must be empty.
    Regional,
    /// The action is missing.
    NoAction,
    /// No optimized integration has this service.
    Service {
        /// The service meant, if one is close.
        suggestion: Option<&'static str>,
    },
    /// The service has no such action.
    Action {
        /// The action meant, if one is close.
        suggestion: Option<&'static str>,
    },
    /// What follows the dot is no pattern.
    Suffix {
        /// The pattern meant, if one is close.
        suggestion: Option<&'static str>,
    },
    /// The integration exists, but not in this pattern.
    Pattern {
        /// The patterns it supports.
        supported: &'static [Pattern],
    },
}

/// Partitions of AWS; one that is missing here but begins with `aws-` is believed too.
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

/// What `text`, the `Resource` of a Task, `ItemReader` or `ResultWriter`, asks for.
pub fn classify(text: &str) -> Resource<'_> {
    let Some(arn) = arn::parse(text) else {
        return if is_known(text) {
            Resource::NotAnArn
        } else {
            Resource::Unknown
        };
    };
    let partition = arn.partition;
    if partition.is_known() && !PARTITIONS.contains(&partition.text) && !partition.text.starts_with("aws-") {
        return unrecognized(Reason::Partition, partition, None);
    }
    if !arn.service.is_known() {
        return Resource::Unknown;
    }
    match arn.service.text {
        "lambda" => lambda_function(arn.resource),
        "states" => states_resource(text, &arn),
        _ => unrecognized(Reason::Kind, arn.service, None),
    }
}

fn unrecognized<'a>(reason: Reason, at: Part<'a>, call: Option<Call<'a>>) -> Resource<'a> {
    Resource::Unrecognized { reason, at, call }
}

/// `function:name[:qualifier]`.
fn lambda_function(resource: Part<'_>) -> Resource<'_> {
    let (kind, rest) = resource.split(b':');
    if !kind.is_known() {
        return Resource::Unknown;
    }
    let Some(rest) = rest.filter(|_| kind.text == "function") else {
        return unrecognized(Reason::Kind, resource, None);
    };
    let (name, qualifier) = rest.split(b':');
    if name.text.is_empty() {
        return unrecognized(Reason::Kind, resource, None);
    }
    Resource::LambdaFunction { name, qualifier }
}

/// What follows `arn:aws:states:region:account:`.
fn states_resource<'a>(text: &'a str, arn: &Arn<'a>) -> Resource<'a> {
    let (kind, rest) = arn.resource.split(b':');
    let local = arn.region.text.is_empty() && arn.account.text.is_empty();
    if local {
        return integration_call(text, arn.resource);
    }
    if !kind.is_known() {
        return Resource::Unknown;
    }
    match rest {
        Some(name) if kind.text == "activity" && !name.text.is_empty() => Resource::Activity { name },
        _ if !(arn.region.is_known() && arn.account.is_known()) && integration::has_service(kind.text) => {
            Resource::Unknown
        }
        _ if kind.text == "aws-sdk" || integration::has_service(kind.text) => {
            unrecognized(Reason::Regional, arn.region.through(arn.account, text), None)
        }
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
        let hidden = !resource.is_known();
        return if hidden {
            Resource::Unknown
        } else {
            unrecognized(Reason::NoAction, resource, None)
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

/// SDK integrations never wait for a job.
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
    match integration.usage {
        Use::Task => Resource::Optimized { call, integration },
        Use::ItemReader | Use::ResultWriter => Resource::MapData { call, integration },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kind, in one word, with the texts that were found.
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
    fn functions_and_activities_are_named_by_their_own_arn() {
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
    fn integrations_are_recognized_in_every_partition() {
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
            kind("arn:aws:states:::s3:getObject"),
            "map s3 getObject RequestResponse"
        );
    }

    #[test]
    fn what_a_placeholder_hides_is_not_guessed() {
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
        ] {
            assert_eq!(kind(text), "unknown", "{text}");
        }
    }

    #[test]
    fn what_aws_refuses_names_the_part_at_fault() {
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
            "arn:aws:states:eu-west-1::sqs:sendMessage",
            "Regional at eu-west-1:",
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
    fn express_machines_only_ask_and_go_on() {
        let refused = |text| classify(text).express_refusal().is_some();
        assert!(refused("arn:aws:states:::sqs:sendMessage.waitForTaskToken"));
        assert!(refused("arn:aws:states:::states:startExecution.sync:2"));
        assert!(refused("arn:aws:states:eu-west-1:123456789012:activity:a"));
        assert!(!refused("arn:aws:states:::sqs:sendMessage") && !refused("${Arn}"));
    }

    #[test]
    fn ranges_point_into_the_text() {
        let text = "arn:${AWS::Partition}:states:::aws-sdk:sfn:startExecution.waitForTaskToken";
        let Resource::Sdk { call } = classify(text) else {
            panic!("not an SDK call")
        };
        assert_eq!(&text[call.service.range()], "sfn");
        assert_eq!(&text[call.action.range()], "startExecution");
        assert_eq!(call.suffix.map(|s| &text[s.range()]), Some("waitForTaskToken"));
    }
}
