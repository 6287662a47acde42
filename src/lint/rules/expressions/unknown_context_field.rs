//! `unknown-context-field`

use crate::diagnostic::Fix;
use super::accessors::{place, references};
use crate::asl::{Expression, Parsed, State};
use crate::expr::jsonata::ReferenceKind;
use crate::expr::jsonpath::{Path, Root};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose::{self, closest, similar_name};
use std::ops::Range;

declare_rule! {
    /// The context object has no such field.
    ///
    /// ## What it does
    ///
    /// Compares the fields that are read below `$$` and `$states.context` with those in the developer guide.
    /// `Execution.Input` and `Map.Item.Value` contain data with fields of any name.
    ///
    /// ## Why is this bad?
    ///
    /// A JSONPath state fails with `States.Runtime`, and in JSONata the expression has no value. Usually the name is
    /// misspelled; names are case-sensitive.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"id.$": "$$.Execution.ID"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% $states.context.execution.Id %}", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"id.$": "$$.Execution.Input.order.id"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "unknown-context-field",
        family: Expressions,
        severity: Warning,
        fix: Either,
        check: Check::Expression(check),
    }
}

/// The fields of an object of the context object, if they are fixed.
struct Known {
    path: &'static [&'static str],
    fields: &'static [&'static str],
}

/// Developer guide, "Accessing execution data from the Context object".
const KNOWN: [Known; 7] = [
    Known {
        path: &[],
        fields: &["Execution", "Map", "State", "StateMachine", "Task"],
    },
    Known {
        path: &["Execution"],
        fields: &[
            "Id",
            "Input",
            "Name",
            "RedriveCount",
            "RedriveTime",
            "RoleArn",
            "StartTime",
        ],
    },
    Known {
        path: &["Map"],
        fields: &["Item"],
    },
    Known {
        path: &["Map", "Item"],
        fields: &["Index", "Key", "Source", "Value"],
    },
    Known {
        path: &["State"],
        fields: &["EnteredTime", "Name", "RetryCount"],
    },
    Known {
        path: &["StateMachine"],
        fields: &["Id", "Name"],
    },
    Known {
        path: &["Task"],
        fields: &["Token"],
    },
];

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    for_each_context_path(e, &mut |names| {
        let unknown = names.iter().enumerate().find_map(|(i, (name, range))| {
            let known = KNOWN
                .iter()
                .find(|k| k.path.iter().copied().eq(names[..i].iter().map(|(n, _)| *n)))?;
            (!known.fields.contains(name)).then_some((known, *name, range))
        });
        let Some((known, name, range)) = unknown else {
            return;
        };
        let owner = if known.path.is_empty() {
            "the context object".to_owned()
        } else {
            format!("`{}` of the context object", known.path.join("."))
        };
        let finding = Finding::new(
            place(cx, e, range.clone()),
            format!("unknown field `{name}` of {owner}"),
        );
        findings.add(match closest(name, known.fields.iter().copied()) {
            Some(meant) => finding
                .help(similar_name("field", meant))
                .fix(e.text.get(e.offset + range.start..e.offset + range.end).and_then(|step| {
                    // A step may have brackets and quotes around the name.
                    let start = range.start + step.find(name)?;
                    let place = place(cx, e, start..start + name.len());
                    Some(Fix::spelling(place, name, meant))
                })),
            None => finding.help(format!("available fields: {}", prose::list(known.fields))),
        });
    });
}

/// A name in a path, and its bytes.
pub(super) type Name<'a> = (&'a str, Range<usize>);

/// Calls `f` with the names, and their locations, of each path below the context object: all up to the first step that is not a
/// plain name.
pub(super) fn for_each_context_path(e: &Expression<'_>, f: &mut dyn FnMut(&[Name<'_>])) {
    let mut jsonpath = |path: &Path, start: usize| {
        if *path.root() == Root::Context {
            let names = path
                .first_fields()
                .map(|(name, range)| (name, start + range.start..start + range.end));
            f(&names.collect::<Vec<_>>());
        }
    };
    match e.parsed() {
        Parsed::Path(path) => jsonpath(path, 0),
        Parsed::Intrinsic(call) => call
            .paths()
            .iter()
            .for_each(|(path, range)| jsonpath(path, range.start)),
        Parsed::Jsonata(_) => {
            for reference in references(e) {
                if let (ReferenceKind::Variable(name), [first, rest @ ..]) =
                    (&reference.kind, reference.path.as_slice())
                    && name == "states"
                    && first.name == "context"
                {
                    f(&rest
                        .iter()
                        .map(|m| (m.name.as_str(), m.range.clone()))
                        .collect::<Vec<_>>());
                }
            }
        }
        Parsed::Malformed(_) | Parsed::Unknown => {}
    }
}
