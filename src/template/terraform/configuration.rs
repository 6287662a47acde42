//! The configuration of an `aws_sfn_state_machine` besides its definition.

use crate::document::Node;
use crate::source::Span;
use crate::spec::WorkflowType;
use crate::template::resource::{Configuration, Setting};

pub(super) fn read(body: &Node) -> Configuration {
    let has_dynamic = |name: &str| {
        let members = body.as_object().unwrap_or_default();
        members
            .iter()
            .any(|m| m.key.as_str() == "dynamic" && m.value.get(name).is_some())
    };
    let setting = |block: &str, attribute: &str, is_on: &dyn Fn(&Node) -> Option<bool>| {
        let Some(written) = body.get(block) else {
            return if has_dynamic(block) {
                Setting::Unknown
            } else {
                Setting::Absent
            };
        };
        match written.get(attribute) {
            None => Setting::Off(key_of(body, block).unwrap_or(written.span)),
            Some(node) => match is_on(node) {
                Some(true) => Setting::On,
                Some(false) => Setting::Off(node.span),
                None => Setting::Unknown,
            },
        }
    };
    let word = |node: &Node, on: &dyn Fn(&str) -> bool| {
        node.as_text().filter(|t| !t.has_placeholder()).map(|t| on(t))
    };
    Configuration {
        workflow_type: match body.get("type") {
            None => Some(WorkflowType::Standard),
            Some(node) => node.as_str().and_then(WorkflowType::from_name),
        },
        name: body
            .get("name")
            .and_then(|n| Some((n.as_str()?.to_owned(), n.span))),
        logging: setting("logging_configuration", "level", &|n| word(n, &|w| w != "OFF")),
        tracing: setting("tracing_configuration", "enabled", &Node::as_bool),
        role: body.get("role_arn").map_or(Setting::Absent, |_| Setting::On),
        key: setting("encryption_configuration", "type", &|n| {
            word(n, &|w| w == "CUSTOMER_MANAGED_KMS_KEY")
        }),
    }
}

fn key_of(body: &Node, name: &str) -> Option<Span> {
    body.member(name).map(|m| m.key_span)
}
