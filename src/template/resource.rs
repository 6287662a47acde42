//! A state machine as a resource of a template: what is configured, and what is wrong with where its definition is.

use super::fault::Fault;
use super::found::Container;
use crate::source::{SourceFile, Span};
use crate::spec::WorkflowType;
use std::sync::Arc;

/// A resource that is a state machine.
#[derive(Debug)]
pub struct Resource {
    /// What kind of template it stands in.
    pub container: Container,
    /// Its name in the template.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// The resource, as a JSON pointer into the data of [`Resource::source`].
    pub pointer: String,
    /// The file that the places lie in.
    pub source: Arc<SourceFile>,
    /// What is configured.
    pub configuration: Configuration,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// What a template says of a state machine besides its definition.
#[derive(Debug, Default)]
pub struct Configuration {
    /// Its type; `None` where the template does not let it be known.
    pub workflow_type: Option<WorkflowType>,
    /// The name that AWS will know it under, where it is written out.
    pub name: Option<(String, Span)>,
    /// Whether events are logged.
    pub logging: Setting,
    /// Whether executions are traced by X-Ray.
    pub tracing: Setting,
    /// Whether it has a role; `On` where the framework makes one.
    pub role: Setting,
    /// Whether it is encrypted with a key of the customer.
    pub key: Setting,
}

/// What a template says of one property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Setting {
    /// Nothing.
    Absent,
    /// That it is off, at this place.
    Off(Span),
    /// That it is on.
    On,
    /// Something that is known only when it is deployed.
    #[default]
    Unknown,
}
