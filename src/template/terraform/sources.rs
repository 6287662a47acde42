//! The files of a configuration, as one text.
//!
//! A definition may be composed of parts of several files, but a span is a range of one text. So the files are joined: the
//! checked file first, then each file as it is read. All spans during evaluation are spans of the joined text.

use super::folder::Folder;
use crate::document::{Document, JoinedText, Node, NodeKind, Syntax, read};
use crate::source::{FilePart, SourceFile, Span, to_offset};
use crate::template::files::{Base, OpenError, syntax_of};
use crate::template::intrinsic::is_placeholder;
use crate::template::issue::{IssueKind, TemplateIssue};
use crate::template::joined_files::JoinedFiles;
use crate::template::read_budget::ReadBudget;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// The cost of looking for a file.
const LOOKUP: usize = 1 << 11;

/// The files that have been read.
pub(super) struct Sources<'b> {
    pub(super) budget: &'b ReadBudget<'b>,
    main: Arc<SourceFile>,
    joined: RefCell<JoinedFiles>,
    /// The trees of Terraform files, by the start of the file.
    trees: RefCell<HashMap<u32, Rc<Node>>>,
    folders: RefCell<HashMap<String, Rc<Folder>>>,
    /// The parsed templates, by the start of their file.
    templates: RefCell<HashMap<u32, Rc<Document>>>,
}

impl<'b> Sources<'b> {
    /// Starts with the checked file and its tree.
    pub(super) fn new(main: &Arc<SourceFile>, root: &Rc<Node>, budget: &'b ReadBudget<'b>) -> Self {
        let trees = HashMap::from([(0, Rc::clone(root))]);
        Self {
            budget,
            main: Arc::clone(main),
            joined: RefCell::new(JoinedFiles::new(main)),
            trees: RefCell::new(trees),
            folders: RefCell::default(),
            templates: RefCell::default(),
        }
    }

    /// The start of a file in the joined text, to which it is added the first time.
    fn add(&self, file: &Arc<SourceFile>) -> Option<u32> {
        self.joined.borrow_mut().add(file)
    }

    /// The name of the checked file.
    pub(super) fn main_name(&self) -> &str {
        self.main.name()
    }

    /// The checked file.
    pub(super) fn main_file(&self) -> Arc<SourceFile> {
        Arc::clone(&self.main)
    }

    /// The bytes of a span.
    pub(super) fn written(&self, span: Span) -> String {
        self.joined
            .borrow()
            .text()
            .get(span.range())
            .unwrap_or_default()
            .to_owned()
    }

    /// Appends a string to a source text, which keeps its locations.
    pub(super) fn append(&self, out: &mut JoinedText, text: &crate::document::Text) {
        out.push_text(self.joined.borrow().text(), text);
    }

    /// Appends ranges of a string, or their replacements, to a source text.
    pub(super) fn append_ranges(
        &self,
        out: &mut JoinedText,
        text: &crate::document::Text,
        ranges: impl Iterator<Item = (std::ops::Range<usize>, Option<String>)>,
    ) {
        let joined = self.joined.borrow();
        let parts = text.parts(joined.text());
        for (range, replacement) in ranges {
            match replacement {
                Some(replacement) => {
                    let span = Span::new(to_offset(range.start), to_offset(range.end));
                    out.push_replacement(&replacement, parts.span(span));
                }
                None => out.push_range(text, &parts, range),
            }
        }
    }

    /// Appends bytes of a file.
    pub(super) fn append_bytes(&self, out: &mut JoinedText, span: Span) {
        out.push_bytes(self.joined.borrow().text(), span);
    }

    /// Parses a source text; the spans of the result are those of the joined text.
    pub(super) fn parse(&self, text: JoinedText, syntax: Syntax, whole: Span) -> Document {
        // Only the name and the identity of this file are used.
        text.read(&self.main, syntax, whole)
    }

