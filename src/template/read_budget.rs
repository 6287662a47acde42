//! Limits on reading a file: which other files may be read, and how much may be assembled.

use super::files::{Base, Files, OpenError, OpenedFile};
use super::issue::{IssueKind, TemplateIssue};
use crate::document::{Document, Member, Node, NodeKind, Tagged};
use crate::prose;
use crate::source::{SourceFile, Span};
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

/// The minimum budget in bytes. A few lines can expand to a string of any length, while AWS limits a definition to 1 MiB.
const MIN_BUDGET: usize = 16 << 20;

/// The maximum number of outcomes that the conditions of one definition may have.
pub(super) const MAX_OUTCOMES: usize = 256;

/// The cost of a definition besides its text.
const DEFINITION: usize = 1 << 10;

/// The budget of one file.
///
/// The budget is counted in bytes and not in time, so that the result is the same on every machine. Code that assembles
/// something calls [`ReadBudget::take`] first and assembles nothing if that returns false. A definition that was being
/// assembled is then dropped, and [`ReadBudget::issue`] reports it.
pub(super) struct ReadBudget<'f> {
    files: &'f dyn Files,
    /// The initial budget.
    whole: Cell<usize>,
    left: Cell<usize>,
    is_reported: Cell<bool>,
    opened: RefCell<HashSet<String>>,
    parts: RefCell<HashMap<String, Rc<Document>>>,
}

impl<'f> ReadBudget<'f> {
    /// The budget of a file with this text.
    pub(super) fn new(text: &str, files: &'f dyn Files) -> Self {
        let whole = MIN_BUDGET + 2 * text.len();
        Self {
            files,
            whole: Cell::new(whole),
            left: Cell::new(whole),
            is_reported: Cell::new(false),
            opened: RefCell::default(),
            parts: RefCell::default(),
        }
    }

    /// Whether one more part of this many bytes may be assembled.
    pub(super) fn take(&self, bytes: usize) -> bool {
        // The location of each part is stored, so even an empty part costs something.
        let left = self.left.get().checked_sub(bytes + 16);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Whether one more definition may be stored.
    pub(super) fn take_definition(&self) -> bool {
        self.take(DEFINITION)
    }

    /// The value of a key, if the budget allows the lookup.
    pub(super) fn look_up<'n>(&self, object: &'n Node, key: &str) -> Option<&'n Node> {
        let members = object.as_object()?;
        if self.take(members.len() / 4) {
            object.get(key)
        } else {
            None
        }
    }

    /// A copy of a tree; values are unknown once the budget is spent.
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
            NodeKind::Tagged(tagged) => NodeKind::Tagged(Box::new(Tagged {
                tag: tagged.tag.clone(),
                tag_span: tagged.tag_span,
                value: self.copy(&tagged.value),
            })),
            kind => kind.clone(),
        };
        Node::new(kind, node.span)
    }

    /// Whether the budget is spent: what was being assembled is then incomplete.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// The issue that a definition and all later ones were not read; returned once per file.
    pub(super) fn issue(&self, span: Span) -> Option<TemplateIssue> {
        if self.is_reported.replace(true) {
            return None;
        }
        let message = format!(
            "content assembled from this file exceeds {} MiB; this definition and all later ones were not read",
            self.whole.get() >> 20
        );
        let issue = TemplateIssue::new(IssueKind::Unreadable, span, message);
        Some(issue.help("AWS limits a definition to 1 MiB; check which values are inserted, and how often"))
    }

    /// The files with this ending in a folder.
    pub(super) fn folder(&self, from: &str, folder: &str, ending: &str) -> Vec<Arc<SourceFile>> {
        self.files.folder(from, folder, ending)
    }

    /// The local file that represents an object of S3.
    pub(super) fn object(&self, bucket: &str, key: &str) -> Option<Arc<SourceFile>> {
        let file = self.files.object(bucket, key)?;
        self.take(file.text().len()).then_some(file)
    }

    /// The paths of the files below a folder; none if the budget is spent.
    pub(super) fn files_below(&self, from: &str, folder: &str) -> Vec<String> {
        let paths = self.files.files_below(from, folder);
        if self.take(paths.iter().map(|path| path.len() + 32).sum()) {
            paths
        } else {
            Vec::new()
        }
    }

    /// The file at `path`, many parts of which are referenced separately; `read` is called once.
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

    /// Opens a file that is referenced at `span`; reports why if it cannot be read.
    pub(super) fn open_at(
        &self,
        from: &str,
        path: &str,
        span: Span,
        base: Base,
        issues: &mut Vec<TemplateIssue>,
    ) -> Option<Arc<SourceFile>> {
        if path.trim().is_empty() {
            issues.push(TemplateIssue::new(
                IssueKind::Unreadable,
                span,
                "definition path is empty",
            ));
            return None;
        }
        let issue = match self.open(from, path, base) {
            Ok(OpenedFile { source, spelling }) => {
                if let Some(real) = spelling {
                    let message = format!("`{path}` is spelled `{real}` on disk");
                    let issue = TemplateIssue::new(IssueKind::MisspeltFile, span, message);
                    issues.push(issue.help("case-sensitive file systems will not find it"));
                }
                return Some(source);
            }
            Err(OpenError::Missing { close }) => {
                let message = format!("file not found: `{path}`");
                let issue = TemplateIssue::new(IssueKind::MissingFile, span, message);
                match close {
                    Some(close) => issue.help(prose::similar_name("file", close)),
                    None => issue.help("the path is relative to the template's directory"),
                }
            }
            Err(OpenError::Outside) => TemplateIssue::new(
                IssueKind::Unreadable,
                span,
                format!("`{path}` was not read because it is outside the checked directory"),
            )
            .help("check a directory that contains both, or pass `--allow-outside`"),
            Err(OpenError::Failed(why)) => TemplateIssue::new(IssueKind::Unreadable, span, why),
            Err(OpenError::NotText { message, help }) => {
                TemplateIssue::new(IssueKind::NotText, span, message).help(help)
            }
        };
        issues.push(issue);
        None
    }

    /// Opens a file. The text of each file is free the first time, since the user wrote it; reading it again costs.
    pub(super) fn open(&self, from: &str, path: &str, base: Base) -> Result<OpenedFile, OpenError> {
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
