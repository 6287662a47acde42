//! Programs: instrumented syntax trees, run by `jsonata-core`.

use std::cell::OnceCell;
use std::rc::Rc;

use jsonata_core::ast::AstNode;
use jsonata_core::evaluator::{Context, Evaluator, EvaluatorError, EvaluatorOptions};
use jsonata_core::value::{JValue, with_stack};

use super::convert::{self, Conversions, Unrepresentable, from_jsonata, to_jsonata};
use super::direct::Direct;
use super::error::EvaluationError;
use super::error_trace::Traced;
use super::fast_path::FastPath;
use super::functions::{self, Environment};
use super::instrument::{self, instrument};
use super::limits::{Budget, DEPTH, MEMORY, TIMEOUT};
use super::message::{message, needs_trace};
use super::reference::{Reference, ReferenceKind};
use crate::expr::{Randomness, Scope};
use crate::value::Value;

/// An expression that is ready to run, and what must be bound for it.
pub(super) struct Program {
    code: Result<Code, EvaluationError>,
    /// The tree before it was rewritten, if it mentions functions that are replaced, and the names that it binds: a
    /// workflow variable may have the name of such a function.
    original: Option<(AstNode, Vec<String>)>,
    /// The fast path, if there is one.
    fast_path: Option<FastPath>,
    /// The expression for direct evaluation, if it is simple.
    direct: Option<Direct>,
    /// The free variables except `$states`.
    variables: Vec<String>,
    states: States,
    draws: bool,
    /// Paths that are converted to text, where an integer keeps all its digits.
    texts: Vec<FastPath>,
}

/// A rewritten tree.
struct Code {
    ast: AstNode,
    /// The names of the functions to register.
    functions: Vec<String>,
    /// Created when the expression fails for the first time.
    traced: OnceCell<Traced>,
}

impl Code {
    fn new(ast: AstNode, bound: &[String], variables: &[String]) -> Self {
        let mut ast = instrument(ast, bound);
        let mentioned = functions::STEP_FUNCTIONS.into_iter().map(str::to_owned);
        let mut functions: Vec<String> = mentioned.filter(|name| variables.contains(name)).collect();
        instrument::called(&mut ast, &mut functions);
        Self {
            ast,
            functions,
            traced: OnceCell::new(),
        }
    }
}

/// Which fields of `$states` are read; others are not converted.
#[derive(Debug, Clone, PartialEq, Eq)]
enum States {
    All,
    Fields(Vec<String>),
}

impl Program {
    pub(super) fn new(mut ast: AstNode, references: &[Reference]) -> Self {
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
        let draws = ["random", "uuid"]
            .iter()
            .any(|name| variables.iter().any(|variable| variable == name));
        let mut texts = Vec::new();
        collect_texts(&mut ast, &mut texts);
        let fast_path = FastPath::from_ast(&ast);
        let direct = Direct::from_ast(&ast);
        let original = instrument::mentions_replaced(&mut ast).then(|| (ast.clone(), bound.clone()));
        Self {
            code: Ok(Code::new(ast, &bound, &variables)),
            original,
            fast_path,
            direct,
            variables,
            states,
            draws,
            texts,
        }
    }