    fn part_at(&self, offset: u32) -> FilePart {
        self.joined.borrow().part_at(offset).0.clone()
    }

    /// Reads a file that is referenced at `span`; returns its start in the joined text.
    pub(super) fn open(&self, path: &str, span: Span, issues: &mut Vec<TemplateIssue>) -> Option<FilePart> {
        if !self.budget.take(LOOKUP) {
            return None;
        }
        let from = self.main.name();
        let file = self.budget.open_at(from, path, span, Base::AnyAncestor, issues)?;
        if file.text() == self.main.text() {
            let message = format!("`{path}` refers to this file, which is not a definition");
            issues.push(Self::unreadable(span, message));
            return None;
        }
        let start = self.add(&file)?;
        Some(FilePart { start, file })
    }

    /// Whether a file exists and can be read.
    pub(super) fn exists(&self, path: &str) -> Option<bool> {
        if !self.budget.take(LOOKUP) {
            return None;
        }
        match self.budget.open(self.main.name(), path, Base::AnyAncestor) {
            Ok(_) => Some(true),
            Err(OpenError::Missing { .. }) => Some(false),
            Err(_) => None,
        }
    }

    /// The string that is the whole text of a file.
    pub(super) fn whole(part: &FilePart) -> Node {
        let text = part.file.text();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let skipped = to_offset(part.file.text().len() - text.len());
        let start = part.start + skipped;
        let encoding = crate::document::Encoding::Verbatim { start };
        let kind = NodeKind::String(crate::document::Text::new(text, encoding));
        Node::new(kind, Span::new(start, start + to_offset(text.len())))
    }

    /// A file as a template.
    pub(super) fn template(&self, part: &FilePart) -> Rc<Document> {
        let mut templates = self.templates.borrow_mut();
        let parsed = templates.entry(part.start).or_insert_with(|| {
            let mut document = read(Arc::clone(&part.file), Syntax::HclTemplate);
            document.roots.iter_mut().for_each(|root| root.shift(part.start));
            Rc::new(document)
        });
        Rc::clone(parsed)
    }

    /// The trees of the Terraform files in a folder, relative to that of the checked file, which is not among them.
    pub(super) fn folder(&self, folder: &str) -> Rc<Folder> {
        if let Some(known) = self.folders.borrow().get(folder) {
            return Rc::clone(known);
        }
        let files = self.budget.folder(self.main.name(), folder, ".tf");
        let is_other = |file: &Arc<SourceFile>| folder != "." || !is_same(file.name(), self.main.name());
        let roots = files
            .into_iter()
            .filter(is_other)
            .filter_map(|file| self.tree(file))
            .collect();
        let found = Rc::new(Folder::new(roots));
        self.folders
            .borrow_mut()
            .insert(folder.to_owned(), Rc::clone(&found));
        found
    }

    /// The values that Terraform reads for the variables of the checked file's module.
    pub(super) fn variable_values(&self) -> Vec<Rc<Node>> {
        let files = self.budget.folder(self.main.name(), ".", ".tfvars");
        let is_automatic = |file: &Arc<SourceFile>| {
            let name = file.name();
            name.ends_with(".auto.tfvars") || is_same(name, "terraform.tfvars")
        };
        files
            .into_iter()
            .filter(is_automatic)
            .filter_map(|file| self.tree(file))
            .collect()
    }

    #[expect(clippy::needless_pass_by_value, reason = "the tree refers to the file")]
    fn tree(&self, file: Arc<SourceFile>) -> Option<Rc<Node>> {
        let mut root = read(Arc::clone(&file), Syntax::Hcl).roots.pop()?;
        let start = self.add(&file)?;
        root.shift(start);
        let root = Rc::new(root);
        self.trees.borrow_mut().insert(start, Rc::clone(&root));
        Some(root)
    }

