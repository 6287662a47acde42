//! The reference implementation's messages, which AWS prints, for the crate's errors.

use jsonata_core::value::JValue;

use super::builtins;
use super::convert::from_jsonata;
use super::limits::Limits;
use super::signature::{Mismatch, check};
use super::witness::{Site, Witness};

/// Whether the message of `code` names a call or values that the crate's error does not.
pub(super) fn needs_witness(code: &str) -> bool {
    matches!(
        code,
        "T0410"
            | "T0411"
            | "T0412"
            | "D1001"
            | "D1002"
            | "D2014"
            | "T2007"
            | "T2009"
            | "T2010"
            | "T2011"
            | "T2012"
            | "D3030"
            | "D3100"
            | "D3110"
            | "T1010"
    )
}

/// The message for an error with `code` that the crate words `told`; and the code, which the reference
/// implementation may choose otherwise.
pub(super) fn message<'c>(code: &'c str, told: &str, witness: Option<&Witness>) -> (&'c str, String) {
    if let Some((_, text)) = FIXED.iter().find(|(fixed, _)| *fixed == code) {
        return (code, (*text).to_owned());
    }
    let values = witness
        .map(|witness| witness.values.as_slice())
        .unwrap_or_default();
    let value = |index: usize| json(values.get(index));
    let text = match code {
        "T0410" | "T0411" | "T0412" if !told.contains('"') => return argument(code, told, witness),
        "D1001" => "Number out of range: null".to_owned(),
        "D1002" => format!("Cannot negate a non-numeric value: {}", value(0)),
        "T1010" => format!(
            "The matcher function argument passed to function {} does not return the correct object structure",
            call(witness)
        ),
        "T2001" | "T2002" => quote_operator(told),
        "T2007" => {
            let (first, second) = unlike(values);
            format!("Type mismatch when comparing values {first} and {second} in order-by clause")
        }
        "T2009" => format!(
            "The values {} and {} either side of operator {} must be of the same data type",
            value(0),
            value(1),
            operator(witness)
        ),
        "T2010" => format!(
            "The expressions either side of operator {} must evaluate to numeric or string values",
            operator(witness)
        ),
        "T2011" => {
            format!(
                "The insert/update clause of the transform expression must evaluate to an object: {}",
                value(0)
            )
        }
        "T2012" => format!(
            "The delete clause of the transform expression must evaluate to a string or array of strings: {}",
            value(0)
        ),
        "D2014" => format!(
            "The size of the sequence allocated by the range operator (..) must not exceed 1e6.  Attempted to \
             allocate {}.",
            size(values)
        ),
        "D3030" => format!("Unable to cast value to a number: {}", value(0)),
        "D3100" => {
            format!(
                "The radix of the formatBase function must be between 2 and 36.  It was given {}",
                value(1)
            )
        }
        "D3110" => format!(
            "The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given {}",
            value(0)
        ),
        "D3130" => format!(
            "Formatting or parsing an integer as a sequence starting with \"{told}\" is not supported by this \
             implementation"
        ),
        "D3132" => format!("Unknown component specifier \"{told}\" in date/time picture string"),
        "D3133" => format!(
            "The 'name' modifier can only be applied to months and days in the date/time picture string, not \
             \"{told}\""
        ),
        _ => told.to_owned(),
    };
    (code, text)
}

fn json(value: Option<&JValue>) -> String {
    let value = value.and_then(|value| from_jsonata(value, Limits::STEP_FUNCTIONS).ok().flatten());
    value.map_or_else(|| "undefined".to_owned(), |value| value.to_json())
}

/// The name of the call, as messages quote it.
fn call(witness: Option<&Witness>) -> String {
    match witness.map(|witness| &witness.site) {
        Some(Site::Call(Some(name))) => format!("\"{name}\""),
        _ => "undefined".to_owned(),
    }
}

fn operator(witness: Option<&Witness>) -> String {
    match witness.map(|witness| &witness.site) {
        Some(Site::Operator(operator)) => format!("\"{operator}\""),
        _ => "undefined".to_owned(),
    }
}

