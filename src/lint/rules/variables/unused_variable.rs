//! `unused-variable`

use crate::asl::variable::{RESERVED, assigned_in};
use super::invalid_variable_name::bad_character;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use std::collections::{HashMap, HashSet};

declare_rule! {
    /// A variable is assigned but never read.
    ///
    /// ## What it does
    ///
    /// Reports variables whose name does not occur, with its `$`, anywhere else in the scope that assigns them or in
    /// inner scopes.
    ///
    /// ## Why is this bad?
    ///
    /// The variable counts toward the limit of 10 MiB of variables per execution. Often the name is misspelled where
    /// the variable should be read.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"total.$": "$.total"}, "Next": "B"}, "B": {"Type": "Succeed"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"total.$": "$.total"}, "Next": "B"}, "B": {"Type": "Succeed", "OutputPath": "$total"}}}
    /// ```
    pub static RULE = {
        name: "unused-variable",
        family: Variables,
        severity: Info,
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    let has_gap = cx.scopes.iter().any(|scope| !scope.flow.dangling.is_empty());
    let mut words: Option<HashMap<&str, Vec<usize>>> = None;
    for scope in &cx.scopes {
        let mut seen = HashSet::new();
        for variable in assigned_in(scope.machine) {
            // Other rules report invalid names.
            let is_name = variable.name != RESERVED && bad_character(variable.name).is_none();
            if !is_name || !seen.insert(variable.name) {
                continue;
            }
            // The text is searched instead of the parsed expressions, since a placeholder or malformed expression may also read.
            let words = words.get_or_insert_with(|| words_with_dollar(cx.document.source.text()));
            let scope = scope.machine.node.span.range();
            let is_read = |places: &Vec<usize>| places.iter().any(|at| scope.contains(at));
            if !words.get(variable.name).is_some_and(is_read) {
                findings.add(
                    Finding::new(
                        variable.span,
                        format!("`${}` is assigned but never read", variable.name),
                    )
                    .help("remove the assignment or read the variable")
                    .requires_whole_file()
                    .cascading_if(!findings.tainted().is_empty() || has_gap),
                );
            }
        }
    }
}

/// Every `$name` of a string, with its locations.
fn words_with_dollar(text: &str) -> HashMap<&str, Vec<usize>> {
    let mut words: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, _) in text.match_indices('$') {
        let rest = &text[at + 1..];
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        if end > 0 {
            words.entry(&rest[..end]).or_default().push(at);
        }
    }
    words
}
