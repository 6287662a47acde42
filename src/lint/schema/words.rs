//! Words and phrases of the findings about the schema.

use crate::spec::QueryLanguage;
use jsonschema::JsonType;

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
