//! The fields that expressions read.

use crate::asl::{Expression, Parsed, State};
use crate::expr::jsonata::ReferenceKind;
use crate::expr::jsonpath::{Path, Root};
use std::ops::Range;

/// A field of the state's input or of a variable that an expression reads.
#[derive(Debug)]
pub(super) struct Read<'a> {
    /// The variable; `None` for the input.
    pub(super) variable: Option<&'a str>,
    /// The names of the fields on the way, the last one included.
    pub(super) names: Vec<&'a str>,
    /// The bytes of the last name in the expression's parsed text.
    pub(super) range: Range<usize>,
}

/// The fields of which `$` is not the state's input.
const OF_RESULT: [&str; 3] = ["ResultSelector", "ResultPath", "OutputPath"];

/// Calls `f` with each field of the input and of variables that the state reads, and each field on the way to it.
pub(super) fn for_each_read<'a, 'd>(state: &'a State<'d>, f: &mut dyn FnMut(&'a Expression<'d>, Read<'a>)) {
    let selects_input = state.data.input_path.is_given();
    state.for_each_expression(&mut |expression| {
        let is_of_input = !selects_input
            && !OF_RESULT.contains(&expression.field)
            && (expression.field != "Assign" || state.catch().is_empty());
        let mut f = |read: Read<'a>| {
            if is_of_input || read.variable.is_some() {
                f(expression, read);
            }
        };
        match &expression.parsed {
            Parsed::Path(path) => reads_of_path(path, 0, &mut f),
            Parsed::Intrinsic(call) => {
                for (path, range) in call.paths() {
                    reads_of_path(path, range.start, &mut f);
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
                    for (index, member) in members.iter().enumerate() {
                        let names = members[..=index].iter().map(|member| member.name.as_str());
                        f(Read {
                            variable,
                            names: names.collect(),
                            range: member.range.clone(),
                        });
                    }
                }
            }
            Parsed::Malformed(_) | Parsed::Unknown => {}
        }
    });
}

fn reads_of_path<'a>(path: &'a Path, start: usize, f: &mut dyn FnMut(Read<'a>)) {
    let variable = match path.root() {
        Root::Input => None,
        Root::Variable(name) => Some(&**name),
        Root::Context => return,
    };
    let mut names = Vec::new();
    for (name, range) in path.first_fields() {
        names.push(name);
        f(Read {
            variable,
            names: names.clone(),
            range: start + range.start..start + range.end,
        });
    }
}