    /// An expression that fails whenever it runs.
    pub(super) fn throws(code: &str, message: String) -> Self {
        Self {
            code: Err(EvaluationError::Thrown {
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
        let code = self.code.as_ref().map_err(Clone::clone)?;
        if let Some(selected) = self.fast_path.as_ref().and_then(|path| path.select(scope)) {
            return Ok(Some(selected));
        }
        if let Some(value) = self.direct.as_ref().and_then(|direct| direct.eval(scope)) {
            return Ok(Some(value));
        }
        match self.hiding_variables(scope) {
            Some(code) => self.run_code(&code, scope, randomness),
            None => self.run_code(code, scope, randomness),
        }
    }

    /// The code for a scope with variables that have the names of functions that are replaced.
    fn hiding_variables(&self, scope: &Scope<'_>) -> Option<Code> {
        let (ast, bound) = self.original.as_ref()?;
        let hides =
            |name: &&String| functions::replacement_of(name).is_some() && scope.variables.get(name).is_some();
        let mut hiding = self.variables.iter().filter(hides).peekable();
        hiding.peek()?;
        let bound: Vec<String> = bound.iter().chain(hiding).cloned().collect();
        Some(Code::new(ast.clone(), &bound, &self.variables))
    }

    fn run_code(
        &self,
        code: &Code,
        scope: &Scope<'_>,
        randomness: &mut dyn Randomness,
    ) -> Result<Option<Value>, EvaluationError> {
        let seed = if self.draws { randomness.next_u64() } else { 0 };
        let root = scope
            .root
            .map_or(JValue::Undefined, |root| convert(root, scope.conversions));
        let result = self.evaluator(code, scope, seed).evaluate(&code.ast, &root);
        let result = result.and_then(|value| scope.limits.check_size(&value).map(|()| value));
        let value =
            result.map_err(|error| thrown(code, &error, || (self.evaluator(code, scope, seed), root)))?;
        match from_jsonata(&value, scope.limits) {
            Ok(value) => Ok(value),
            Err(Unrepresentable::Function) => Err(EvaluationError::Unsupported),
            Err(Unrepresentable::TooLarge) => Err(EvaluationError::Limit {
                code: "D2015",
                message: MEMORY,
            }),
        }
    }

    /// An evaluator with everything that this expression reads.
    fn evaluator(&self, code: &Code, scope: &Scope<'_>, seed: u64) -> Evaluator {
        let mut context = Context::new();
        if self.states != States::Fields(Vec::new()) {
            context.bind("states".to_owned(), self.states(scope));
        }
        for name in &self.variables {
            if let Some(value) = scope.variables.get(name) {
                context.bind(name.clone(), convert(value, scope.conversions));
            }
        }
        let limits = scope.limits;
        let options = EvaluatorOptions {
            max_stack_depth: Some(limits.depth),
            max_sequence_length: Some(limits.items),
            ..EvaluatorOptions::default()
        };
        let mut evaluator = Evaluator::with_options(context, options);
        if code.functions.is_empty() {
            return evaluator;
        }
        let environment = Rc::new(Environment {
            limits,
            budget: Budget::new(limits),
            seed,
            now: scope.now,
            exact: self
                .texts
                .iter()
                .filter_map(|path| path.exact_integer(scope))
                .collect(),
        });
        for name in &code.functions {
            functions::register(&mut evaluator, name, &environment);
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

/// The paths in `$string(path)`.
fn collect_texts(node: &mut AstNode, texts: &mut Vec<FastPath>) {
    if let AstNode::Function { name, args, .. } = node
        && name == "string"
        && let Some(path) = args.first().and_then(FastPath::from_ast)
    {
        texts.push(path);
    }
    with_stack(|| {
        for child in instrument::children(node) {
            collect_texts(child, texts);
        }
    });
}

fn convert(value: &Value, conversions: Option<&Conversions>) -> JValue {
    conversions.map_or_else(|| to_jsonata(value), |conversions| conversions.get(value))
}

/// Converts the crate's error to Step Functions' terms. `again` returns the inputs of a second run.
fn thrown(
    code: &Code,
    error: &EvaluatorError,
    again: impl FnOnce() -> (Evaluator, JValue),
) -> EvaluationError {
    let crate_message = error.message();
    let Some(number) = error.code() else {
        return uncoded(crate_message);
    };
    if let Some(limit) = limit(number) {
        return limit;
    }
    let trace = needs_trace(number).then(|| {
        let (evaluator, root) = again();
        let traced = code.traced.get_or_init(|| Traced::new(code.ast.clone()));
        traced.run(evaluator, &root)
    });
    let (code, message) = message(
        number,
        crate_message[number.len() + 1..].trim_start(),
        trace.flatten().as_ref(),
    );
    EvaluationError::Thrown {
        code: code.to_owned(),
        message,
    }
}

fn uncoded(message: &str) -> EvaluationError {
    EvaluationError::Thrown {
        code: String::new(),
        message: message.to_owned(),
    }
}

/// The error about a limit, by JSONata's code for it.
fn limit(code: &str) -> Option<EvaluationError> {
    let (code, message) = match code {
        "D1011" | "U1001" => ("D1011", DEPTH),
        "D1012" => ("D1012", TIMEOUT),
        "D2015" => ("D2015", MEMORY),
        _ => return None,
    };
    Some(EvaluationError::Limit { code, message })
}
