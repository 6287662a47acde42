//! How data flows through a state: `InputPath`, `Parameters`, `ResultSelector`, `ResultPath`, `OutputPath` in
//! JSONPath states; `Arguments`, `Output` in JSONata states; `Assign` in both.

use super::bindings::{Bindings, StateOutput};
use super::engine::Engine;
use super::failure::Failure;
use super::ids::FrameId;
use super::inspect::Point;
use super::plan::{Compiled, Placement, Select, Setting, Step};
use super::variables::Reach;
use crate::aws::quota;
use crate::expr::jsonpath::{Path, PathError};
use crate::expr::{Fault, Scope};
use crate::spec::{QueryLanguage, error_name};
use crate::value::{Object, Value};
use std::rc::Rc;

impl Engine<'_> {
    /// Shows a value to the inspector, if there is one.
    pub(super) fn note(&mut self, point: Point, step: &Step, value: &Value) {
        if let Some(inspector) = &mut self.inspector {
            inspector.note(point, &step.name, value);
        }
    }

    /// Calls `read` with the scope of a frame.
    pub(super) fn with_scope<R>(
        &mut self,
        frame: FrameId,
        seen: Bindings<'_>,
        uses_context: bool,
        read: impl FnOnce(&Scope<'_>, &mut dyn crate::expr::Randomness) -> R,
    ) -> R {
        let context = if uses_context {
            self.context(frame, seen.item)
        } else {
            Value::Null
        };
        let reach = Reach {
            frames: &self.frames,
            frame,
        };
        let scope = Scope {
            result: seen.result,
            error_output: seen.error_output,
            conversions: Some(&self.conversions),
            ..Scope::new(seen.input, &context, &reach)
        };
        read(&scope, self.world.randomness())
    }

    /// The value of a template.
    pub(super) fn evaluate(
        &mut self,
        frame: FrameId,
        compiled: &Compiled,
        seen: Bindings<'_>,
    ) -> Result<Value, Fault> {
        let template = compiled.template.as_ref().map_err(Clone::clone)?;
        self.with_scope(frame, seen, compiled.uses_context, |scope, randomness| {
            template.eval(scope, randomness)
        })
    }

    /// What `InputPath` or `OutputPath` leaves of a value.
    pub(super) fn select(&mut self, frame: FrameId, select: &Select, value: &Value) -> Result<Value, Fault> {
        match select {
            Select::Whole => Ok(value.clone()),
            Select::Empty => Ok(Value::empty_object()),
            Select::Broken(fault) => Err(fault.clone()),
            Select::Path { path, uses_context } => {
                self.with_scope(frame, Bindings::from_input(value), *uses_context, |scope, _| {
                    path.eval(scope)
                        .map_err(|error| invalid_path(path, &error, scope.input))
                })
            }
        }
    }

    /// A state's input after `InputPath`.
    pub(super) fn effective_input(&mut self, frame: FrameId, step: &Step) -> Result<Value, Fault> {
        let input = self.frames[frame].input.clone();
        let effective = self.select(frame, &step.data.input, &input)?;
        self.note(Point::AfterInputPath, step, &effective);
        Ok(effective)
    }

    /// What a state works with: its `Parameters` or `Arguments`, or its effective input.
    pub(super) fn arguments(
        &mut self,
        frame: FrameId,
        step: &Step,
        effective: &Value,
    ) -> Result<Value, Fault> {
        let Some(compiled) = &step.data.arguments else {
            if step.language == QueryLanguage::JsonPath {
                self.note(Point::AfterArguments, step, effective);
            }
            return Ok(effective.clone());
        };
        let arguments = self.evaluate(frame, compiled, Bindings::from_input(effective))?;
        self.note(Point::AfterArguments, step, &arguments);
        Ok(arguments)
    }

    /// Fails where `Parameters` or `Arguments` have made more of the input than a payload may be.
    ///
    /// Source: developer guide, "Error names": `States.DataLimitExceeded`. The sentence is the one known for results.
    pub(super) fn check_arguments(&mut self, step: &Step, arguments: &Value) -> Result<(), Failure> {
        if step.data.arguments.is_none() {
            return Ok(());
        }
        self.sizes
            .check(arguments, &step.name, self.options.limits)
            .map(|_| ())
    }

    /// From the raw result of a Task, a Parallel or a Map to what the state hands on.
    pub(super) fn conclude(
        &mut self,
        frame: FrameId,
        step: &Step,
        result: &Value,
    ) -> Result<StateOutput, Fault> {
        self.note(Point::Result, step, result);
        let input = self.frames[frame].input.clone();
        if step.language == QueryLanguage::Jsonata {
            let seen = Bindings {
                result: Some(result),
                ..Bindings::from_input(&input)
            };
            return self.jsonata_outgoing(
                frame,
                step.data.output.as_deref(),
                step.data.assign.as_deref(),
                seen,
                result,
            );
        }
        let selected = match &step.data.result_selector {
            Some(selector) => self.evaluate(frame, selector, Bindings::from_input(result))?,
            None => result.clone(),
        };
        self.note(Point::AfterResultSelector, step, &selected);
        let placed = place(&step.data.result, &input, selected)?;
        self.note(Point::AfterResultPath, step, &placed);
        let output = self.select(frame, &step.data.output_path, &placed)?;
        let assigned = self.assign(frame, step.data.assign.as_deref(), Bindings::from_input(result))?;
        Ok(StateOutput { output, assigned })
    }

    /// `Output` and `Assign` of a JSONata state; without `Output`, `default` goes on.
    pub(super) fn jsonata_outgoing(
        &mut self,
        frame: FrameId,
        output: Option<&Compiled>,
        assign: Option<&Compiled>,
        seen: Bindings<'_>,
        default: &Value,
    ) -> Result<StateOutput, Fault> {
        let output = match output {
            Some(compiled) => self.evaluate(frame, compiled, seen)?,
            None => default.clone(),
        };
        let assigned = self.assign(frame, assign, seen)?;
        Ok(StateOutput { output, assigned })
    }

    /// The variables that an `Assign` sets; they are set when the state is left.
    pub(super) fn assign(
        &mut self,
        frame: FrameId,
        assign: Option<&Compiled>,
        seen: Bindings<'_>,
    ) -> Result<Option<Rc<Object>>, Fault> {
        let Some(compiled) = assign else { return Ok(None) };
        let assigned = self.evaluate(frame, compiled, seen)?;
        // What all of an Assign may be, each variable may be.
        let most = quota::ASSIGN_BYTES;
        if self.options.limits && self.sizes.bytes(&assigned) > most {
            return Err(Fault {
                error: error_name::DATA_LIMIT_EXCEEDED,
                cause: format!("The assigned variables exceed the maximum size of {most} bytes."),
                location: None,
            });
        }
        match assigned {
            Value::Object(members) if !members.is_empty() => Ok(Some(members)),
            _ => Ok(None),
        }
    }

    /// The value of a setting.
    pub(super) fn setting(
        &mut self,
        frame: FrameId,
        setting: &Setting,
        input: &Value,
    ) -> Result<Value, SettingFault> {
        let uses_context = setting.uses_context();
        match setting {
            Setting::Literal(value) => Ok(value.clone()),
            Setting::Broken(fault) => Err(fault.clone().into()),
            Setting::Path { path, .. } => {
                self.with_scope(frame, Bindings::from_input(input), uses_context, |scope, _| {
                    path.eval(scope).map_err(|error| SettingFault {
                        is_missing: true,
                        fault: invalid_path(path, &error, input),
                    })
                })
            }
            Setting::Call { call, .. } => {
                let value = self.with_scope(
                    frame,
                    Bindings::from_input(input),
                    uses_context,
                    |scope, randomness| call.eval(scope, randomness),
                );
                value.map_err(SettingFault::from)
            }
            Setting::Jsonata {
                expression, location, ..
            } => {
                let value = self.with_scope(
                    frame,
                    Bindings::from_input(input),
                    uses_context,
                    |scope, randomness| expression.eval_field(location, scope, randomness),
                );
                value.map_err(SettingFault::from)
            }
        }
    }
}

