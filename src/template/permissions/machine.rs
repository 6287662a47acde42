//! What a template says about the permissions of one state machine.

use super::names::Names;
use crate::document::Node;
use crate::source::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A policy of a role.
#[derive(Debug, Clone)]
pub enum Grant {
    /// A policy document, with the values of intrinsic functions as strings.
    Document {
        /// The document.
        policy: Node,
        /// Where it is written.
        span: Span,
    },
    /// A managed policy by its ARN or name.
    Managed {
        /// The ARN or the name.
        name: String,
        /// Where it is referenced.
        span: Span,
    },
    /// A policy template of SAM.
    SamTemplate {
        /// Its name.
        name: String,
        /// Its parameters.
        parameters: Vec<(String, String)>,
        /// Where it is used.
        span: Span,
    },
    /// The policy that the plugin serverless-step-functions derives from the definition.
    Plugin,
    /// A policy that is unknown until deployment.
    Unknown,
}

/// The policies of the role of a state machine.
#[derive(Debug, Clone, Default)]
pub struct RolePolicies {
    /// The policies.
    pub grants: Vec<Grant>,
    /// Its permissions boundary, without which the role does not have the permissions in its policies.
    pub boundary: Option<Grant>,
    /// Whether these are all policies of the role.
    pub is_complete: bool,
    /// The state machines of the template that have this role.
    pub machines: Vec<String>,
    /// Whether other resources have this role, too.
    pub is_shared: bool,
}

/// What a template says about the permissions of one state machine.
#[derive(Debug, Clone)]
pub struct MachinePermissions {
    /// What the references of the template mean.
    pub names: Arc<Names>,
    /// The substitutions of the definition, with their values.
    pub substitutions: BTreeMap<String, String>,
    /// The name of the state machine, or a reference to it.
    pub machine: String,
    /// The customer managed key with which its data is encrypted, as an ARN.
    pub key: Option<String>,
    /// The policies of its role, which several state machines may have; `None` if the role is not in the template.
    pub policies: Option<Arc<RolePolicies>>,
}

/// Nothing is known, not even the name of the state machine.
impl Default for MachinePermissions {
    fn default() -> Self {
        Self {
            names: Arc::default(),
            substitutions: BTreeMap::new(),
            machine: "*".to_owned(),
            key: None,
            policies: None,
        }
    }
}
