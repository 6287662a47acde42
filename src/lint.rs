//! The linter: rules over a definition, and what they find.
//!
//! [`check`] walks a machine once and offers each part to the rules that look at such parts. A rule sees facts
//! ([`Context`]) and hands in [`Finding`]s; identity, severity, pointers and suppression are added here.

use crate::asl::transition_graph::TransitionGraph;
use crate::asl::{Kind, Machine, State};
use crate::aws::resource;
use crate::diagnostic::{AwsDiagnostic, Diagnostic, Edit, Fix, Label, Severity};
use crate::document::{Document, FaultKind, Node, Syntax, Text};
use crate::expr::intrinsic::jackson;
use crate::source::Span;
use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

mod contents;
mod doubt;
pub mod registry;
pub mod rule;
pub mod rules;
pub mod schema;
pub mod settings;
pub mod suppression;

pub use crate::spec::WorkflowType;
pub use crate::spelling::closest;
pub use contents::check_contents;
pub(crate) use doubt::Doubts;
pub use rule::{AwsCode, Check, Family, Rule, Scope, TaskState};
pub use settings::{Level, Settings};

/// What rules may know.
#[derive(Debug)]
pub struct Context<'a, 'd> {
    /// The file.
    pub document: &'a Document,
    /// The outermost machine.
    pub machine: &'a Machine<'d>,
    /// Its type.
    pub workflow_type: WorkflowType,
    /// Every scope with its transitions: the machine first, outer before inner.
    pub scopes: Vec<Scope<'a, 'd>>,
    /// Every Task with a `Resource`, at any depth.
    pub tasks: Vec<TaskState<'a, 'd>>,
}

impl<'a, 'd> Context<'a, 'd> {
    /// The bytes of the file that a range of a decoded string came from.
    pub fn place(&self, text: &Text, range: Range<usize>) -> Span {
        self.document.place(text, range)
    }

    /// The scope whose own states include this one.
    pub fn scope_of(&self, state: &State<'d>) -> Option<&Scope<'a, 'd>> {
        self.scopes
            .iter()
            .find(|s| s.machine.states.iter().any(|x| std::ptr::eq(x, state)))
    }
}

/// What a rule found at a place. Built by its methods, handed to [`Findings::add`].
#[derive(Debug)]
pub struct Finding {
    span: Span,
    message: Cow<'static, str>,
    label: String,
    related: Vec<Label>,
    help: Option<Cow<'static, str>>,
    fix: Option<Fix>,
    severity: Option<Severity>,
    aws: AwsAnswer,
    is_of_absence: bool,
    is_consequence: bool,
    wanted: Vec<(&'static str, Span)>,
}

#[derive(Debug)]
enum AwsAnswer {
    /// Under the rule's code, with the finding's own message, at the place.
    Same,
    /// Under the rule's code, with AWS's message, at the place.
    Message(String),
    /// Under the rule's code, with AWS's message, at another node (`None`: without location).
    Elsewhere(String, Option<Span>),
    /// AWS says nothing.
    Silent,
}

impl Finding {
    /// A finding at a place; the message is one sentence without a full stop.
    pub fn new(span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            span,
            message: message.into(),
            label: String::new(),
            related: Vec::new(),
            help: None,
            fix: None,
            severity: None,
            aws: AwsAnswer::Same,
            is_of_absence: false,
            is_consequence: false,
            wanted: Vec::new(),
        }
    }

    /// A few words at the underlined place.
    #[must_use]
    pub fn label(mut self, words: impl Into<String>) -> Self {
        self.label = words.into();
        self
    }

    /// A second place of the same file.
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

