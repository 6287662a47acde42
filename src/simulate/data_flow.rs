//! The data flow of a state: `InputPath`, `Parameters`, `ResultSelector`, `ResultPath`, and `OutputPath` in
//! JSONPath states, `Arguments` and `Output` in JSONata states, and `Assign` in both.

use super::bindings::{Bindings, StateOutput};
use super::inspect::Point;
use super::item::Item;
use super::limits::PayloadLimit;
use super::plan::{Compiled, Map, Placement, Select, Setting};
use super::state_cx::{Control, StateCx};
use super::state_error::StepError;
use super::variables::VariableScope;
use crate::expr::jsonpath::{Path, PathError};
use crate::expr::{EvalError, Scope};
use crate::spec::quota;
use crate::spec::{QueryLanguage, error_name};
use crate::value::{Object, Value};
use std::rc::Rc;

impl StateCx<'_, '_> {
    /// Calls `read` with the scope of a frame.
    pub(super) fn with_scope<R>(
        &mut self,
        bindings: Bindings<'_>,
        uses_context: bool,
        read: impl FnOnce(&Scope<'_>, &mut dyn crate::expr::Randomness) -> R,
    ) -> R {
        let context = if uses_context {
            self.context(bindings.item)
        } else {
            Value::Null
        };
        let variables = VariableScope {
            frames: &self.scheduler.frames,
            frame: self.id,
        };
        let scope = Scope {
            now: self.now().millis(),
            result: bindings.result,
            error_output: bindings.error_output,
            conversions: Some(&self.evaluator.conversions),
            ..Scope::new(bindings.input, &context, &variables)
        };
        read(&scope, self.evaluator.world.randomness())
    }

    /// The value of a template.
    pub(super) fn evaluate(
        &mut self,
        compiled: &Compiled,
        bindings: Bindings<'_>,
    ) -> Result<Value, EvalError> {
        let template = compiled.template.as_ref().map_err(Clone::clone)?;
        self.with_scope(bindings, compiled.uses_context, |scope, randomness| {
            template.eval(scope, randomness)
        })
    }

    /// The part of a value that `InputPath` or `OutputPath` selects.
    pub(super) fn select(&mut self, select: &Select, value: &Value) -> Result<Value, EvalError> {
        match select {
            Select::All => Ok(value.clone()),
            Select::Empty => Ok(Value::empty_object()),
            Select::Invalid(fault) => Err(fault.clone()),
            Select::Path { path, uses_context } => {
                self.with_scope(Bindings::from_input(value), *uses_context, |scope, _| {
                    path.eval(scope)
                        .map_err(|error| invalid_path(path, &error, scope.input))
                })
            }
        }
    }

    /// A state's input after `InputPath`.
    pub(super) fn effective_input(&mut self) -> Result<Value, EvalError> {
        let input = self.input();
        let effective = self.select(&self.state.data.input_path, &input)?;
        self.inspect(Point::AfterInputPath, &effective);
        Ok(effective)
    }

    /// The arguments of a state: its `Parameters` or `Arguments`, or else its effective input.
    pub(super) fn arguments(&mut self, effective: &Value) -> Result<Value, EvalError> {
        let Some(compiled) = &self.state.data.arguments else {
            if self.state.language == QueryLanguage::JsonPath {
                self.inspect(Point::AfterArguments, effective);
            }
            return Ok(effective.clone());
        };
        let arguments = self.evaluate(compiled, Bindings::from_input(effective))?;
        self.inspect(Point::AfterArguments, &arguments);
        Ok(arguments)
    }

    /// The output of a Task, a Parallel, or a Map with this raw result.
    fn apply_result(&mut self, result: &Value) -> Result<StateOutput, EvalError> {
        self.inspect(Point::Result, result);
        let input = self.input();
        if self.state.language == QueryLanguage::Jsonata {
            let bindings = Bindings {
                result: Some(result),
                ..Bindings::from_input(&input)
            };
            return self.jsonata_output(
                self.state.data.output.as_deref(),
                self.state.data.assign.as_deref(),
                bindings,
                result,
            );
        }
        let selected = match &self.state.data.result_selector {
            Some(selector) => self.evaluate(selector, Bindings::from_input(result))?,
            None => result.clone(),
        };
        self.inspect(Point::AfterResultSelector, &selected);
        let placed = apply_result_path(&self.state.data.result_path, &input, selected)?;
        self.inspect(Point::AfterResultPath, &placed);
        let output = self.select(&self.state.data.output_path, &placed)?;
        let assigned = self.assign(self.state.data.assign.as_deref(), Bindings::from_input(result))?;
        Ok(StateOutput { output, assigned })
    }

    /// Leaves a Task, a Parallel, or a Map with this raw result.
    pub(super) fn finish(&mut self, result: &Value) -> Result<Control, StepError> {
        let output = self.apply_result(result)?;
        Ok(self.leave(output))
    }

    /// `Output` and `Assign` of a JSONata state; without `Output`, the output is `default`.
    pub(super) fn jsonata_output(
        &mut self,
        output: Option<&Compiled>,
        assign: Option<&Compiled>,
        bindings: Bindings<'_>,
        default: &Value,
    ) -> Result<StateOutput, EvalError> {
        let output = match output {
            Some(compiled) => self.evaluate(compiled, bindings)?,
            None => default.clone(),
        };
        let assigned = self.assign(assign, bindings)?;
        Ok(StateOutput { output, assigned })
    }

    /// The variables that an `Assign` sets. They take effect when the state is left.
    pub(super) fn assign(
        &mut self,
        assign: Option<&Compiled>,
        bindings: Bindings<'_>,
    ) -> Result<Option<Rc<Object>>, EvalError> {
        let Some(compiled) = assign else { return Ok(None) };
        let assigned = self.evaluate(compiled, bindings)?;
        // The limit for the whole `Assign` is also the limit for each variable.
        let most = match self.evaluator.limit() {
            PayloadLimit::Quota => quota::ASSIGN_BYTES,
            PayloadLimit::Bytes(bytes) => bytes,
        };
        if self.evaluator.sizes.bytes(&assigned) > most {
            return Err(EvalError {
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

    /// The output of states without a result: the input after `InputPath` and `OutputPath`, or `Output`.
    pub(super) fn pass_through(&mut self) -> Result<StateOutput, EvalError> {
        let data = &self.state.data;
        if self.state.language == QueryLanguage::Jsonata {
            let input = self.input();
            return self.jsonata_output(
                data.output.as_deref(),
                data.assign.as_deref(),
                Bindings::from_input(&input),
                &input,
            );
        }
        let effective = self.effective_input()?;
        let output = self.select(&data.output_path, &effective)?;
        let assigned = self.assign(data.assign.as_deref(), Bindings::from_input(&effective))?;
        Ok(StateOutput { output, assigned })
    }

    /// The input of an iteration or a child execution: its item, through `ItemSelector` if there is one.
    pub(super) fn select_item(
        &mut self,
        map: &Map,
        item: &Item,
        effective: &Value,
    ) -> Result<Value, StepError> {
        let Some(selector) = &map.item_selector else {
            return Ok(item.input());
        };
        let bindings = Bindings {
            item: Some(item),
            ..Bindings::from_input(effective)
        };
        let selected = self.evaluate(selector, bindings)?;
        self.inspect(Point::AfterItemSelector, &selected);
        // It is not known that AWS limits the input of an iteration.
        if !self.evaluator.options.limits {
            self.evaluator.check_size(&selected, &self.state.name)?;
        }
        Ok(selected)
    }

    /// The value of a setting.
    pub(super) fn setting(&mut self, setting: &Setting, input: &Value) -> Result<Value, SettingFault> {
        let uses_context = setting.uses_context();
        match setting {
            Setting::Literal(value) => Ok(value.clone()),
            Setting::Invalid(fault) => Err(fault.clone().into()),
            Setting::Path { path, .. } => {
                self.with_scope(Bindings::from_input(input), uses_context, |scope, _| {
                    path.eval(scope).map_err(|error| SettingFault {
                        is_missing: true,
                        fault: invalid_path(path, &error, input),
                    })
                })
            }
            Setting::Call { call, .. } => {
                let value =
                    self.with_scope(Bindings::from_input(input), uses_context, |scope, randomness| {
                        call.eval(scope, randomness)
                    });
                value.map_err(SettingFault::from)
            }
            Setting::Jsonata {
                expression, location, ..
            } => {
                let value =
                    self.with_scope(Bindings::from_input(input), uses_context, |scope, randomness| {
                        expression.eval_field(location, scope, randomness)
                    });
                value.map_err(SettingFault::from)
            }
        }
    }
}

/// Why a setting has no value.
#[derive(Debug)]
pub(super) struct SettingFault {
    /// The path matches nothing, for which some fields have a message of their own.
    pub(super) is_missing: bool,
    /// The error for the other fields.
    pub(super) fault: EvalError,
}

impl From<EvalError> for SettingFault {
    fn from(fault: EvalError) -> Self {
        Self {
            is_missing: false,
            fault,
        }
    }
}

impl From<SettingFault> for EvalError {
    fn from(setting: SettingFault) -> Self {
        setting.fault
    }
}

fn invalid_path(path: &Path, error: &PathError, input: &Value) -> EvalError {
    if input.is_null() {
        return EvalError::runtime("Unable to apply Path transformation to null or empty input.");
    }
    EvalError::runtime(format!("Invalid path '{}' : {error}", path.text()))
}

/// Applies `ResultPath`: puts the result into the raw input.
pub(super) fn apply_result_path(
    placement: &Placement,
    input: &Value,
    result: Value,
) -> Result<Value, EvalError> {
    match placement {
        Placement::Replace => Ok(result),
        Placement::Discard => Ok(input.clone()),
        Placement::Invalid(fault) => Err(fault.clone()),
        Placement::Put(path) => path.set(input, result).map_err(|conflict| EvalError {
            error: error_name::REFERENCE_PATH_CONFLICT,
            cause: conflict.to_string(),
            location: None,
        }),
    }
}