/// `The left side of the + operator …` with the operator in quotes.
fn quote_operator(told: &str) -> String {
    let Some((side, rest)) = told.split_once(" side of the ") else {
        return told.to_owned();
    };
    match rest.split_once(" operator") {
        Some((operator, rest)) => format!("{side} side of the \"{operator}\" operator{rest}"),
        None => told.to_owned(),
    }
}

/// The first two neighbours of different types.
fn unlike(values: &[JValue]) -> (String, String) {
    let differ = |pair: &&[JValue]| std::mem::discriminant(&pair[0]) != std::mem::discriminant(&pair[1]);
    let pair = values.windows(2).find(differ).unwrap_or_default();
    (json(pair.first()), json(pair.get(1)))
}

/// How many items a range has.
fn size(values: &[JValue]) -> String {
    match values {
        [JValue::Number(first), JValue::Number(last)] => format!("{}", last - first + 1.0),
        _ => "undefined".to_owned(),
    }
}

/// An argument that its function does not take.
fn argument<'c>(code: &'c str, told: &str, witness: Option<&Witness>) -> (&'c str, String) {
    let function = call(witness);
    let signature = witness.and_then(|witness| match &witness.site {
        Site::Call(Some(name)) => builtins::find(name).map(|builtin| builtin.signature),
        _ => None,
    });
    let found = signature
        .zip(witness)
        .and_then(|(signature, witness)| check(signature, &witness.values));
    match found.unwrap_or_else(|| as_told(code, told)) {
        Mismatch::Argument(index) => (
            "T0410",
            format!("Argument {index} of function {function} does not match function signature"),
        ),
        Mismatch::Context(index) => (
            "T0411",
            format!("Context value is not a compatible type with argument {index} of function {function}"),
        ),
        Mismatch::Items(index, items) => (
            "T0412",
            format!("Argument {index} of function {function} must be an array of \"{items}\""),
        ),
    }
}

/// What the crate's own words say is wrong.
fn as_told(code: &str, told: &str) -> Mismatch {
    let mut words = told.split(' ');
    let index = words.by_ref().find_map(|word| word.parse().ok()).unwrap_or(1);
    match code {
        "T0411" => Mismatch::Context(index),
        "T0412" => Mismatch::Items(
            index,
            match words.next_back() {
                Some("Number") => "numbers",
                Some("Boolean") => "booleans",
                Some("Object") => "objects",
                Some("Array") => "arrays",
                Some("Function") => "functions",
                _ => "strings",
            },
        ),
        _ => Mismatch::Argument(index),
    }
}

