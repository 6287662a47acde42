//! State machine resources of templates, and their configuration.

use super::issue::TemplateIssue;
use super::machine::Container;
use crate::source::{SourceFile, Span};
use crate::spec::WorkflowType;
use std::sync::Arc;

/// A state machine resource.
#[derive(Debug)]
pub struct Resource {
    /// The kind of template it is in.
    pub container: Container,
    /// Its name in the template.
    pub name: String,
    /// The location of the name.
    pub name_span: Span,
    /// The JSON pointer of the resource in the data of [`Resource::source`].
    pub pointer: String,
    /// The file that the spans refer to.
    pub source: Arc<SourceFile>,
    /// Its configuration.
    pub configuration: Configuration,
    /// Its problems.
    pub issues: Vec<TemplateIssue>,
}

/// The configuration of a state machine besides its definition.
#[derive(Debug, Default)]
pub struct Configuration {
    /// Its type; `None` if it is unknown.
    pub workflow_type: Option<WorkflowType>,
    /// Its name in AWS, if it is a literal.
    pub name: Option<(String, Span)>,
    /// Whether logging is enabled.
    pub logging: Setting,
    /// Whether X-Ray tracing is enabled.
    pub tracing: Setting,
    /// Whether it has a role; `On` if the framework creates one.
    pub role: Setting,
    /// Whether it is encrypted with a customer managed key.
    pub key: Setting,
}

/// The setting of one property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Setting {
    /// Not specified.
    Absent,
    /// Disabled at this location.
    Off(Span),
    /// Enabled.
    On,
    /// Unknown until deployment.
    #[default]
    Unknown,
}
