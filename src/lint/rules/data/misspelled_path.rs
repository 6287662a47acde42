//! `misspelled-path`

use super::reads::{Read, for_each_read};
use crate::asl::{Expression, Machine, State};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;
use crate::shape::{Analysis, Shape};
use crate::source::Span;
use foldhash::HashMap;
use std::cell::LazyCell;

declare_rule! {
    /// A field is read under a name that is probably misspelled.
    ///
    /// ## What it does
    ///
    /// Reports a path to a field that is not known and occurs nowhere else in the definition, if a field whose name differs
    /// by one missing, additional, or swapped letter is known there or is read there by other states.
    ///
    /// ## Why is this bad?
    ///
    /// If the field does not exist, a JSONPath state fails with `States.Runtime`, and a JSONata expression has no value.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {
    ///   "StartAt": "A",
    ///   "States": {
    ///     "A": {"Type": "Pass", "Parameters": {"id.$": "$.orderId"}, "ResultPath": "$.a", "Next": "B"},
    ///     "B": {"Type": "Pass", "Parameters": {"id.$": "$.orderId"}, "ResultPath": "$.b", "Next": "C"},
    ///     "C": {"Type": "Pass", "Parameters": {"id.$": "$.ordrId"}, "End": true}
    ///   }
    /// }
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {
    ///   "StartAt": "A",
    ///   "States": {
    ///     "A": {"Type": "Pass", "Parameters": {"id.$": "$.orderId"}, "ResultPath": "$.a", "Next": "B"},
    ///     "B": {"Type": "Pass", "Parameters": {"id.$": "$.orderIds"}, "ResultPath": "$.b", "Next": "C"},
    ///     "C": {"Type": "Pass", "Parameters": {"id.$": "$.orderIds"}, "End": true}
    ///   }
    /// }
    /// ```
    pub static RULE = {
        name: "misspelled-path",
        family: Data,
        severity: Warning,
        check: Check::Data(check),
    }
}

/// The minimum length of the longer of two names that may be misspellings of each other.
const MIN_LEN: usize = 4;

/// How often a field that others misspell is read at least.
const MIN_READS: usize = 2;

/// How often fields are read.
type Counts<'a> = Vec<(&'a str, usize)>;

fn check<'d>(cx: &Context<'_, 'd>, analysis: &Analysis<'_, 'd>, findings: &mut Findings<'_>) {
    // The words are counted only if a name may be misspelled.
    let words = LazyCell::new(|| Words::new(cx));
    for scope in &cx.scopes {
        check_scope(cx, analysis, scope.machine, &|word| words.count(word), findings);
    }
}

fn check_scope<'d>(
    cx: &Context<'_, 'd>,
    analysis: &Analysis<'_, 'd>,
    machine: &Machine<'d>,
    count: &dyn Fn(&str) -> usize,
    findings: &mut Findings<'_>,
) {
    let mut reads: Vec<(&State<'d>, &Expression<'d>, Read<'_>)> = Vec::new();
    for state in &machine.states {
        for_each_read(state, &mut |expression, read| reads.push((state, expression, read)));
    }
    // How often each field is read, by the names on the way to it.
    let mut read_in: HashMap<(Option<&str>, &[&str]), Counts<'_>> = HashMap::default();
    for (_, _, read) in &reads {
        let Some((name, parent)) = read.names.split_last() else {
            continue;
        };
        let siblings = read_in.entry((read.variable, parent)).or_default();
        match siblings.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => siblings.push((name, 1)),
        }
    }
    for of_state in reads.chunk_by(|one, other| std::ptr::eq(one.0, other.0)) {
        let state = of_state[0].0;
        let payload = LazyCell::new(|| entered_with(analysis, machine, state, None));
        for (_, expression, read) in of_state {
            let Some((name, parent)) = read.names.split_last() else {
                continue;
            };
            let is_read_once = read_in
                .get(&(read.variable, parent))
                .is_some_and(|siblings| siblings.iter().any(|(sibling, count)| sibling == name && *count == 1));
            if !is_read_once {
                continue;
            }
            let shape = match read.variable {
                None => payload.as_ref().and_then(|payload| open_object(payload, parent)),
                variable => entered_with(analysis, machine, state, variable)
                    .and_then(|variable| open_object(&variable, parent)),
            };
            let Some(shape) = shape else { continue };
            let union = shape.union();
            let fields = union.object.iter().flat_map(|object| object.fields.keys());
            let mut known: Vec<&str> = fields.map(AsRef::as_ref).collect();
            if known.contains(name) {
                continue;
            }
            let siblings = read_in.get(&(read.variable, parent)).into_iter().flatten();
            known.extend(siblings.filter(|(_, count)| *count >= MIN_READS).map(|(sibling, _)| *sibling));
            let meant = known.into_iter().find(|other| is_misspelling(name, other));
            if let Some(meant) = meant.filter(|_| count(name) == 1) {
                let range = expression.offset + read.range.start..expression.offset + read.range.end;
                let finding = Finding::new(
                    place(cx, expression, range),
                    format!("the field `{name}` occurs only here"),
                );
                findings.add(finding.help(prose::similar_name("field", meant)));
            }
        }
    }
}