    /// A definition whose spans are those of the joined text, as a document of the file that contains all of it, or of
    /// the joined text.
    pub(super) fn relocate(&self, mut document: Document) -> Document {
        let home = self.containing_file(&document);
        if let Some(part) = home {
            let back = part.start.wrapping_neg();
            document.roots.iter_mut().for_each(|root| root.shift(back));
            for error in &mut document.errors {
                error.span = error.span.within(part.start);
                error.first = error.first.map(|span| span.within(part.start));
            }
            document.source = part.file;
        } else {
            let joined = self.joined.borrow();
            let start = document.roots.first().map_or(0, |root| root.span.start);
            if self.budget.take(joined.text().len()) {
                document.source = joined.source(joined.part_at(start).0.file.name());
            } else {
                document.roots.clear();
            }
        }
        document
    }

    /// The file that contains all of a document.
    fn containing_file(&self, document: &Document) -> Option<FilePart> {
        let first = document.roots.first().map(|root| root.span);
        let first = first.or_else(|| document.errors.first().map(|error| error.span))?;
        let joined = self.joined.borrow();
        let (part, end) = joined.part_at(first.start);
        let mut is_home = true;
        let mut visit =
            |span: Span| is_home &= part.start <= span.start && span.start < end && span.end <= end;
        document
            .roots
            .iter()
            .for_each(|root| root.for_each_span(&mut visit));
        document.errors.iter().for_each(|error| visit(error.span));
        is_home.then(|| part.clone())
    }

    /// The file whose whole text is at the place of a value, and its syntax.
    pub(super) fn syntax_of(&self, text: &Node) -> Option<(FilePart, Syntax)> {
        let part = self.part_at(text.span.start);
        let is_whole = part.start != 0 && Self::whole(&part).span == text.span && text.as_text().is_some();
        is_whole.then(|| {
            let syntax = syntax_of(&part.file);
            (part, syntax)
        })
    }

    /// The pointer of a span in the tree of its Terraform file; empty for other files.
    pub(super) fn pointer_to(&self, span: Span) -> String {
        let part = self.part_at(span.start);
        let trees = self.trees.borrow();
        trees
            .get(&part.start)
            .map(|root| root.pointer_to(span))
            .unwrap_or_default()
    }

    /// Its pointer there, if that is not the checked file.
    pub(super) fn pointer_to_other(&self, span: Span) -> String {
        if self.part_at(span.start).start == 0 {
            return String::new();
        }
        self.pointer_to(span)
    }

    /// Whether a span is in a Terraform file.
    pub(super) fn is_terraform(&self, span: Span) -> bool {
        let start = self.part_at(span.start).start;
        self.trees.borrow().contains_key(&start)
    }

    /// A span of the joined text as a span of this file, if it is there.
    pub(super) fn span_in(&self, span: Span, file: &SourceFile) -> Option<Span> {
        if file.part_at(span.start).is_some() {
            return Some(span);
        }
        let part = self.part_at(span.start);
        (part.file.name() == file.name()).then(|| span.within(part.start))
    }

    /// An issue whose span is one of the joined text, at its place in its file.
    pub(super) fn place(&self, mut issue: TemplateIssue) -> TemplateIssue {
        let part = self.part_at(issue.span.start);
        if part.start > 0 {
            let pointer = self.pointer_to(issue.span);
            issue.span = issue.span.within(part.start);
            issue.pointer = issue.pointer.or(Some(pointer));
            issue.source = Some(part.file);
        }
        issue
    }

    /// Whether a source text says nothing before deployment.
    pub(super) fn is_blank(text: &str) -> bool {
        let text = text.trim();
        text.is_empty() || is_placeholder(text)
    }

    /// Reports that a value is unknown.
    pub(super) fn unreadable(span: Span, message: impl Into<String>) -> TemplateIssue {
        TemplateIssue::new(IssueKind::Unreadable, span, message)
    }
}

/// Whether two paths have the same file name.
fn is_same(a: &str, b: &str) -> bool {
    let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    name(a) == name(b)
}
