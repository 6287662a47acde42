//! JSON values of options such as `--input`.

use super::{CliError, input};
use crate::source::{SourceFile, to_offset};
use crate::value::Value;
use std::path::Path;

/// A file, `-`, or JSON itself.
pub(super) fn argument(text: &str) -> Result<Value, CliError> {
    let path = Path::new(text);
    if text == "-" || path.exists() {
        return file(path);
    }
    let begins_like_json = text
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '{' | '[' | '"' | '-'));
    let is_word = matches!(text.trim(), "true" | "false" | "null");
    if begins_like_json || is_word {
        return parse(&SourceFile::new("--input", text));
    }
    let error = CliError::new(format!("`{text}` is neither an existing file nor JSON"));
    Err(error.help("quote a JSON string: --input '\"text\"'"))
}

/// The input of an execution; `{}` by default.
pub(super) fn execution_input(given: Option<&str>) -> Result<Value, CliError> {
    given.map_or_else(|| Ok(Value::empty_object()), argument)
}

/// Fails if both a definition and an input are to be read from standard input.
pub(super) fn check_standard_input(definition: &Path, input: Option<&str>) -> Result<(), CliError> {
    if definition == Path::new("-") && input == Some("-") {
        return Err(
            CliError::new("cannot read both the definition and the input from standard input")
                .help("specify a file for one of them"),
        );
    }
    Ok(())
}

/// The value in a file.
pub(super) fn file(path: &Path) -> Result<Value, CliError> {
    parse(input::read_data(path)?.as_ref())
}

fn parse(source: &SourceFile) -> Result<Value, CliError> {
    let text = source.text().strip_prefix('\u{feff}').unwrap_or(source.text());
    Value::parse(text).map_err(|error| {
        let place = source.position(to_offset(error.offset + source.text().len() - text.len()));
        CliError::new(format!(
            "`{}` is not valid JSON: {} at {}:{}",
            source.name(),
            error.message,
            place.line,
            place.column
        ))
    })
}