/// Why a setting has no value.
#[derive(Debug)]
pub(super) struct SettingFault {
    /// Its path found nothing, which some fields say in words of their own.
    pub(super) is_missing: bool,
    /// What the other fields say.
    pub(super) fault: Fault,
}

impl From<Fault> for SettingFault {
    fn from(fault: Fault) -> Self {
        Self {
            is_missing: false,
            fault,
        }
    }
}

impl From<SettingFault> for Fault {
    fn from(setting: SettingFault) -> Self {
        setting.fault
    }
}

fn invalid_path(path: &Path, error: &PathError, input: &Value) -> Fault {
    if input.is_null() {
        return Fault::runtime("Unable to apply Path transformation to null or empty input.");
    }
    Fault::runtime(format!("Invalid path '{}' : {error}", path.text()))
}

/// `ResultPath`: a state's raw input with its result put where the path says.
pub(super) fn place(placement: &Placement, input: &Value, result: Value) -> Result<Value, Fault> {
    match placement {
        Placement::Replace => Ok(result),
        Placement::Discard => Ok(input.clone()),
        Placement::Broken(fault) => Err(fault.clone()),
        Placement::Put(path) => path.set(input, result).map_err(|conflict| Fault {
            error: error_name::REFERENCE_PATH_CONFLICT,
            cause: conflict.to_string(),
            location: None,
        }),
    }
}
