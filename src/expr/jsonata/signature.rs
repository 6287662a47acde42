//! Signatures of functions: which parameter an argument belongs to, and which argument does not fit.
//!
//! A signature is a pattern over one letter per argument, matched from left to right with backtracking. The crate also
//! checks arguments, but numbers and words its errors differently.

use jsonata_core::value::JValue;

/// A parameter of a signature.
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
struct Parameter<'s> {
    argument_type: ParameterType<'s>,
    is_optional: bool,
    /// It takes any number of arguments, at least one.
    is_repeated: bool,
    /// The context replaces a missing argument.
    context: bool,
    is_array: bool,
    /// For an array: the letter of its required item type.
    item_type: Option<char>,
}

/// The type of a parameter. All but a function also accept a missing argument.
#[derive(Clone, Copy)]
enum ParameterType<'s> {
    Any,
    AnyButFunctions,
    Functions,
    OneOf(&'s str),
}

impl ParameterType<'_> {
    fn accepts(self, letter: char) -> bool {
        match self {
            Self::Any => true,
            Self::AnyButFunctions => letter != 'f',
            Self::Functions => letter == 'f',
            Self::OneOf(letters) => letter == 'm' || letters.contains(letter),
        }
    }
}

/// How the arguments differ from the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mismatch {
    /// T0410: the argument with this number.
    Argument(usize),
    /// T0411: the context, which replaces the argument with this number.
    Context(usize),
    /// T0412: the argument with this number, which must contain only these.
    Items(usize, &'static str),
}

impl Mismatch {
    /// Its code, and the reference implementation's message about a call of `function`, which is in quotes.
    pub(super) fn message(&self, function: &str) -> (&'static str, String) {
        match self {
            Self::Argument(index) => (
                "T0410",
                format!("Argument {index} of function {function} does not match function signature"),
            ),
            Self::Context(index) => (
                "T0411",
                format!(
                    "Context value is not a compatible type with argument {index} of function {function}"
                ),
            ),
            Self::Items(index, items) => (
                "T0412",
                format!("Argument {index} of function {function} must be an array of \"{items}\""),
            ),
        }
    }
}

/// The letter of a value in a signature; `m` for a missing one.
fn letter(value: &JValue) -> char {
    match value {
        JValue::String(_) => 's',
        JValue::Number(_) => 'n',
        JValue::Bool(_) => 'b',
        JValue::Null => 'l',
        JValue::Array(_) => 'a',
        JValue::Object(_) => 'o',
        JValue::Lambda(_) | JValue::Builtin { .. } | JValue::Regex { .. } => 'f',
        JValue::Undefined => 'm',
    }
}

/// The type of the items of an array of values with this letter.
fn plural(letter: char) -> &'static str {
    match letter {
        'a' => "arrays",
        'b' => "booleans",
        'f' => "functions",
        'n' => "numbers",
        'o' => "objects",
        _ => "strings",
    }
}

fn parameters(signature: &str) -> Vec<Parameter<'_>> {
    let mut parameters: Vec<Parameter<'_>> = Vec::new();
    let mut rest = signature.trim_start_matches('<');
    while let Some(symbol) = rest.chars().next() {
        let letters = &rest[..symbol.len_utf8()];
        rest = &rest[symbol.len_utf8()..];
        let argument_type = match symbol {
            's' | 'n' | 'b' | 'l' | 'o' => ParameterType::OneOf(letters),
            'a' | 'x' => ParameterType::Any,
            'f' => ParameterType::Functions,
            'j' => ParameterType::AnyButFunctions,
            '(' => {
                let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
                rest = after;
                ParameterType::OneOf(inside)
            }
            '-' | '?' | '+' => {
                if let Some(last) = parameters.last_mut() {
                    last.is_optional |= symbol != '+';
                    last.is_repeated |= symbol == '+';
                    last.context |= symbol == '-';
                }
                continue;
            }
            '<' => {
                let (inside, after) = rest.split_once('>').unwrap_or((rest, ""));
                rest = after;
                if let Some(last) = parameters.last_mut() {
                    last.item_type = inside.chars().next().filter(|_| last.is_array);
                }
                continue;
            }
            _ => break,
        };
        parameters.push(Parameter {
            argument_type,
            is_optional: false,
            is_repeated: false,
            context: false,
            is_array: symbol == 'a',
            item_type: None,
        });
    }
    parameters
}

