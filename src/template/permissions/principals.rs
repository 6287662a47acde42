//! Who may assume a role.

use crate::document::Node;

/// The service that assumes the roles of state machines.
const PRINCIPAL: &str = "states.";

/// Whether a trust policy has other principals than Step Functions.
pub(in crate::template) fn is_assumed_by_others(trust: &Node) -> bool {
    let mut is_other = false;
    services(trust, &mut |service| is_other |= !service.starts_with(PRINCIPAL));
    is_other
}

/// Calls `f` with the services in the principals of a trust policy. Principals of other kinds are passed like services.
fn services(node: &Node, f: &mut dyn FnMut(&str)) {
    for item in node.as_array().unwrap_or_default() {
        services(item, f);
    }
    for member in node.as_object().unwrap_or_default() {
        if member.key.as_str() == "Principal" {
            let kinds = member.value.as_object().unwrap_or_default();
            for kind in kinds {
                if kind.key.as_str() != "Service" {
                    f("");
                    continue;
                }
                let items = kind.value.as_array().unwrap_or(std::slice::from_ref(&kind.value));
                items
                    .iter()
                    .for_each(|item| f(item.as_str().unwrap_or(PRINCIPAL)));
            }
        } else {
            services(&member.value, f);
        }
    }
}
