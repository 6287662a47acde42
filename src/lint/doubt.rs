//! Fields that are there and cannot be relied upon, so that nothing follows from their absence.
//!
//! One slip of the pen is one finding: who writes `"Nxt": "B"` has misspelt a field, and need not hear as well that the
//! state has no `Next` and that nothing leads to `B`. The schema notes here which fields it found at fault; whatever
//! rests on one of them being absent says so ([`super::Finding::for_want_of`]) and is then left out.

use crate::document::Node;
use crate::source::Span;
use std::collections::HashSet;

/// The fields at fault, each by the object it is in, or should be in.
#[derive(Debug, Default)]
pub struct Doubts {
    fields: HashSet<(Span, String)>,
}

/// The fields that say where a state goes next, or that it goes nowhere.
const WAYS_OUT: [&str; 6] = ["Type", "Next", "End", "Choices", "Default", "Catch"];

impl Doubts {
    pub(super) fn add(&mut self, object: &Node, field: &str) {
        self.fields.insert((object.span, field.to_owned()));
    }

    /// Whether a field of an object is missing where it must not, misspelt or malformed, which is reported already.
    pub(super) fn has(&self, object: Span, field: &str) -> bool {
        !self.is_empty() && self.fields.contains(&(object, field.to_owned()))
    }

    /// Whether it is not known where a state leads.
    pub(super) fn of_way_out(&self, state: &Node) -> bool {
        WAYS_OUT.iter().any(|field| self.has(state.span, field))
    }

    /// Whether nothing is in doubt.
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use crate::asl::lower;
    use crate::document;
    use crate::document::Syntax;
    use crate::lint::{Settings, check, check_document};
    use crate::source::SourceFile;
    use crate::spec::WorkflowType::Standard;

    /// The rules that errors and warnings of a definition are reported under.
    fn rules_of(states: &str, settings: &Settings) -> Vec<&'static str> {
        let text = format!(r#"{{"StartAt": "A", "States": {states}}}"#);
        let document = document::read(SourceFile::new("a.json", text).into(), Syntax::Json);
        let root = &document.roots[0];
        let mut found = check_document(&document, settings);
        found.extend(check(&document, root, &lower::machine(root), Standard, settings));
        found.iter().map(|d| d.rule).collect()
    }

    #[track_caller]
    fn raises(states: &str, rules: &[&str]) {
        assert_eq!(rules_of(states, &Settings::default()), rules, "{states}");
    }

    #[test]
    fn one_slip_of_the_pen_is_one_finding() {
        let b = r#""B": {"Type": "Succeed"}"#;
        for (a, rule) in [
            (r#"{"Type": "Pass", "Nxt": "B"}"#, "unknown-field"),
            (r#"{"Type": "Pass", "Next": 1}"#, "wrong-type"),
            (r#"{"Type": "Pass"}"#, "missing-alternative"),
            (r#"{"Type": "Pass", "Next": "BB1"}"#, "missing-target"),
            (r#"{"Type": "Pas", "Next": "B"}"#, "invalid-value"),
            (
                r#"{"Type": "Choice", "Choises": [], "Default": "B"}"#,
                "unknown-field",
            ),
            (r#"{"Type": "Choice", "Choices": "B"}"#, "wrong-type"),
            (
                r#"{"Type": "Pass", "Asign": {"v": 1}, "Next": "B"}"#,
                "unknown-field",
            ),
            ("7", "wrong-type"),
        ] {
            raises(&format!(r#"{{"A": {a}, {b}}}"#), &[rule]);
        }
        raises(r#"{"A": {"Type": "Pass", "End": "true"}}"#, &["wrong-type"]);
        raises(r#"{"A": {"Type": "Pass", "end": true}}"#, &["unknown-field"]);
        let reads = r#""B": {"Type": "Pass", "Parameters": {"v.$": "$v"}, "End": true}"#;
        raises(
            &format!(r#"{{"A": {{"Type": "Pass", "Asign": {{"v": 1}}, "Next": "B"}}, {reads}}}"#),
            &["unknown-field"],
        );
    }

    #[test]
    fn faults_that_have_no_part_in_another_leave_it_alone() {
        let a = r#""A": {"Type": "Pass", "Foo": 1, "Next": "Bill it"}"#;
        let island = r#""C": {"Type": "Pass", "Next": "C"}"#;
        raises(
            &format!(r#"{{{a}, "Bill It": {{"Type": "Succeed"}}, {island}}}"#),
            &["unknown-field", "missing-target", "unreachable-state"],
        );
    }

    #[test]
    fn nothing_follows_from_what_a_fault_of_syntax_left_out() {
        raises(r#"{"A": {"Type": "Pass", "End" true"#, &["invalid-syntax"]);
    }

    #[test]
    fn aws_names_consequences_too() {
        let mut settings = Settings::default();
        settings.with_consequences = true;
        let rules = rules_of(r#"{"A": {"Type": "Pass", "End": "true"}}"#, &settings);
        assert_eq!(rules, ["no-terminal-state", "wrong-type"]);
    }
}
