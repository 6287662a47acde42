//! A rule: its identity, manual, and check.

use super::aws::AwsCode;
use super::context::{Context, Scope, TaskState};
use super::finding::Findings;
use super::role_report::RoleReport;
use crate::asl::state::Choice;
use crate::asl::state::choice::ChoiceRule;
use crate::asl::{Expression, Payload, Retrier, State};
use crate::decision::Decision;
use crate::diagnostic::Severity;
use crate::document::SyntaxErrorKind;
use crate::shape::Analysis;
use crate::template;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case; names the problem.
    pub name: &'static str,
    /// Former names, which are still accepted with a warning.
    pub aliases: &'static [&'static str],
    /// The group of rules that it belongs to.
    pub family: Family,
    /// The severity unless settings change it.
    pub severity: Severity,
    /// Whether it is off by default.
    pub is_optional: bool,
    /// Whether it is advice that most state machines could follow. A state machine has one finding, which gives all
    /// locations; the text format folds the findings of a file, and `compact` and `github` leave them out by default.
    pub is_advice: bool,
    /// The code and severity under which `ValidateStateMachineDefinition` reports the same problem.
    pub aws: Option<AwsCode>,
    /// What kind of fixes its findings may have.
    pub fixes: FixKind,
    /// The manual: Markdown with the sections "What it does", "Why is this bad?", "Fails" and "Passes".
    pub manual: &'static str,
    /// The parts of a definition that it checks, and how.
    pub check: Check,
}

/// The kind of fixes that the findings of a rule may have. Not every finding has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixKind {
    /// None.
    None,
    /// Safe fixes.
    Safe,
    /// Guesses.
    Unsafe,
    /// Either, depending on the finding.
    Either,
}

impl FixKind {
    /// Whether a fix of this safety is of the kind.
    pub const fn includes(self, is_safe: bool) -> bool {
        match self {
            Self::None => false,
            Self::Safe => is_safe,
            Self::Unsafe => !is_safe,
            Self::Either => true,
        }
    }
}

/// A group of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// The text of the file.
    Syntax,
    /// Which fields a state has, their types and ranges.
    Fields,
    /// States and transitions.
    Flow,
    /// Choice rules.
    Choice,
    /// Tasks and the services they call.
    Task,
    /// Retriers and catchers.
    Errors,
    /// Paths, intrinsics and JSONata.
    Expressions,
    /// The data that reaches each state.
    Data,
    /// Payload templates and literal data.
    Payloads,
    /// Variables.
    Variables,
    /// Map and Parallel.
    Map,
    /// Sizes, counts and durations.
    Limits,
    /// The state machine as a resource of a template.
    Resource,
}

impl Family {
    /// The heading.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "Syntax",
            Self::Fields => "Fields",
            Self::Flow => "Flow",
            Self::Choice => "Choice",
            Self::Task => "Tasks",
            Self::Errors => "Retry and Catch",
            Self::Expressions => "Expressions",
            Self::Data => "Data",
            Self::Payloads => "Payloads",
            Self::Variables => "Variables",
            Self::Map => "Map and Parallel",
            Self::Limits => "Limits",
            Self::Resource => "Resource",
        }
    }
}

/// The check of an expression.
pub(super) type ExpressionCheck =
    for<'d> fn(&Context<'_, 'd>, &State<'d>, &Expression<'d>, &mut Findings<'_>);

