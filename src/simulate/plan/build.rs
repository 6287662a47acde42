//! Compilation of the model of a definition into a plan.

use super::condition::{Condition, Operand, Test};
use super::data::{Compiled, DataFlow, Placement, Select, Setting};
use super::ids::{Exit, ScopeId, StateId};
use super::machine::{Plan, Scope};
use super::state::{
    Batcher, Catcher, Choice, Distributed, Map, Pattern, Reader, Retrier, Rule, State, StateKind, Task,
    Writer,
};
use crate::asl::semantics::backoff::Backoff;
use crate::asl::semantics::timestamp;
use crate::asl::state::choice::operator;
use crate::asl::state::{self, NullablePath};
use crate::asl::{self, Expression, Parsed, Payload, Scalar, Target, literal};
use crate::aws::resource::{self, Resource};
use crate::document::Node;
use crate::expr::jsonpath::{Path, Root};
use crate::expr::payload::Template;
use crate::expr::{EvalError, SyntaxError, intrinsic, jsonata};
use crate::history::TaskResource;
use crate::spec::StateType;
use crate::value::{Keys, Value};
use std::cell::RefCell;
use std::rc::Rc;

impl Plan {
    /// Compiles a machine. An error in it becomes an error of its state when the state runs.
    pub fn new(machine: &asl::Machine<'_>) -> Self {
        let mut states = 0;
        machine.for_each_machine(&mut |machine| states += machine.states.len());
        let mut plan = Self {
            states: Vec::with_capacity(states),
            scopes: Vec::new(),
            timeout_seconds: machine.timeout_seconds.and_then(Node::as_i64),
        };
        plan.add_scope(machine, &RefCell::new(Keys::new()));
        plan
    }

    /// The states of a machine at every depth, with the ids that every plan of the machine gives them.
    pub fn numbered<'a, 'd>(
        machine: &'a asl::Machine<'d>,
    ) -> impl Iterator<Item = (&'a asl::State<'d>, StateId)> {
        let mut states = Vec::new();
        number(machine, &mut states);
        states
            .into_iter()
            .enumerate()
            .map(|(at, state)| (state, StateId(index(at))))
    }

    /// The states of a scope are numbered consecutively, before those inside them, so that their ids are known before they
    /// are compiled.
    fn add_scope(&mut self, machine: &asl::Machine<'_>, keys: &RefCell<Keys>) -> ScopeId {
        let id = ScopeId(index(self.scopes.len()));
        let first = self.states.len();
        self.scopes.push(Scope {
            start: machine.start_at.and_then(|target| find(machine, first, target)),
        });
        let steps = machine.states.iter().map(|state| {
            let building = Building {
                machine,
                first,
                state,
                keys,
            };
            building.build()
        });
        self.states.extend(steps);
        for (i, state) in machine.states.iter().enumerate() {
            for inner in state.machines() {
                let inner = self.add_scope(inner, keys);
                match &mut self.states[first + i].kind {
                    StateKind::Parallel(branches) => branches.push(inner),
                    StateKind::Map(map) => map.processor = Some(inner),
                    _ => {}
                }
            }
        }
        id
    }
}

/// Adds the states of a scope, and then those inside each of them, in the order of [`Plan::add_scope`].
fn number<'a, 'd>(machine: &'a asl::Machine<'d>, states: &mut Vec<&'a asl::State<'d>>) {
    states.extend(&machine.states);
    for state in &machine.states {
        state.machines().iter().for_each(|inner| number(inner, states));
    }
}

/// Definitions are smaller than 4 GiB, so their states can be numbered.
fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The id of a state of a scope whose first state has the number `first`.
fn find(machine: &asl::Machine<'_>, first: usize, target: Target<'_>) -> Option<StateId> {
    let at = machine.find(target.name.as_str())?;
    Some(StateId(index(first + at)))
}

/// A state that is being compiled.
struct Building<'a, 'd> {
    /// The scope that contains it.
    machine: &'a asl::Machine<'d>,
    /// The number of the first state of the scope.
    first: usize,
    state: &'a asl::State<'d>,
    /// The keys of the templates so far.
    keys: &'a RefCell<Keys>,
}

