//! Evaluates expressions and payload templates as the states of Step Functions do.

use super::args::{Args, Language};
use super::data::Data;
use super::report::{REFUSED, Report};
use crate::expr::intrinsic::Call;
use crate::expr::jsonata::{self, EvaluationError, Expression, Limits, Reference, ReferenceKind};
use crate::expr::jsonpath::{self, PathError};
use crate::expr::payload::Template;
use crate::expr::{Scope, Seeded, SyntaxError};
use crate::render::evaluation::Outcome;
use crate::spec::QueryLanguage;
use crate::value::Value;
use std::path::Path;

/// Evaluates an expression.
pub(super) fn expression(
    text: &str,
    args: &Args,
    data: &Data,
    randomness: &mut Seeded,
    report: &mut Report,
) -> Outcome {
    match args.language.unwrap_or_else(|| Language::detect(text)) {
        Language::Jsonpath => path(text, args, data, report),
        Language::Jsonata => jsonata_expression(text, args, data, randomness, report),
        Language::Intrinsic => call(text, data, randomness),
    }
}

fn invalid(text: &str, error: SyntaxError) -> Outcome {
    let coalesces = error.code == "S0211"
        && text
            .get(..error.range.start)
            .is_some_and(|before| before.ends_with('?'));
    let help = "Step Functions uses JSONata 2.0.6, which does not support `??` and `?:`";
    let code = if error.code.is_empty() {
        "invalid"
    } else {
        error.code
    };
    Outcome::failed(code, error.message)
        .at(text, error.range)
        .help(coalesces.then_some(help))
}

fn path(text: &str, args: &Args, data: &Data, report: &mut Report) -> Outcome {
    let path = if text.trim_start().starts_with('$') {
        jsonpath::Path::parse(text)
    } else {
        let message = "Step Functions requires paths to start with `$`";
        if args.strict {
            return Outcome::failed("invalid", message).at(text, 0..text.len());
        }
        report.warn(text, 0..text.len(), message, None);
        jsonpath::Path::parse_jayway(text)
    };
    let path = match path {
        Ok(path) => path,
        Err(error) => {
            let is_jsonata = args.language.is_none() && Expression::parse(text).is_ok();
            let help = "it is valid JSONata: enclose it in `{%` and `%}`, or pass `--language jsonata`";
            return invalid(text, error).help(is_jsonata.then_some(help));
        }
    };
    match path.eval(&data.scope()) {
        Ok(value) => Outcome::Value(value),
        Err(PathError::NotFound(message)) => {
            let in_context = text.trim_start().starts_with("$$") && args.context.is_none();
            let help = in_context.then_some("pass the context object with `--context FILE`");
            Outcome::failed("not-found", message).help(help)
        }
        Err(error @ PathError::UnknownVariable(_)) => {
            let help = "pass the variables with `--variables FILE`";
            Outcome::failed("not-found", error.to_string()).help(args.variables.is_none().then_some(help))
        }
        Err(PathError::Invalid(message)) => Outcome::failed("invalid", message),
        Err(PathError::Evaluation(message)) => Outcome::failed("evaluation", message),
    }
}

fn call(text: &str, data: &Data, randomness: &mut Seeded) -> Outcome {
    match Call::parse(text) {
        Err(error) => invalid(text, error),
        Ok(call) => match call.eval(&data.scope(), randomness) {
            Ok(value) => Outcome::Value(value),
            Err(fault) => Outcome::failed(fault.error, fault.cause),
        },
    }
}

fn jsonata_expression(
    text: &str,
    args: &Args,
    data: &Data,
    randomness: &mut Seeded,
    report: &mut Report,
) -> Outcome {
    let (inside, offset) = jsonata::strip(text).unwrap_or((text, 0));
    let expression = match Expression::parse(inside) {
        Ok(expression) => expression,
        Err(error) => return invalid(text, error.shifted(offset)),
    };
    for reference in expression.references() {
        let Some((message, help)) = refusal(reference) else {
            continue;
        };
        let range = reference.range.start + offset..reference.range.end + offset;
        if args.strict {
            return Outcome::failed(REFUSED, message)
                .at(text, range)
                .help(help.as_deref());
        }
        report.warn(text, range, &message, help);
    }
    let scope = data.scope();
    let scope = Scope {
        root: data.input.as_ref(),
        limits: Limits::GENEROUS,
        ..scope
    };
    match expression.eval(&scope, randomness) {
        Ok(Some(value)) => Outcome::Value(value),
        Ok(None) if args.strict => Outcome::failed(REFUSED, "the expression returned nothing (undefined)"),
        Ok(None) => Outcome::Undefined,
        Err(EvaluationError::Thrown { code, message }) if code.is_empty() => {
            Outcome::failed("evaluation", message)
        }
        Err(EvaluationError::Limit { code, message }) => Outcome::failed(code, message),
        Err(EvaluationError::Thrown { code, message }) => Outcome::failed(code, message),
        Err(error @ EvaluationError::Unsupported) => Outcome::failed("unsupported", error.to_string()),
    }
}

/// Why Step Functions rejects a name that JSONata accepts, and what to use instead.
fn refusal(reference: &Reference) -> Option<(String, Option<String>)> {
    let (what, instead) = match &reference.kind {
        ReferenceKind::Variable(name) if name == "eval" && !reference.bound => {
            let help = "use `$parse` to read JSON text";
            return Some((
                "Step Functions does not support `$eval`".into(),
                Some(help.into()),
            ));
        }
        ReferenceKind::Variable(_) => return None,
        _ if !reference.top_level => return None,
        ReferenceKind::Name(name) => (
            format!("the bare name `{name}`"),
            Some(format!("$states.input.{name}")),
        ),
        ReferenceKind::Context | ReferenceKind::Root => {
            let written = if reference.kind == ReferenceKind::Root {
                "`$$`"
            } else {
                "`$`"
            };
            (written.to_owned(), Some("$states.input".to_owned()))
        }
        ReferenceKind::Wildcard => ("a wildcard".to_owned(), None),
    };
    let message =
        format!("Step Functions does not support {what} at the top level, where an expression has no input");
    Some((message, instead.map(|instead| format!("use `{instead}`"))))
}

/// Evaluates a payload template.
pub(super) fn template(
    template: &Value,
    args: &Args,
    data: &Data,
    randomness: &mut Seeded,
    report: &mut Report,
) -> Outcome {
    let language = match args.language {
        Some(Language::Jsonata) => QueryLanguage::Jsonata,
        None if holds_jsonata(template) => QueryLanguage::Jsonata,
        _ => QueryLanguage::JsonPath,
    };
    let field = if language == QueryLanguage::Jsonata {
        "Output"
    } else {
        "Parameters"
    };
    match Template::from_value(template, language, field) {
        Ok(template) => match template.eval(&data.scope(), randomness) {
            Ok(value) => Outcome::Value(value),
            Err(fault) => Outcome::failed(fault.error, fault.cause),
        },
        Err(malformed) => {
            let file = args
                .template
                .as_deref()
                .unwrap_or(Path::new(""))
                .display()
                .to_string();
            let pointer = malformed.location.strip_prefix(field).unwrap_or_default();
            report.name(&format!("{file}#{pointer}"));
            invalid(&malformed.text, malformed.error)
        }
    }
}

fn holds_jsonata(value: &Value) -> bool {
    match value {
        Value::String(text) => jsonata::strip(text).is_some(),
        Value::Array(items) => items.iter().any(holds_jsonata),
        Value::Object(members) => members.values().any(holds_jsonata),
        _ => false,
    }
}
