//! A state machine as a resource of a template: what is configured, and what is wrong with where its definition is.

use super::reach::{MAX_OUTCOMES, Reach};
use super::{Base, Closed, Container, Contents, Found, Held, Opened, syntax_of};
use crate::document::{Document, Node, NodeKind, read};
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

/// What kind of fault a resource has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The file of the definition is not there.
    MissingFile,
    /// The file's name has other letters in upper case.
    MisspeltFile,
    /// The definition lies where it cannot be read.
    Unreadable,
    /// The definition holds a `${Name}` for which there is no substitution.
    UndefinedSubstitution,
    /// A substitution whose `${Name}` is not in the definition.
    UnusedSubstitution,
}

/// What is wrong with a resource.
#[derive(Debug)]
pub struct Fault {
    /// What kind.
    pub kind: FaultKind,
    /// Where.
    pub span: Span,
    /// The file it is in, where that is not the resource's own.
    pub source: Option<Arc<SourceFile>>,
    /// The place as a JSON pointer into that file's data, where it is known here.
    pub pointer: Option<String>,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
}

impl Fault {
    pub(super) fn new(kind: FaultKind, span: Span, message: impl Into<String>) -> Self {
        Self {
            kind,
            span,
            source: None,
            pointer: None,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, words: impl Into<String>) -> Self {
        self.help = Some(words.into());
        self
    }
}

/// A definition that was found.
pub(super) struct Definition {
    pub(super) document: Document,
    /// Whether it stands in a string of the file.
    pub(super) is_text: bool,
    /// What holds or names it.
    pub(super) span: Span,
    /// The same as a JSON pointer into the data of the file under report.
    pub(super) pointer: String,
    /// Its place in the other file that it lies in, if it does.
    pub(super) inner: String,
}

impl Resource {
    /// Notes a definition of this resource, unless the reach ended on the way to it.
    pub(super) fn hold(&mut self, definition: Definition, reach: &Reach<'_>, contents: &mut Contents<'_>) {
        let Definition {
            document,
            is_text,
            span,
            pointer,
            inner,
        } = definition;
        if !reach.take_definition() {
            self.faults.extend(reach.fault(span));
            return;
        }
        contents.machines.push(Found {
            name: Some(self.name.clone()),
            container: self.container,
            workflow_type: self.configuration.workflow_type,
            pointer,
            inner,
            is_text,
            held: Held::Owned {
                document: Box::new(document),
                nothing: Node::new(NodeKind::Unknown, span),
            },
        });
    }

    /// Notes that a definition at a place is known only later: when a template is deployed, a module applied.
    pub(super) fn cannot_read(&mut self, span: Span, message: impl Into<String>) {
        self.faults.push(Fault::new(FaultKind::Unreadable, span, message));
    }

    /// Notes that a definition has more outcomes than are looked at.
    pub(super) fn has_more_outcomes(&mut self, span: Span) {
        self.cannot_read(
            span,
            format!("The conditions of this definition have more than {MAX_OUTCOMES} outcomes: the others were not read"),
        );
    }

    /// Reads the file that is the definition of the resource, by what it says at `span`; what hinders it is noted.
    pub(super) fn open(&mut self, path: &str, span: Span, base: Base, reach: &Reach<'_>) -> Option<Document> {
        let document = self.open_any(path, span, base, reach)?;
        if document.source.text() == self.source.text() {
            self.cannot_read(span, format!("`{path}` is this file itself and no definition"));
            return None;
        }
        Some(document)
    }

    /// Reads the file that the resource names at `span`; what hinders it is noted.
    pub(super) fn open_any(
        &mut self,
        path: &str,
        span: Span,
        base: Base,
        reach: &Reach<'_>,
    ) -> Option<Document> {
        if path.trim().is_empty() {
            self.cannot_read(span, "The path of the definition is empty");
            return None;
        }
        let fault = match reach.open(self.source.name(), path, base) {
            Ok(Opened { source, spelling }) => {
                if let Some(real) = spelling {
                    let message = format!("`{path}` is spelt `{real}` on the disk");
                    let fault = Fault::new(FaultKind::MisspeltFile, span, message);
                    self.faults
                        .push(fault.help("file systems that tell upper from lower case do not find it"));
                }
                let syntax = syntax_of(&source);
                return Some(read(source, syntax));
            }
            Err(Closed::Missing { close }) => {
                let message = format!("There is no file `{path}`");
                let fault = Fault::new(FaultKind::MissingFile, span, message);
                match close {
                    Some(close) => fault.help(format!("did you mean `{close}`?")),
                    None => fault.help("the path is relative to the template's folder"),
                }
            }
            Err(Closed::Outside) => Fault::new(
                FaultKind::Unreadable,
                span,
                format!("`{path}` was not read: it lies outside the folder under check"),
            )
            .help("check the folder that holds both, or add --allow-outside"),
            Err(Closed::Failed(why)) => Fault::new(FaultKind::Unreadable, span, why),
        };
        self.faults.push(fault);
        None
    }
}
