//! Goals for the results of intrinsic functions.

use super::lookup::Lookup;
use super::origin::{Changes, FieldContext, Goal, Origins, constant};
use super::path::{Step, resized};
use super::reference;
use super::script::Change;
use crate::expr::intrinsic::{Argument, ArgumentKind, Call, name};
use crate::expr::{Scope, Seeded};
use crate::value::{Number, Value};

impl Origins<'_> {
    /// The changes after which a part of the result of a call is the goal.
    #[expect(clippy::too_many_lines, reason = "one case for each function")]
    pub(super) fn changes_for_call(
        &self,
        at: FieldContext,
        call: &Call,
        steps: &[Step],
        goal: &Goal,
    ) -> Changes {
        let argument = |index: usize| call.arguments.get(index);
        let inner = |index: usize, first: &[Step], rest: &[Step]| {
            let steps = [first, rest].concat();
            self.changes_for_argument(at, argument(index)?, &steps, goal)
        };
        match &*call.name {
            name::STRING_TO_JSON => inner(0, &[Step::Json], steps),
            name::JSON_TO_STRING => match steps {
                [Step::Json, rest @ ..] => inner(0, &[], rest),
                [] => {
                    // A string that is not JSON may be the content of a string, as for a pattern.
                    let wanted = goal.as_ref()?;
                    let parsed = Value::parse(wanted.as_str()?).unwrap_or_else(|_| wanted.clone());
                    self.changes_for_argument(at, argument(0)?, &[], &Some(parsed))
                }
                _ => None,
            },
            name::ARRAY => match steps {
                [Step::Index(index), rest @ ..] => inner(*index, &[], rest),
                _ => None,
            },
            name::ARRAY_GET_ITEM => {
                let index = self.number(at, argument(1)?)?;
                inner(0, &[Step::Index(usize::try_from(index).ok()?)], steps)
            }
            name::ARRAY_UNIQUE => inner(0, &[], steps),
            name::ARRAY_PARTITION => {
                let size = usize::try_from(self.number(at, argument(1)?)?).ok()?;
                match steps {
                    [Step::Index(chunk), Step::Index(index), rest @ ..] => {
                        inner(0, &[Step::Index(chunk * size + index)], rest)
                    }
                    [] => {
                        let chunks = goal.as_ref()?.as_array()?.len();
                        let now = self.argument(at, argument(0)?);
                        let items = resized(now.as_ref(), chunks * size);
                        self.changes_for_argument(at, argument(0)?, &[], &Some(items))
                    }
                    _ => None,
                }
            }
            name::ARRAY_LENGTH => {
                let length = usize::try_from(goal.as_ref()?.as_number()?.as_i64()?).ok()?;
                let now = self.argument(at, argument(0)?);
                self.changes_for_argument(at, argument(0)?, &[], &Some(resized(now.as_ref(), length)))
            }
            name::ARRAY_CONTAINS => {
                let sought = self.argument(at, argument(1)?)?;
                let items = if goal.as_ref()?.as_bool()? {
                    vec![sought]
                } else {
                    Vec::new()
                };
                let items = Some(Value::array(items));
                self.changes_for_argument(at, argument(0)?, &[], &items)
                    .or_else(|| {
                        let known = self.argument(at, argument(0)?)?;
                        let first = known.item(0).cloned().unwrap_or_else(|| Value::from("sample"));
                        let sought = if goal.as_ref()?.as_bool()? {
                            first
                        } else {
                            Value::from("other")
                        };
                        self.changes_for_argument(at, argument(1)?, &[], &Some(sought))
                    })
            }
            name::MATH_ADD => {
                let sum = goal.as_ref()?.as_number()?.as_i64()?;
                let (a, b) = (argument(0)?, argument(1)?);
                let with_rest = |changed: &Argument, other: &Argument| {
                    let rest = sum.checked_sub(self.number(at, other)?)?;
                    self.changes_for_argument(at, changed, &[], &Some(Value::from(rest)))
                };
                with_rest(a, b).or_else(|| with_rest(b, a))
            }
            name::FORMAT => {
                let ArgumentKind::Text(template) = &argument(0)?.kind else {
                    return None;
                };
                let wanted = goal.as_ref()?.as_str()?;
                let (before, after) = template.value.split_once("{}")?;
                if after.contains("{}") || !steps.is_empty() {
                    return None;
                }
                let inner = wanted.strip_prefix(before)?.strip_suffix(after)?;
                self.changes_for_argument(at, argument(1)?, &[], &Some(Value::from(inner)))
            }
            name::STRING_SPLIT => {
                let separator = self.argument(at, argument(1)?)?;
                let separator = separator.as_str()?;
                let text = self.argument(at, argument(0)?)?;
                let mut parts: Vec<&str> = text.as_str()?.split(separator).collect();
                let joined = match steps {
                    [Step::Index(index)] => {
                        while parts.len() <= *index {
                            parts.push("sample");
                        }
                        parts[*index] = goal.as_ref()?.as_str()?;
                        parts.join(separator)
                    }
                    [] => {
                        let wanted = goal.as_ref()?.as_array()?.iter().map(Value::as_str);
                        wanted.collect::<Option<Vec<_>>>()?.join(separator)
                    }
                    _ => return None,
                };
                self.changes_for_argument(at, argument(0)?, &[], &Some(Value::from(joined)))
            }
            name::JSON_MERGE => {
                let key = steps.first()?;
                let has = |index: usize| {
                    let value = self.argument(at, argument(index)?)?;
                    super::path::get(&value, std::slice::from_ref(key))
                };
                let second = has(1).is_some() || has(0).is_none();
                let order = if second { [1, 0] } else { [0, 1] };
                order.into_iter().find_map(|index| inner(index, &[], steps))
            }
            _ => None,
        }
    }

    /// The changes with which the arrays in a call have the items that it gets from them.
    pub(super) fn supply_call(&self, at: FieldContext, call: &Call, changes: &mut Vec<Change>) {
        for inner in call.calls() {
            let [array, index] = inner.arguments.as_slice() else {
                continue;
            };
            if &*inner.name != name::ARRAY_GET_ITEM {
                continue;
            }
            let index = self
                .number(at, index)
                .and_then(|index| usize::try_from(index).ok());
            let (Some(index), Some(Value::Array(items))) = (index, self.evaluate(at, array)) else {
                continue;
            };
            if items.len() <= index {
                let needed =
                    self.changes_for_argument(at, array, &[Step::Index(index)], &Some(Value::from("sample")));
                changes.extend(needed.unwrap_or_default());
            }
        }
    }

    /// The value of an argument, if it does not depend on the context object.
    fn evaluate(&self, at: FieldContext, argument: &Argument) -> Option<Value> {
        let ArgumentKind::Call(call) = &argument.kind else {
            return self.argument(at, argument);
        };
        let input = self.base(at.visit, at.base)?;
        let scope = Scope::new(&input, &Value::Null, &());
        call.eval(&scope, &mut Seeded::new(0)).ok()
    }

    fn changes_for_argument(
        &self,
        at: FieldContext,
        argument: &Argument,
        steps: &[Step],
        goal: &Goal,
    ) -> Changes {
        match &argument.kind {
            ArgumentKind::Path(path) => self.changes_for_path(at, path, steps, goal),
            ArgumentKind::Call(call) => self.changes_for_call(at, call, steps, goal),
            _ => constant(&self.argument(at, argument)?, steps, goal),
        }
    }

    /// The value of an argument in the run, unless it is a call.
    fn argument(&self, at: FieldContext, argument: &Argument) -> Option<Value> {
        Some(match &argument.kind {
            ArgumentKind::Text(text) => Value::from(&*text.value),
            ArgumentKind::Number(number) => Value::Number(number.clone()),
            ArgumentKind::Bool(truth) => Value::Bool(*truth),
            ArgumentKind::Null => Value::Null,
            ArgumentKind::Path(path) => {
                let (reference, _) = reference::from_path(path)?;
                match self.look(at, &reference) {
                    Lookup::Found(value) => value,
                    _ => return None,
                }
            }
            ArgumentKind::Call(_) => return None,
        })
    }

    fn number(&self, at: FieldContext, argument: &Argument) -> Option<i64> {
        self.argument(at, argument)?.as_number().and_then(Number::as_i64)
    }
}
