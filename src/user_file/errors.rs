//! What is wrong with a file that a user wrote, and where.

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Member, Node, NodeKind};
use crate::prose;
use crate::source::Span;
use std::borrow::Cow;

/// The name that errors in such files are reported under, in the place of a rule's.
pub const INVALID_FILE: &str = "invalid-file";

/// Maximum characters of a number in a message.
const MAX_NUMBER: usize = 40;

/// An error at a place of the file.
pub fn invalid(span: Span, message: impl Into<Cow<'static, str>>) -> Diagnostic {
    Diagnostic::new(INVALID_FILE, Severity::Error, message, span)
}

/// An error for a name that is not one of `names`, which are names of a `kind` of thing. The help names the closest of them, or else the first few.
pub fn unknown_name<'n>(
    span: Span,
    kind: &str,
    message: impl Into<Cow<'static, str>>,
    name: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    Diagnostic {
        help: Some(prose::suggestion(kind, name, names).into()),
        ..invalid(span, message)
    }
}

/// Collects errors while a tree is turned into its typed form, so that one run reports all of them.
#[derive(Debug, Default)]
pub struct Errors {
    list: Vec<Diagnostic>,
}

impl Errors {
    /// Adds an error.
    pub fn add(&mut self, span: Span, message: impl Into<Cow<'static, str>>) {
        self.list.push(invalid(span, message));
    }

    /// Adds an error with a help message.
    pub fn add_with_help(
        &mut self,
        span: Span,
        message: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) {
        let help = Some(help.into());
        self.list.push(Diagnostic {
            help,
            ..invalid(span, message)
        });
    }

    /// Adds an error for a value of the wrong type; `what` has its article, as in "an object".
    pub fn expected(&mut self, what: &str, node: &Node) {
        let message = format!("expected {what}, found {}", described(node));
        self.add(node.span, message);
    }

    /// Adds an error for a key that is not one of `known`.
    pub fn unknown_key(&mut self, member: &Member, known: &[&str]) {
        let name = member.key.as_str();
        let known = known.iter().copied();
        let message = format!("unknown key `{name}`");
        self.list
            .push(unknown_name(member.key_span, "key", message, name, known));
    }

    /// The members of an object; of anything else none, and an error unless it is `null`, which an empty YAML mapping is.
    pub fn members<'n>(&mut self, what: &str, node: &'n Node) -> &'n [Member] {
        if let Some(members) = node.as_object() {
            return members;
        }
        if !node.is_null() {
            self.expected(what, node);
        }
        &[]
    }

    /// Adds errors that were found elsewhere in the file.
    pub fn extend(&mut self, errors: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(errors);
    }

    /// How many errors there are so far.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing is wrong so far.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// `value` if nothing is wrong; else the errors, in the order of their places.
    pub fn into_result<T>(mut self, value: T) -> Result<T, Vec<Diagnostic>> {
        if self.list.is_empty() {
            return Ok(value);
        }
        self.list.sort_by_key(|error| error.span);
        Err(self.list)
    }
}

/// What a node is.
pub(super) fn described(node: &Node) -> String {
    match &node.kind {
        // Numbers are short, and often only out of range.
        NodeKind::Number(number) => format!("the number `{}`", prose::truncate(number.as_str(), MAX_NUMBER)),
        _ => prose::with_article(node.kind_name()),
    }
}
