//! `--mock STATE=JSON` and `--fail STATE=ERROR:CAUSE`.

use crate::cli::{CliError, report};
use crate::document::Syntax;
use crate::history::ErrorData;
use crate::prose;
use crate::simulate::Plan;
use crate::simulate::mocks::{AfterLast, MockedCompletion, Mocks, Outcome, Outcomes, returning};
use crate::source::SourceFile;
use crate::user_file;
use crate::value::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// Puts the command line's outcomes in the place of the file's. A task fails before it returns: that is the order
/// in which a retry is seen at work.
pub(super) fn add(
    mocks: &mut Mocks,
    returns: &[String],
    failures: &[String],
    plans: &[&Plan],
) -> Result<(), CliError> {
    let mut given: HashMap<&str, Vec<Outcome>> = HashMap::new();
    for argument in failures {
        let (key, error) = split("--fail", "ERROR:CAUSE", argument, plans)?;
        given.entry(key).or_default().push(failure(argument, error)?);
    }
    for argument in returns {
        let (key, value) = split("--mock", "JSON", argument, plans)?;
        given.entry(key).or_default().push(result(key, value)?);
    }
    for (key, list) in given {
        let outcomes = Outcomes {
            list,
            after_last: AfterLast::Repeat,
        };
        if key.starts_with("arn:") {
            mocks.resources.insert(key.into(), outcomes);
        } else {
            mocks.states.insert(key.into(), outcomes);
        }
    }
    Ok(())
}

/// The state, or the ARN of a resource, and what follows the equals sign. Both may hold equals signs themselves.
fn split<'a>(
    flag: &str,
    what: &str,
    argument: &'a str,
    plans: &[&Plan],
) -> Result<(&'a str, &'a str), CliError> {
    let tasks = || {
        let states = plans.iter().flat_map(|plan| &plan.states);
        states.filter_map(|state| Some((&*state.name, &*state.task()?.arn)))
    };
    let mut cuts = argument.match_indices('=').map(|(at, _)| {
        let (key, rest) = argument.split_at(at);
        (key.trim(), rest.get(1..).unwrap_or_default().trim())
    });
    let Some(first) = cuts.next() else {
        return Err(CliError::new(format!("missing `=` in `{flag} {argument}`"))
            .help(format!("use {flag} 'STATE={what}'")));
    };
    let is_known = |key: &str| tasks().any(|(state, arn)| key == state || key == arn);
    std::iter::once(first)
        .chain(cuts)
        .find(|(key, _)| is_known(key))
        .ok_or_else(|| {
            let (key, _) = first;
            let is_state = plans.iter().any(|plan| plan.find(key).is_some());
            if is_state {
                return CliError::new(format!(
                    "`{key}` ({flag}) is not a Task; only tasks can be mocked"
                ));
            }
            let error = CliError::new(format!("{flag} references undefined task `{key}`"));
            match prose::closest(key, tasks().map(|(state, _)| state)) {
                Some(close) => error.help(prose::similar_name("task", close)),
                None => error,
            }
        })
}

fn failure(argument: &str, text: &str) -> Result<Outcome, CliError> {
    let (error, cause) = match text.split_once(':') {
        Some((error, cause)) => (error.trim(), Some(cause.trim())),
        None => (text, None),
    };
    if error.is_empty() {
        return Err(
            CliError::new(format!("missing error name in `--fail {argument}`"))
                .help("use --fail 'STATE=ERROR:CAUSE', such as 'Charge=Payment.Declined:card refused'"),
        );
    }
    Ok(Outcome::once(MockedCompletion::Throw(ErrorData {
        error: Some(error.into()),
        cause: cause.map(Into::into),
    })))
}

fn result(key: &str, text: &str) -> Result<Outcome, CliError> {
    // An expression without quotes means the string that contains it, as in a file.
    let is_expression = text.starts_with("{%") && text.ends_with("%}");
    let json = if is_expression {
        Value::from(text).to_json()
    } else {
        text.to_owned()
    };
    let source = Arc::new(SourceFile::new(format!("--mock {key}"), json));
    let read = user_file::read_value(Arc::clone(&source), Syntax::Json);
    let errors = match read.and_then(|root| returning(&root)) {
        Ok(outcome) => return Ok(outcome),
        Err(errors) => errors,
    };
    if !text.is_empty() {
        report::print(&source, errors);
    }
    Err(CliError::new(format!("invalid JSON in --mock for `{key}`"))
        .help("a string needs its own quotes: --mock 'STATE=\"text\"'"))
}
