//! Evaluation of paths, with Jayway's messages for missing nodes.
//!
//! Messages are built only once a node is missing; evaluating a path of member and index steps allocates nothing.

use std::cell::Cell;
use std::fmt::Write as _;
use std::ops::Range;
use std::rc::Rc;

use super::ast::{Path, Root, Slice, Step, StepKind};
use super::condition::is_met;
use super::error::PathError;
use super::function::call;
use super::options::Options;
use crate::expr::{Scope, java};
use crate::value::{Object, Value};

/// The nodes found so far.
type Found = Vec<Value>;

impl Path {
    /// The value in `scope`: the node of a definite path, or the list of all nodes of an indefinite one. Step Functions
    /// allows no path into an input that is `null`.
    pub fn eval(&self, scope: &Scope<'_>) -> Result<Value, PathError> {
        if self.root == Root::Input && scope.input.is_null() && !self.steps.is_empty() {
            let text = "Unable to apply Path transformation to null or empty input.";
            return Err(PathError::Invalid(text.to_owned()));
        }
        let root = match &self.root {
            Root::Input => scope.input,
            Root::Context => scope.context,
            Root::Variable(name) => scope
                .variables
                .get(name)
                .ok_or_else(|| PathError::UnknownVariable(Rc::clone(name)))?,
        };
        self.eval_on(root)
    }

    /// Whether the last step is an index into an existing array: in a payload template, such a path is `null` instead of an
    /// error.
    pub(crate) fn ends_past_array(&self, scope: &Scope<'_>) -> bool {
        let Some((
            Step {
                kind: StepKind::Index(_) | StepKind::FromEnd(_),
                ..
            },
            before,
        )) = self.steps.split_last()
        else {
            return false;
        };
        let parent = Self {
            steps: before.into(),
            ..self.clone()
        };
        matches!(parent.eval(scope), Ok(Value::Array(_)))
    }

    /// The value of this path with `root` as its root. Unlike Jayway, an indefinite path has an empty list as its value if
    /// a step before its first indefinite one is missing.
    pub fn eval_on(&self, root: &Value) -> Result<Value, PathError> {
        match self.eval_with(root, Options::new(root, &Cell::new(0))) {
            Err(PathError::NotFound(_)) if !self.definite => Ok(Value::array(Vec::new())),
            result => result,
        }
    }

    pub(super) fn eval_with(&self, root: &Value, options: Options<'_>) -> Result<Value, PathError> {
        let mut node = root;
        for (i, step) in self.steps.iter().enumerate() {
            node = match &step.kind {
                StepKind::Member(name) => match node.get(name) {
                    Some(member) => member,
                    None => return Err(self.missing_member(i, node)),
                },
                StepKind::Index(index) => match node {
                    Value::Array(items) => position(*index, items.len())
                        .map(|at| &items[at])
                        .ok_or_else(|| self.no_results())?,
                    _ => return Err(self.not_an_array(i, node)),
                },
                _ => return self.collect(i, node, options),
            };
        }
        Ok(node.clone())
    }

    /// Evaluates the steps from `from` on: returns the list of all nodes, or the last one if the path is definite.
    fn collect(&self, from: usize, node: &Value, options: Options<'_>) -> Result<Value, PathError> {
        let mut found = Found::default();
        self.walk(from, node, options, &mut found)?;
        if !self.definite {
            return Ok(Value::array(found));
        }
        found.pop().ok_or_else(|| self.no_results())
    }

    fn walk(
        &self,
        at: usize,
        node: &Value,
        options: Options<'_>,
        found: &mut Found,
    ) -> Result<(), PathError> {
        options.visit()?;
        let Some(step) = self.steps.get(at) else {
            found.push(node.clone());
            return Ok(());
        };
        match &step.kind {
            StepKind::Member(name) => self.member(at, name, node, options, found),
            StepKind::Members(names) if at + 1 == self.steps.len() => self.members(at, names, node, found),
            StepKind::Members(names) => {
                for name in names.iter() {
                    self.member(at, name, node, options, found)?;
                }
                Ok(())
            }
            StepKind::Index(index) => self.items(at, &[*index], node, options, found),
            StepKind::FromEnd(back) => self.items(at, &[-back], node, options, found),
            StepKind::Indexes(indexes) => self.items(at, indexes, node, options, found),
            StepKind::Slice(slice) => self.slice(at, *slice, node, options, found),
            StepKind::Wildcard => self.each(at, node, options, found),
            StepKind::Descend => self.descend(at + 1, node, options, found),
            StepKind::Filter(condition) => match node {
                Value::Object(_) if is_met(condition, node, options)? => {
                    self.walk(at + 1, node, options, found)
                }
                Value::Array(items) => {
                    for item in items.iter() {
                        if is_met(condition, item, options)? {
                            self.walk(at + 1, item, options, found)?;
                        }
                    }
                    Ok(())
                }
                Value::Object(_) => Ok(()),
                _ if self.is_definite_before(at) => Err(PathError::Invalid(format!(
                    "Filter: [?]{} can not be applied to primitives. Current context is: {}",
                    fragments(&self.steps[at + 1..]),
                    java::text(node)
                ))),
                _ => Ok(()),
            },
            StepKind::Function(function) => {
                let result = call(function, node, options)?;
                found.push(result.clone());
                if at + 1 == self.steps.len() {
                    Ok(())
                } else {
                    self.walk(at + 1, &result, options, found)
                }
            }
        }
    }

