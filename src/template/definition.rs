//! The definition of a resource: where it is read from, and what hinders it.

use super::contents::Contents;
use super::fault::{Fault, FaultKind};
use super::files::{Base, Closed, Opened, syntax_of};
use super::found::{Found, Held};
use super::reach::{MAX_OUTCOMES, Reach};
use super::resource::Resource;
use crate::document::{Document, Node, NodeKind, read};
use crate::source::Span;

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
