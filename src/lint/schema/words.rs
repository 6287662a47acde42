//! How schema errors are put into words, ours and AWS's.

use crate::asl::QueryLanguage;
use jsonschema::JsonType;

pub(super) fn alternatives(names: &[&str]) -> String {
    names
        .iter()
        .map(|n| format!("`{n}`"))
        .collect::<Vec<_>>()
        .join(" or ")
}

pub(super) fn alternatives_of(names: &[&str], is_operators: bool) -> String {
    if is_operators {
        return "the comparisons".to_owned();
    }
    names
        .iter()
        .map(|n| format!("`{n}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What to write in the other language.
pub(super) fn translation(name: &str, field_language: QueryLanguage) -> String {
    let twin = match name {
        "Parameters" => "use `Arguments`",
        "Arguments" => "use `Parameters`",
        "ResultSelector" | "ResultPath" | "OutputPath" => "shape the result in `Output`",
        "InputPath" => "read `$states.input` where you need it",
        "Output" => "use `ResultSelector`, `ResultPath` and `OutputPath`, or a Pass state with `Parameters`",
        "ItemsPath" => "use `Items`",
        "Items" => "use `ItemsPath`",
        "Variable" => "use `Condition`",
        "Condition" => "use `Variable` and a comparison",
        "Result" => "use `Output`",
        _ if name.ends_with("Path") => "drop `Path` from its name and give an expression `{% … %}`",
        _ => "",
    };
    let switch = format!("set `\"QueryLanguage\": \"{field_language}\"`");
    if twin.is_empty() {
        switch
    } else {
        format!("{twin}, or {switch}")
    }
}

/// Whether a whole string is the placeholder of a tool that fills files in: `__NAME__`, `%NAME%`, `{{ name }}`, `<name>`.
/// Where something else than a string belongs, such a string is known only later.
pub(super) fn is_filled_in_later(text: &str) -> bool {
    const MARKS: [(&str, &str); 5] = [("__", "__"), ("_", "_"), ("%", "%"), ("{{", "}}"), ("<", ">")];
    MARKS.iter().any(|(open, close)| {
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

pub(super) fn article(kind: &str) -> String {
    match kind.chars().next() {
        _ if kind == "null" => "null".to_owned(),
        Some('a' | 'e' | 'i' | 'o' | 'u') => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}

pub(super) fn aws_type(json_type: JsonType) -> &'static str {
    match json_type {
        JsonType::Array => "Array",
        JsonType::Boolean => "Boolean",
        JsonType::Integer => "Integer",
        JsonType::Null => "Null",
        JsonType::Number => "Float",
        JsonType::Object => "Object",
        JsonType::String => "String",
    }
}

/// AWS lists alternatives in an order of its own where we know it.
pub(super) fn aws_order(field: &str, names: &[&str]) -> String {
    match field {
        "JitterStrategy" => "NONE, FULL".to_owned(),
        "Seconds, SecondsPath, Timestamp, TimestampPath" => {
            "SecondsPath, Seconds, TimestampPath, Timestamp".to_owned()
        }
        _ => names.join(", "),
    }
}
