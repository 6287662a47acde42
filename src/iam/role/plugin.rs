//! The role that the plugin serverless-step-functions derives from a definition.

use super::statement::{Effect, PolicyKind, Selection, Statement, StatementSource};
use crate::aws::iam::requirement::Purpose;
use crate::aws::iam::serverless;
use crate::iam::derive::Derivation;
use crate::iam::required_permission::{Origin, RequiredPermission};
use crate::source::Span;

/// The statements of the role, reduced to what the states need.
pub(super) fn statements(derivation: &Derivation<'_>) -> impl Iterator<Item = Statement> {
    derivation
        .needs
        .iter()
        .filter(|need| is_granted(need, derivation))
        .map(|need| Statement {
            source: StatementSource {
                span: span_of(need, derivation),
                kind: PolicyKind::Derived,
            },
            effect: Effect::Allow,
            actions: Selection::Of(vec![need.action.to_string()]),
            action_spans: Vec::new(),
            is_listed: true,
            resources: Selection::Of(
                need.resources
                    .iter()
                    .chain(&need.extra_resources)
                    .cloned()
                    .collect(),
            ),
            conditions: Vec::new(),
        })
}

fn is_granted(need: &RequiredPermission, derivation: &Derivation<'_>) -> bool {
    let has = |actions: &[&str]| {
        actions
            .iter()
            .any(|action| action.eq_ignore_ascii_case(&need.action))
    };
    match need.purpose {
        Purpose::RunMap => has(serverless::MAP),
        Purpose::ReadItems => true,
        Purpose::WriteResults => has(serverless::RESULTS),
        Purpose::Logging | Purpose::Tracing => true,
        Purpose::Encryption => has(serverless::KEY),
        _ => match need.origin {
            Origin::State(number) => {
                let resource = derivation.states.get(number).map_or("", |state| state.resource);
                serverless::granted(resource).is_some_and(has)
            }
            Origin::Configuration => false,
        },
    }
}

fn span_of(need: &RequiredPermission, derivation: &Derivation<'_>) -> Span {
    match need.origin {
        Origin::State(number) => derivation
            .states
            .get(number)
            .map_or(Span::new(0, 0), |state| state.span),
        Origin::Configuration => Span::new(0, 0),
    }
}
