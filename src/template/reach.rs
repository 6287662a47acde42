//! How far the reading of a file goes: which other files it may name, and how much it may come to.

use super::fault::{Fault, FaultKind};
use super::files::{Base, Closed, Files, Opened};
use crate::document::{Document, Member, Node, NodeKind, Syntax, read};
use crate::source::Span;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What any file may come to, in bytes: a few lines may spell out a text of any length, where AWS takes definitions of
/// at most 1 MiB.
const LEAST: usize = 16 << 20;

/// How many outcomes the conditions of one definition may have.
pub(super) const MAX_OUTCOMES: usize = 256;

/// What a definition counts for besides its text.
const DEFINITION: usize = 1 << 10;

/// The reach of one file.
///
/// What is put together is counted in bytes, never timed, so that the answer is the same on every machine. Whoever
/// makes something asks [`Reach::take`] first and makes nothing where that says no; a definition that was in the making
/// then is thrown away, and [`Reach::fault`] says so.
pub(super) struct Reach<'f> {
    files: &'f dyn Files,
    /// How much there was to begin with.
    whole: Cell<usize>,
    left: Cell<usize>,
    is_reported: Cell<bool>,
    opened: RefCell<HashSet<String>>,
    parts: RefCell<HashMap<String, Rc<Document>>>,
}

impl<'f> Reach<'f> {
    /// For a file of this text.
    pub(super) fn of(text: &str, files: &'f dyn Files) -> Self {
        let whole = LEAST + 2 * text.len();
        Self {
            files,
            whole: Cell::new(whole),
            left: Cell::new(whole),
            is_reported: Cell::new(false),
            opened: RefCell::default(),
            parts: RefCell::default(),
        }
    }

    /// Whether one part more, of so many bytes, may be made.
    pub(super) fn take(&self, bytes: usize) -> bool {
        // The place that each part came from is kept, so that an empty one costs something too.
        let left = self.left.get().checked_sub(bytes + 16);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Whether one definition more may be held.
    pub(super) fn take_definition(&self) -> bool {
        self.take(DEFINITION)
    }

    /// The value under a key, where looking for it may be.
    pub(super) fn look_up<'n>(&self, object: &'n Node, key: &str) -> Option<&'n Node> {
        let members = object.as_object()?;
        if self.take(members.len() / 4) {
            object.get(key)
        } else {
            None
        }
    }

    /// A tree once more; unknown from where the reach ends.
    pub(super) fn copy(&self, node: &Node) -> Node {
        let kind = match &node.kind {
            _ if !self.take(node.as_str().map_or(0, str::len)) => NodeKind::Unknown,
            NodeKind::Array(items) => NodeKind::Array(items.iter().map(|item| self.copy(item)).collect()),
            NodeKind::Object(members) => {
                let member = |m: &Member| Member {
                    key: m.key.clone(),
                    key_span: m.key_span,
                    value: self.copy(&m.value),
                };
                NodeKind::Object(members.iter().map(member).collect())
            }
            kind => kind.clone(),
        };
        Node::new(kind, node.span)
    }

    /// Whether there is nothing left: then what was in the making is a fragment.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// Once for each file: that the definition at a place was not read, nor any after it.
    pub(super) fn fault(&self, span: Span) -> Option<Fault> {
        if self.is_reported.replace(true) {
            return None;
        }
        let message = format!(
            "What this file puts together comes to more than {} MiB: this definition was not read, nor any after it",
            self.whole.get() >> 20
        );
        let fault = Fault::new(FaultKind::Unreadable, span, message);
        Some(
            fault.help(
                "AWS takes definitions of at most 1 MiB: see what its parts are put in for, and how often",
            ),
        )
    }

    /// The other files of a Terraform module, as far as they may say what a name stands for.
    pub(super) fn module_of(&self, document: &Document) -> Vec<Document> {
        let files = self.files.beside(document.source.name(), ".tf").into_iter();
        let says_names = |text: &str| {
            ["locals", "variable", "template_file"]
                .iter()
                .any(|word| text.contains(word))
        };
        files
            .filter(|source| says_names(source.text()))
            .map(|source| read(source, Syntax::Hcl))
            .collect()
    }

    /// A file of which many parts are named, each by itself: `read` reads it, once.
    pub(super) fn part_of(
        &self,
        from: &str,
        path: &str,
        read: impl FnOnce() -> Option<Document>,
    ) -> Option<Rc<Document>> {
        let key = format!("{from}\0{path}");
        if let Some(document) = self.parts.borrow().get(&key) {
            return Some(Rc::clone(document));
        }
        let document = Rc::new(read()?);
        self.parts.borrow_mut().insert(key, Rc::clone(&document));
        Some(document)
    }

    /// Opens a file. The text of each one is the user's own, so that only a second reading is counted.
    pub(super) fn open(&self, from: &str, path: &str, base: Base) -> Result<Opened, Closed> {
        let opened = self.files.open(from, path, base)?;
        let length = opened.source.text().len();
        if self.opened.borrow_mut().insert(opened.source.name().to_owned()) {
            self.whole.set(self.whole.get() + 2 * length);
            if !self.is_spent() {
                self.left.set(self.left.get() + 2 * length);
            }
        } else {
            self.take(length);
        }
        Ok(opened)
    }
}
