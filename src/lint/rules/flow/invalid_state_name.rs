//! `invalid-state-name`

use crate::asl::State;
use crate::lint::aws::AwsCode;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::quota;

declare_rule! {
    /// A state name is empty, too long, or contains control characters.
    ///
    /// ## What it does
    ///
    /// Reports names of more than 80 characters and names that contain control characters, at every depth.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
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
        aws: AwsCode::InvalidStateName,
        check: Check::State(check),
    }
}

fn check(_cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    let name = state.name.as_str();
    let length = name.chars().count();
    let fault = if name.is_empty() {
        "state name is empty".to_owned()
    } else if length > quota::STATE_NAME_CHARACTERS && !state.name.has_placeholder() {
        format!(
            "state name has {length} characters; the maximum is {}",
            quota::STATE_NAME_CHARACTERS
        )
    } else if name.chars().any(char::is_control) {
        "state name contains control characters".to_owned()
    } else {
        return;
    };
    findings.add(Finding::new(state.name_span, fault).help("use a name of 1 to 80 printable characters"));
}