    /// Whether everything before step `at` identifies one node, so that a missing node is an error.
    fn is_definite_before(&self, at: usize) -> bool {
        self.steps[..at].iter().all(|step| step.kind.is_definite(false))
    }

    fn member(
        &self,
        at: usize,
        name: &str,
        node: &Value,
        options: Options<'_>,
        found: &mut Found,
    ) -> Result<(), PathError> {
        let Value::Object(members) = node else {
            return if self.is_definite_before(at) {
                Err(self.missing_member(at, node))
            } else {
                Ok(())
            };
        };
        if let Some(member) = members.get(name) {
            return self.walk(at + 1, member, options, found);
        }
        let last = at + 1 == self.steps.len();
        let required = options.require_members || (!last && self.is_definite_before(at + 1));
        if required {
            Err(self.missing_member(at, node))
        } else {
            Ok(())
        }
    }

    /// `['a','b']` as the last step: an object with the members that exist.
    fn members(
        &self,
        at: usize,
        names: &[std::rc::Rc<str>],
        node: &Value,
        found: &mut Found,
    ) -> Result<(), PathError> {
        let Value::Object(members) = node else {
            return if self.is_definite_before(at) {
                Err(self.missing_member(at, node))
            } else {
                Ok(())
            };
        };
        let picked: Object = names
            .iter()
            .filter_map(|name| Some((name.clone(), members.get(name)?.clone())))
            .collect();
        found.push(Value::object(picked));
        Ok(())
    }