impl Building<'_, '_> {
    fn build(&self) -> State {
        let state = self.state;
        let data = &state.data;
        State {
            name: state.name.as_str().into(),
            span: state.name_span,
            scope: Rc::clone(&state.scope),
            state_type: state.state_type().unwrap_or(StateType::Pass),
            language: state.language,
            exit: match (state.transition.next, state.transition.end) {
                (Some(next), _) => self.exit(Some(next)),
                (None, true) => Exit::End,
                (None, false) => match state.state_type() {
                    Some(StateType::Succeed | StateType::Fail) => Exit::End,
                    _ => Exit::Nowhere,
                },
            },
            data: DataFlow {
                input_path: select(&data.input_path),
                arguments: self.compile(data.parameters.as_deref().or(data.arguments.as_deref())),
                result_selector: self.compile(data.result_selector.as_deref()),
                result_path: placement(&data.result_path),
                output_path: select(&data.output_path),
                output: self.compile(data.output.as_deref()),
                assign: self.compile(data.assign.as_deref()),
            },
            kind: self.kind(),
            retry: state.retry().iter().map(retrier).collect(),
            catch: state.catch().iter().map(|c| self.catcher(c)).collect(),
        }
    }

    /// The fields of its type, without the scopes inside it.
    fn kind(&self) -> StateKind {
        match &self.state.kind {
            state::Kind::Pass(pass) => StateKind::Pass(pass.result.map(literal::value)),
            state::Kind::Unknown => StateKind::Pass(None),
            state::Kind::Succeed(_) => StateKind::Succeed,
            state::Kind::Task(task) => StateKind::Task(Box::new(self.task(task))),
            state::Kind::Choice(choice) => StateKind::Choice(Box::new(self.choice(choice))),
            state::Kind::Wait(wait) => StateKind::Wait(Box::new(wait.map(setting))),
            state::Kind::Fail(fail) => StateKind::Fail(Box::new(fail.map(setting))),
            state::Kind::Parallel(_) => StateKind::Parallel(Vec::new()),
            state::Kind::Map(map) => StateKind::Map(Box::new(self.map(map))),
        }
    }

    fn exit(&self, target: Option<Target<'_>>) -> Exit {
        target
            .and_then(|target| find(self.machine, self.first, target))
            .map_or(Exit::Nowhere, Exit::Next)
    }

    fn compile(&self, payload: Option<&Payload<'_>>) -> Option<Box<Compiled>> {
        let template = payload?.template(self.state.language, &mut self.keys.borrow_mut());
        let template = template.map_err(|e| broken(&e));
        let uses_context = template.as_ref().is_ok_and(template_uses_context);
        Some(Box::new(Compiled {
            template,
            uses_context,
        }))
    }

    fn task(&self, task: &state::Task<'_>) -> Task {
        let arn = task.resource.and_then(Node::as_str).unwrap_or_default();
        let classified = resource::classify(arn);
        let shared: Rc<str> = arn.into();
        let (resource, pattern) = match classified {
            Resource::Activity { .. } => (
                TaskResource::Activity {
                    arn: Rc::clone(&shared),
                },
                Pattern::Activity,
            ),
            _ => match classified.call() {
                Some(call) => (
                    TaskResource::Service {
                        resource_type: call.resource_type.into(),
                        resource: call.resource.into(),
                    },
                    match call.pattern {
                        resource::Pattern::RequestResponse => Pattern::RequestResponse,
                        resource::Pattern::Sync | resource::Pattern::Sync2 => Pattern::Sync,
                        resource::Pattern::WaitForTaskToken => Pattern::Token,
                    },
                ),
                // A resource that cannot be parsed is most often a function whose ARN is filled in by a template.
                None => (
                    TaskResource::Lambda {
                        arn: Rc::clone(&shared),
                    },
                    Pattern::RequestResponse,
                ),
            },
        };
        let result_source = match &resource {
            TaskResource::Service { resource_type, .. } => Rc::clone(resource_type),
            TaskResource::Lambda { arn } | TaskResource::Activity { arn } => Rc::clone(arn),
        };
        Task {
            arn: shared,
            resource: Rc::new(resource),
            pattern,
            result_source,
            credentials: self.compile(task.credentials.as_ref()),
            settings: task.settings.map(setting),
        }
    }

    fn choice(&self, choice: &state::Choice<'_>) -> Choice {
        let rules = choice.rules.iter().map(|rule| {
            let mut uses_context = false;
            rule.condition.for_each_expression(&mut |e| {
                uses_context |= parsed_uses_context(e.parsed());
            });
            Rule {
                condition: condition(&rule.condition),
                uses_context,
                exit: self.exit(rule.next),
                assign: self.compile(rule.assign.as_ref()),
                output: self.compile(rule.output.as_ref()),
            }
        });
        Choice {
            rules: rules.collect(),
            default: self.exit(choice.default),
        }
    }

