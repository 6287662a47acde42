//! The functions that Step Functions adds to JSONata, and ours that replace the crate's.
//!
//! A function of the crate is replaced where Step Functions' results differ, or where it panics or takes too much memory
//! at some arguments. `instrument` renames calls of it: the new name starts with a space, which no expression can
//! contain, and the context is one more argument.

mod array;
mod environment;
mod meters;
mod number;
mod number_picture;
mod step_functions;
mod stringify;
mod text;
mod time;

use std::rc::Rc;

use jsonata_core::evaluator::Evaluator;
use jsonata_core::value::JValue;

use super::builtins;
use super::signature;
pub(super) use environment::Environment;
use environment::{Outcome, error};

/// The names of AWS's functions, of those that Step Functions overrides, and of `$eval`, which it removes.
pub(super) const STEP_FUNCTIONS: [&str; 7] =
    ["eval", "hash", "parse", "partition", "random", "range", "uuid"];

/// A function that replaces the crate's.
struct Replacement {
    /// The name with a space before it.
    name: &'static str,
    /// The number of arguments that a higher-order function passes to it: that of the reference implementation's function.
    arity: usize,
    call: fn(&[JValue], &Environment) -> Outcome,
}

const fn replacement(
    name: &'static str,
    arity: usize,
    call: fn(&[JValue], &Environment) -> Outcome,
) -> Replacement {
    Replacement { name, arity, call }
}

/// Sorted by name.
const REPLACEMENTS: [Replacement; 15] = [
    replacement(" base64decode", 1, text::base64_decode),
    replacement(" decodeUrlComponent", 1, text::decode_url_component),
    replacement(" distinct", 1, array::distinct),
    replacement(" formatInteger", 2, number::format_integer),
    replacement(" formatNumber", 3, number::format_number),
    replacement(" fromMillis", 3, time::from_millis),
    replacement(" join", 2, text::join),
    replacement(" millis", 0, time::millis),
    replacement(" now", 2, time::now),
    replacement(" pad", 3, text::pad),
    replacement(" parseInteger", 2, number::parse_integer),
    replacement(" sort", 1, array::sort),
    replacement(" split", 3, text::split),
    replacement(" string", 1, text::string),
    replacement(" toMillis", 2, time::to_millis),
];

/// The name of the function that replaces the built-in function `name`, and its arity.
pub(super) fn replacement_of(name: &str) -> Option<(&'static str, usize)> {
    let found = REPLACEMENTS
        .iter()
        .find(|replacement| &replacement.name[1..] == name)?;
    Some((found.name, found.arity))
}

/// `lhs & rhs`.
pub(super) const CONCATENATE: &str = " concatenate";
/// Truncates a number.
pub(super) const TRUNCATE: &str = " truncate";
/// Splices the arrays in an array.
pub(super) const SPLICE: &str = " splice";
/// Counts a call and checks its arguments.
pub(super) const CALL: &str = " call";
/// Creates a range and counts it.
pub(super) const RANGE: &str = " range";
/// Returns a value and counts the items of the value that it was read from.
pub(super) const READ: &str = " read";
/// Returns its first argument, and counts the number of bytes that the second one gives.
pub(super) const ALLOCATE: &str = " allocate";
/// Returns its first argument, and counts all its parts.
pub(super) const SHARE: &str = " share";
/// Returns the text in which `$match` searches, if it is not too long.
pub(super) const MATCHED: &str = " matched";
/// Returns the value whose keys `$keys` collects, and counts the comparisons.
pub(super) const KEYED: &str = " keyed";
/// Returns the text that `$replace` inserts, if replacing every character of another text by it is allowed.
pub(super) const INSERTED: &str = " inserted";

/// Registers the function `name`, one of [`STEP_FUNCTIONS`] or a name that starts with a space.
pub(super) fn register(evaluator: &mut Evaluator, name: &str, environment: &Rc<Environment>) {
    let environment = Rc::clone(environment);
    if step_functions::register(evaluator, name, &environment) {
        return;
    }
    if let Some(replacement) = REPLACEMENTS.iter().find(|replacement| replacement.name == name) {
        let call = replacement.call;
        let function = &replacement.name[1..];
        let signature = builtins::find(function).map_or("<>", |builtin| builtin.signature);
        // No built-in has these names, so registration cannot fail.
        let _ = evaluator.register_fn(name, move |args: &[JValue]| {
            let (context, args) = args.split_last().unwrap_or((&JValue::Undefined, &[]));
            let bound = signature::bind(signature, args, context).map_err(|mismatch| {
                let (code, message) = mismatch.message(&format!("\"{function}\""));
                error(format!("{code}: {message}"))
            })?;
            call(&bound, &environment)
        });
        return;
    }
    let call: fn(&[JValue], &Environment) -> Outcome = match name {
        CONCATENATE => text::concatenate,
        TRUNCATE => number::truncate,
        SPLICE => array::splice,
        INSERTED => text::inserted,
        CALL => meters::call,
        RANGE => meters::range,
        READ => meters::read,
        ALLOCATE => meters::allocate,
        SHARE => meters::share,
        MATCHED => meters::matched,
        KEYED => meters::keyed,
        _ => return,
    };
    let _ = evaluator.register_fn(name, move |args: &[JValue]| call(args, &environment));
}
