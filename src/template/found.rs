//! State machines that were found, and what a definition looks like.

use crate::document::{Document, Node};
use crate::source::SourceFile;
use crate::spec::WorkflowType;
use std::sync::Arc;

/// A state machine in a file.
#[derive(Debug)]
pub struct Found<'d> {
    /// Its name in the template (a logical id), where it is in one.
    pub name: Option<String>,
    /// What kind of file it was found in.
    pub container: Container,
    /// Its type, where the template says it.
    pub workflow_type: Option<WorkflowType>,
    /// Where it stands, as a JSON pointer into the data of the file under report; empty for the root.
    pub pointer: String,
    /// Where it stands in the data of another file, if it lies in one; empty for the root.
    pub inner: String,
    /// Whether it stands in a string of the file, so that what is put in must be written as in a string.
    pub is_text: bool,
    pub(super) held: Held<'d>,
}

/// What kind of file a state machine was found in.
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
    /// A Terraform module: `aws_sfn_state_machine`, or a module call with a `definition`.
    Terraform,
}

impl Container {
    /// The word that lists print.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::CloudFormation => "cloudformation",
            Self::Sam => "sam",
            Self::Serverless => "serverless",
            Self::Terraform => "terraform",
        }
    }
}

/// Where the definition of a state machine is kept.
#[derive(Debug)]
pub(super) enum Held<'d> {
    Borrowed {
        document: &'d Document,
        node: &'d Node,
    },
    Owned {
        document: Box<Document>,
        /// What stands where nothing could be read.
        nothing: Node,
    },
}

impl Found<'_> {
    /// The document that the definition's places belong to: the file, or another one that the template names.
    pub fn document(&self) -> &Document {
        match &self.held {
            Held::Borrowed { document, .. } => document,
            Held::Owned { document, .. } => document,
        }
    }

    /// The definition; unknown where nothing could be read.
    pub fn node(&self) -> &Node {
        match &self.held {
            Held::Borrowed { node, .. } => node,
            Held::Owned { document, nothing } => document.roots.first().unwrap_or(nothing),
        }
    }

    /// Whether the definition was read for its own sake, so that the reader's faults in it are still to be reported.
    pub const fn is_read_apart(&self) -> bool {
        matches!(self.held, Held::Owned { .. })
    }

    /// Whether it is all that a document holds.
    pub fn is_all_of(&self, document: &Document) -> bool {
        match (&self.held, document.roots.as_slice()) {
            (Held::Borrowed { node, .. }, [only]) => std::ptr::eq(*node, only),
            _ => false,
        }
    }

    /// The definition alone in a document. Its places stay what they are.
    pub fn into_document(self) -> Document {
        match self.held {
            Held::Owned { document, .. } => *document,
            Held::Borrowed { document, node } => Document {
                source: Arc::clone(&document.source),
                syntax: document.syntax,
                roots: vec![node.clone()],
                faults: document.faults.clone(),
                is_whole: document.is_whole,
            },
        }
    }

    /// The file it lies in, where that is another one than the template.
    pub fn elsewhere(&self, template: &Document) -> Option<&Arc<SourceFile>> {
        let source = &self.document().source;
        (!Arc::ptr_eq(source, &template.source)).then_some(source)
    }
}

/// A root with `StartAt`, or with a `States` object that holds objects. Documents that merely hold the words (JSON
/// schemas, service models) do not pass.
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
