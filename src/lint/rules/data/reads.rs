//! The fields that expressions read.

use crate::asl::{Expression, Parsed, State};
use crate::expr::jsonata::ReferenceKind;
use crate::expr::jsonpath::{Path, Root};
use std::ops::Range;

/// A field of the state's input that an expression reads.
#[derive(Debug)]
pub(super) struct Read<'a> {
    /// The names of the fields on the way, the last one included.
    pub(super) names: Vec<&'a str>,
    /// The bytes of the last name in the expression's parsed text.
    pub(super) range: Range<usize>,
}

/// The fields of which `$` is not the state's input.
const OF_RESULT: [&str; 3] = ["ResultSelector", "ResultPath", "OutputPath"];

/// Calls `f` with each field of the input that the state reads, and each field on the way to it.
pub(super) fn for_each_read<'a, 'd>(state: &'a State<'d>, f: &mut dyn FnMut(&'a Expression<'d>, Read<'a>)) {
    if state.data.input_path.is_given() {
        return;
    }
    state.for_each_expression(&mut |expression| {
        if OF_RESULT.contains(&expression.field)
            || (expression.field == "Assign" && !state.catch().is_empty())
        {
            return;
        }
        match &expression.parsed {
            Parsed::Path(path) => of_path(path, 0, &mut |read| f(expression, read)),
            Parsed::Intrinsic(call) => {
                for (path, range) in call.paths() {
                    of_path(path, range.start, &mut |read| f(expression, read));
                }
            }
            Parsed::Jsonata(parsed) => {
                for reference in parsed.references() {
                    let ReferenceKind::Variable(name) = &reference.kind else {
                        continue;
                    };
                    let Some((first, rest)) = reference.path.split_first() else {
                        continue;
                    };
                    if reference.bound || name != "states" || first.name != "input" {
                        continue;
                    }
                    for (index, member) in rest.iter().enumerate() {
                        let names = rest[..=index].iter().map(|member| member.name.as_str()).collect();
                        let range = member.range.clone();
                        f(expression, Read { names, range });
                    }
                }
            }
            Parsed::Malformed(_) | Parsed::Unknown => {}
        }
    });
}

fn of_path<'a>(path: &'a Path, start: usize, f: &mut dyn FnMut(Read<'a>)) {
    if *path.root() != Root::Input {
        return;
    }
    let mut names = Vec::new();
    for (name, range) in path.first_fields() {
        names.push(name);
        f(Read {
            names: names.clone(),
            range: start + range.start..start + range.end,
        });
    }
}
