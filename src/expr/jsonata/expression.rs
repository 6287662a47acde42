//! Expressions: their text, program, and references.

use std::cell::LazyCell;
use std::ops::Range;
use std::rc::Rc;

use super::error::EvaluationError;
use super::evaluate::Program;
use super::locate::locate;
use super::reference::{Reference, ReferenceKind};
use super::resolve::resolve;
use super::{builtins, message};
use crate::expr::error::{EvalError, SyntaxError};
use crate::expr::{Randomness, Scope};
use crate::value::Value;

/// A parsed expression. Its program is made when it runs for the first time, because most commands run none.
#[derive(Clone)]
pub struct Expression {
    text: Rc<str>,
    program: Rc<LazyCell<Program, Box<dyn FnOnce() -> Program>>>,
    references: Rc<[Reference]>,
}

impl std::fmt::Debug for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Expression").field(&self.text).finish()
    }
}

impl Expression {
    /// Parses an expression without its delimiters. `??` and `?:`, which JSONata 2.0.6 does not have, are syntax errors.
    /// Messages are the reference implementation's, without their code, as printed by AWS.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let references: Rc<[Reference]> = resolve(text)?.into();
        let program: Box<dyn FnOnce() -> Program> = match jsonata_core::parser::parse(text) {
            Ok(ast) => {
                let references = Rc::clone(&references);
                Box::new(move || Program::new(ast, &references))
            }
            Err(error) => match message::syntax(&error.to_string()) {
                message::Syntax::EvalError(code, message) => {
                    return Err(SyntaxError::coded(code, locate(code, text), message));
                }
                message::Syntax::Throws(code, message) => Box::new(move || Program::throws(code, message)),
            },
        };
        Ok(Self {
            text: text.into(),
            program: Rc::new(LazyCell::new(program)),
            references,
        })
    }

    /// The text that was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The syntax tree, parsed again; `None` if the expression always fails with an error of the parser.
    pub fn syntax_tree(&self) -> Option<jsonata_core::ast::AstNode> {
        jsonata_core::parser::parse(&self.text).ok()
    }

    /// Every variable, context reference, and bare name in it, in source order.
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// The free variables with their locations: those that come from the workflow. `$states` and built-in functions are not
    /// included.
    pub fn variables(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.references
            .iter()
            .filter_map(|reference| match &reference.kind {
                ReferenceKind::Variable(name)
                    if !reference.bound && name != "states" && builtins::find(name).is_none() =>
                {
                    Some((name.as_str(), reference.range.clone()))
                }
                _ => None,
            })
    }

    /// The result; `None` if it is undefined.
    pub fn eval(
        &self,
        scope: &Scope<'_>,
        randomness: &mut dyn Randomness,
    ) -> Result<Option<Value>, EvaluationError> {
        self.program.run(scope, randomness)
    }

    /// The result for the state field `location`: undefined and errors become AWS's errors and messages.
    pub fn eval_field(
        &self,
        location: &str,
        scope: &Scope<'_>,
        randomness: &mut dyn Randomness,
    ) -> Result<Value, EvalError> {
        match self.eval(scope, randomness) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => Err(self.fault(location, "returned nothing (undefined).")),
            Err(error) => Err(self.fault(location, &error.sentence())),
        }
    }

    /// The error for a result of the wrong type in the field `location`; `expected` is the JSON name of the required type.
    pub fn unexpected_type(&self, location: &str, expected: &str, found: &Value) -> EvalError {
        let kind = found.type_name();
        let rest = format!(
            "returned an unexpected result type. Expected '{expected}', but was '{kind}' for value: {found}"
        );
        self.fault(location, &rest)
    }

    fn fault(&self, location: &str, rest: &str) -> EvalError {
        let text = self.text.trim();
        let cause = format!("The JSONata expression '{text}' specified for the field '{location}' {rest}");
        EvalError::query(location, cause)
    }
}
