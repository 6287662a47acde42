//! Reference paths: paths that identify exactly one node to read or write.

use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use super::ast::{Path, Root, StepKind};
use super::error::PathError;
use crate::expr::Scope;
use crate::expr::error::SyntaxError;
use crate::value::Value;

/// A path with only member and index steps.
#[derive(Debug, Clone)]
pub struct ReferencePath(Path);

/// A `ResultPath` that cannot be applied to this input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The path.
    pub path: String,
    /// The input, as JSON text.
    pub input: String,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Unable to apply ReferencePath {} to input {}",
            self.path, self.input
        )
    }
}

impl std::error::Error for Conflict {}

impl Path {
    /// This path as a reference path (member and index steps only), or the location of the step that AWS rejects.
    pub fn as_reference(&self) -> Result<ReferencePath, SyntaxError> {
        let offender = self.steps.iter().find_map(|step| {
            let what = match &step.kind {
                StepKind::Member(_) | StepKind::Index(_) => return None,
                StepKind::Members(_) | StepKind::Indexes(_) => {
                    "a list of names or indexes (`,`) may select several nodes"
                }
                StepKind::FromEnd(_) => "a script (`(…)`) depends on the data",
                StepKind::Slice(_) => "a slice (`:`) may select several nodes",
                StepKind::Wildcard => "a wildcard (`*`) may select several nodes",
                StepKind::Descend => "a descent (`..`) may select several nodes",
                StepKind::Filter(_) => "a filter (`?`) may select several nodes",
                StepKind::Function(_) => "a function may select several nodes",
            };
            Some((step.range.clone(), what))
        });
        let offender: Option<(Range<usize>, &str)> = offender;
        match offender {
            None => Ok(ReferencePath(self.clone())),
            Some((range, what)) => Err(SyntaxError::new(
                range,
                format!("a reference path must name exactly one node, and {what}"),
            )),
        }
    }
}

impl ReferencePath {
    /// Parses a path and checks that it is a reference path.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        Path::parse(text)?.as_reference()
    }

    /// The path.
    pub const fn path(&self) -> &Path {
        &self.0
    }

    /// The text that was parsed.
    pub fn text(&self) -> &str {
        self.0.text()
    }

    /// The node it identifies in `scope`.
    pub fn get(&self, scope: &Scope<'_>) -> Result<Value, PathError> {
        self.0.eval(scope)
    }

    /// `input` with `value` at the path, as for `ResultPath`: missing objects are created, and a member or an existing item
    /// is replaced. Writing below a value that is not an object (or past the end of an array) is a conflict, and so is a
    /// path that does not start at `$`.
    pub fn set(&self, input: &Value, value: Value) -> Result<Value, Conflict> {
        let mut changed = input.clone();
        if self.0.root != Root::Input || put(&mut changed, &self.0.steps, value).is_none() {
            return Err(Conflict {
                path: self.text().to_owned(),
                input: input.to_json(),
            });
        }
        Ok(changed)
    }
}

/// Sets `value` at `steps` below `node`; `None` if another value is in the way.
fn put(node: &mut Value, steps: &[super::Step], value: Value) -> Option<()> {
    let mut node = node;
    for step in steps {
        node = match &step.kind {
            StepKind::Member(name) => {
                let members = node.as_object_mut()?;
                members.get_or_insert(Rc::clone(name), Value::empty_object)
            }
            StepKind::Index(index) => {
                let items = node.as_array_mut()?;
                items.get_mut(usize::try_from(*index).ok()?)?
            }
            _ => return None,
        };
    }
    *node = value;
    Some(())
}