    /// One edit that mends it.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        let edit = Edit {
            span,
            replacement: replacement.into(),
        };
        self.fix = Some(Fix {
            title: title.into(),
            edits: vec![edit],
        });
        self
    }

    /// This one matters more, or less, than the rule's findings do as a rule. Settings still win.
    #[must_use]
    pub const fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// It follows from something not being there, so that it stands only where the whole file was read.
    #[must_use]
    pub const fn of_absence(mut self) -> Self {
        self.is_of_absence = true;
        self
    }

    /// It follows from a field not being in an object: where that field is misspelt or malformed, that is the fault.
    #[must_use]
    pub fn for_want_of(mut self, object: &Node, field: &'static str) -> Self {
        self.wanted.push((field, object.span));
        self.of_absence()
    }

    /// Where this is so, it follows from another fault, which is reported: AWS names both, we the cause.
    #[must_use]
    pub const fn consequence_if(mut self, is_so: bool) -> Self {
        self.is_consequence |= is_so;
        self
    }

    /// AWS's words, where they differ from ours.
    #[must_use]
    pub fn aws(mut self, message: impl Into<String>) -> Self {
        self.aws = AwsAnswer::Message(message.into());
        self
    }

    /// AWS's words, and the node that AWS points at.
    #[must_use]
    pub fn aws_at(mut self, message: impl Into<String>, node: Span) -> Self {
        self.aws = AwsAnswer::Elsewhere(message.into(), Some(node));
        self
    }

    /// AWS's words, which come without a location.
    #[must_use]
    pub fn aws_nowhere(mut self, message: impl Into<String>) -> Self {
        self.aws = AwsAnswer::Elsewhere(message.into(), None);
        self
    }

    /// AWS does not report this one.
    #[must_use]
    pub fn aws_silent(mut self) -> Self {
        self.aws = AwsAnswer::Silent;
        self
    }
}

/// Where a rule hands in what it found.
#[derive(Debug)]
pub struct Findings<'a> {
    rule: &'static Rule,
    level: Severity,
    /// The level was set by the user, so a finding's own severity does not count.
    is_fixed: bool,
    root: &'a Node,
    machine: &'a Node,
    /// Whether the trees hold all that stands in the file.
    is_whole: bool,
    /// Whether to report what follows from another fault, too.
    with_consequences: bool,
    doubts: &'a Doubts,
    out: &'a mut Vec<Diagnostic>,
}

impl Findings<'_> {
    /// Which fields are at fault.
    pub(crate) const fn doubts(&self) -> &Doubts {
        self.doubts
    }

    /// Adds a finding, unless it is but the consequence of another fault.
    pub fn add(&mut self, finding: Finding) {
        let is_wanting = |&(field, object): &(&str, Span)| self.doubts.has(object, field);
        let follows = finding.is_consequence || finding.wanted.iter().any(is_wanting);
        if follows && !self.with_consequences || finding.is_of_absence && !self.is_whole {
            return;
        }
        let severity = finding.severity.filter(|_| !self.is_fixed).unwrap_or(self.level);
        let place = finding.span;
        let aws = self.rule.aws.and_then(|code| {
            let (AwsCode::Refused(code) | AwsCode::Warned(code)) = code;
            let (message, at) = match finding.aws {
                AwsAnswer::Same => (finding.message.to_string(), Some(place)),
                AwsAnswer::Message(message) => (message, Some(place)),
                AwsAnswer::Elsewhere(message, at) => (message, at),
                AwsAnswer::Silent => return None,
            };
            Some(AwsDiagnostic {
                code,
                message,
                location: at.map(|span| aws_location(self.machine, span)),
            })
        });
        self.out.push(Diagnostic {
            pointer: self.root.pointer_to(place),
            span: place,
            label: finding.label,
            related: finding.related,
            help: finding.help,
            fix: finding.fix,
            aws,
            ..Diagnostic::new(self.rule.name, severity, finding.message, place)
        });
    }
}

