//! `invalid-state-name`

use crate::asl::State;
use crate::lint::aws::AwsCode;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::quota;

declare_rule! {
    /// A state's name is empty, too long, or holds control characters.
    ///
    /// ## What it does
    ///
    /// Reports names of more than 80 characters, at every depth, and names that hold control characters.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "", "States": {"": {"Type": "Pass", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
    /// ```
    pub static RULE = {
        name: "invalid-state-name",
        family: Flow,
        severity: Error,
        aws: AwsCode::Refused("RULE"),
        check: Check::State(check),
    }
}

fn check(_cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    let name = state.name.as_str();
    let length = name.chars().count();
    let fault = if name.is_empty() {
        "A state's name must not be empty".to_owned()
    } else if length > quota::STATE_NAME_CHARACTERS && !state.name.has_placeholder() {
        format!(
            "A state's name has {length} characters; AWS takes {}",
            quota::STATE_NAME_CHARACTERS
        )
    } else if name.chars().any(char::is_control) {
        "A state's name must not hold control characters".to_owned()
    } else {
        return;
    };
    findings.add(Finding::new(state.name_span, fault).help("give the state a shorter, printable name"));
}
