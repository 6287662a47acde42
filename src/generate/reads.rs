//! The values that the expressions of a state read, and the types that they expect.

use super::expected_type::{ExpectedType, TypedRead};
use super::lookup::Lookup;
use super::origin::{Base, Changes, FieldContext, Origins};
use super::path::Step;
use super::reference::{self, Reference, Root};
use super::script::Change;
use super::{choose, jsonata};
use crate::asl::state::choice::operator::Operand as OperandType;
use crate::expr::intrinsic::{ArgumentKind, Call, Kind, name};
use crate::expr::jsonata::Expression;
use crate::expr::jsonpath::Path;
use crate::expr::payload::Template;
use crate::simulate::plan::{Compiled, Condition, Operand, Placement, Select, Setting, State, StateKind};

impl Origins<'_> {
    /// The changes with which a visited state that failed reads values of the expected types.
    pub(super) fn changes_for_reads(&self, visit: usize) -> Changes {
        let mut changes = Vec::new();
        for read in self.reads(visit) {
            let is_satisfied = match self.look(read.at, &read.reference) {
                Lookup::Found(value) => read.expected.accepts(&value),
                Lookup::Missing => read.expected == ExpectedType::ObjectOrMissing,
                Lookup::Unknown => read.reference.root == Root::Context,
            };
            if !is_satisfied {
                let needed = self.changes_for(read.at, &read.reference, &Some(read.expected.sample()));
                changes.extend(needed.unwrap_or_default());
            }
        }
        let state = self.state(visit);
        let effective = FieldContext::new(visit, Base::Effective);
        let templates = [
            (effective, &state.data.arguments),
            (
                FieldContext::new(visit, Base::Result),
                &state.data.result_selector,
            ),
            (FieldContext::new(visit, Base::Result), &state.data.assign),
        ];
        for (at, compiled) in templates {
            if let Some(template) = compiled
                .as_ref()
                .and_then(|compiled| compiled.template.as_ref().ok())
            {
                for_each_call(template, &mut |call| self.supply_call(at, call, &mut changes));
            }
        }
        (!changes.is_empty()).then_some(changes)
    }

    /// The changes with which a visited state has values of other types, if the expected types are not known exactly.
    pub(super) fn changes_of_types(&self, visit: usize) -> Vec<Vec<Change>> {
        let types = [
            ExpectedType::Number,
            ExpectedType::Array,
            ExpectedType::Object,
            ExpectedType::Numbers,
            ExpectedType::Json,
            ExpectedType::Timestamp,
            ExpectedType::Text,
        ];
        let reads = self.reads(visit);
        let vague = reads.iter().filter(|read| read.expected == ExpectedType::Any);
        let varied = vague.flat_map(|read| {
            types
                .iter()
                .filter_map(|expected| self.changes_for(read.at, &read.reference, &Some(expected.sample())))
        });
        let mut all: Vec<Vec<Change>> = varied.take(24).collect();
        let data = &self.state(visit).data;
        let templates = [
            (Base::Effective, &data.arguments),
            (Base::Result, &data.output),
            (Base::Result, &data.assign),
        ];
        for (base, compiled) in templates {
            if let Some(template) = compiled
                .as_ref()
                .and_then(|compiled| compiled.template.as_ref().ok())
            {
                for_each_expression(template, &mut |expression| {
                    all.extend(jsonata::derived(self, FieldContext::new(visit, base), expression));
                });
            }
        }
        all
    }

    /// The values that a visited state reads.
    fn reads(&self, visit: usize) -> Vec<TypedRead> {
        let mut reads = TypedReads(Vec::new());
        let state = self.state(visit);
        let data = &state.data;
        let effective = FieldContext::new(visit, Base::Effective);
        let result = FieldContext::new(visit, Base::Result);
        let is_done = match &state.kind {
            StateKind::Task(_) => !self.trace.visits[visit].calls.is_empty(),
            StateKind::Parallel(_) | StateKind::Map(_) => !self.trace.visits[visit].inner.is_empty(),
            _ => true,
        };
        if let Select::Path { path, .. } = &data.input_path {
            reads.path(FieldContext::new(visit, Base::Input), path, ExpectedType::Any);
        }
        reads.compiled(effective, data.arguments.as_deref());
        reads.kind(effective, state);
        for placement in std::iter::once(&data.result_path).chain(state.catch.iter().map(|c| &c.result_path))
        {
            reads.placement(visit, placement);
        }
        if is_done {
            reads.compiled(result, data.result_selector.as_deref());
            reads.compiled(result, data.output.as_deref());
            reads.compiled(result, data.assign.as_deref());
            self.output_path(visit, &mut reads);
        }
        if let Some(catcher) = self.trace.visits[visit].caught.and_then(|c| state.catch.get(c)) {
            let error = FieldContext::new(visit, Base::Error);
            reads.compiled(error, catcher.output.as_deref());
            reads.compiled(error, catcher.assign.as_deref());
        }
        reads.0
    }

    /// What `OutputPath` selects: a part of the input or, if `ResultPath` puts it there, of the result.
    fn output_path(&self, visit: usize, reads: &mut TypedReads) {
        let state = self.state(visit);
        let Select::Path { path, .. } = &state.data.output_path else {
            return;
        };
        let Some((reference, _)) = reference::from_path(path) else {
            return;
        };
        let has_result = matches!(
            state.kind,
            StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_) | StateKind::Pass(_)
        );
        let place = match &state.data.result_path {
            _ if !has_result => None,
            Placement::Replace => Some(Vec::new()),
            Placement::Put(place) => reference::from_path(place.path()).map(|(place, _)| place.steps),
            _ => None,
        };
        let selected: Option<Vec<Step>> = place.and_then(|place| {
            reference
                .steps
                .strip_prefix(place.as_slice())
                .map(<[Step]>::to_vec)
        });
        let (base, steps) = match selected {
            // A selector makes the value, which is followed through it when it is missing.
            Some(_) if state.data.result_selector.is_some() => return,
            Some(rest) => (Base::Result, rest),
            None => (Base::Input, reference.steps),
        };
        reads.0.push(TypedRead {
            at: FieldContext::new(visit, base),
            reference: Reference {
                root: reference.root,
                steps,
            },
            expected: ExpectedType::Any,
        });
    }
}