/// AWS's form of a pointer: `/States/A/Choices[0]/Next`; the machine itself is `/`.
fn aws_location(machine: &Node, span: Span) -> String {
    let mut location = String::new();
    let mut node = machine;
    'down: loop {
        let (items, members) = (
            node.as_array().unwrap_or_default(),
            node.as_object().unwrap_or_default(),
        );
        for (i, item) in items.iter().enumerate() {
            if item.span.contains(span) {
                // Writing to a String cannot fail.
                let _ = write!(location, "[{i}]");
                node = item;
                continue 'down;
            }
        }
        for m in members {
            if m.key_span.contains(span) || m.value.span.contains(span) {
                location.push('/');
                location.push_str(&m.key);
                if m.key_span.contains(span) {
                    return location;
                }
                node = &m.value;
                continue 'down;
            }
        }
        if location.is_empty() {
            location.push('/');
        }
        return location;
    }
}

/// What the reader could not take, as findings of the rules that stand for them.
pub fn check_document(document: &Document, settings: &Settings) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for fault in &document.faults {
        let rule = match fault.kind {
            FaultKind::Syntax => &rules::syntax::INVALID_SYNTAX,
            FaultKind::DuplicateKey => &rules::syntax::DUPLICATE_KEY,
            FaultKind::TooDeep => &rules::syntax::TOO_DEEPLY_NESTED,
        };
        let Level::Report(severity) = settings.level(rule) else {
            continue;
        };
        let root = document.roots.first();
        let mut diagnostic = Diagnostic::new(rule.name, severity, fault.message.clone(), fault.span);
        diagnostic.pointer = root.map(|r| r.pointer_to(fault.span)).unwrap_or_default();
        diagnostic.help = fault.help.clone().map(Cow::from);
        diagnostic.related = fault
            .first
            .map(|span| Label {
                span,
                message: "first here".into(),
            })
            .into_iter()
            .collect();
        diagnostics.push(diagnostic);
    }
    let first = diagnostics
        .iter_mut()
        .find(|d| d.rule == rules::syntax::INVALID_SYNTAX.name);
    if let (Some(first), Syntax::Json) = (first, document.syntax) {
        first.aws = aws_refusal(document.source.text());
    }
    diagnostics
}

/// What AWS answers to a text that is not JSON; it reports the first fault only.
fn aws_refusal(text: &str) -> Option<AwsDiagnostic> {
    if text.trim().is_empty() {
        return Some(AwsDiagnostic {
            code: "SCHEMA_VALIDATION_FAILED",
            message: NOT_AN_OBJECT.to_owned(),
            location: None,
        });
    }
    let (message, location) = jackson::refusal(text)?;
    Some(AwsDiagnostic {
        code: "INVALID_JSON_DESCRIPTION",
        message,
        location: Some(location),
    })
}

/// What AWS answers to a definition that is no JSON object.
pub(crate) const NOT_AN_OBJECT: &str = "Definition must be a valid JSON object";

/// Checks one machine of a document; `root` is the tree it stands in. The findings come in order of place.
pub fn check(
    document: &Document,
    root: &Node,
    machine: &Machine<'_>,
    workflow_type: WorkflowType,
    settings: &Settings,
) -> Vec<Diagnostic> {
    let mut scopes = Vec::new();
    machine.for_each_machine(&mut |m| {
        scopes.push(Scope {
            machine: m,
            flow: TransitionGraph::new(m),
        });
    });
    let mut tasks = Vec::new();
    machine.for_each_state(&mut |_, state| {
        let Kind::Task(task) = &state.kind else { return };
        let Some(text) = task.resource.and_then(Node::as_str) else {
            return;
        };
        tasks.push(TaskState {
            state,
            task,
            resource: resource::classify(text),
        });
    });
    let cx = Context {
        document,
        machine,
        workflow_type,
        scopes,
        tasks,
    };
    let mut run = Run {
        cx: &cx,
        root,
        settings,
        doubts: Doubts::default(),
        out: Vec::new(),
    };
    schema::check(&mut run);
    let is_on = |(rule, level): (&&'static Rule, &Level)| match level {
        Level::Report(severity) => Some((*rule, *severity)),
        Level::Allow => None,
    };
    let enabled: Vec<_> = registry::rules()
        .iter()
        .zip(settings.levels())
        .filter_map(is_on)
        .collect();
    for (rule, level) in &enabled {
        run.apply(rule, *level);
    }
    let of_expressions =
        |(rule, _): &&(&Rule, Severity)| matches!(rule.check, Check::Expression(_) | Check::Payload(_));
    let of_expressions: Vec<_> = enabled.iter().filter(of_expressions).copied().collect();
    run.apply_to_expressions(&of_expressions);
    let mut diagnostics = run.out;
    suppression::apply(&cx, root, settings, &mut diagnostics);
    diagnostics.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
    diagnostics.dedup_by(|a, b| a.span == b.span && a.rule == b.rule && a.message == b.message);
    diagnostics
}