    /// The items of an array; for other values, `None` or an error.
    fn array<'v>(&self, at: usize, node: &'v Value) -> Result<Option<&'v [Value]>, PathError> {
        match node {
            Value::Array(items) => Ok(Some(items)),
            _ if self.is_definite_before(at) => Err(self.not_an_array(at, node)),
            _ => Ok(None),
        }
    }

    fn items(
        &self,
        at: usize,
        indexes: &[i32],
        node: &Value,
        options: Options<'_>,
        found: &mut Found,
    ) -> Result<(), PathError> {
        let Some(items) = self.array(at, node)? else {
            return Ok(());
        };
        for &index in indexes {
            if let Some(i) = position(index, items.len()) {
                self.walk(at + 1, &items[i], options, found)?;
            }
        }
        Ok(())
    }

    fn slice(
        &self,
        at: usize,
        slice: Slice,
        node: &Value,
        options: Options<'_>,
        found: &mut Found,
    ) -> Result<(), PathError> {
        let Some(items) = self.array(at, node)? else {
            return Ok(());
        };
        for index in slice.indexes(items.len()) {
            if let Some(i) = position(index, items.len()) {
                self.walk(at + 1, &items[i], options, found)?;
            }
        }
        Ok(())
    }

    fn each(
        &self,
        at: usize,
        node: &Value,
        options: Options<'_>,
        found: &mut Found,
    ) -> Result<(), PathError> {
        match node {
            Value::Object(members) => {
                for member in members.values() {
                    self.walk(at + 1, member, options, found)?;
                }
            }
            Value::Array(items) => {
                for item in items.iter() {
                    match self.walk(at + 1, item, options, found) {
                        Err(PathError::NotFound(_)) if !options.require_members => {}
                        other => other?,
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Applies step `at` to `node` and to everything below it, where it is applicable.
    fn descend(
        &self,
        at: usize,
        node: &Value,
        options: Options<'_>,
        found: &mut Found,
    ) -> Result<(), PathError> {
        options.visit()?;
        if let Some(step) = self.steps.get(at)
            && applies(&step.kind, node, at + 1 == self.steps.len(), options)?
        {
            self.walk(at, node, options, found)?;
        }
        match node {
            Value::Object(members) => {
                for member in members.values() {
                    self.descend(at, member, options, found)?;
                }
            }
            Value::Array(items) => {
                for item in items.iter() {
                    self.descend(at, item, options, found)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The error for step `at`, a member, on a `node` without such a member.
    fn missing_member(&self, at: usize, node: &Value) -> PathError {
        let here = fragments(&self.steps[at..=at]);
        let before = format!("${}", fragments(&self.steps[..at]));
        PathError::NotFound(match node {
            Value::Object(_) if at + 1 == self.steps.len() => format!("No results for path: {before}{here}"),
            Value::Object(_) => format!("Missing property in path {before}{here}"),
            _ => format!(
                "Expected to find an object with property {here} in path {before} but found '{}'. This is not a \
                 json object according to the JsonProvider: \
                 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.",
                java::class(node)
            ),
        })
    }

    fn not_an_array(&self, at: usize, node: &Value) -> PathError {
        PathError::NotFound(if node.is_null() {
            format!("The path ${} is null", fragments(&self.steps[..at]))
        } else {
            format!(
                "Filter: {} can only be applied to arrays. Current context is: {}",
                fragments(&self.steps[at..]),
                java::text(node)
            )
        })
    }

    fn no_results(&self) -> PathError {
        PathError::NotFound(format!("No results for path: ${}", fragments(&self.steps)))
    }
}

/// Whether step `kind`, after `..`, applies to `node` at all.
fn applies(kind: &StepKind, node: &Value, last: bool, options: Options<'_>) -> Result<bool, PathError> {
    Ok(match (kind, node) {
        (StepKind::Member(name), Value::Object(members)) => {
            options.require_members || members.contains_key(name)
        }
        (StepKind::Members(names), Value::Object(members)) => {
            options.require_members || !last || names.iter().all(|name| members.contains_key(name))
        }
        (
            StepKind::Index(_) | StepKind::FromEnd(_) | StepKind::Indexes(_) | StepKind::Slice(_),
            Value::Array(_),
        )
        | (StepKind::Wildcard, Value::Array(_) | Value::Object(_)) => true,
        (StepKind::Filter(condition), Value::Object(_)) => is_met(condition, node, options)?,
        _ => false,
    })
}

/// The position of `index` among `length` items; negative values count from the end.
fn position(index: i32, length: usize) -> Option<usize> {
    let index = i64::from(index);
    let at = if index < 0 {
        i64::try_from(length).ok()? + index
    } else {
        index
    };
    usize::try_from(at).ok().filter(|&at| at < length)
}

impl Slice {
    /// The indexes selected among `length` items. Jayway counts a single negative bound from the end; with two bounds,
    /// it goes from the first to the second, and each negative index in between counts from the end.
    fn indexes(self, length: usize) -> Range<i32> {
        let length = i32::try_from(length).unwrap_or(i32::MAX);
        let from_end = |bound: i32| if bound < 0 { length + bound } else { bound };
        match (self.from, self.to) {
            (Some(from), Some(to)) => from.max(-length)..to.min(length),
            (Some(from), None) => from_end(from).max(0)..length,
            (None, Some(to)) => 0..from_end(to).min(length),
            (None, None) => 0..length,
        }
    }
}

/// The steps as printed by Jayway.
fn fragments(steps: &[Step]) -> String {
    let mut out = String::new();
    for step in steps {
        let _ = match &step.kind {
            StepKind::Member(name) => write!(out, "['{name}']"),
            StepKind::Members(names) => write!(out, "['{}']", names.join("','")),
            StepKind::Index(index) => write!(out, "[{index}]"),
            StepKind::FromEnd(back) => write!(out, "[(@.length-{back})]"),
            StepKind::Indexes(indexes) => {
                let indexes: Vec<String> = indexes.iter().map(i32::to_string).collect();
                write!(out, "[{}]", indexes.join(","))
            }
            StepKind::Slice(slice) => {
                let bound = |bound: Option<i32>| bound.map_or_else(String::new, |bound| bound.to_string());
                write!(out, "[{}:{}]", bound(slice.from), bound(slice.to))
            }
            StepKind::Wildcard => write!(out, "[*]"),
            StepKind::Descend => write!(out, ".."),
            StepKind::Filter(_) => write!(out, "[?]"),
            StepKind::Function(function) => {
                let inside = if function.arguments.is_empty() { "" } else { "..." };
                write!(out, ".{}({inside})", function.name)
            }
        };
    }
    out
}
