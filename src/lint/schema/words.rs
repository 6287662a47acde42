//! Words and phrases of the findings about the schema.

use crate::prose;
use crate::spec::QueryLanguage;
use jsonschema::JsonType;

/// Formats the expected values: `A`, or `one of A, B, C`.
pub(super) fn one_of(values: &[&str]) -> String {
    match values {
        [value] => (*value).to_owned(),
        values => format!("one of {}", prose::list(values)),
    }
}

/// What to use instead of a field of the other language.
pub(super) fn translation(name: &str, field_language: QueryLanguage) -> String {
    let twin = match name {
        "Parameters" => "use `Arguments`",
        "Arguments" => "use `Parameters`",
        "ResultSelector" | "ResultPath" | "OutputPath" => "transform the result in `Output`",
        "InputPath" => "use `$states.input` in expressions",
        "Output" => "use `ResultSelector`, `ResultPath`, and `OutputPath`, or a Pass state with `Parameters`",
        "ItemsPath" => "use `Items`",
        "Items" => "use `ItemsPath`",
        "Variable" => "use `Condition`",
        "Condition" => "use `Variable` and a comparison",
        "Result" => "use `Output`",
        _ if name.ends_with("Path") => "remove `Path` from the name and use an expression `{% … %}`",
        _ => "",
    };
    let switch = format!("set `\"QueryLanguage\": \"{field_language}\"`");
    if twin.is_empty() {
        switch
    } else {
        format!("{twin}, or {switch}")
    }
}

/// Whether a whole string is a placeholder of a tool that renders files: `__NAME__`, `%NAME%`, `{{ name }}`, `<name>`. The
/// type of the value is then unknown.
pub(super) fn is_rendered_later(text: &str) -> bool {
    const DELIMITERS: [(&str, &str); 5] = [("__", "__"), ("_", "_"), ("%", "%"), ("{{", "}}"), ("<", ">")];
    DELIMITERS.iter().any(|(open, close)| {
        let name = text
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
            .map(str::trim);
        name.is_some_and(|n| {
            !n.is_empty()
                && n.chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))
        })
    })
}

pub(super) fn with_article(json_type: JsonType) -> &'static str {
    match json_type {
        JsonType::Array => "an array",
        JsonType::Boolean => "a boolean",
        JsonType::Integer => "an integer",
        JsonType::Null => "null",
        JsonType::Number => "a number",
        JsonType::Object => "an object",
        JsonType::String => "a string",
    }
}
