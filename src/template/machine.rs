//! State machines in files, and the shape of definitions.

use crate::document::{Document, Node, NodeKind};
use crate::source::{SourceFile, Span};
use crate::spec::WorkflowType;
use std::sync::Arc;

/// A state machine in a file.
#[derive(Debug)]
pub struct EmbeddedMachine<'d> {
    /// Its name in the template (its logical ID), if it is in one.
    pub name: Option<String>,
    /// The kind of file it is in.
    pub container: Container,
    /// Its type, if the template specifies it.
    pub workflow_type: Option<WorkflowType>,
    /// Its JSON pointer in the data of the checked file; empty for the root.
    pub pointer: String,
    /// Its JSON pointer in the data of another file, if it is in one; empty for the root.
    pub inner: String,
    /// Whether it is in a string of the file, so that inserted text must be escaped.
    pub is_text: bool,
    /// Whether it is another outcome of the conditions of the previous one, and not another state machine.
    pub is_alternative: bool,
    pub(super) origin: Origin<'d>,
}

/// The kinds of files that contain state machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// The file is the definition.
    Definition,
    /// A CloudFormation template: `AWS::StepFunctions::StateMachine`.
    CloudFormation,
    /// A SAM template: `AWS::Serverless::StateMachine`.
    Sam,
    /// A configuration of the Serverless Framework with the plugin serverless-step-functions.
    Serverless,
    /// A Terraform module: `aws_sfn_state_machine`, or a call of a module with a definition.
    Terraform,
    /// A Pulumi program in YAML: `aws:sfn:StateMachine`.
    Pulumi,
    /// A manifest of Kubernetes: the kind `StateMachine` of AWS Controllers for Kubernetes or Crossplane.
    Kubernetes,
    /// The output of an API that describes a state machine.
    Description,
}

impl Container {
    /// The name as printed in lists.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::CloudFormation => "cloudformation",
            Self::Sam => "sam",
            Self::Serverless => "serverless",
            Self::Terraform => "terraform",
            Self::Pulumi => "pulumi",
            Self::Kubernetes => "kubernetes",
            Self::Description => "description",
        }
    }
}

/// Where the definition of a state machine is stored.
#[derive(Debug)]
pub(super) enum Origin<'d> {
    Borrowed {
        document: &'d Document,
        node: &'d Node,
    },
    Owned {
        document: Box<Document>,
        /// The node to use if nothing could be read.
        nothing: Node,
    },
}

impl Origin<'_> {
    /// A definition at `span` of the file that was read separately.
    pub(super) fn owned(document: Document, span: Span) -> Self {
        Self::Owned {
            document: Box::new(document),
            nothing: Node::new(NodeKind::Unknown, span),
        }
    }
}

impl EmbeddedMachine<'_> {
    /// The document that the definition's spans belong to: the file, or another file that the template references.
    pub fn document(&self) -> &Document {
        match &self.origin {
            Origin::Borrowed { document, .. } => document,
            Origin::Owned { document, .. } => document,
        }
    }

    /// The definition; an unknown value if it could not be read.
    pub fn node(&self) -> &Node {
        match &self.origin {
            Origin::Borrowed { node, .. } => node,
            Origin::Owned { document, nothing } => document.roots.first().unwrap_or(nothing),
        }
    }

    /// The name of its resource in the template: instances by `count` and `for_each` have an index.
    pub fn resource_name(&self) -> Option<&str> {
        self.name
            .as_deref()
            .map(|name| name.split('[').next().unwrap_or(name))
    }

    /// Whether the definition was parsed separately, so that its syntax errors have not been reported yet.
    pub const fn is_external(&self) -> bool {
        matches!(self.origin, Origin::Owned { .. })
    }

    /// Whether it is the entire document.
    pub fn is_all_of(&self, document: &Document) -> bool {
        match (&self.origin, document.roots.as_slice()) {
            (Origin::Borrowed { node, .. }, [only]) => std::ptr::eq(*node, only),
            _ => false,
        }
    }

    /// A document that contains only the definition, with the same spans.
    pub fn into_document(self) -> Document {
        match self.origin {
            Origin::Owned { document, .. } => *document,
            Origin::Borrowed { document, node } => Document {
                source: Arc::clone(&document.source),
                syntax: document.syntax,
                roots: vec![node.clone()],
                errors: document.errors.clone(),
                is_whole: document.is_whole,
            },
        }
    }

    /// The same state machine, independent of the document it was found in.
    pub(super) fn into_owned<'o>(self) -> EmbeddedMachine<'o> {
        let origin = match self.origin {
            Origin::Owned { document, nothing } => Origin::Owned { document, nothing },
            Origin::Borrowed { document, node } => Origin::Owned {
                document: Box::new(Document {
                    source: Arc::clone(&document.source),
                    syntax: document.syntax,
                    roots: vec![node.clone()],
                    errors: Vec::new(),
                    is_whole: document.is_whole,
                }),
                nothing: Node::new(NodeKind::Unknown, node.span),
            },
        };
        EmbeddedMachine {
            name: self.name,
            container: self.container,
            workflow_type: self.workflow_type,
            pointer: self.pointer,
            inner: self.inner,
            is_text: self.is_text,
            is_alternative: self.is_alternative,
            origin,
        }
    }

    /// The definition's file, if it is not the template.
    pub fn elsewhere(&self, template: &Document) -> Option<&Arc<SourceFile>> {
        let source = &self.document().source;
        (!Arc::ptr_eq(source, &template.source)).then_some(source)
    }
}

/// Whether a root has `StartAt`, or a `States` object that contains objects. This excludes documents that merely mention
/// these words (JSON schemas, service models).
pub fn looks_like_definition(root: &Node) -> bool {
    let start = root
        .get("StartAt")
        .is_some_and(|n| n.as_text().is_some() || n.is_unknown());
    let holds_states = |states: &Node| {
        let members = states.as_object().unwrap_or_default();
        !members.is_empty()
            && members
                .iter()
                .all(|m| m.value.as_object().is_some() || m.value.is_unknown())
    };
    start || root.get("States").is_some_and(holds_states)
}
