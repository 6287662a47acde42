//! The fields that expressions read.

use crate::asl::{Expression, Parsed, State};
use crate::expr::jsonata::ReferenceKind;
use crate::expr::jsonpath::{Path, Root};
use std::ops::Range;

/// A path to a field of the state's input or of a variable that an expression reads.
pub(super) struct Read<'a, 'f> {
    /// The variable; `None` for the input.
    pub(super) variable: Option<&'a str>,
    /// The names of the fields on the path, each with its bytes in the expression's parsed text.
    pub(super) fields: &'f mut dyn Iterator<Item = (&'a str, Range<usize>)>,
}

/// The fields of which `$` is not the state's input.
const OF_RESULT: [&str; 3] = ["ResultSelector", "ResultPath", "OutputPath"];

/// Calls `f` with each path to fields of the input and of variables that the state reads.
pub(super) fn for_each_read<'a, 'd>(
    state: &'a State<'d>,
    f: &mut dyn FnMut(&'a Expression<'d>, Read<'a, '_>),
) {
    let selects_input = state.data.input_path.is_given();
    state.for_each_expression(&mut |expression| {
        let is_of_input = !selects_input
            && !OF_RESULT.contains(&expression.field)
            && (expression.field != "Assign" || state.catch().is_empty());
        let mut f = |read: Read<'a, '_>| {
            if is_of_input || read.variable.is_some() {
                f(expression, read);
            }
        };
        match expression.parsed() {
            Parsed::Path(path) => read_of_path(path, 0, &mut f),
            Parsed::Intrinsic(call) => {
                for (path, range) in call.paths() {
                    read_of_path(path, range.start, &mut f);
                }
            }
            Parsed::Jsonata(parsed) => {
                for reference in parsed.references() {
                    let ReferenceKind::Variable(name) = &reference.kind else {
                        continue;
                    };
                    let (variable, members) = match (name.as_str(), reference.path.as_slice()) {
                        _ if reference.bound => continue,
                        ("states", [first, rest @ ..]) if first.name == "input" => (None, rest),
                        ("states", _) => continue,
                        (name, members) => (Some(name), members),
                    };
                    let mut fields = members
                        .iter()
                        .map(|member| (member.name.as_str(), member.range.clone()));
                    f(Read {
                        variable,
                        fields: &mut fields,
                    });
                }
            }
            Parsed::Malformed(_) | Parsed::Unknown => {}
        }
    });
}

fn read_of_path<'a>(path: &'a Path, start: usize, f: &mut dyn FnMut(Read<'a, '_>)) {
    let variable = match path.root() {
        Root::Input => None,
        Root::Variable(name) => Some(&**name),
        Root::Context => return,
    };
    let mut fields = path
        .first_fields()
        .map(|(name, range)| (name, start + range.start..start + range.end));
    f(Read {
        variable,
        fields: &mut fields,
    });
}
