//! The reference implementation's messages, which AWS prints, for the crate's errors.

use jsonata_core::value::JValue;

use super::builtins;
use super::convert::from_jsonata;
use super::error_trace::{ErrorTrace, Site};
use super::limits::Limits;
use super::signature::{Mismatch, check};

/// How the reference implementation words an error.
enum Wording {
    /// Always the same.
    Fixed(&'static str),
    /// Derived from the crate's message.
    Rephrased(fn(&str) -> String),
    /// Names the call or the values at which the expression failed, which the crate's error does not.
    Traced(fn(Option<&ErrorTrace>) -> String),
    /// Names the argument that does not match the function's signature.
    Argument,
}

fn wording(code: &str) -> Option<&'static Wording> {
    let entry = MESSAGES.iter().find(|(known, _)| *known == code)?;
    Some(&entry.1)
}

/// Whether the message of `code` names a call or values that the crate's error does not.
pub(super) fn needs_trace(code: &str) -> bool {
    matches!(wording(code), Some(Wording::Traced(_) | Wording::Argument))
}

/// The message for an error with `code`, whose message by the crate is `crate_message`; and the code, which the
/// reference implementation may choose otherwise.
pub(super) fn message<'c>(
    code: &'c str,
    crate_message: &str,
    trace: Option<&ErrorTrace>,
) -> (&'c str, String) {
    let text = match wording(code) {
        Some(Wording::Fixed(text)) => (*text).to_owned(),
        Some(Wording::Rephrased(rephrase)) => rephrase(crate_message),
        Some(Wording::Traced(describe)) => describe(trace),
        Some(Wording::Argument) if !crate_message.contains('"') => {
            return argument(code, crate_message, trace);
        }
        Some(Wording::Argument) | None => crate_message.to_owned(),
    };
    (code, text)
}

fn values(trace: Option<&ErrorTrace>) -> &[JValue] {
    trace.map(|trace| trace.values.as_slice()).unwrap_or_default()
}

/// The recorded value of an argument or operand, as JSON.
fn value(trace: Option<&ErrorTrace>, index: usize) -> String {
    json(values(trace).get(index))
}

fn json(value: Option<&JValue>) -> String {
    let value = value.and_then(|value| from_jsonata(value, Limits::STEP_FUNCTIONS).ok().flatten());
    value.map_or_else(|| "undefined".to_owned(), |value| value.to_json())
}

/// The name of the call, as messages quote it.
fn call(trace: Option<&ErrorTrace>) -> String {
    match trace.map(|trace| &trace.site) {
        Some(Site::Call(Some(name))) => format!("\"{name}\""),
        _ => "undefined".to_owned(),
    }
}

fn operator(trace: Option<&ErrorTrace>) -> String {
    match trace.map(|trace| &trace.site) {
        Some(Site::Operator(operator)) => format!("\"{operator}\""),
        _ => "undefined".to_owned(),
    }
}

/// `The left side of the + operator …` with the operator in quotes.
fn quote_operator(crate_message: &str) -> String {
    let Some((side, rest)) = crate_message.split_once(" side of the ") else {
        return crate_message.to_owned();
    };
    match rest.split_once(" operator") {
        Some((operator, rest)) => format!("{side} side of the \"{operator}\" operator{rest}"),
        None => crate_message.to_owned(),
    }
}

/// The first two neighbours of different types.
fn different_types(values: &[JValue]) -> (String, String) {
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
fn argument<'c>(code: &'c str, crate_message: &str, trace: Option<&ErrorTrace>) -> (&'c str, String) {
    let function = call(trace);
    let signature = trace.and_then(|trace| match &trace.site {
        Site::Call(Some(name)) => builtins::find(name).map(|builtin| builtin.signature),
        _ => None,
    });
    let found = signature
        .zip(trace)
        .and_then(|(signature, trace)| check(signature, &trace.values));
    let mismatch = found.unwrap_or_else(|| from_crate_message(code, crate_message));
    mismatch.message(&function)
}

