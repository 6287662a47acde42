//! Findings of rules.

use super::aws::{self, AwsCode, AwsMessage};
use super::tainted_fields::TaintedFields;
use crate::diagnostic::{AwsDiagnostic, Diagnostic, Fix, Label, Severity};
use crate::document::Node;
use crate::source::Span;
use std::borrow::Cow;

/// What a rule found at a location. Built with its methods and passed to [`Findings::add`].
#[derive(Debug)]
pub struct Finding<'a> {
    span: Span,
    message: Cow<'static, str>,
    label: String,
    related: Vec<Label>,
    help: Option<Cow<'static, str>>,
    fix: Option<Fix>,
    severity: Option<Severity>,
    aws: AwsReport<'a>,
    requires_whole_file: bool,
    is_cascading: bool,
    depends_on: Vec<(&'static str, Span)>,
}

#[derive(Debug)]
enum AwsReport<'a> {
    /// Under the rule's code, with the finding's own message and location.
    Same,
    /// Under the rule's code, with AWS's message, at the finding's location.
    Message(AwsMessage<'a>),
    /// Under the rule's code, with AWS's message, at another node (`None`: without location).
    Elsewhere(AwsMessage<'a>, Option<Span>),
    /// AWS reports nothing.
    Silent,
}

impl<'a> Finding<'a> {
    /// A finding at a location; the message starts with a lowercase letter and has no final period.
    pub fn new(span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            span,
            message: message.into(),
            label: String::new(),
            related: Vec::new(),
            help: None,
            fix: None,
            severity: None,
            aws: AwsReport::Same,
            requires_whole_file: false,
            is_cascading: false,
            depends_on: Vec::new(),
        }
    }

    /// A short text at the underlined location.
    #[must_use]
    pub fn label(mut self, words: impl Into<String>) -> Self {
        self.label = words.into();
        self
    }

    /// A second location in the same file.
    #[must_use]
    pub fn related(mut self, span: Span, words: impl Into<String>) -> Self {
        self.related.push(Label {
            span,
            message: words.into(),
        });
        self
    }

    /// What to do next.
    #[must_use]
    pub fn help(mut self, words: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(words.into());
        self
    }

    /// A fix, if there is one.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self
    }

    /// A severity other than the rule's default. Settings take precedence.
    #[must_use]
    pub const fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// The finding depends on something being absent, so it is left out if a syntax error hides part of the file.
    #[must_use]
    pub const fn requires_whole_file(mut self) -> Self {
        self.requires_whole_file = true;
        self
    }

    /// The finding depends on the absence of a field, so it is left out if an error of that field is reported.
    #[must_use]
    pub fn unless_tainted(mut self, object: &Node, field: &'static str) -> Self {
        self.depends_on.push((field, object.span));
        self.requires_whole_file()
    }

    /// If `is_so`, the finding only follows from another error, which is reported: AWS reports both, asl the cause.
    #[must_use]
    pub const fn cascading_if(mut self, is_so: bool) -> Self {
        self.is_cascading |= is_so;
        self
    }

    /// Only AWS reports it: it is an error where AWS reads the definition as it is, but not for its author.
    #[must_use]
    pub const fn for_aws_only(self) -> Self {
        self.cascading_if(true)
    }

    /// AWS's message, if it differs from ours.
    #[must_use]
    pub const fn aws(mut self, message: AwsMessage<'a>) -> Self {
        self.aws = AwsReport::Message(message);
        self
    }

    /// AWS's message, and the node that AWS reports as its location.
    #[must_use]
    pub const fn aws_at(mut self, message: AwsMessage<'a>, node: Span) -> Self {
        self.aws = AwsReport::Elsewhere(message, Some(node));
        self
    }

    /// AWS's message, which has no location.
    #[must_use]
    pub const fn aws_nowhere(mut self, message: AwsMessage<'a>) -> Self {
        self.aws = AwsReport::Elsewhere(message, None);
        self
    }

    /// AWS does not report this one.
    #[must_use]
    pub const fn aws_silent(mut self) -> Self {
        self.aws = AwsReport::Silent;
        self
    }
}

/// What is checked, and what to report about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) root: &'a Node,
    pub(super) machine: &'a Node,
    /// Whether no syntax error hides part of the file.
    pub(super) is_whole: bool,
    /// Whether to report findings that only follow from another error, too.
    pub(super) report_cascading: bool,
    /// Whether findings also contain AWS's diagnostic.
    pub(super) aws_answers: bool,
}

/// Collects the findings of a rule.
#[derive(Debug)]
pub struct Findings<'a> {
    /// The rule's name, and the code under which AWS reports the same.
    pub(super) rule: &'static str,
    pub(super) aws: Option<AwsCode>,
    pub(super) level: Severity,
    /// The level was set by the user, so a finding's own severity does not count.
    pub(super) is_fixed: bool,
    pub(super) target: &'a Target<'a>,
    pub(super) tainted: &'a TaintedFields,
    pub(super) out: &'a mut Vec<Diagnostic>,
}

impl Findings<'_> {
    /// The fields with a reported error.
    pub(crate) const fn tainted(&self) -> &TaintedFields {
        self.tainted
    }

    /// Adds a finding, unless it only follows from another error.
    pub fn add(&mut self, finding: Finding<'_>) {
        let is_tainted = |&(field, object): &(&str, Span)| self.tainted.contains(object, field);
        let follows = finding.is_cascading || finding.depends_on.iter().any(is_tainted);
        if follows && !self.target.report_cascading || finding.requires_whole_file && !self.target.is_whole {
            return;
        }
        let severity = finding.severity.filter(|_| !self.is_fixed).unwrap_or(self.level);
        let place = finding.span;
        let aws = self.aws_diagnostic(&finding);
        self.out.push(Diagnostic {
            rule: self.rule,
            severity,
            message: finding.message,
            pointer: self.target.root.pointer_to(place),
            span: place,
            source: None,
            label: finding.label,
            related: finding.related,
            similar: Vec::new(),
            help: finding.help,
            fix: finding.fix,
            aws,
        });
    }

    /// AWS's diagnostic, if findings contain it; otherwise, its text and location are not computed.
    fn aws_diagnostic(&self, finding: &Finding<'_>) -> Option<AwsDiagnostic> {
        let code = self.aws.filter(|_| self.target.aws_answers)?;
        let (message, at) = match &finding.aws {
            AwsReport::Same => (finding.message.to_string(), Some(finding.span)),
            AwsReport::Message(message) => (message.to_string(), Some(finding.span)),
            AwsReport::Elsewhere(message, at) => (message.to_string(), *at),
            AwsReport::Silent => return None,
        };
        Some(AwsDiagnostic {
            code: code.as_str(),
            severity: code.severity(),
            message,
            location: at.map(|span| aws::location(self.target.machine, span)),
        })
    }
}
