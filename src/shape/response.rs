//! The shapes of task results.

use super::types::Array;
use super::types::Shape;
use super::types::{Field, Object};
use crate::asl::{Kind as StateKind, State};
use crate::aws::outputs::{self, Kind};
use crate::aws::resource::{self, Pattern, Resource};
use crate::document::Node;

/// The nesting depth below which a response is any value; some types of responses contain themselves.
const MAX_DEPTH: usize = 8;

/// Which of its two spellings a field of a response has.
#[derive(Debug, Clone, Copy)]
enum Spelling {
    /// As the API spells it.
    Optimized,
    /// As the AWS SDK for Java spells it.
    Sdk,
}

/// Whether a task is only an outline, about whose data nothing is said: it has no arguments, or an ARN such as
/// `arn:aws:lambda:REGION:ACCOUNT_ID:function:NAME`.
pub fn is_outline(state: &State<'_>) -> bool {
    let StateKind::Task(task) = &state.kind else {
        return false;
    };
    let arguments = state.data.arguments.as_ref().or(state.data.parameters.as_ref());
    let is_outlined = arguments.is_none_or(|arguments| has_outlined_arn(arguments.node));
    is_outlined
        && task.resource.and_then(Node::as_str).is_some_and(|arn| {
            arn.contains(":states:")
                && matches!(
                    resource::classify(arn),
                    Resource::Optimized { integration, .. } if !integration.required.is_empty()
                )
        })
}

/// The shape of the result of a task with this `Resource`.
pub(super) fn result(arn: &str) -> Shape {
    match resource::classify(arn) {
        Resource::Optimized { call, integration } => {
            let service = integration.service;
            match (service, call.pattern) {
                (_, Pattern::WaitForTaskToken) => Shape::Any,
                ("lambda", _) => lambda(),
                ("http", _) => http(),
                ("apigateway", _) => opened(&http()),
                ("states", Pattern::Sync) => execution(Shape::string()),
                ("states", Pattern::Sync2) => execution(Shape::Any),
                (_, pattern) => {
                    let response = integration
                        .response(pattern)
                        .and_then(|(service, operation)| response(service, operation, Spelling::Optimized));
                    match (response, pattern) {
                        // Some services return the polled response and some an element of it, in which the fields of the
                        // first call may be found too.
                        (Some(response), Pattern::Sync | Pattern::Sync2) => opened(&response),
                        (response, _) => response.unwrap_or(Shape::Any),
                    }
                }
            }
        }
        Resource::Sdk { call } if call.pattern == Pattern::RequestResponse => {
            response(call.service.text, call.action.text, Spelling::Sdk).unwrap_or(Shape::Any)
        }
        _ => Shape::Any,
    }
}

/// Whether a member of the arguments is an ARN whose account is not a number.
fn has_outlined_arn(arguments: &Node) -> bool {
    let members = arguments.as_object().unwrap_or_default().iter();
    members.into_iter().any(|member| {
        let account = member.value.as_str().and_then(|text| {
            let mut parts = text.split(':');
            (parts.next() == Some("arn")).then(|| parts.nth(3))?
        });
        account.is_some_and(|account| account.starts_with(|c: char| c.is_ascii_uppercase()))
    })
}

/// The response of `lambda:invoke`. Source: recordings of AWS.
fn lambda() -> Shape {
    metadata(
        Object::closed()
            .with("ExecutedVersion", Shape::string())
            .with("Payload", Shape::Any)
            .with("StatusCode", Shape::number())
            .with_possible("FunctionError", Shape::string())
            .with_possible("LogResult", Shape::string()),
    )
    .into()
}

/// The response of `http:invoke` and `apigateway:invoke`. Source: developer guide, "Call HTTPS APIs", "API Gateway".
fn http() -> Shape {
    Object::closed()
        .with("Headers", Object::of(Shape::Any).into())
        .with("ResponseBody", Shape::Any)
        .with("StatusCode", Shape::number())
        .with("StatusText", Shape::string())
        .into()
}

/// The result of a nested execution, whose output is text or JSON.
fn execution(output: Shape) -> Shape {
    let described = response("sfn", "describeExecution", Spelling::Optimized);
    let object = described.and_then(|shape| shape.union().object.clone());
    let mut object = object.unwrap_or_else(|| Object::of(Shape::Any));
    let input = match output {
        Shape::Any => Shape::Any,
        Shape::Union(_) => Shape::string(),
    };
    object.fields.insert("Output".into(), Field::possible(output));
    object.fields.insert("Input".into(), Field::possible(input));
    metadata(object).into()
}

/// The fields that a response may have in addition to those of its operation.
fn metadata(object: Object) -> Object {
    object
        .with_possible("SdkHttpMetadata", Shape::any_object())
        .with_possible("SdkResponseMetadata", Shape::any_object())
}

/// The same objects with any other fields.
fn opened(response: &Shape) -> Shape {
    response.without(|union| {
        if let Some(object) = &mut union.object {
            object.rest = Shape::Any;
        }
    })
}

fn response(service: &str, operation: &str, spelling: Spelling) -> Option<Shape> {
    let shape = convert(&outputs::shape(service, operation)?, spelling, 0);
    let object = shape.union().object.clone();
    Some(object.map_or(shape, |object| metadata(object).into()))
}

fn convert(shape: &outputs::Shape, spelling: Spelling, depth: usize) -> Shape {
    if depth >= MAX_DEPTH {
        return Shape::Any;
    }
    match shape.kind() {
        Kind::Structure(members) => {
            let mut object = Object::closed();
            for member in members {
                let name = match spelling {
                    Spelling::Optimized => member.name,
                    Spelling::Sdk => member.sdk_name,
                };
                let inner = convert(&member.shape, spelling, depth + 1);
                // AWS leaves out fields that its own model requires, so that only the field's name is relied on.
                object.fields.insert(name.into(), Field::possible(inner));
            }
            object.into()
        }
        Kind::List { member, .. } => Array::of(convert(&member, spelling, depth + 1)).into(),
        Kind::Map { value, .. } => Object::of(convert(&value, spelling, depth + 1)).into(),
        // Enumerations gain values, so they are not constants.
        Kind::Text { .. } => Shape::string(),
        // Optimized integrations parse JSON in binary fields, such as the body of a model's response.
        Kind::Blob { .. } => match spelling {
            Spelling::Optimized => Shape::Any,
            Spelling::Sdk => Shape::string(),
        },
        Kind::Document => Shape::Any,
        Kind::Integer { .. } | Kind::Number { .. } => Shape::number(),
        Kind::Boolean => Shape::boolean(),
        // A timestamp is text in most recordings and a number in some.
        Kind::Timestamp => Shape::string().join(&Shape::number()),
    }
}