fn place(cx: &Context<'_, '_>, expression: &Expression<'_>, range: std::ops::Range<usize>) -> Span {
    cx.place(expression.text, range)
}

/// The payload with which a state is entered, or the value of a variable; `None` if nothing reaches the state.
fn entered_with<'d>(
    analysis: &Analysis<'_, 'd>,
    machine: &Machine<'d>,
    state: &State<'d>,
    variable: Option<&str>,
) -> Option<Shape> {
    let scenarios = analysis.scenarios(machine, state).iter();
    scenarios
        .filter_map(|scenario| match variable {
            Some(name) => scenario.variables.get(name).map(|field| field.shape.clone()),
            None => Some(scenario.payload.clone()),
        })
        .reduce(|all, value| all.join(&value))
}

/// The shape of the object whose field is read; `None` if it has no other fields, which another rule reports.
fn open_object(payload: &Shape, parent: &[&str]) -> Option<Shape> {
    let mut shape = payload.clone();
    for name in parent {
        let union = shape.union();
        shape = union.object.as_ref()?.field(name)?.shape;
    }
    let union = shape.union();
    let is_open = union.object.as_ref().is_some_and(|object| !object.is_closed());
    is_open.then_some(shape)
}

/// Whether a name becomes another one by a missing, additional, or swapped letter.
fn is_misspelling(name: &str, other: &str) -> bool {
    let (name, other): (Vec<char>, Vec<char>) = (name.chars().collect(), other.chars().collect());
    let is_plural = |one: &[char], many: &[char]| many.strip_suffix(&['s']) == Some(one);
    let is_too_short = name.len().max(other.len()) < MIN_LEN;
    if is_too_short || name == other || is_plural(&name, &other) || is_plural(&other, &name) {
        return false;
    }
    let same = name.iter().zip(&other).take_while(|(left, right)| left == right).count();
    match (&name[same..], &other[same..]) {
        ([added, rest @ ..], longer) if rest == longer => added.is_alphabetic(),
        (shorter, [missing, rest @ ..]) if shorter == rest => missing.is_alphabetic(),
        ([first, second, rest @ ..], others) => {
            matches!(others, [left, right, tail @ ..] if left == second && right == first && tail == rest)
        }
        _ => false,
    }
}

/// How often each word occurs in the text of the definition.
struct Words<'t>(HashMap<&'t str, usize>);

impl<'t> Words<'t> {
    fn new(cx: &Context<'t, '_>) -> Self {
        let text = cx.document.source.text();
        let text = text.get(cx.machine.node.span.range()).unwrap_or_default();
        let mut counts = HashMap::default();
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-') {
            *counts.entry(word).or_insert(0) += 1;
        }
        Self(counts)
    }

    fn count(&self, word: &str) -> usize {
        self.0.get(word).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::is_misspelling;

    #[test]
    fn one_letter_missing_additional_or_swapped_is_a_misspelling() {
        for (name, other, expected) in [
            ("ordrId", "orderId", true),
            ("skuu", "sku", true),
            ("emial", "email", true),
            ("value", "values", false),
            ("line1", "line2", false),
            ("stars", "start", false),
            ("line", "line2", false),
            ("ab", "abc", false),
            ("orderId", "orderId", false),
            ("customer", "order", false),
        ] {
            assert_eq!(is_misspelling(name, other), expected, "{name} {other}");
        }
    }
}
