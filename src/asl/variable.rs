//! Assignments of variables by `Assign`, and reads of variables in expressions.

use super::expression::{AllowedExpression, Expression, Owner, Parsed};
use super::field::Payload;
use super::machine::{Machine, State};
use super::state::Kind;
use super::transition_graph::Cause;
use crate::document::Text;
use crate::expr::jsonata::{ReferenceKind, builtins};
use crate::expr::jsonpath::Root;
use crate::source::Span;
use crate::spec::QueryLanguage;
use std::ops::Range;

/// The variable that Step Functions itself assigns.
pub const RESERVED: &str = "states";

/// An assignment of a variable in an `Assign`.
#[derive(Debug, Clone, Copy)]
pub struct Assignment<'d> {
    /// Its name, without `.$`.
    pub name: &'d str,
    /// The key, `.$` included.
    pub key: &'d Text,
    /// The location of the key.
    pub span: Span,
}

/// The variables that an `Assign` sets, which are its own keys. Keys with a placeholder are left out.
pub fn assigned<'d>(
    state: &State<'d>,
    assign: &Payload<'d>,
) -> impl Iterator<Item = Assignment<'d>> + use<'d> {
    let is_jsonpath = state.language == QueryLanguage::JsonPath;
    let members = assign.node.as_object().unwrap_or_default().iter();
    members
        .filter(|m| !m.key.has_placeholder())
        .map(move |m| Assignment {
            name: m.key.strip_suffix(".$").filter(|_| is_jsonpath).unwrap_or(&m.key),
            key: &m.key,
            span: m.key_span,
        })
}

/// Every `Assign` of a state, and the transitions on which it takes effect.
pub fn assigns<'a, 'd>(state: &'a State<'d>) -> impl Iterator<Item = (&'a Payload<'d>, Owner)> {
    let rules = match &state.kind {
        Kind::Choice(choice) => choice.rules.as_slice(),
        _ => &[],
    };
    let own = state.data.assign.as_deref().into_iter();
    own.chain(rules.iter().filter_map(|r| r.assign.as_ref()))
        .chain(state.catch().iter().filter_map(|c| c.assign.as_ref()))
        .map(|payload| (payload, payload.owner))
}

/// Whether what an owner assigns takes effect on a transition.
pub fn takes_effect(owner: Owner, cause: Cause) -> bool {
    match cause {
        Cause::Next | Cause::Default => owner == Owner::State,
        Cause::Rule(i) => owner == Owner::ChoiceRule(i),
        Cause::Catch(i) => owner == Owner::Catcher(i),
    }
}

/// Every variable that the states of one scope set, without its inner scopes.
pub fn assigned_in<'d>(machine: &Machine<'d>) -> impl Iterator<Item = Assignment<'d>> {
    let states = machine.states.iter();
    states.flat_map(|state| assigns(state).flat_map(move |(payload, _)| assigned(state, payload)))
}

/// Calls `f` with each variable that an expression reads, and the byte range of `$name` in the text.
pub fn for_each_read(e: &Expression<'_>, f: &mut dyn FnMut(&str, Range<usize>)) {
    // A `ResultPath` writes; `result-path-root` reports one that would write to a variable.
    if e.allowed == AllowedExpression::ResultPath {
        return;
    }
    match e.parsed() {
        Parsed::Path(path) => {
            if let Root::Variable(name) = path.root() {
                f(name, 0..1 + name.len());
            }
        }
        Parsed::Intrinsic(call) => {
            for (name, path) in call.variables() {
                f(&name, path.start..path.start + 1 + name.len());
            }
        }
        Parsed::Jsonata(expression) => {
            for reference in expression.references() {
                // `unknown-jsonata-function` reports calls, since variables contain data.
                if let ReferenceKind::Variable(name) = &reference.kind
                    && !reference.bound
                    && !reference.called
                    && name != RESERVED
                    && builtins::find(name).is_none()
                {
                    let (start, end) = (reference.range.start, reference.range.end);
                    f(name, e.offset + start..e.offset + end);
                }
            }
        }
        Parsed::Malformed(_) | Parsed::Unknown => {}
    }
}
