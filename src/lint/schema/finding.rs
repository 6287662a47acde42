//! Findings for violations of the schema: rule, message, help, and the fields that are in doubt.

use super::group::GroupViolation;
use super::location::InstanceLocation;
use super::violation::{FieldGroup, Format, Kind, Violation};
use super::words::{is_rendered_later, one_of, with_article};
use crate::asl::State;
use crate::document::{Member, Node};
use crate::lint::aws::AwsMessage;
use crate::lint::finding::Finding;
use crate::lint::rule::Rule;
use crate::lint::rules::{fields, map};
use crate::lint::run::Run;
use crate::prose;
use crate::prose::closest;
use crate::source::Span;
use jsonschema::JsonType;

/// An object under validation.
pub(super) struct Subject<'a, 'd> {
    pub(super) node: &'d Node,
    /// The state, unless the object is the state machine itself.
    pub(super) state: Option<&'a State<'d>>,
}

/// Reports a finding, unless its rule is off.
pub(super) fn add(run: &mut Run<'_, '_>, rule: &'static Rule, finding: Finding<'_>) {
    if let Some(mut findings) = run.findings(rule) {
        findings.add(finding);
    }
}

/// Reports all violations of one object.
pub(super) fn report(run: &mut Run<'_, '_>, subject: &Subject<'_, '_>, violations: &[Violation<'_, '_>]) {
    for violation in violations {
        taint(run, subject, violation);
    }
    for violation in violations {
        let location = &violation.location;
        let is_incomplete = || {
            violations.iter().any(|other| {
                matches!(other.kind, Kind::Missing(_)) && std::ptr::eq(other.location.node, location.node)
            })
        };
        Report {
            run,
            subject,
            location,
        }
        .violation(&violation.kind, is_incomplete);
    }
}

/// Records the fields that a violation puts in doubt: the field itself, and the state's field that contains it. Missing
/// fields are recorded when they are reported.
fn taint(run: &mut Run<'_, '_>, subject: &Subject<'_, '_>, violation: &Violation<'_, '_>) {
    let location = &violation.location;
    if matches!(violation.kind, Kind::Missing(_)) {
        return;
    }
    if let Some(outermost) = location.keys.first() {
        run.tainted.insert(subject.node, outermost);
    }
    match &violation.kind {
        Kind::Unexpected(fields) => {
            for name in fields.listed() {
                if let Some(meant) = fields.closest_allowed(name, location.node) {
                    run.tainted.insert(location.node, meant);
                }
            }
        }
        Kind::Group {
            breach: GroupViolation::None,
            ..
        } => {}
        Kind::Group { group, .. } => {
            for name in group.names() {
                run.tainted.insert(location.node, name);
            }
        }
        _ => {
            if let (Some(parent), Some(key)) = (location.parent, location.keys.last()) {
                run.tainted.insert(parent, key);
            }
        }
    }
}

pub(super) struct Report<'r, 'a, 'b, 'd> {
    pub(super) run: &'r mut Run<'a, 'b>,
    pub(super) subject: &'r Subject<'r, 'd>,
    pub(super) location: &'r InstanceLocation<'d>,
}

impl Report<'_, '_, '_, '_> {
    pub(super) fn add(&mut self, rule: &'static Rule, finding: Finding<'_>) {
        add(self.run, rule, finding);
    }

