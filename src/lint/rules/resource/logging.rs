//! Logging of a state machine, which the rules for Standard and for Express workflows report with different severities.

use crate::lint::finding::Finding;
use crate::spec::WorkflowType;
use crate::template::{Resource, Setting};

/// The finding for a resource of this type whose logging is absent or off; `noun` is what the message calls it.
pub(super) fn missing(
    resource: &Resource,
    workflow_type: WorkflowType,
    noun: &str,
) -> Option<Finding<'static>> {
    let configuration = &resource.configuration;
    let span = match configuration.logging {
        Setting::Absent => resource.name_span,
        Setting::Off(span) => span,
        Setting::On | Setting::Unknown => return None,
    };
    (configuration.workflow_type == Some(workflow_type)).then(|| {
        Finding::new(span, format!("{noun} `{}` has no logging", resource.name))
            .help("add a logging configuration with level ERROR or ALL")
            .requires_whole_file()
    })
}
