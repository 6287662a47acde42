//! The built-in functions of expressions, with their signatures.
//!
//! Source: JSONata 2.0.6's function library (its manual explains signatures under "Programming"), and the Step
//! Functions developer guide, "Transforming data with JSONata", for AWS's own six.

/// A built-in function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Builtin {
    /// Its name without `$`.
    pub name: &'static str,
    /// `<s-nn?:s>`: a string, which defaults to the context, a number, an optional number; the result is a string.
    pub signature: &'static str,
    /// The minimum number of arguments; an argument that defaults to the context may be omitted.
    pub min: usize,
    /// The maximum number of arguments; `None` if unlimited.
    pub max: Option<usize>,
}

/// The function `name`, without its `$`. `$eval` is excluded, since Step Functions removes it.
pub fn find(name: &str) -> Option<&'static Builtin> {
    BUILTINS.iter().find(|builtin| builtin.name == name)
}

/// The position of the function argument of the built-in `name`, which the crate reads as written.
pub(super) fn function_position(name: &str) -> Option<usize> {
    match name {
        "each" | "filter" | "map" | "match" | "reduce" | "sift" | "single" | "sort" => Some(1),
        "replace" => Some(2),
        _ => None,
    }
}

const fn builtin(name: &'static str, signature: &'static str) -> Builtin {
    let (min, max) = arity(signature.as_bytes());
    Builtin {
        name,
        signature,
        min,
        max,
    }
}

/// The minimum and maximum number of arguments of a signature.
const fn arity(signature: &[u8]) -> (usize, Option<usize>) {
    let (mut parameters, mut optional, mut more) = (0, 0, false);
    let mut at = 1;
    while at < signature.len() && signature[at] != b':' && signature[at] != b'>' {
        match signature[at] {
            b'?' | b'-' => optional += 1,
            b'+' => more = true,
            bracket @ (b'<' | b'(') => {
                parameters += if bracket == b'(' { 1 } else { 0 };
                let close = if bracket == b'(' { b')' } else { b'>' };
                while signature[at] != close {
                    at += 1;
                }
            }
            _ => parameters += 1,
        }
        at += 1;
    }
    (parameters - optional, if more { None } else { Some(parameters) })
}

/// All built-in functions, sorted by name.
pub const BUILTINS: [Builtin; 69] = [
    builtin("abs", "<n-:n>"),
    builtin("append", "<xx:a>"),
    builtin("assert", "<bs?:x>"),
    builtin("average", "<a<n>:n>"),
    builtin("base64decode", "<s-:s>"),
    builtin("base64encode", "<s-:s>"),
    builtin("boolean", "<x-:b>"),
    builtin("ceil", "<n-:n>"),
    builtin("clone", "<(oa)-:o>"),
    builtin("contains", "<s-(sf):b>"),
    builtin("count", "<a:n>"),
    builtin("decodeUrl", "<s-:s>"),
    builtin("decodeUrlComponent", "<s-:s>"),
    builtin("distinct", "<x:x>"),
    builtin("each", "<o-f:a>"),
    builtin("encodeUrl", "<s-:s>"),
    builtin("encodeUrlComponent", "<s-:s>"),
    builtin("error", "<s?:x>"),
    builtin("exists", "<x:b>"),
    builtin("filter", "<af>"),
    builtin("floor", "<n-:n>"),
    builtin("formatBase", "<n-n?:s>"),
    builtin("formatInteger", "<n-s:s>"),
    builtin("formatNumber", "<n-so?:s>"),
    builtin("fromMillis", "<n-s?s?:s>"),
    builtin("hash", "<ss:s>"),
    builtin("join", "<a<s>s?:s>"),
    builtin("keys", "<x-:a<s>>"),
    builtin("length", "<s-:n>"),
    builtin("lookup", "<x-s:x>"),
    builtin("lowercase", "<s-:s>"),
    builtin("map", "<af>"),
    builtin("match", "<s-f<s:o>n?:a<o>>"),
    builtin("max", "<a<n>:n>"),
    builtin("merge", "<a<o>:o>"),
    builtin("millis", "<:n>"),
    builtin("min", "<a<n>:n>"),
    builtin("not", "<x-:b>"),
    builtin("now", "<s?s?:s>"),
    builtin("number", "<(nsb)-:n>"),
    builtin("pad", "<s-ns?:s>"),
    builtin("parse", "<s:x>"),
    builtin("parseInteger", "<s-s:n>"),
    builtin("partition", "<an?:a>"),
    builtin("power", "<n-n:n>"),
    builtin("random", "<n?:n>"),
    builtin("range", "<nnn?:a>"),
    builtin("reduce", "<afj?:j>"),
    builtin("replace", "<s-(sf)(sf)n?:s>"),
    builtin("reverse", "<a:a>"),
    builtin("round", "<n-n?:n>"),
    builtin("shuffle", "<a:a>"),
    builtin("sift", "<o-f?:o>"),
    builtin("single", "<af?>"),
    builtin("sort", "<af?:a>"),
    builtin("split", "<s-(sf)n?:a<s>>"),
    builtin("spread", "<x-:a<o>>"),
    builtin("sqrt", "<n-:n>"),
    builtin("string", "<x-b?:s>"),
    builtin("substring", "<s-nn?:s>"),
    builtin("substringAfter", "<s-s:s>"),
    builtin("substringBefore", "<s-s:s>"),
    builtin("sum", "<a<n>:n>"),
    builtin("toMillis", "<s-s?:n>"),
    builtin("trim", "<s-:s>"),
    builtin("type", "<x:s>"),
    builtin("uppercase", "<s-:s>"),
    builtin("uuid", "<:s>"),
    builtin("zip", "<a+>"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derives_arity_from_signatures() {
        let arity = |name: &str| find(name).map(|builtin| (builtin.min, builtin.max));
        assert_eq!(arity("substring"), Some((1, Some(3))));
        assert_eq!(arity("match"), Some((1, Some(3))));
        assert_eq!(arity("number"), Some((0, Some(1))));
        assert_eq!(arity("zip"), Some((1, None)));
        assert_eq!(arity("uuid"), Some((0, Some(0))));
        assert_eq!(arity("replace"), Some((2, Some(4))));
        assert_eq!(arity("eval"), None);
    }

    #[test]
    fn keeps_the_table_sorted() {
        assert!(BUILTINS.is_sorted_by_key(|builtin| builtin.name));
    }
}
