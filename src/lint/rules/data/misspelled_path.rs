//! `misspelled-path`

use super::reads::for_each_read;
use crate::asl::{Expression, Machine, State};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;
use crate::shape::{Analysis, Shape};
use crate::source::Span;
use foldhash::HashMap;
use foldhash::fast::RandomState;
use indexmap::IndexMap;
use std::cell::LazyCell;
use std::ops::Range;

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
    let mut known_fields = Fields::default();
    let mut reads: Vec<(&State<'d>, &Expression<'d>, usize, Range<usize>)> = Vec::new();
    for state in &machine.states {
        for_each_read(state, &mut |expression, read| {
            let mut field = known_fields.root(read.variable);
            for (name, range) in read.fields {
                field = known_fields.read(field, name);
                reads.push((state, expression, field, range));
            }
        });
    }
    let fields = known_fields;
    for of_state in reads.chunk_by(|one, other| std::ptr::eq(one.0, other.0)) {
        let state = of_state[0].0;
        let payload = LazyCell::new(|| entered_with(analysis, machine, state, None));
        for (_, expression, index, range) in of_state {
            let field = &fields.0[*index];
            if field.reads != 1 {
                continue;
            }
            let (name, (variable, parents)) = (field.name, fields.path_to(field.parent));
            let shape = match variable {
                None => payload.as_ref().and_then(|payload| open_object(payload, &parents)),
                variable => entered_with(analysis, machine, state, variable)
                    .and_then(|variable| open_object(&variable, &parents)),
            };
            let Some(shape) = shape else { continue };
            let union = shape.union();
            let of_shape = union.object.iter().flat_map(|object| object.fields.keys());
            let mut known: Vec<&str> = of_shape.map(AsRef::as_ref).collect();
            if known.contains(&name) {
                continue;
            }
            let siblings = fields.0[field.parent].children.values().map(|&sibling| &fields.0[sibling]);
            known.extend(siblings.filter(|sibling| sibling.reads >= MIN_READS).map(|sibling| sibling.name));
            let meant = known.into_iter().find(|other| is_misspelling(name, other));
            if let Some(meant) = meant.filter(|_| count(name) == 1) {
                let range = expression.offset + range.start..expression.offset + range.end;
                let finding = Finding::new(
                    place(cx, expression, range),
                    format!("the field `{name}` occurs only here"),
                );
                findings.add(finding.help(prose::similar_name("field", meant)));
            }
        }
    }
}

/// The fields that a machine's states read, as a tree. The first node is the input, and the second the parent of the
/// variables.
struct Fields<'a>(Vec<Field<'a>>);

#[derive(Default)]
struct Field<'a> {
    name: &'a str,
    parent: usize,
    /// How often it is read, fields in it included.
    reads: usize,
    /// The indexes of its fields.
    children: IndexMap<&'a str, usize, RandomState>,
}

const INPUT: usize = 0;
const VARIABLES: usize = 1;

impl Default for Fields<'_> {
    fn default() -> Self {
        Self(vec![Field::default(), Field::default()])
    }
}

impl<'a> Fields<'a> {
    /// The node of the input or of a variable.
    fn root(&mut self, variable: Option<&'a str>) -> usize {
        variable.map_or(INPUT, |name| self.read(VARIABLES, name))
    }

    /// Counts a read of a field, and returns its node.
    fn read(&mut self, parent: usize, name: &'a str) -> usize {
        let new = self.0.len();
        let index = *self.0[parent].children.entry(name).or_insert(new);
        if index == new {
            self.0.push(Field {
                name,
                parent,
                ..Field::default()
            });
        }
        self.0[index].reads += 1;
        index
    }

    /// The variable that a node is in, and the names on the way to the node.
    fn path_to(&self, mut index: usize) -> (Option<&'a str>, Vec<&'a str>) {
        let mut names = Vec::new();
        while index > VARIABLES {
            names.push(self.0[index].name);
            index = self.0[index].parent;
        }
        let variable = if index == VARIABLES { names.pop() } else { None };
        names.reverse();
        (variable, names)
    }
}

fn place(cx: &Context<'_, '_>, expression: &Expression<'_>, range: Range<usize>) -> Span {
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
