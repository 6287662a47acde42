//! The arguments of `asl eval`.

use crate::expr::intrinsic;
use crate::render::evaluation::Format;
use crate::spec::intrinsic::PREFIX;
use std::path::PathBuf;

/// The arguments of `asl eval`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Expression; with --language jsonata, the enclosing {% %} is optional
    #[arg(required_unless_present = "template")]
    pub(super) expression: Option<String>,
    /// JSON file with a payload template to evaluate instead of an expression
    #[arg(long, value_name = "FILE", conflicts_with = "expression")]
    pub(super) template: Option<PathBuf>,
    /// Language of the expression [default: JSONata in {% %}, an intrinsic function for States.…, JSONPath for $…]
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) language: Option<Language>,
    /// Input: a file, - for standard input, or JSON
    #[arg(long, value_name = "FILE|JSON")]
    pub(super) input: Option<String>,
    /// JSON file with the context object: $$ or $states.context
    #[arg(long, value_name = "FILE")]
    pub(super) context: Option<PathBuf>,
    /// JSON file with an object of variables, named without the $
    #[arg(long, value_name = "FILE")]
    pub(super) variables: Option<PathBuf>,
    /// Random seed [default: different in each run]
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// Reject expressions that Step Functions would reject
    #[arg(long)]
    pub(super) strict: bool,
    /// Output format
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
}

/// What an expression is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Language {
    /// Path, $.a.b
    Jsonpath,
    /// Expression, {% $states.input.a %}
    Jsonata,
    /// Intrinsic function, States.Format('{}', $.a)
    Intrinsic,
}

impl Language {
    /// Detects the language of a string from its beginning.
    pub(super) fn detect(text: &str) -> Self {
        match text.trim_start() {
            text if text.starts_with('$') || text.starts_with('@') => Self::Jsonpath,
            text if text.starts_with(PREFIX) && intrinsic::is_intrinsic(text) => Self::Intrinsic,
            _ => Self::Jsonata,
        }
    }
}