/// What the crate's own words say is wrong.
fn from_crate_message(code: &str, crate_message: &str) -> Mismatch {
    let mut words = crate_message.split(' ');
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

/// An error of the crate's parser.
pub(super) enum Syntax {
    /// The reference implementation reports it, too, with this code and message.
    EvalError(&'static str, String),
    /// The reference implementation reports it only when the expression runs.
    Throws(&'static str, String),
}

/// The crate's message about a string that does not parse, its code somewhere inside.
pub(super) fn syntax(crate_message: &str) -> Syntax {
    let fixed = MESSAGES
        .iter()
        .filter(|(_, wording)| matches!(wording, Wording::Fixed(_)));
    let mut known = fixed
        .map(|(code, _)| *code)
        .chain(["S0201", "S0202", "S0203", "S0211", "S0213"]);
    let found = known.find_map(|code| Some((code, crate_message.split_once(&format!("{code}: "))?.1)));
    let Some((code, crate_message)) = found else {
        let deep = crate_message.contains("nesting depth");
        return Syntax::EvalError(
            "",
            if deep {
                "the expression nests too deep"
            } else {
                crate_message
            }
            .to_owned(),
        );
    };
    let (_, message) = message(code, crate_message, None);
    if code.starts_with('S') {
        Syntax::EvalError(code, message)
    } else {
        Syntax::Throws(code, message)
    }
}

/// The messages that differ from the crate's, by code.
const MESSAGES: &[(&str, Wording)] = &[
    ("D1001", Wording::Fixed("Number out of range: null")),
    (
        "D1002",
        Wording::Traced(|trace| format!("Cannot negate a non-numeric value: {}", value(trace, 0))),
    ),
    (
        "D1004",
        Wording::Fixed("Regular expression matches zero length string"),
    ),
    (
        "D2014",
        Wording::Traced(|trace| {
            format!(
                "The size of the sequence allocated by the range operator (..) must not exceed 1e6.  Attempted to \
                 allocate {}.",
                size(values(trace))
            )
        }),
    ),
    (
        "D3001",
        Wording::Fixed("Attempting to invoke string function on Infinity or NaN"),
    ),
    (
        "D3010",
        Wording::Fixed("Second argument of replace function cannot be an empty string"),
    ),
    (
        "D3011",
        Wording::Fixed("Fourth argument of replace function must evaluate to a positive number"),
    ),
    (
        "D3012",
        Wording::Fixed("Attempted to replace a matched string with a non-string value"),
    ),
    (
        "D3020",
        Wording::Fixed("Third argument of split function must evaluate to a positive number"),
    ),
    (
        "D3030",
        Wording::Traced(|trace| format!("Unable to cast value to a number: {}", value(trace, 0))),
    ),
    (
        "D3040",
        Wording::Fixed("Third argument of match function must evaluate to a positive number"),
    ),
    (
        "D3050",
        Wording::Fixed(
            "The second argument of reduce function must be a function with at least two arguments",
        ),
    ),
    (
        "D3070",
        Wording::Fixed(
            "The single argument form of the sort function can only be applied to an array of strings or an array of \
         numbers.  Use the second argument to specify a comparison function",
        ),
    ),
    (
        "D3080",
        Wording::Fixed("The picture string must only contain a maximum of two sub-pictures"),
    ),
    (
        "D3081",
        Wording::Fixed(
            "The sub-picture must not contain more than one instance of the 'decimal-separator' character",
        ),
    ),
    (
        "D3082",
        Wording::Fixed("The sub-picture must not contain more than one instance of the 'percent' character"),
    ),
    (
        "D3083",
        Wording::Fixed(
            "The sub-picture must not contain more than one instance of the 'per-mille' character",
        ),
    ),
    (
        "D3084",
        Wording::Fixed("The sub-picture must not contain both a 'percent' and a 'per-mille' character"),
    ),
    (
        "D3085",
        Wording::Fixed(
            "The mantissa part of a sub-picture must contain at least one character that is either an 'optional digit \
         character' or a member of the 'decimal digit family'",
        ),
    ),
    (
        "D3086",
        Wording::Fixed(
            "The sub-picture must not contain a passive character that is preceded by an active character and that is \
         followed by another active character",
        ),
    ),
    (
        "D3087",
        Wording::Fixed(
            "The sub-picture must not contain a 'grouping-separator' character that appears adjacent to a \
         'decimal-separator' character",
        ),
    ),
    (
        "D3088",
        Wording::Fixed(
            "The sub-picture must not contain a 'grouping-separator' at the end of the integer part",
        ),
    ),
    (
        "D3089",
        Wording::Fixed(
            "The sub-picture must not contain two adjacent instances of the 'grouping-separator' character",
        ),
    ),
    (
        "D3090",
        Wording::Fixed(
            "The integer part of the sub-picture must not contain a member of the 'decimal digit family' that is \
         followed by an instance of the 'optional digit character'",
        ),
    ),
    (
        "D3091",
        Wording::Fixed(
            "The fractional part of the sub-picture must not contain an instance of the 'optional digit character' \
         that is followed by a member of the 'decimal digit family'",
        ),
    ),
    (
        "D3092",
        Wording::Fixed(
            "A sub-picture that contains a 'percent' or 'per-mille' character must not contain a character treated as \
         an 'exponent-separator'",
        ),
    ),
    (
        "D3093",
        Wording::Fixed(
            "The exponent part of the sub-picture must comprise only of one or more characters that are members of \
         the 'decimal digit family'",
        ),
    ),
    (
        "D3100",
        Wording::Traced(|trace| {
            format!(
                "The radix of the formatBase function must be between 2 and 36.  It was given {}",
                value(trace, 1)
            )
        }),
    ),
    (
        "D3130",
        Wording::Rephrased(|sequence| {
            format!(
                "Formatting or parsing an integer as a sequence starting with \"{sequence}\" is not supported by this \
                 implementation"
            )
        }),
    ),
    (
        "D3131",
        Wording::Fixed("In a decimal digit pattern, all digits must be from the same decimal group"),
    ),
    (
        "D3132",
        Wording::Rephrased(|specifier| {
            format!("Unknown component specifier \"{specifier}\" in date/time picture string")
        }),
    ),
    (
        "D3133",
        Wording::Rephrased(|specifier| {
            format!(
                "The 'name' modifier can only be applied to months and days in the date/time picture string, not \
                 \"{specifier}\""
            )
        }),
    ),
    (
        "D3134",
        Wording::Fixed("The timezone integer format specifier cannot have more than four digits"),
    ),
    (
        "D3135",
        Wording::Fixed("No matching closing bracket ']' in date/time picture string"),
    ),
    (
        "D3136",
        Wording::Fixed("The date/time picture string is missing specifiers required to parse the timestamp"),
    ),
    (
        "D3138",
        Wording::Fixed(
            "The $single() function expected exactly 1 matching result.  Instead it matched more.",
        ),
    ),
    (
        "D3139",
        Wording::Fixed("The $single() function expected exactly 1 matching result.  Instead it matched 0."),
    ),
    (
        "S0209",
        Wording::Fixed("A predicate cannot follow a grouping expression in a step"),
    ),
    (
        "S0210",
        Wording::Fixed("Each step can only have one grouping expression"),
    ),
    (
        "S0215",
        Wording::Fixed("A context variable binding must precede any predicates on a step"),
    ),
    (
        "S0216",
        Wording::Fixed("A context variable binding must precede the 'order-by' clause on a step"),
    ),
    (
        "S0217",
        Wording::Fixed("The object representing the 'parent' cannot be derived from this expression"),
    ),
    ("T0410", Wording::Argument),
    ("T0411", Wording::Argument),
    ("T0412", Wording::Argument),
    ("T1006", Wording::Fixed("Attempted to invoke a non-function")),
    (
        "T1008",
        Wording::Fixed("Attempted to partially apply a non-function"),
    ),
    (
        "T1010",
        Wording::Traced(|trace| {
            format!(
                "The matcher function argument passed to function {} does not return the correct object structure",
                call(trace)
            )
        }),
    ),
    ("T2001", Wording::Rephrased(quote_operator)),
    ("T2002", Wording::Rephrased(quote_operator)),
    (
        "T2003",
        Wording::Fixed("The left side of the range operator (..) must evaluate to an integer"),
    ),
    (
        "T2004",
        Wording::Fixed("The right side of the range operator (..) must evaluate to an integer"),
    ),
    (
        "T2006",
        Wording::Fixed("The right side of the function application operator ~> must be a function"),
    ),
    (
        "T2007",
        Wording::Traced(|trace| {
            let (first, second) = different_types(values(trace));
            format!("Type mismatch when comparing values {first} and {second} in order-by clause")
        }),
    ),
    (
        "T2008",
        Wording::Fixed("The expressions within an order-by clause must evaluate to numeric or string values"),
    ),
    (
        "T2009",
        Wording::Traced(|trace| {
            format!(
                "The values {} and {} either side of operator {} must be of the same data type",
                value(trace, 0),
                value(trace, 1),
                operator(trace)
            )
        }),
    ),
    (
        "T2010",
        Wording::Traced(|trace| {
            format!(
                "The expressions either side of operator {} must evaluate to numeric or string values",
                operator(trace)
            )
        }),
    ),
    (
        "T2011",
        Wording::Traced(|trace| {
            format!(
                "The insert/update clause of the transform expression must evaluate to an object: {}",
                value(trace, 0)
            )
        }),
    ),
    (
        "T2012",
        Wording::Traced(|trace| {
            format!(
                "The delete clause of the transform expression must evaluate to a string or array of strings: {}",
                value(trace, 0)
            )
        }),
    ),
    (
        "T2013",
        Wording::Fixed(
            "The transform expression clones the input object using the $clone() function.  This has been overridden \
         in the current scope by a non-function.",
        ),
    ),
];
