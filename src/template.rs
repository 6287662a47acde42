//! Which state machines a file holds, and where.
//!
//! Few definitions stand alone: most are a property of a resource in a template, as an object with intrinsic functions
//! in it, as a string in one piece or many, or as the path of another file. [`contents`] finds them and hands each out
//! as a tree whose places are bytes of the file that the user edits.

mod cloudformation;
mod intrinsic;
mod reach;
mod rendering;
mod resource;
mod serverless;
mod substitution;
mod terraform;

use crate::document::{Document, Node, Syntax, read};
use crate::source::SourceFile;
use crate::spec::WorkflowType;
use memchr::memmem;
use reach::Reach;
use std::path::Path;
use std::sync::Arc;

pub use rendering::first_mark;
pub use resource::{Configuration, Fault, FaultKind, Resource, Setting};

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
    held: Held<'d>,
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

#[derive(Debug)]
enum Held<'d> {
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

/// How sure the caller is that a file is a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// It was asked about as one: whatever its root is, that is the definition.
    Definition,
    /// It may hold one.
    Unsure,
}

/// Where the files are that a template names.
pub trait Files {
    /// Opens the file that `path` names in the file called `from`.
    fn open(&self, from: &str, path: &str, base: Base) -> Result<Opened, Closed>;

    /// The other files of the folder of `from` whose names end so, by name, as far as they can be read.
    fn beside(&self, _from: &str, _ending: &str) -> Vec<Arc<SourceFile>> {
        Vec::new()
    }
}

/// What a path in a template is relative to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The template's folder.
    Beside,
    /// The template's folder or one above it: the file is a part of a template that a build puts together elsewhere.
    Above,
}

/// A file that a template names.
#[derive(Debug)]
pub struct Opened {
    /// Its text.
    pub source: Arc<SourceFile>,
    /// How its path is really spelt, where the template has other letters in upper case.
    pub spelling: Option<String>,
}

/// Why a file that a template names was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// There is none; perhaps one of a similar name.
    Missing {
        /// That one.
        close: Option<String>,
    },
    /// It lies outside the folder that may be read.
    Outside,
    /// It is there but cannot be read: a sentence.
    Failed(String),
}

/// No files: only what stands in the template itself is found.
#[derive(Debug, Clone, Copy)]
pub struct NoFiles;

impl Files for NoFiles {
    fn open(&self, _: &str, _: &str, _: Base) -> Result<Opened, Closed> {
        Err(Closed::Outside)
    }
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Contents<'d> {
    /// The state machines, in the order of the text.
    pub machines: Vec<Found<'d>>,
    /// The resources of a template that are state machines, in the order of the text, readable or not.
    pub resources: Vec<Resource>,
}

/// The state machines of a document, in the order of the text.
pub fn contents<'d>(document: &'d Document, expectation: Expectation, files: &dyn Files) -> Contents<'d> {
    let mut contents = Contents::default();
    let reach = Reach::of(document.source.text(), files);
    for root in &document.roots {
        let mut is_definition = looks_like_definition(root);
        if !is_definition {
            let before = contents.resources.len();
            serverless::read(document, root, &reach, &mut contents);
            terraform::read(document, root, &reach, &mut contents);
            if contents.resources.len() == before {
                cloudformation::read(document, root, &reach, &mut contents);
            }
            let is_alone = contents.resources.len() == before && document.syntax != Syntax::Hcl;
            is_definition = expectation == Expectation::Definition && is_alone;
        }
        if is_definition {
            contents.machines.push(Found {
                name: None,
                container: Container::Definition,
                workflow_type: None,
                pointer: String::new(),
                inner: String::new(),
                is_text: false,
                held: Held::Borrowed { document, node: root },
            });
        }
    }
    contents
}

/// The state machines alone, those in other files left out.
pub fn machines(document: &Document, expectation: Expectation) -> Vec<Found<'_>> {
    contents(document, expectation, &NoFiles).machines
}

/// Reads a file's text, which may be a template: its values may follow YAML 1.1, and what a template engine puts in may
/// stand in it, which is then passed over.
pub fn read_file(source: Arc<SourceFile>, syntax: Syntax) -> Document {
    let is_cloudformation = cloudformation::MARKS.iter().any(|m| source.text().contains(m));
    let syntax = match syntax {
        Syntax::Yaml if is_cloudformation && !serverless::is_configuration(source.text()) => {
            Syntax::YamlOneOne
        }
        syntax => syntax,
    };
    match rendering::without_marks(source.text()) {
        Some(text) => {
            let mut document = read(Arc::new(SourceFile::new(source.name(), text)), syntax);
            // Both branches of a condition stand in the text, so that keys come twice.
            document.faults.clear();
            document.is_whole = false;
            document.source = source;
            document
        }
        None => read(source, syntax),
    }
}

/// Words of which one stands in every text that holds a state machine.
pub fn may_hold_machine(text: &[u8]) -> bool {
    (has(text, "StartAt") && has(text, "States")) || may_be_template(text)
}

/// Whether a text may be that of a template, which may name other files.
pub fn may_be_template(text: &[u8]) -> bool {
    cloudformation::MARKS.iter().any(|mark| has(text, mark))
        || has(text, serverless::MARK)
        || has(text, terraform::MARK)
}

fn has(text: &[u8], word: &str) -> bool {
    memmem::find(text, word.as_bytes()).is_some()
}

/// The language of a file that a template names.
fn syntax_of(source: &SourceFile) -> Syntax {
    Syntax::of_path(Path::new(source.name())).unwrap_or_else(|| Syntax::sniff(source.text()))
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
