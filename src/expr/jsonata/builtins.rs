//! The functions an expression may call, with how many arguments each takes.
//!
//! Source: JSONata 2.0.6's function library, and the Step Functions developer guide, "Transforming data with
//! JSONata", for AWS's own six.

/// A built-in function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Builtin {
    /// Its name without `$`.
    pub name: &'static str,
    /// Fewest arguments; one less than the manual's where the context stands in for the first.
    pub min: usize,
    /// Most arguments; `None` for any number.
    pub max: Option<usize>,
}

/// The function `name`, written without its `$`. `$eval` is none: Step Functions removes it.
pub fn find(name: &str) -> Option<&'static Builtin> {
    BUILTINS.iter().find(|builtin| builtin.name == name)
}

const fn builtin(name: &'static str, min: usize, max: usize) -> Builtin {
    Builtin {
        name,
        min,
        max: Some(max),
    }
}

/// All of them, by name.
pub const BUILTINS: [Builtin; 69] = [
    builtin("abs", 0, 1),
    builtin("append", 2, 2),
    builtin("assert", 1, 2),
    builtin("average", 1, 1),
    builtin("base64decode", 0, 1),
    builtin("base64encode", 0, 1),
    builtin("boolean", 0, 1),
    builtin("ceil", 0, 1),
    builtin("clone", 0, 1),
    builtin("contains", 1, 2),
    builtin("count", 1, 1),
    builtin("decodeUrl", 0, 1),
    builtin("decodeUrlComponent", 0, 1),
    builtin("distinct", 1, 1),
    builtin("each", 1, 2),
    builtin("encodeUrl", 0, 1),
    builtin("encodeUrlComponent", 0, 1),
    builtin("error", 0, 1),
    builtin("exists", 1, 1),
    builtin("filter", 2, 2),
    builtin("floor", 0, 1),
    builtin("formatBase", 0, 2),
    builtin("formatInteger", 1, 2),
    builtin("formatNumber", 1, 3),
    builtin("fromMillis", 0, 3),
    builtin("hash", 1, 2),
    builtin("join", 1, 2),
    builtin("keys", 0, 1),
    builtin("length", 0, 1),
    builtin("lookup", 1, 2),
    builtin("lowercase", 0, 1),
    builtin("map", 2, 2),
    builtin("match", 1, 3),
    builtin("max", 1, 1),
    builtin("merge", 1, 1),
    builtin("millis", 0, 0),
    builtin("min", 1, 1),
    builtin("not", 0, 1),
    builtin("now", 0, 2),
    builtin("number", 0, 1),
    builtin("pad", 1, 3),
    builtin("parse", 1, 1),
    builtin("parseInteger", 1, 2),
    builtin("partition", 1, 2),
    builtin("power", 1, 2),
    builtin("random", 0, 1),
    builtin("range", 2, 3),
    builtin("reduce", 2, 3),
    builtin("replace", 2, 4),
    builtin("reverse", 1, 1),
    builtin("round", 0, 2),
    builtin("shuffle", 1, 1),
    builtin("sift", 0, 2),
    builtin("single", 1, 2),
    builtin("sort", 1, 2),
    builtin("split", 1, 3),
    builtin("spread", 0, 1),
    builtin("sqrt", 0, 1),
    builtin("string", 0, 2),
    builtin("substring", 1, 3),
    builtin("substringAfter", 1, 2),
    builtin("substringBefore", 1, 2),
    builtin("sum", 1, 1),
    builtin("toMillis", 0, 2),
    builtin("trim", 0, 1),
    builtin("type", 1, 1),
    builtin("uppercase", 0, 1),
    builtin("uuid", 0, 0),
    Builtin {
        name: "zip",
        min: 1,
        max: None,
    },
];