/// One run over one machine.
pub(crate) struct Run<'a, 'd> {
    pub(crate) cx: &'a Context<'a, 'd>,
    root: &'a Node,
    settings: &'a Settings,
    /// What [`schema`] found at fault, for the rules that come after it.
    pub(crate) doubts: Doubts,
    out: Vec<Diagnostic>,
}

impl<'a, 'd> Run<'a, 'd> {
    /// Where a rule hands in, or `None` where it is off.
    pub(crate) fn findings(&mut self, rule: &'static Rule) -> Option<Findings<'_>> {
        let Level::Report(level) = self.settings.level(rule) else {
            return None;
        };
        Some(self.handing_in(rule, level))
    }

    fn handing_in(&mut self, rule: &'static Rule, level: Severity) -> Findings<'_> {
        Findings {
            rule,
            level,
            is_fixed: level != rule.severity,
            root: self.root,
            machine: self.cx.machine.node,
            is_whole: self.cx.document.is_whole,
            with_consequences: self.settings.with_consequences,
            doubts: &self.doubts,
            out: &mut self.out,
        }
    }

    /// The rules of expressions and payloads, of which there are many: each expression is visited once, not once per
    /// rule.
    fn apply_to_expressions(&mut self, enabled: &[(&'static Rule, Severity)]) {
        let cx = self.cx;
        for state in cx.scopes.iter().flat_map(|scope| &scope.machine.states) {
            state.for_each_expression(&mut |expression| {
                for (rule, level) in enabled {
                    if let Check::Expression(check) = rule.check {
                        check(cx, state, expression, &mut self.handing_in(rule, *level));
                    }
                }
            });
            state.for_each_payload(&mut |payload| {
                for (rule, level) in enabled {
                    if let Check::Payload(check) = rule.check {
                        check(cx, state, payload, &mut self.handing_in(rule, *level));
                    }
                }
            });
        }
    }

    fn apply(&mut self, rule: &'static Rule, level: Severity) {
        let cx = self.cx;
        let findings = &mut self.handing_in(rule, level);
        let each = |f: &mut dyn FnMut(&'a State<'d>)| {
            for scope in &cx.scopes {
                scope.machine.states.iter().for_each(&mut *f);
            }
        };
        match rule.check {
            // `apply_to_expressions` serves the last two, with one walk for all of them.
            Check::Reader | Check::Schema | Check::Resource(_) | Check::Expression(_) | Check::Payload(_) => {
            }
            Check::Machine(check) => check(cx, findings),
            Check::Scope(check) => cx.scopes.iter().for_each(|scope| check(cx, scope, findings)),
            Check::State(check) => each(&mut |state| check(cx, state, findings)),
            Check::Task(check) => cx.tasks.iter().for_each(|task| check(cx, task, findings)),
            Check::Retrier(check) => each(&mut |state| {
                state
                    .retry()
                    .iter()
                    .enumerate()
                    .for_each(|(i, r)| check(cx, state, i, r, findings));
            }),
            Check::Catcher(check) => each(&mut |state| {
                state
                    .catch()
                    .iter()
                    .enumerate()
                    .for_each(|(i, c)| check(cx, state, i, c, findings));
            }),
            Check::ChoiceRule(check) => each(&mut |state| {
                let Kind::Choice(choice) = &state.kind else { return };
                choice
                    .rules
                    .iter()
                    .enumerate()
                    .for_each(|(i, r)| check(cx, state, i, r, findings));
            }),
        }
    }
}