/// Calls `f` with every call of an intrinsic function in a template.
fn for_each_call<'t>(template: &'t Template, f: &mut dyn FnMut(&'t Call)) {
    match template {
        Template::Object(members) => members.iter().for_each(|(_, member)| for_each_call(member, f)),
        Template::Array(items) => items.iter().for_each(|item| for_each_call(item, f)),
        Template::Intrinsic(field) => f(&field.expression),
        Template::Literal(_) | Template::Path(_) | Template::Jsonata(_) => {}
    }
}

/// Calls `f` with every JSONata expression in a template.
fn for_each_expression<'t>(template: &'t Template, f: &mut dyn FnMut(&'t Expression)) {
    match template {
        Template::Object(members) => members
            .iter()
            .for_each(|(_, member)| for_each_expression(member, f)),
        Template::Array(items) => items.iter().for_each(|item| for_each_expression(item, f)),
        Template::Jsonata(field) => f(&field.expression),
        Template::Literal(_) | Template::Path(_) | Template::Intrinsic(_) => {}
    }
}

/// The reads found so far.
struct TypedReads(Vec<TypedRead>);

impl TypedReads {
    fn path(&mut self, at: FieldContext, path: &Path, expected: ExpectedType) {
        if let Some((reference, function)) = reference::from_path(path) {
            let expected = if function.is_some() {
                ExpectedType::Array
            } else {
                expected
            };
            self.0.push(TypedRead {
                at,
                reference,
                expected,
            });
        }
    }

    fn placement(&mut self, visit: usize, placement: &Placement) {
        let Placement::Put(path) = placement else { return };
        let Some((reference, _)) = reference::from_path(path.path()) else {
            return;
        };
        for length in 0..reference.steps.len() {
            self.0.push(TypedRead {
                at: FieldContext::new(visit, Base::Input),
                reference: Reference {
                    root: Root::Base,
                    steps: reference.steps[..length].to_vec(),
                },
                expected: ExpectedType::ObjectOrMissing,
            });
        }
    }

    fn compiled(&mut self, at: FieldContext, compiled: Option<&Compiled>) {
        if let Some(template) = compiled.and_then(|compiled| compiled.template.as_ref().ok()) {
            self.template(at, template);
        }
    }

    fn template(&mut self, at: FieldContext, template: &Template) {
        match template {
            Template::Literal(_) => {}
            Template::Object(members) => members.iter().for_each(|(_, member)| self.template(at, member)),
            Template::Array(items) => items.iter().for_each(|item| self.template(at, item)),
            Template::Path(field) => self.path(at, &field.expression, ExpectedType::Any),
            Template::Intrinsic(field) => self.call(at, &field.expression),
            Template::Jsonata(field) => jsonata::reads(&field.expression, at, &mut self.0),
        }
    }

    fn call(&mut self, at: FieldContext, call: &Call) {
        for (index, argument) in call.arguments.iter().enumerate() {
            let expected = match (&*call.name, index) {
                (name::STRING_TO_JSON | name::BASE64_DECODE, _) => ExpectedType::Json,
                _ => match call.function.and_then(|function| function.parameter(index)) {
                    Some(Kind::Text) => ExpectedType::Text,
                    Some(Kind::Integer) => ExpectedType::Number,
                    Some(Kind::Array) => ExpectedType::Array,
                    Some(Kind::Object) => ExpectedType::Object,
                    Some(Kind::Any | Kind::Shallow) | None => ExpectedType::Any,
                },
            };
            match &argument.kind {
                ArgumentKind::Path(path) => self.path(at, path, expected),
                ArgumentKind::Call(inner) => self.call(at, inner),
                _ => {}
            }
        }
    }

