//! Programs: instrumented syntax trees, run by `jsonata-core`.

use std::cell::OnceCell;

use jsonata_core::ast::AstNode;
use jsonata_core::evaluator::{Context, Evaluator, EvaluatorError, EvaluatorOptions};
use jsonata_core::value::JValue;

use super::convert::{self, Conversions, Unrepresentable, from_jsonata, to_jsonata};
use super::error::EvaluationError;
use super::error_trace::Traced;
use super::fast_path::FastPath;
use super::functions;
use super::instrument::{self, ITEMS, NOW, RANGE, TICK, WIDTH, instrument};
use super::limits::{Budget, DEPTH, Limits, MEMORY};
use super::message::{message, needs_trace};
use super::reference::{Reference, ReferenceKind};
use crate::expr::{Randomness, Scope};
use crate::value::Value;

/// An expression that is ready to run, and what must be bound for it.
pub(super) struct Program {
    ast: Result<AstNode, EvaluationError>,
    /// The fast path, if there is one.
    fast_path: Option<FastPath>,
    /// The free variables except `$states`.
    variables: Vec<String>,
    states: States,
    /// Which of [`functions::NAMES`] it mentions.
    functions: Vec<&'static str>,
    draws: bool,
    counts: bool,
    /// Whether it reads the time.
    reads_clock: bool,
    /// Created when the expression fails for the first time.
    traced: OnceCell<Traced>,
}

/// Which fields of `$states` are read; others are not converted.
#[derive(Debug, Clone, PartialEq, Eq)]
enum States {
    All,
    Fields(Vec<String>),
}

impl Program {
    pub(super) fn new(ast: AstNode, references: &[Reference]) -> Self {
        let mut variables = Vec::new();
        let mut bound = Vec::new();
        let mut states = States::Fields(Vec::new());
        for reference in references {
            let ReferenceKind::Variable(name) = &reference.kind else {
                continue;
            };
            match (name.as_str(), reference.path.first(), &mut states) {
                _ if reference.bound => bound.push(name.clone()),
                ("states", Some(field), States::Fields(fields)) => fields.push(field.name.clone()),
                ("states", _, _) => states = States::All,
                _ => variables.push(name.clone()),
            }
        }
        variables.sort_unstable();
        variables.dedup();
        let mentions = |name: &str| variables.iter().any(|variable| variable == name);
        let functions: Vec<_> = functions::NAMES
            .into_iter()
            .filter(|name| mentions(name))
            .collect();
        let draws = functions.iter().any(|name| matches!(*name, "random" | "uuid"));
        let fast_path = FastPath::from_ast(&ast);
        let mut ast = instrument(ast, &bound);
        let counts = instrument::is_counted(&mut ast);
        let reads_clock = instrument::reads_clock(&mut ast);
        Self {
            ast: Ok(ast),
            fast_path,
            variables,
            states,
            functions,
            draws,
            counts,
            reads_clock,
            traced: OnceCell::new(),
        }
    }

    /// An expression that fails whenever it runs.
    pub(super) fn throws(code: &str, message: String) -> Self {
        Self {
            ast: Err(EvaluationError::Thrown {
                code: code.to_owned(),
                message,
            }),
            ..Self::new(AstNode::Undefined, &[])
        }
    }

    pub(super) fn run(
        &self,
        scope: &Scope<'_>,
        randomness: &mut dyn Randomness,
    ) -> Result<Option<Value>, EvaluationError> {
        let ast = self.ast.as_ref().map_err(Clone::clone)?;
        if let Some(selected) = self.fast_path.as_ref().and_then(|path| path.select(scope)) {
            return Ok(Some(selected));
        }
        let seed = if self.draws { randomness.next_u64() } else { 0 };
        let root = scope
            .root
            .map_or(JValue::Undefined, |root| convert(root, scope.conversions));
        let result = self.evaluator(scope, seed).evaluate(ast, &root);
        let result = result.and_then(|value| scope.limits.check_size(&value).map(|()| value));
        let value =
            result.map_err(|error| self.thrown(ast, &error, || (self.evaluator(scope, seed), root)))?;
        match from_jsonata(&value, scope.limits) {
            Ok(value) => Ok(value),
            Err(Unrepresentable::Function) => Err(EvaluationError::Unsupported),
            Err(Unrepresentable::TooLarge) => Err(uncoded(MEMORY)),
        }
    }

    /// Converts the crate's error to Step Functions' terms. `again` returns the inputs of a second run.
    fn thrown(
        &self,
        ast: &AstNode,
        error: &EvaluatorError,
        again: impl FnOnce() -> (Evaluator, JValue),
    ) -> EvaluationError {
        let crate_message = error.message();
        let Some(code) = error.code() else {
            return uncoded(crate_message);
        };
        if matches!(code, "D1011" | "U1001") {
            return uncoded(DEPTH);
        }
        if code == "D2015" {
            return uncoded(MEMORY);
        }
        let trace = needs_trace(code).then(|| {
            let (evaluator, root) = again();
            let traced = self.traced.get_or_init(|| Traced::new(ast.clone()));
            traced.run(evaluator, &root)
        });
        let (code, message) = message(
            code,
            crate_message[code.len() + 1..].trim_start(),
            trace.flatten().as_ref(),
        );
        EvaluationError::Thrown {
            code: code.to_owned(),
            message,
        }
    }

