//! The derivation of all needs of a machine.

use super::call::{Calls, arguments_of, assumption};
use super::configuration;
use super::map_data;
use super::settings::Settings;
use crate::asl::{Kind, Machine, State};
use crate::document::Node;
use crate::iam::Argument;
use crate::iam::environment::Environment;
use crate::iam::required_permission::{Origin, RequiredPermission};
use crate::iam::target::Filler;
use crate::shape::{self, Declarations, Detail};
use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;

/// A state that needs something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceState<'d> {
    /// Its name.
    pub name: &'d str,
    /// Its `Resource`, or its name.
    pub span: Span,
    /// The text of its `Resource`; empty if it has none.
    pub resource: &'d str,
}

/// What a machine needs.
#[derive(Debug, Default)]
pub struct Derivation<'d> {
    /// The needs, in the order of the states.
    pub needs: Vec<RequiredPermission>,
    /// The states, by the number in [`Origin::State`].
    pub states: Vec<SourceState<'d>>,
    /// The states whose calls have unknown IAM actions, with the `Resource` as written.
    pub unknown: Vec<(usize, String)>,
}

/// Derives what a machine needs. `text` is the text of its file.
pub fn derive<'d>(
    machine: &Machine<'d>,
    text: &str,
    settings: &Settings,
    environment: &Environment,
) -> Derivation<'d> {
    let mut derivation = Derivation::default();
    let mut calls = Calls::new(environment);
    let mut dynamic: Vec<Dynamic<'_, '_>> = Vec::new();
    machine.for_each_state(&mut |scope, state| {
        let number = derivation.states.len();
        derivation.states.push(source_state(state));
        let start = derivation.needs.len();
        match &state.kind {
            Kind::Task(_) => {
                let arguments = arguments_of(state, text);
                task(state, number, text, &arguments, &mut calls, &mut derivation);
                let is_dynamic = derivation.needs[start..].iter().any(|need| need.is_dynamic);
                if is_dynamic && arguments.has_dynamic() {
                    dynamic.push(Dynamic {
                        scope,
                        state,
                        number,
                        needs: start..derivation.needs.len(),
                    });
                }
            }
            Kind::Map(map) => {
                let data = map_data::needs(map, state.language, text, environment);
                derivation
                    .needs
                    .extend(data.into_iter().map(|need| RequiredPermission {
                        origin: Origin::State(number),
                        ..need
                    }));
            }
            _ => {}
        }
    });
    if !dynamic.is_empty() {
        refine(machine, text, dynamic, &mut calls, &mut derivation);
    }
    derivation
        .needs
        .extend(configuration::needs(settings, environment));
    derivation
}

/// A state whose arguments are unknown as written.
struct Dynamic<'a, 'd> {
    scope: &'a Machine<'d>,
    state: &'a State<'d>,
    /// Its number in [`Origin::State`].
    number: usize,
    /// The places of its needs.
    needs: Range<usize>,
}

/// Derives the needs of states again whose arguments are unknown as written, with the values that are known where the
/// state runs.
fn refine<'d>(
    machine: &Machine<'d>,
    text: &str,
    dynamic: Vec<Dynamic<'_, 'd>>,
    calls: &mut Calls<'_>,
    derivation: &mut Derivation<'_>,
) {
    let analysis = shape::analyze(machine, &Declarations::default(), Detail::Scenarios);
    for Dynamic {
        scope,
        state,
        number,
        needs,
    } in dynamic.into_iter().rev()
    {
        let Some(shape) = analysis.arguments(scope, state) else {
            continue;
        };
        let mut arguments = arguments_of(state, text);
        if !arguments.refine(&shape) {
            continue;
        }
        let mut again = Derivation::default();
        task(state, number, text, &arguments, calls, &mut again);
        derivation.needs.splice(needs, again.needs);
    }
}

fn source_state<'d>(state: &State<'d>) -> SourceState<'d> {
    let resource = match &state.kind {
        Kind::Task(task) => task.resource,
        _ => None,
    };
    SourceState {
        name: state.name,
        span: resource.map_or(state.name_span, |node| node.span),
        resource: resource.map(resource_text).unwrap_or_default(),
    }
}

fn task(
    state: &State<'_>,
    number: usize,
    text: &str,
    arguments: &Argument<'_>,
    calls: &mut Calls<'_>,
    derivation: &mut Derivation<'_>,
) {
    let Kind::Task(task) = &state.kind else { return };
    let origin = Origin::State(number);
    if let Some(credentials) = &task.credentials {
        let argument = Argument::from_payload(Some(credentials), state.language, "");
        let filler = Filler {
            environment: calls.environment,
            arguments: &argument,
        };
        let roles = filler.values_at("RoleArn");
        let known = if roles.is_dynamic { Vec::new() } else { roles.known };
        let known = known.into_iter().map(Cow::into_owned).collect();
        derivation.needs.push(RequiredPermission {
            origin,
            ..assumption(known, calls.environment)
        });
        return;
    }
    let Some(resource) = task.resource else { return };
    let written = if resource.is_unknown() {
        written_in_place(resource, text)
    } else {
        Cow::Borrowed(resource_text(resource))
    };
    match calls.needs(&written, arguments) {
        Some(needs) => derivation.needs.extend(
            needs
                .into_iter()
                .map(|need| RequiredPermission { origin, ..need }),
        ),
        None => derivation.unknown.push((number, written.into_owned())),
    }
}

fn resource_text(node: &Node) -> &str {
    node.as_str().unwrap_or_default()
}

/// What is written in place of a string: a reference such as `${aws_lambda_function.pay.arn}`, or another expression.
fn written_in_place<'a>(node: &'a Node, text: &'a str) -> Cow<'a, str> {
    match Argument::from_literal(node, text) {
        Argument::Text(reference) => reference,
        _ => Cow::Borrowed(text.get(node.span.range()).unwrap_or_default().trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::lower;
    use crate::document::{Syntax, read};
    use crate::source::SourceFile;
    use std::sync::Arc;

    #[test]
    fn references_in_place_of_resources_are_functions_or_activities() {
        let cases: [(&str, bool, &[&str]); 4] = [
            ("${CheckArn}", true, &[]),
            ("${module.check.arn}", true, &[]),
            ("${aws_sfn_activity.pack.id}", false, &[]),
            (
                "arn:aws:states:::nothing:call",
                false,
                &["arn:aws:states:::nothing:call"],
            ),
        ];
        for (resource, is_function, unknown) in cases {
            let text = format!(
                "StartAt: A\nStates:\n  A:\n    Type: Task\n    Resource: {resource}\n    End: true\n"
            );
            let document = read(
                Arc::new(SourceFile::new("check.asl.yaml", text.as_str())),
                Syntax::Yaml,
            );
            let machine = lower::machine(&document.roots[0]);
            let derivation = derive(&machine, &text, &Settings::default(), &Environment::unknown());
            let calls_function = derivation
                .needs
                .iter()
                .any(|need| need.action == "lambda:InvokeFunction");
            assert_eq!(calls_function, is_function, "{resource}");
            let without: Vec<&str> = derivation
                .unknown
                .iter()
                .map(|(_, written)| written.as_str())
                .collect();
            assert_eq!(without, unknown, "{resource}");
        }
    }
}