    fn setting(&mut self, at: FieldContext, setting: Option<&Setting>, expected: ExpectedType) {
        match setting {
            Some(Setting::Path { path, .. }) => self.path(at, path, expected),
            Some(Setting::Call { call, .. }) => self.call(at, call),
            Some(Setting::Jsonata { expression, .. }) => match reference::from_expression(expression) {
                Some(reference) => self.0.push(TypedRead {
                    at,
                    reference,
                    expected,
                }),
                None => jsonata::reads(expression, at, &mut self.0),
            },
            _ => {}
        }
    }

    fn kind(&mut self, at: FieldContext, state: &State) {
        match &state.kind {
            StateKind::Task(task) => {
                self.setting(at, task.settings.timeout_seconds.as_ref(), ExpectedType::Number);
                self.setting(at, task.settings.heartbeat_seconds.as_ref(), ExpectedType::Number);
                self.compiled(at, task.credentials.as_deref());
            }
            StateKind::Wait(wait) => {
                self.setting(at, wait.seconds.as_ref(), ExpectedType::Number);
                self.setting(at, wait.timestamp.as_ref(), ExpectedType::Timestamp);
            }
            StateKind::Fail(fail) => {
                let input = FieldContext::new(at.visit, Base::Input);
                self.setting(input, fail.error.as_ref(), ExpectedType::Text);
                self.setting(input, fail.cause.as_ref(), ExpectedType::Text);
            }
            StateKind::Choice(choice) => {
                for rule in &choice.rules {
                    self.condition(at, &rule.condition);
                    // Which rule was about to be taken is not known after it has failed.
                    self.compiled(at, rule.output.as_deref());
                    self.compiled(at, rule.assign.as_deref());
                }
            }
            StateKind::Map(map) => {
                match &map.items {
                    Some(items) => match items.template.as_ref() {
                        Ok(Template::Jsonata(field)) => match reference::from_expression(&field.expression) {
                            Some(reference) => self.0.push(TypedRead {
                                at,
                                reference,
                                expected: ExpectedType::Array,
                            }),
                            None => jsonata::reads(&field.expression, at, &mut self.0),
                        },
                        Ok(template) => self.template(at, template),
                        Err(_) => {}
                    },
                    None if map.items_path.is_some() => {
                        self.setting(at, map.items_path.as_ref(), ExpectedType::Array);
                    }
                    None if map.distributed.as_ref().is_none_or(|d| d.reader.is_none()) => {
                        self.0.push(TypedRead {
                            at,
                            reference: Reference {
                                root: Root::Base,
                                steps: Vec::new(),
                            },
                            expected: ExpectedType::Array,
                        });
                    }
                    None => {}
                }
                self.setting(at, map.max_concurrency.as_ref(), ExpectedType::Number);
                let selecting = FieldContext { item: Some(0), ..at };
                self.compiled(selecting, map.item_selector.as_deref());
                if let Some(distributed) = &map.distributed {
                    self.setting(at, distributed.tolerated_count.as_ref(), ExpectedType::Number);
                    self.setting(
                        at,
                        distributed.tolerated_percentage.as_ref(),
                        ExpectedType::Number,
                    );
                    if let Some(reader) = &distributed.reader {
                        self.compiled(at, reader.arguments.as_deref());
                        self.setting(at, reader.max_items.as_ref(), ExpectedType::Number);
                    }
                    if let Some(batcher) = &distributed.batcher {
                        self.setting(at, batcher.max_items.as_ref(), ExpectedType::Number);
                        self.setting(at, batcher.max_bytes.as_ref(), ExpectedType::Number);
                        self.compiled(at, batcher.input.as_deref());
                    }
                    if let Some(writer) = &distributed.writer {
                        self.compiled(at, writer.arguments.as_deref());
                    }
                }
            }
            StateKind::Pass(_) | StateKind::Succeed | StateKind::Parallel(_) => {}
        }
    }

    fn condition(&mut self, at: FieldContext, condition: &Condition) {
        match condition {
            Condition::And(all) | Condition::Or(all) => {
                all.iter().for_each(|inner| self.condition(at, inner));
            }
            Condition::Not(inner) => self.condition(at, inner),
            Condition::Test(test) => {
                if choose::tests_presence(test.operator) {
                    return;
                }
                let expected = match test.operator.operand {
                    _ if test.operator.is_type_test() => ExpectedType::Any,
                    OperandType::String => ExpectedType::Text,
                    OperandType::Numeric => ExpectedType::Number,
                    OperandType::Boolean => ExpectedType::Bool,
                    OperandType::Timestamp => ExpectedType::Timestamp,
                };
                // A value of another type is not a failure.
                let missing = if expected == ExpectedType::Any {
                    ExpectedType::Text
                } else {
                    expected
                };
                self.tested(at, &test.variable, missing);
                if let Operand::Path(path) = &test.operand {
                    self.tested(at, path, missing);
                }
            }
            Condition::Jsonata { expression, .. } => jsonata::reads(expression, at, &mut self.0),
            Condition::Constant(_) | Condition::Invalid(_) => {}
        }
    }

    fn tested(&mut self, at: FieldContext, path: &Path, expected: ExpectedType) {
        self.path(at, path, expected);
    }
}