    /// An evaluator with everything that this expression reads.
    fn evaluator(&self, scope: &Scope<'_>, seed: u64) -> Evaluator {
        let mut context = Context::new();
        if self.states != States::Fields(Vec::new()) {
            context.bind("states".to_owned(), self.states(scope));
        }
        for name in &self.variables {
            if let Some(value) = scope.variables.get(name) {
                context.bind(name.clone(), convert(value, scope.conversions));
            }
        }
        if self.reads_clock {
            #[expect(clippy::cast_precision_loss, reason = "times are far below 2^53 milliseconds")]
            context.bind(NOW.to_owned(), JValue::Number(scope.now as f64));
        }
        let limits = scope.limits;
        let options = EvaluatorOptions {
            max_stack_depth: Some(limits.depth),
            max_sequence_length: Some(limits.items),
            ..EvaluatorOptions::default()
        };
        let mut evaluator = Evaluator::with_options(context, options);
        for name in &self.functions {
            functions::register(&mut evaluator, name, seed, limits);
        }
        if self.counts {
            register_counters(&mut evaluator, limits);
        }
        evaluator
    }

    fn states(&self, scope: &Scope<'_>) -> JValue {
        let fields = [
            ("input", Some(scope.input)),
            ("context", Some(scope.context)),
            ("result", scope.result),
            ("errorOutput", scope.error_output),
        ];
        let read = |name: &str| match &self.states {
            States::All => true,
            States::Fields(fields) => fields.iter().any(|field| field == name),
        };
        let fields = fields.into_iter().filter(|(name, _)| read(name));
        let fields = fields.filter_map(|(name, value)| Some((name, value?)));
        match scope.conversions {
            Some(conversions) => conversions.states(fields),
            None => convert::states(fields.map(|(name, value)| (name, to_jsonata(value)))),
        }
    }
}

fn convert(value: &Value, conversions: Option<&Conversions>) -> JValue {
    conversions.map_or_else(|| to_jsonata(value), |conversions| conversions.get(value))
}

/// Registers the counter functions that the instrumented tree calls.
fn register_counters(evaluator: &mut Evaluator, limits: Limits) {
    let budget = Budget::new(limits);
    let ticks = budget.clone();
    // No built-in has these names, so registration cannot fail.
    let _ = evaluator.register_fn(TICK, move |args: &[JValue]| {
        ticks.spend(1)?;
        args.iter().try_for_each(|argument| limits.check_size(argument))?;
        Ok(JValue::Undefined)
    });
    let items = budget.clone();
    let _ = evaluator.register_fn(ITEMS, move |args: &[JValue]| {
        let value = args.first().cloned().unwrap_or(JValue::Undefined);
        items.spend(value.as_array().map_or(1, |items| items.len() as u64))?;
        Ok(value)
    });
    let _ = evaluator.register_fn(RANGE, move |args: &[JValue]| range(args, &budget, limits));
    let _ = evaluator.register_fn(WIDTH, move |args: &[JValue]| match args {
        [JValue::Number(width)] if width.abs() > MAX_WIDTH => Err(super::limits::memory()),
        [width] => Ok(width.clone()),
        _ => Ok(JValue::Undefined),
    });
}

/// The maximum length of a text created by `$pad` or as a Roman numeral.
const MAX_WIDTH: f64 = 4_194_304.0;

/// `[first..last]`, like the range operator.
fn range(args: &[JValue], budget: &Budget, limits: Limits) -> Result<JValue, EvaluatorError> {
    let bound = |index: usize, code: &str, side: &str| match args.get(index) {
        None | Some(JValue::Undefined) => Ok(None),
        Some(JValue::Number(number)) if number.fract() == 0.0 => Ok(Some(*number)),
        Some(_) => Err(EvaluatorError::TypeError(format!(
            "{code}: The {side} side of the range operator (..) must evaluate to an integer"
        ))),
    };
    let first = bound(0, "T2003", "left")?;
    let last = bound(1, "T2004", "right")?;
    let (Some(first), Some(last)) = (first, last) else {
        return Ok(JValue::Undefined);
    };
    if first > last {
        return Ok(JValue::Undefined);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive; larger saturates"
    )]
    let count = (last - first + 1.0) as usize;
    limits.check_items(count)?;
    budget.spend(count as u64)?;
    let mut items = Vec::with_capacity(count);
    let mut next = first;
    while next <= last {
        items.push(JValue::Number(next));
        next += 1.0;
    }
    Ok(JValue::sequence_flat(items, true))
}

fn uncoded(message: &str) -> EvaluationError {
    EvaluationError::Thrown {
        code: String::new(),
        message: message.to_owned(),
    }
}