    fn map(&self, map: &state::Map<'_>) -> Map {
        let items_expression = map.items.as_ref().and_then(|items| {
            match items.expressions.first().map(|e| (e.node, e.parsed())) {
                Some((node, Parsed::Jsonata(e))) if std::ptr::eq(node, items.node) => Some(e.clone()),
                _ => None,
            }
        });
        Map {
            processor: None,
            items_path: map.items_path.as_ref().map(computed),
            items: self.compile(map.items.as_ref()),
            items_expression,
            item_selector: self.compile(map.item_selector.as_ref()),
            max_concurrency: map.settings.max_concurrency.as_ref().map(setting),
            distributed: map.is_distributed.then(|| Box::new(self.distributed(map))),
        }
    }

    fn distributed(&self, map: &state::Map<'_>) -> Distributed {
        let given = map.label.and_then(Node::as_str);
        let config = |node: Option<&Node>| node.map_or_else(Value::empty_object, literal::value);
        Distributed {
            workflow_type: map.child_type(),
            label: given.map_or_else(|| label_of(self.state.name).into(), Rc::from),
            tolerated_count: map.settings.tolerated_failure_count.as_ref().map(setting),
            tolerated_percentage: map.settings.tolerated_failure_percentage.as_ref().map(setting),
            reader: map.item_reader.as_ref().map(|reader| Reader {
                lists_objects: reader
                    .resource
                    .and_then(Node::as_str)
                    .is_some_and(|r| r.ends_with(":listObjectsV2")),
                arguments: self.compile(reader.arguments.as_ref()),
                config: config(reader.reader_config),
                max_items: reader.max_items.as_ref().map(setting),
            }),
            batcher: map.item_batcher.as_ref().map(|batcher| Batcher {
                max_items: batcher.settings.max_items_per_batch.as_ref().map(setting),
                max_bytes: batcher.settings.max_input_bytes_per_batch.as_ref().map(setting),
                input: self.compile(batcher.batch_input.as_ref()),
            }),
            writer: map.result_writer.as_ref().map(|writer| Writer {
                exports: writer.resource.is_some(),
                arguments: self.compile(writer.arguments.as_ref()),
                config: config(writer.writer_config),
            }),
        }
    }

    fn catcher(&self, catcher: &asl::Catcher<'_>) -> Catcher {
        Catcher {
            names: catcher.names().map(Box::from).collect(),
            exit: self.exit(catcher.next),
            result_path: placement(&catcher.result_path),
            assign: self.compile(catcher.assign.as_ref()),
            output: self.compile(catcher.output.as_ref()),
        }
    }
}

/// The label of a Map without `Label`: the state's name without the characters that a label must not contain.
fn label_of(name: &str) -> String {
    let kept = name
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    kept.take(crate::spec::quota::LABEL_CHARACTERS).collect()
}

fn retrier(retrier: &asl::Retrier<'_>) -> Retrier {
    Retrier {
        names: retrier.names().map(Box::from).collect(),
        backoff: Backoff::with_defaults(retrier),
    }
}

fn broken(error: &SyntaxError) -> EvalError {
    EvalError::runtime(error.message.clone())
}

fn select(path: &NullablePath<'_>) -> Select {
    match path {
        NullablePath::Absent => Select::All,
        NullablePath::Null => Select::Empty,
        NullablePath::Path(e) => match e.parsed() {
            Parsed::Path(path) if path.steps().is_empty() && *path.root() == Root::Input => Select::All,
            Parsed::Path(path) => Select::Path {
                uses_context: *path.root() == Root::Context,
                path: path.clone(),
            },
            Parsed::Malformed(error) => Select::Invalid(broken(error)),
            _ => Select::All,
        },
    }
}

fn placement(path: &NullablePath<'_>) -> Placement {
    match path {
        NullablePath::Absent => Placement::Replace,
        NullablePath::Null => Placement::Discard,
        NullablePath::Path(e) => match e.parsed() {
            Parsed::Path(path) if path.steps().is_empty() => Placement::Replace,
            Parsed::Path(path) => path
                .as_reference()
                .map_or_else(|error| Placement::Invalid(broken(&error)), Placement::Put),
            Parsed::Malformed(error) => Placement::Invalid(broken(error)),
            _ => Placement::Replace,
        },
    }
}