    fn violation(&mut self, kind: &Kind<'_>, is_incomplete: impl Fn() -> bool) {
        let field = self.location.field();
        let at = self.location.node.span;
        match kind {
            Kind::Missing(names) => self.missing(names.clone()),
            Kind::Unexpected(fields) => self.unexpected(fields, is_incomplete),
            Kind::Excluded => {
                let finding = Finding::new(
                    self.location.key_span(),
                    format!("`{field}` is not allowed with these fields"),
                )
                .fix(self.removed(self.location.parent, self.location.member))
                .help("remove it, or change the field that excludes it")
                .aws(AwsMessage::UnsupportedField(field));
                self.add(&fields::unknown_field::RULE, finding);
            }
            Kind::Group {
                group,
                breach: GroupViolation::Several,
            } => self.conflict(group),
            Kind::Group {
                group,
                breach: GroupViolation::None,
            } => self.missing_alternative(group),
            Kind::Type(expected) => self.wrong_type(expected),
            Kind::Options(options) => self.not_an_option(options),
            Kind::Minimum(limit) => {
                let finding = Finding::new(at, format!("`{field}` must be at least {limit}"))
                    .label(format!("below {limit}"))
                    .fix(self.limited(limit))
                    .aws(AwsMessage::Minimum(limit));
                self.add(&fields::out_of_range::RULE, finding);
            }
            Kind::Maximum { limit, is_float } => {
                let finding = Finding::new(at, format!("`{field}` must be at most {limit}"))
                    .label(format!("above {limit}"))
                    .fix(self.limited(limit))
                    .aws(AwsMessage::Maximum {
                        limit,
                        is_float: *is_float,
                    });
                self.add(&fields::out_of_range::RULE, finding);
            }
            Kind::Empty => {
                let finding =
                    Finding::new(at, format!("`{field}` must not be empty")).aws(AwsMessage::EmptyValue);
                self.add(&fields::empty_value::RULE, finding);
            }
            Kind::TooLong(limit) => {
                let finding = Finding::new(at, format!("`{field}` must have at most {limit} characters"));
                self.add(&fields::out_of_range::RULE, finding);
            }
            Kind::Syntax(format) => self.invalid_syntax(*format),
            Kind::Pattern => {
                let finding = Finding::new(at, format!("invalid value for `{field}`"))
                    .help(format!("run `asl schema asl` to see the pattern of `{field}`"))
                    .aws(AwsMessage::PatternMismatch(field));
                self.add(&fields::invalid_value::RULE, finding);
            }
            Kind::Key => {}
            Kind::Other(keyword) => {
                let finding = Finding::new(
                    at,
                    format!("`{field}` violates the keyword `{keyword}` of the schema"),
                );
                self.add(&fields::invalid_value::RULE, finding);
            }
        }
    }

    fn missing(&mut self, mut names: Vec<&str>) {
        names.sort_unstable_by(|a, b| b.cmp(a));
        let (owner, at) = self.owner();
        let listed = prose::and_list(&names);
        let node = self.location.node;
        // Each of several fields may be missing for a different reason.
        let is_explained = names
            .iter()
            .any(|name| self.run.tainted.contains(node.span, name));
        self.add(
            &fields::missing_field::RULE,
            Finding::new(at, format!("missing {listed} in {owner}"))
                .help(format!("add {listed}"))
                .fix(self.added(&names))
                .requires_whole_file()
                .cascading_if(is_explained)
                .aws_at(AwsMessage::MissingFields(&names), node.span),
        );
        for name in names {
            self.run.tainted.insert(node, name);
        }
        if let Some(outermost) = self.location.keys.first() {
            self.run.tainted.insert(self.subject.node, outermost);
        }
    }

    /// What messages call the object at the location, and what to underline of it.
    pub(super) fn owner(&self) -> (String, Span) {
        let node = self.location.node;
        let first = node.as_object().unwrap_or_default().first();
        // A block of YAML has no brace: it begins with its first key.
        let brace = match first {
            Some(member) if member.key_span.start <= node.span.start => member.key_span,
            _ => Span::new(node.span.start, (node.span.start + 1).min(node.span.end)),
        };
        match (
            self.location.keys.last(),
            self.location.member,
            self.subject.state,
        ) {
            (None, _, None) => ("the state machine".to_owned(), brace),
            (None, _, Some(state)) => (format!("state `{}`", state.name.as_str()), state.name_span),
            (Some(key), Some(member), _) => (format!("`{key}`"), member.key_span),
            (Some(key), None, _) => {
                let element = match *key {
                    "Retry" => "this retrier".to_owned(),
                    "Catch" => "this catcher".to_owned(),
                    "Choices" | "And" | "Or" => "this Choice rule".to_owned(),
                    "Branches" => "this branch".to_owned(),
                    key => format!("this element of `{key}`"),
                };
                (element, brace)
            }
        }
    }

    fn wrong_type(&mut self, expected: &[JsonType]) {
        if self.location.node.as_str().is_some_and(is_rendered_later) {
            return;
        }
        let words: Vec<&str> = expected.iter().map(|t| with_article(*t)).collect();
        let words = words.join(" or ");
        let found = self.location.node.kind_name();
        let field = self.location.field();
        let subject = if field.is_empty() {
            "the definition".to_owned()
        } else {
            format!("`{field}`")
        };
        let finding = Finding::new(
            self.location.node.span,
            format!("{subject} must be {words}, not {}", prose::with_article(found)),
        )
        .label(format!("expected {words}"))
        .fix(self.converted(expected));
        let finding = if field.is_empty() {
            finding.aws_nowhere(AwsMessage::NotAnObject)
        } else {
            finding.aws(AwsMessage::WrongType(expected.first().copied()))
        };
        self.add(&fields::wrong_type::RULE, finding);
    }