/// How many arguments each parameter takes; `None` if they do not fit. Each takes as many as possible, from the left.
/// With `whole`, none may be left.
fn assign(parameters: &[Parameter<'_>], letters: &[char], whole: bool) -> Option<Vec<usize>> {
    let Some((first, rest)) = parameters.split_first() else {
        return (letters.is_empty() || !whole).then(Vec::new);
    };
    let fit = letters
        .iter()
        .take_while(|letter| first.argument_type.accepts(**letter));
    let most = if first.is_repeated {
        fit.count()
    } else {
        fit.count().min(1)
    };
    let least = usize::from(!first.is_optional);
    (least..=most).rev().find_map(|count| {
        let mut counts = assign(rest, &letters[count..], whole)?;
        counts.insert(0, count);
        Some(counts)
    })
}

/// One value per parameter of `signature`, as the function receives them: the context where an argument is missing, and an
/// array where another value is given for one.
pub(super) fn bind(signature: &str, arguments: &[JValue], context: &JValue) -> Result<Vec<JValue>, Mismatch> {
    let parameters = parameters(signature);
    let letters: Vec<char> = arguments.iter().map(letter).collect();
    let Some(counts) = assign(&parameters, &letters, true) else {
        return Err(Mismatch::Argument(first_unfit(&parameters, &letters) + 1));
    };
    let mut bound = Vec::with_capacity(parameters.len());
    let mut next = 0;
    for (parameter, count) in parameters.iter().zip(counts) {
        let argument = match arguments.get(next) {
            _ if count == 0 && parameter.context => {
                if !parameter.argument_type.accepts(letter(context)) {
                    return Err(Mismatch::Context(next + 1));
                }
                context.clone()
            }
            Some(argument) if count > 0 => argument.clone(),
            _ => JValue::Undefined,
        };
        if let Some(wanted) = parameter.item_type
            && !holds_only(&argument, wanted)
        {
            return Err(Mismatch::Items(next + 1, plural(wanted)));
        }
        let is_single = !matches!(argument, JValue::Array(_) | JValue::Undefined);
        bound.push(if parameter.is_array && is_single {
            JValue::array(vec![argument])
        } else {
            argument
        });
        next += count;
    }
    Ok(bound)
}

/// The first mismatch of `arguments`; `None` if the signature accepts them. The context is assumed to match nowhere, so
/// call this only for arguments that were rejected.
pub(super) fn check(signature: &str, arguments: &[JValue]) -> Option<Mismatch> {
    let parameters = parameters(signature);
    let letters: Vec<char> = arguments.iter().map(letter).collect();
    let Some(counts) = assign(&parameters, &letters, true) else {
        return Some(Mismatch::Argument(first_unfit(&parameters, &letters) + 1));
    };
    let mut next = 0;
    for (parameter, count) in parameters.iter().zip(counts) {
        if count == 0 && parameter.context {
            return Some(Mismatch::Context(next + 1));
        }
        for argument in arguments.get(next..next + count).unwrap_or_default() {
            if let Some(wanted) = parameter.item_type
                && !holds_only(argument, wanted)
            {
                return Some(Mismatch::Items(next + 1, plural(wanted)));
            }
            next += 1;
        }
        next += usize::from(count == 0);
    }
    None
}

fn holds_only(argument: &JValue, wanted: char) -> bool {
    match argument {
        JValue::Undefined => true,
        JValue::Array(items) => items.iter().all(|item| letter(item) == wanted),
        other => letter(other) == wanted,
    }
}

/// How many arguments match before the first parameter that does not.
fn first_unfit(parameters: &[Parameter<'_>], letters: &[char]) -> usize {
    let mut matched = 0;
    for count in 1..=parameters.len() {
        match assign(&parameters[..count], letters, false) {
            Some(counts) => matched = counts.iter().sum(),
            None => break,
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mismatch(signature: &str, arguments: &str) -> Option<Mismatch> {
        let arguments = JValue::from_json_str(arguments).unwrap();
        check(signature, arguments.as_array().unwrap())
    }

    #[test]
    fn finds_the_same_argument_as_the_reference_implementation() {
        assert_eq!(mismatch("<s-:s>", "[20]"), Some(Mismatch::Argument(1)));
        assert_eq!(
            mismatch("<s-nn?:s>", r#"["a", "b"]"#),
            Some(Mismatch::Argument(2))
        );
        assert_eq!(mismatch("<a<n>:n>", "[[1], []]"), Some(Mismatch::Argument(2)));
        assert_eq!(mismatch("<a<n>:n>", "[]"), Some(Mismatch::Argument(1)));
        assert_eq!(
            mismatch("<a<n>:n>", r#"[[1, "2"]]"#),
            Some(Mismatch::Items(1, "numbers"))
        );
        assert_eq!(
            mismatch("<a<s>s?:s>", "[true]"),
            Some(Mismatch::Items(1, "strings"))
        );
        assert_eq!(
            mismatch("<a<s>s?:s>", r#"[true, ","]"#),
            Some(Mismatch::Items(1, "strings"))
        );
        assert_eq!(mismatch("<s-:n>", "[]"), Some(Mismatch::Context(1)));
        assert_eq!(mismatch("<s-s:s>", r#"["x"]"#), Some(Mismatch::Context(1)));
        assert_eq!(mismatch("<a<n>:n>", "[[1, 2]]"), None);
        assert_eq!(mismatch("<a+>", "[1, 2, 3]"), None);
    }

    #[test]
    fn binds_arguments_and_the_context() {
        let bound = |signature: &str, arguments: &str, context: &str| {
            let [arguments, context] = [arguments, context].map(|text| JValue::from_json_str(text).unwrap());
            let bound = bind(signature, arguments.as_array().unwrap(), &context);
            bound.map(|values| JValue::array(values).to_json_string().unwrap())
        };
        assert_eq!(
            bound("<s-nn?:s>", r#"["a", 1]"#, "null"),
            Ok(r#"["a",1,null]"#.into())
        );
        assert_eq!(bound("<s-nn?:s>", "[1]", r#""c""#), Ok(r#"["c",1,null]"#.into()));
        assert_eq!(bound("<s-nn?:s>", "[1]", "2"), Err(Mismatch::Context(1)));
        assert_eq!(
            bound("<s-(sf)(sf)n?:s>", r#"["a", "b", 1]"#, r#""c""#),
            Ok(r#"["c","a","b",1]"#.into())
        );
        assert_eq!(
            bound("<a<s>s?:s>", r#"["a"]"#, "null"),
            Ok(r#"[["a"],null]"#.into())
        );
        assert_eq!(bound("<x-b?:s>", "[1, 2]", "null"), Err(Mismatch::Argument(2)));
    }
}
