//! `asl test-state`: run one state alone, as AWS's `TestState` API does.

mod flags;

use super::{CliError, Exit, exit, input, report};
use crate::asl::lower;
use crate::document::Syntax;
use crate::lint;
use crate::render::printable::{Notation, Printable};
use crate::simulate::test_state::{self, Definition, Request, Response, TestStatus};
use crate::spec::WorkflowType;
use crate::user_file;
pub use flags::Args;
use std::io::{self, Write};
use std::sync::Arc;

/// Runs `asl test-state`.
pub fn run(args: &Args) -> Result<Exit, CliError> {
    let request = match &args.request {
        Some(path) => {
            let source = input::one(path, None)?.read()?;
            let root = user_file::read(Arc::clone(&source), Syntax::Json);
            root.and_then(|root| Request::from_node(&root))
                .map_err(|errors| report::invalid_file(&source, errors, "test-state-request"))?
        }
        None => args.request()?,
    };
    let response = test(&request)?;
    let (warnings, exit) = match &response {
        Response::Tested(tested) if tested.status == TestStatus::Succeeded => {
            (tested.warnings.as_slice(), Exit::Success)
        }
        Response::Tested(tested) => (tested.warnings.as_slice(), Exit::Findings),
        Response::Rejected(rejection) => (rejection.hint.as_slice(), Exit::Findings),
    };
    for warning in warnings {
        exit::warn(warning);
    }
    let mut out = Printable::new(io::stdout().lock(), Notation::Json);
    writeln!(out, "{}", response.to_value().to_json_pretty())?;
    Ok(exit)
}

/// Runs the state, unless AWS would reject the request.
fn test(request: &Request) -> Result<Response, CliError> {
    let definition = match Definition::read(request) {
        Ok(definition) => definition,
        Err(rejection) => return Ok(Response::Rejected(rejection)),
    };
    if definition.is_machine_without_state_name() {
        exit::warn(
            "this is a state machine; select the state to test with `--state NAME` or with `stateName` in the request",
        );
    }
    let errors = lint::rejections_in_aws_words(
        &definition.document,
        definition.root().map(lower::machine).as_ref(),
        WorkflowType::Standard,
    );
    match Definition::rejection(&errors) {
        Some(rejection) => Ok(Response::Rejected(rejection)),
        None => Ok(test_state::run(request, &definition)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;
    use crate::value::Value;
    use proptest::prelude::*;

    const STATES: [&str; 6] = [
        r#"{"Type":"Pass","Parameters":{"a.$":"$.a"},"End":true}"#,
        r#"{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"QueueUrl":"q","MessageBody.$":"$$.Task.Token"},"Retry":[{"ErrorEquals":["States.ALL"]}],"Next":"N"}"#,
        r#"{"Type":"Map","ItemsPath":"$.a","ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}"#,
        r#"{"Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true,"Next":"N"}],"Default":"M"}"#,
        r#"{"StartAt":"A","States":{"A":{"Type":"Wait","QueryLanguage":"JSONata","Seconds":"{% $v %}","End":true}}}"#,
        r#"{"Type":"Fail","ErrorPath":"$.a"}"#,
    ];

    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            "[a-z{}\"$.]{0,8}".prop_map(Into::into),
            prop::sample::select(&STATES[..]).prop_map(Into::into),
            prop::sample::select(
                &[
                    "A",
                    "N",
                    "DEBUG",
                    "TRACE",
                    "PRESENT",
                    "[1,2]",
                    "{}",
                    "{\"a\":[1]}"
                ][..]
            )
            .prop_map(Into::into),
        ];
        let keys = [
            "a",
            "result",
            "errorOutput",
            "error",
            "cause",
            "fieldValidationMode",
            "retrierRetryCount",
            "mapIterationFailureCount",
            "mapItemReaderData",
            "errorCausedByState",
            "State",
            "Execution",
        ];
        leaf.prop_recursive(3, 12, 3, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Into::into),
                prop::collection::btree_map(
                    prop::sample::select(keys.to_vec()).prop_map(str::to_owned),
                    inner,
                    0..3
                )
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_request_causes_a_panic(
            state in prop::sample::select(&STATES[..]),
            rest in prop::collection::btree_map(
                prop::sample::select(&[
                    "definition", "stateName", "input", "variables", "inspectionLevel", "mock", "context",
                    "stateConfiguration", "revealSecrets", "roleArn",
                ][..]),
                json(),
                0..6,
            ),
        ) {
            let mut request = serde_json::Map::new();
            request.insert("definition".to_owned(), state.into());
            request.extend(rest.into_iter().map(|(key, value)| (key.to_owned(), value)));
            let text = serde_json::Value::Object(request).to_string();
            let source = Arc::new(SourceFile::new("request.json", text));
            if let Ok(request) = user_file::read(source, Syntax::Json).and_then(|root| Request::from_node(&root))
                && let Ok(Response::Tested(tested)) = test(&request)
            {
                prop_assert_eq!(tested.response.get("status").and_then(Value::as_str), Some(tested.status.as_str()));
            }
        }
    }
}