    fn not_an_option(&mut self, options: &[&str]) {
        let (field, node) = (self.location.field(), self.location.node);
        let mut finding = Finding::new(
            node.span,
            format!("invalid value for `{field}`: expected {}", one_of(options)),
        )
        .aws(AwsMessage::Options(options));
        if let Some(close) = node.as_str().and_then(|w| closest(w, options.iter().copied())) {
            finding = finding
                .help(prose::similar_name("value", close))
                .fix(self.replace_word(close));
        }
        self.add(&fields::invalid_value::RULE, finding);
    }

    fn invalid_syntax(&mut self, format: Format) {
        let (field, node) = (self.location.field(), self.location.node);
        let written = node.as_str().unwrap_or_default();
        let (rule, message, help, aws) = match format {
            Format::Timestamp => (
                &fields::invalid_timestamp::RULE,
                format!("`{field}` is not a valid RFC 3339 timestamp"),
                Some("use the form 2026-01-31T12:00:00Z, with an uppercase T, and Z or an offset"),
                Some(AwsMessage::InvalidTimestamp),
            ),
            Format::Jsonata => (
                &fields::invalid_value::RULE,
                format!("expected a JSONata expression enclosed in `{{% … %}}` in `{field}`"),
                Some("write the value as \"{% … %}\", with nothing outside the delimiters"),
                Some(AwsMessage::JsonataDelimiters),
            ),
            Format::JsonPointer => (
                &fields::invalid_value::RULE,
                "a JSON Pointer must start with `/`".to_owned(),
                None,
                Some(AwsMessage::InvalidJsonPointer(written)),
            ),
            Format::Label => (
                &map::invalid_label::RULE,
                format!("`{field}` must have 1 to 40 characters, without whitespace or special characters"),
                Some("use letters, digits, and characters such as `-`, `_`, `.`, and `/`"),
                None,
            ),
        };
        let mut finding = Finding::new(node.span, message).fix(self.rewritten(format));
        if let Some(help) = help {
            finding = finding.help(help);
        }
        if let Some(message) = aws {
            finding = finding.aws(message);
        }
        self.add(rule, finding);
    }

    fn conflict(&mut self, group: &FieldGroup) {
        let node = self.location.node;
        let names = group.names();
        let mut given: Vec<&Member> = names.iter().filter_map(|name| node.member(name)).collect();
        given.sort_by_key(|m| m.key_span);
        let (Some(last), Some(first)) = (given.last(), given.first()) else {
            return;
        };
        let given_names = given.iter().map(|m| m.key.as_str());
        let finding = Finding::new(
            last.key_span,
            format!("{} are mutually exclusive", prose::and_list(given_names)),
        )
        .related(first.key_span, "conflicts with this field")
        .help("keep only one of them")
        .fix(self.without_duplicate(&given))
        .aws_at(
            if group.is_comparisons() {
                AwsMessage::SeveralComparisons
            } else {
                AwsMessage::SeveralOfFields(&names)
            },
            node.span,
        );
        self.add(&fields::conflicting_fields::RULE, finding);
    }

    fn missing_alternative(&mut self, group: &FieldGroup) {
        let node = self.location.node;
        let (owner, at) = self.owner();
        let names = group.names();
        let (any, one) = if group.is_comparisons() {
            (
                "comparison".to_owned(),
                "a comparison, such as `StringEquals`".to_owned(),
            )
        } else {
            (prose::or_list(&names), prose::or_list(&names))
        };
        let finding = Finding::new(at, format!("missing {any} in {owner}"))
            .help(format!("add {one}"))
            .fix(self.ended(&names))
            .aws_at(
                if group.is_comparisons() {
                    AwsMessage::NoComparison
                } else {
                    AwsMessage::NoneOfFields(&names)
                },
                node.span,
            )
            .requires_whole_file()
            .cascading_if(
                names
                    .iter()
                    .any(|name| self.run.tainted.contains(node.span, name)),
            );
        self.add(&fields::missing_alternative::RULE, finding);
        for name in names {
            self.run.tainted.insert(node, name);
        }
    }
}