/// The parts of a definition that a rule checks.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Syntax errors of a kind, which the readers in `document` record.
    Syntax(SyntaxErrorKind),
    /// Issues of a kind, which `template` records.
    Template(template::IssueKind),
    /// The logic is in the linter itself, `lint/contents.rs` or `lint/suppression.rs`.
    Linter,
    /// The logic is in [`super::schema`], whose file `finding.rs` chooses the rule for a violation. The rule's file has
    /// only the manual.
    Schema,
    /// The whole definition, once.
    Machine(for<'d> fn(&Context<'_, 'd>, &mut Findings<'_>)),
    /// Each scope of states: the machine, every branch, every item processor.
    Scope(for<'d> fn(&Context<'_, 'd>, &Scope<'_, 'd>, &mut Findings<'_>)),
    /// Each state.
    State(for<'d> fn(&Context<'_, 'd>, &State<'d>, &mut Findings<'_>)),
    /// Each Task, with its `Resource`.
    Task(for<'d> fn(&Context<'_, 'd>, &TaskState<'_, 'd>, &mut Findings<'_>)),
    /// Each element of a `Retry`, with its index.
    Retrier(for<'d> fn(&Context<'_, 'd>, &State<'d>, usize, &Retrier<'d>, &mut Findings<'_>)),
    /// Each element of `Choices`, with its index.
    ChoiceRule(for<'d> fn(&Context<'_, 'd>, &State<'d>, usize, &ChoiceRule<'d>, &mut Findings<'_>)),
    /// Each Choice, with the analysis of its rules; `None` if a rule is malformed.
    Decision(for<'d> fn(&Context<'_, 'd>, &State<'d>, &Choice<'d>, Option<&Decision>, &mut Findings<'_>)),
    /// Each expression.
    Expression(ExpressionCheck),
    /// Each expression that is a call of an intrinsic function.
    Intrinsic(ExpressionCheck),
    /// Each JSONata expression.
    Jsonata(ExpressionCheck),
    /// Each expression with a syntax error.
    Malformed(ExpressionCheck),
    /// Each payload template.
    Payload(for<'d> fn(&Context<'_, 'd>, &State<'d>, &Payload<'d>, &mut Findings<'_>)),
    /// The shapes of the data in the whole definition.
    Data(for<'d> fn(&Context<'_, 'd>, &Analysis<'_, 'd>, &mut Findings<'_>)),
    /// Each resource of a template that is a state machine.
    Resource(fn(&template::Resource, &mut Findings<'_>)),
    /// Each state machine of a template that contains the policies of its role.
    Role(fn(&RoleReport<'_>, &mut Findings<'_>)),
}

/// Declares a rule: the doc comment is its manual, which is also available as data.
///
/// The first line of the manual is the summary. Then come the sections `## What it does`, `## Why is this bad?`,
/// `## Fails` and `## Passes`; every fenced block under the last two is a definition (`json`, `yaml`) that a test
/// checks: each of the first must raise the rule, none of the second may.
macro_rules! declare_rule {
    (
        $(#[doc = $doc:literal])+
        $vis:vis static $ident:ident = {
            name: $name:literal,
            $(aliases: $aliases:expr,)?
            family: $family:ident,
            severity: $severity:ident,
            $(optional: $optional:literal,)?
            $(advice: $advice:literal,)?
            $(aws: $aws:expr,)?
            $(fix: $fix:ident,)?
            check: $check:expr $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        $vis static $ident: $crate::lint::rule::Rule = $crate::lint::rule::Rule {
            name: $name,
            aliases: declare_rule!(@aliases $($aliases)?),
            family: $crate::lint::rule::Family::$family,
            severity: $crate::diagnostic::Severity::$severity,
            is_optional: declare_rule!(@flag $($optional)?),
            is_advice: declare_rule!(@flag $($advice)?),
            aws: declare_rule!(@aws $($aws)?),
            fixes: declare_rule!(@fix $($fix)?),
            manual: concat!($($doc, "\n"),+),
            check: $check,
        };
    };
    (@aliases) => { &[] };
    (@aliases $value:expr) => { &$value };
    (@flag) => { false };
    (@flag $value:literal) => { $value };
    (@fix) => { $crate::lint::rule::FixKind::None };
    (@fix $kind:ident) => { $crate::lint::rule::FixKind::$kind };
    (@aws) => { None };
    (@aws $value:expr) => { Some($value) };
}
pub(crate) use declare_rule;

/// Declares the rules of a family by the names of their files: each is a module with a static `RULE`.
macro_rules! rules {
    ($($name:ident,)+) => {
        $(pub mod $name;)+

        /// The family's rules.
        pub const RULES: &[&$crate::lint::rule::Rule] = &[$(&$name::RULE),+];
    };
}
pub(crate) use rules;

impl Rule {
    /// The first line of the manual.
    pub fn summary(&self) -> &'static str {
        self.manual.trim_start().lines().next().unwrap_or_default().trim()
    }

    /// Whether AWS rejects a definition because of the problem.
    pub(super) fn is_rejection(&self) -> bool {
        self.aws.is_some_and(|code| code.severity() == Severity::Error)
    }
}