fn setting(scalar: &Scalar<'_>) -> Setting {
    match scalar {
        Scalar::Literal(node) => Setting::Literal(literal::value(node)),
        Scalar::Computed(e) => computed(e),
    }
}

fn computed(e: &Expression<'_>) -> Setting {
    let uses_context = parsed_uses_context(e.parsed());
    match e.parsed() {
        Parsed::Path(path) => Setting::Path {
            path: path.clone(),
            field: e.field,
            uses_context,
        },
        Parsed::Intrinsic(call) => Setting::Call {
            call: call.clone(),
            uses_context,
        },
        Parsed::Jsonata(expression) => Setting::Jsonata {
            expression: expression.clone(),
            location: e.location().into(),
            uses_context,
        },
        Parsed::Malformed(error) => Setting::Invalid(broken(error)),
        Parsed::Unknown => Setting::Literal(literal::value(e.node)),
    }
}

fn condition(condition: &state::choice::Condition<'_>) -> Condition {
    use state::choice::Condition as Written;
    let all = |conditions: &[Written<'_>]| conditions.iter().map(self::condition).collect();
    match condition {
        Written::And(inner) => Condition::And(all(inner)),
        Written::Or(inner) => Condition::Or(all(inner)),
        Written::Not(inner) => Condition::Not(Box::new(self::condition(inner))),
        Written::Constant(truth) => Condition::Constant(*truth),
        Written::Jsonata(e) => match e.parsed() {
            Parsed::Jsonata(expression) => Condition::Jsonata {
                expression: expression.clone(),
                location: e.location().into(),
            },
            Parsed::Malformed(error) => Condition::Invalid(broken(error)),
            _ => Condition::Constant(false),
        },
        Written::Test(test) => self::test(test),
        Written::Malformed => Condition::Constant(false),
    }
}

fn test(test: &state::choice::Test<'_>) -> Condition {
    let path = |e: Option<&Expression<'_>>| match e.map(Expression::parsed) {
        Some(Parsed::Path(path)) => Ok(path.clone()),
        Some(Parsed::Malformed(error)) => Err(broken(error)),
        _ => Err(EvalError::runtime(
            "The choice state's condition has no path to test.",
        )),
    };
    let operand = |operator: &operator::Operator| -> Result<Operand, EvalError> {
        if operator.is_path {
            return path(test.operand_path.as_ref()).map(Operand::Path);
        }
        let value = literal::value(&test.member.value);
        let is_timestamp = operator.operand == operator::Operand::Timestamp;
        let timestamp = value
            .as_str()
            .filter(|_| is_timestamp)
            .and_then(timestamp::nanoseconds);
        Ok(timestamp.map_or(Operand::Value(value), Operand::Timestamp))
    };
    match (path(test.variable.as_ref()), operand(test.operator)) {
        (Ok(variable), Ok(operand)) => Condition::Test(Box::new(Test {
            variable,
            operator: test.operator,
            operand,
        })),
        (Err(fault), _) | (_, Err(fault)) => Condition::Invalid(fault),
    }
}

fn parsed_uses_context(parsed: &Parsed) -> bool {
    match parsed {
        Parsed::Path(path) => path_uses_context(path),
        Parsed::Intrinsic(call) => call_uses_context(call),
        Parsed::Jsonata(expression) => expression_uses_context(expression),
        Parsed::Malformed(_) | Parsed::Unknown => false,
    }
}

fn template_uses_context(template: &Template) -> bool {
    match template {
        Template::Literal(_) => false,
        Template::Object(members) => members.iter().any(|(_, m)| template_uses_context(m)),
        Template::Array(items) => items.iter().any(template_uses_context),
        Template::Path(field) => path_uses_context(&field.expression),
        Template::Intrinsic(field) => call_uses_context(&field.expression),
        Template::Jsonata(field) => expression_uses_context(&field.expression),
    }
}

fn path_uses_context(path: &Path) -> bool {
    *path.root() == Root::Context
}

fn call_uses_context(call: &intrinsic::Call) -> bool {
    call.paths().iter().any(|(path, _)| path_uses_context(path))
}

/// Whether `$states.context` may be read. A `$states` without a field name reads the whole object.
fn expression_uses_context(expression: &jsonata::Expression) -> bool {
    expression.references().iter().any(|reference| {
        let is_states = reference.kind == jsonata::ReferenceKind::Variable("states".to_owned());
        is_states
            && reference
                .path
                .first()
                .is_none_or(|member| member.name == "context")
    })
}