/// What the crate's parser refuses.
pub(super) enum Syntax {
    /// What the reference implementation refuses too: its code and message.
    Fault(&'static str, String),
    /// What it only stumbles over when it runs.
    Throws(&'static str, String),
}

/// The crate's message about a text that does not parse, its code somewhere inside.
pub(super) fn syntax(told: &str) -> Syntax {
    let mut known = FIXED
        .iter()
        .map(|(code, _)| *code)
        .chain(["S0201", "S0202", "S0203", "S0211", "S0213"]);
    let found = known.find_map(|code| Some((code, told.split_once(&format!("{code}: "))?.1)));
    let Some((code, told)) = found else {
        let deep = told.contains("nesting depth");
        return Syntax::Fault(
            "",
            if deep {
                "the expression nests too deep"
            } else {
                told
            }
            .to_owned(),
        );
    };
    let (_, message) = message(code, told, None);
    if code.starts_with('S') {
        Syntax::Fault(code, message)
    } else {
        Syntax::Throws(code, message)
    }
}

/// Messages without parameters.
const FIXED: [(&str, &str); 41] = [
    ("D1004", "Regular expression matches zero length string"),
    ("T1006", "Attempted to invoke a non-function"),
    ("T1008", "Attempted to partially apply a non-function"),
    (
        "T2003",
        "The left side of the range operator (..) must evaluate to an integer",
    ),
    (
        "T2004",
        "The right side of the range operator (..) must evaluate to an integer",
    ),
    (
        "T2006",
        "The right side of the function application operator ~> must be a function",
    ),
    (
        "T2008",
        "The expressions within an order-by clause must evaluate to numeric or string values",
    ),
    (
        "T2013",
        "The transform expression clones the input object using the $clone() function.  This has been overridden \
         in the current scope by a non-function.",
    ),
    ("D3001", "Attempting to invoke string function on Infinity or NaN"),
    (
        "D3010",
        "Second argument of replace function cannot be an empty string",
    ),
    (
        "D3011",
        "Fourth argument of replace function must evaluate to a positive number",
    ),
    (
        "D3012",
        "Attempted to replace a matched string with a non-string value",
    ),
    (
        "D3020",
        "Third argument of split function must evaluate to a positive number",
    ),
    (
        "D3040",
        "Third argument of match function must evaluate to a positive number",
    ),
    (
        "D3050",
        "The second argument of reduce function must be a function with at least two arguments",
    ),
    (
        "D3070",
        "The single argument form of the sort function can only be applied to an array of strings or an array of \
         numbers.  Use the second argument to specify a comparison function",
    ),
    (
        "D3080",
        "The picture string must only contain a maximum of two sub-pictures",
    ),
    (
        "D3081",
        "The sub-picture must not contain more than one instance of the 'decimal-separator' character",
    ),
    (
        "D3082",
        "The sub-picture must not contain more than one instance of the 'percent' character",
    ),
    (
        "D3083",
        "The sub-picture must not contain more than one instance of the 'per-mille' character",
    ),
    (
        "D3084",
        "The sub-picture must not contain both a 'percent' and a 'per-mille' character",
    ),
    (
        "D3085",
        "The mantissa part of a sub-picture must contain at least one character that is either an 'optional digit \
         character' or a member of the 'decimal digit family'",
    ),
    (
        "D3086",
        "The sub-picture must not contain a passive character that is preceded by an active character and that is \
         followed by another active character",
    ),
    (
        "D3087",
        "The sub-picture must not contain a 'grouping-separator' character that appears adjacent to a \
         'decimal-separator' character",
    ),
    (
        "D3088",
        "The sub-picture must not contain a 'grouping-separator' at the end of the integer part",
    ),
    (
        "D3089",
        "The sub-picture must not contain two adjacent instances of the 'grouping-separator' character",
    ),
    (
        "D3090",
        "The integer part of the sub-picture must not contain a member of the 'decimal digit family' that is \
         followed by an instance of the 'optional digit character'",
    ),
    (
        "D3091",
        "The fractional part of the sub-picture must not contain an instance of the 'optional digit character' \
         that is followed by a member of the 'decimal digit family'",
    ),
    (
        "D3092",
        "A sub-picture that contains a 'percent' or 'per-mille' character must not contain a character treated as \
         an 'exponent-separator'",
    ),
    (
        "D3093",
        "The exponent part of the sub-picture must comprise only of one or more characters that are members of \
         the 'decimal digit family'",
    ),
    (
        "D3131",
        "In a decimal digit pattern, all digits must be from the same decimal group",
    ),
    (
        "D3134",
        "The timezone integer format specifier cannot have more than four digits",
    ),
    (
        "D3135",
        "No matching closing bracket ']' in date/time picture string",
    ),
    (
        "D3136",
        "The date/time picture string is missing specifiers required to parse the timestamp",
    ),
    (
        "D3138",
        "The $single() function expected exactly 1 matching result.  Instead it matched more.",
    ),
    (
        "D3139",
        "The $single() function expected exactly 1 matching result.  Instead it matched 0.",
    ),
    (
        "S0209",
        "A predicate cannot follow a grouping expression in a step",
    ),
    ("S0210", "Each step can only have one grouping expression"),
    (
        "S0215",
        "A context variable binding must precede any predicates on a step",
    ),
    (
        "S0216",
        "A context variable binding must precede the 'order-by' clause on a step",
    ),
    (
        "S0217",
        "The object representing the 'parent' cannot be derived from this expression",
    ),
];
