//! From (keyword, place) to a rule, a sentence and AWS's words.

use super::place::Place;
use super::words::{
    alternatives, alternatives_of, article, aws_order, aws_type, is_filled_in_later, translation,
    with_article,
};
use super::{Subject, group, properties};
use crate::asl::state::choice::operator;
use crate::asl::{QueryLanguage, State};
use crate::document::{Member, Text};
use crate::lint::rules::{fields, map};
use crate::lint::{Finding, NOT_AN_OBJECT, Rule, Run, closest};
use crate::source::Span;
use crate::spec::StateType;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

/// The date of a timestamp must exist (2026-02-30 does not); the pattern beside the format has checked the form.
pub(super) fn is_day_of_its_month(timestamp: &str) -> bool {
    let is_expression = timestamp.starts_with("{%");
    is_expression
        || timestamp
            .get(..10)
            .is_some_and(|date| date.parse::<jiff::civil::Date>().is_ok())
}

/// A state without a `Type` that exists.
pub(super) fn type_of(run: &mut Run<'_, '_>, state: &State<'_>) {
    let words: Vec<&str> = StateType::ALL.iter().map(|t| t.as_str()).collect();
    let Some(member) = state.node.member("Type") else {
        let finding = Finding::new(
            state.name_span,
            format!("State `{}` has no `Type`", state.name.as_str()),
        )
        .help(format!("give it one of {}", words.join(", ")))
        .aws_at("The field 'Type' is required", state.node.span);
        add(
            run,
            &fields::MISSING_FIELD,
            finding.for_want_of(state.node, "Type"),
        );
        run.doubts.add(state.node, "Type");
        return;
    };
    if member.value.is_unknown() || member.value.as_text().is_some_and(Text::has_placeholder) {
        return;
    }
    let written = member.value.as_str();
    let message = written.map_or_else(
        || "`Type` is the name of a state type, as a string".to_owned(),
        |word| format!("There is no state type `{word}`"),
    );
    let help = written
        .and_then(|word| closest(word, words.iter().copied()))
        .map_or_else(
            || format!("the types are {}", words.join(", ")),
            |word| format!("did you mean `{word}`?"),
        );
    let aws = format!(
        "The field 'Type' should have one of these values: [{}]",
        words.join(", ")
    );
    let finding = Finding::new(member.value.span, message)
        .help(help)
        .aws_at(aws, member.value.span);
    add(run, &fields::INVALID_VALUE, finding);
    run.doubts.add(state.node, "Type");
}

/// All errors of one object.
pub(super) fn errors(run: &mut Run<'_, '_>, subject: &Subject<'_, '_>, errors: &[ValidationError<'_>]) {
    let mut missing: Vec<(Place<'_>, Vec<&str>)> = Vec::new();
    let mut others = Vec::new();
    for error in errors {
        let Some(place) = Place::of(subject.node, error) else {
            continue;
        };
        let ValidationErrorKind::Required { property } = error.kind() else {
            others.push((place, error.kind()));
            continue;
        };
        let name = property.as_str().unwrap_or_default();
        match missing.iter_mut().find(|(p, _)| std::ptr::eq(p.node, place.node)) {
            Some((_, names)) => names.push(name),
            None => missing.push((place, vec![name])),
        }
    }
    for (place, kind) in &others {
        note(run, subject, place, kind);
    }
    for (place, kind) in others {
        Report { run, subject, place }.error(kind, &missing);
    }
    for (place, names) in missing {
        Report { run, subject, place }.missing(names);
    }
}

/// Notes which fields an error puts in doubt: the field itself, and the state's field that it lies in.
fn note(run: &mut Run<'_, '_>, subject: &Subject<'_, '_>, place: &Place<'_>, kind: &ValidationErrorKind) {
    use ValidationErrorKind as K;
    if let Some(outermost) = place.keys.first() {
        run.doubts.add(subject.node, outermost);
    }
    match kind {
        K::AdditionalProperties { unexpected } => {
            for name in unexpected {
                if let Some(meant) = meant(subject, place, name) {
                    run.doubts.add(place.node, meant);
                }
            }
        }
        K::Custom { message, .. } => {
            let group = message.split_once(':').map_or("", |(_, group)| group);
            // That there is none is what the group's own finding says.
            if !message.starts_with(group::NONE) {
                group
                    .split(", ")
                    .for_each(|name| run.doubts.add(place.node, name));
            }
        }
        _ => {
            if let (Some(parent), Some(key)) = (place.parent, place.keys.last()) {
                run.doubts.add(parent, key);
            }
        }
    }
}

/// The field that a name which is none stands for: the closest that is not there.
fn meant(subject: &Subject<'_, '_>, place: &Place<'_>, name: &str) -> Option<&'static str> {
    let allowed = definition_at(subject.definition, &place.keys)?;
    closest(name, allowed.keys().map(String::as_str)).filter(|meant| place.node.get(meant).is_none())
}

fn add(run: &mut Run<'_, '_>, rule: &'static Rule, finding: Finding) {
    if let Some(mut findings) = run.findings(rule) {
        findings.add(finding);
    }
}

struct Report<'r, 'a, 'b, 'd> {
    run: &'r mut Run<'a, 'b>,
    subject: &'r Subject<'r, 'd>,
    place: Place<'d>,
}

impl Report<'_, '_, '_, '_> {
    fn add(&mut self, rule: &'static Rule, finding: Finding) {
        add(self.run, rule, finding);
    }

    fn error(&mut self, kind: &ValidationErrorKind, missing: &[(Place<'_>, Vec<&str>)]) {
        use ValidationErrorKind as K;
        let field = self.place.field();
        let at = self.place.node.span;
        match kind {
            K::AdditionalProperties { unexpected } => {
                let is_incomplete = missing.iter().any(|(p, _)| std::ptr::eq(p.node, self.place.node));
                for name in unexpected {
                    self.unexpected(name, is_incomplete);
                }
            }
            K::FalseSchema => {
                let finding = Finding::new(
                    self.place.key_span(),
                    format!("`{field}` does not go with the fields beside it"),
                )
                .help("remove it, or change the field that rules it out")
                .aws(format!("Field '{field}' is not supported"));
                self.add(&fields::UNKNOWN_FIELD, finding);
            }
            K::Type { kind } => self.wrong_type(kind),
            K::Enum { options } => self.not_an_option(options.as_array().map_or(&[][..], Vec::as_slice)),
            K::Constant { expected_value } => self.not_an_option(std::slice::from_ref(expected_value)),
            K::Minimum { limit } => {
                let finding = Finding::new(at, format!("`{field}` is at least {limit}"))
                    .label(format!("below {limit}"))
                    .aws(format!("Minimum value is {limit}"));
                self.add(&fields::OUT_OF_RANGE, finding);
            }
            K::Maximum { limit } => {
                let shown = if field == "ToleratedFailurePercentage" {
                    format!("{limit}.0")
                } else {
                    limit.to_string()
                };
                let finding = Finding::new(at, format!("`{field}` is at most {limit}"))
                    .label(format!("above {limit}"))
                    .aws(format!("Maximum value is {shown}"));
                self.add(&fields::OUT_OF_RANGE, finding);
            }
            K::MinLength { .. } | K::MaxLength { .. } if field == "Label" => self.bad_label(),
            K::MinItems { .. } | K::MinProperties { .. } | K::MinLength { .. } => {
                let finding =
                    Finding::new(at, format!("`{field}` must not be empty")).aws("Value cannot be empty");
                self.add(&fields::EMPTY_VALUE, finding);
            }
            K::MaxLength { limit } => {
                self.add(
                    &fields::OUT_OF_RANGE,
                    Finding::new(at, format!("`{field}` has at most {limit} characters")),
                );
            }
            K::Pattern { pattern } => self.mismatch(pattern),
            K::Format { .. } => self.bad_timestamp(),
            K::Custom { message, .. } => self.group(message),
            // `invalid-state-name` checks names, at every depth.
            K::PropertyNames { .. } => {}
            other => {
                let finding = Finding::new(at, format!("`{field}` breaks the rule `{}`", other.keyword()));
                self.add(&fields::INVALID_VALUE, finding);
            }
        }
    }

    fn missing(&mut self, mut names: Vec<&str>) {
        names.sort_unstable_by(|a, b| b.cmp(a));
        let (owner, at) = self.owner();
        let listed = || {
            names
                .iter()
                .map(|n| format!("`{n}`"))
                .collect::<Vec<_>>()
                .join(" and ")
        };
        let message = format!("{owner} has no {}", listed());
        let aws = match names.as_slice() {
            ["RoleArn"] => "The field 'RoleArn' is required but was missing".to_owned(),
            [name @ ("CSVHeaderLocation" | "InputType" | "Type")] => {
                format!("The field '{name}' is required")
            }
            names => format!("These fields are required: [{}]", names.join(", ")),
        };
        let node = self.place.node;
        // Of several, each may be missing for a reason of its own.
        let explained = |name: &&str| self.run.doubts.has(node.span, name);
        let is_explained = names.iter().any(explained);
        self.add(
            &fields::MISSING_FIELD,
            Finding::new(at, message)
                .help(format!("add {}", listed()))
                .of_absence()
                .consequence_if(is_explained)
                .aws_at(aws, node.span),
        );
        for name in names {
            self.run.doubts.add(node, name);
        }
        if let Some(outermost) = self.place.keys.first() {
            self.run.doubts.add(self.subject.node, outermost);
        }
    }

    /// What the object at the place is called, and what to underline of it.
    fn owner(&self) -> (String, Span) {
        let node = self.place.node;
        let first = node.as_object().unwrap_or_default().first();
        // A block of YAML has no brace: it begins with its first key.
        let brace = match first {
            Some(member) if member.key_span.start <= node.span.start => member.key_span,
            _ => Span::new(node.span.start, (node.span.start + 1).min(node.span.end)),
        };
        match (self.place.keys.last(), self.place.member, self.subject.state) {
            (None, _, None) => ("The state machine".to_owned(), brace),
            (None, _, Some(state)) => (format!("State `{}`", state.name.as_str()), state.name_span),
            (Some(key), Some(member), _) => (format!("`{key}`"), member.key_span),
            (Some(key), None, _) => {
                let element = match *key {
                    "Retry" => "This retrier".to_owned(),
                    "Catch" => "This catcher".to_owned(),
                    "Choices" | "And" | "Or" => "This Choice rule".to_owned(),
                    "Branches" => "This branch".to_owned(),
                    key => format!("This element of `{key}`"),
                };
                (element, brace)
            }
        }
    }

    fn unexpected(&mut self, name: &str, is_incomplete: bool) {
        let Some(member) = self.place.node.member(name) else {
            return;
        };
        if member.key.has_placeholder() {
            return;
        }
        let (at, node) = (member.key_span, self.place.node.span);
        let (owner, _) = self.owner();
        if let Some((language, other)) = self.of_other_language(name) {
            let finding = Finding::new(at, format!("`{name}` is a field of {other}, but {} is {language}", self.what_is_in()))
                .label(format!("only in {other}"))
                .help(translation(name, other))
                .aws_at(
                    format!(
                        "The QueryLanguage is set to '{language}', but field '{name}' is only supported for the '{other}' QueryLanguage"
                    ),
                    self.subject.node.span,
                );
            self.add(&fields::WRONG_QUERY_LANGUAGE, finding);
            return;
        }
        let owner = match (
            self.place.keys.is_empty(),
            self.subject.state.and_then(State::state_type),
        ) {
            (true, Some(state_type)) => format!("A {} state", state_type.as_str()),
            (true, None) => "A state machine".to_owned(),
            _ => owner,
        };
        let mut finding = Finding::new(at, format!("{owner} has no field `{name}`"));
        finding = match meant(self.subject, &self.place, name) {
            Some(close) => finding
                .fix(
                    format!("Rename it to `{close}`"),
                    inside_quotes(self.run.cx.document.source.text(), member),
                    close,
                )
                .help(format!("did you mean `{close}`?")),
            None => finding.help(format!("remove `{name}`; free text belongs in `Comment`")),
        };
        finding = if is_incomplete && self.place.field() == "Credentials" {
            finding.aws_silent()
        } else {
            finding.aws_at(format!("Field '{name}' is not supported"), node)
        };
        self.add(&fields::UNKNOWN_FIELD, finding);
    }

    /// Whether the other language has the field at this place: (ours, the other).
    fn of_other_language(&self, name: &str) -> Option<(QueryLanguage, QueryLanguage)> {
        let state = self.subject.state?;
        let other = match state.language {
            QueryLanguage::JsonPath => QueryLanguage::Jsonata,
            QueryLanguage::Jsonata => QueryLanguage::JsonPath,
        };
        let definition = format!("{}.{other}", state.state_type()?.as_str());
        let has = definition_at(&definition, &self.place.keys)?.contains_key(name);
        has.then_some((state.language, other))
    }

    fn what_is_in(&self) -> String {
        self.subject
            .state
            .map_or_else(|| "this".to_owned(), |s| format!("state `{}`", s.name.as_str()))
    }

    fn wrong_type(&mut self, kind: &TypeKind) {
        if self.place.node.as_str().is_some_and(is_filled_in_later) {
            return;
        }
        let (words, aws) = match kind {
            TypeKind::Single(one) => (with_article(*one).to_owned(), aws_type(*one)),
            TypeKind::Multiple(set) => {
                let types: Vec<JsonType> = set.iter().collect();
                let words: Vec<&str> = types.iter().map(|t| with_article(*t)).collect();
                (
                    words.join(" or "),
                    types.first().map_or("Object", |t| aws_type(*t)),
                )
            }
        };
        let found = self.place.node.kind_name();
        let field = self.place.field();
        let subject = if field.is_empty() {
            "The definition".to_owned()
        } else {
            format!("`{field}`")
        };
        let finding = Finding::new(
            self.place.node.span,
            format!("{subject} is {words}, not {}", article(found)),
        )
        .label(format!("{words} belongs here"));
        let finding = if field.is_empty() {
            finding.aws_nowhere(NOT_AN_OBJECT)
        } else {
            finding.aws(format!("Expected value of type {aws}"))
        };
        self.add(&fields::WRONG_TYPE, finding);
    }

    fn not_an_option(&mut self, options: &[Value]) {
        let field = self.place.field();
        let words: Vec<&str> = options.iter().filter_map(Value::as_str).collect();
        let listed = words.join(", ");
        let mut finding =
            Finding::new(self.place.node.span, format!("`{field}` is one of {listed}")).aws(format!(
                "Value should be one of the following: [{}]",
                aws_order(field, &words)
            ));
        if let Some(close) = self
            .place
            .node
            .as_str()
            .and_then(|w| closest(w, words.iter().copied()))
        {
            finding = finding.help(format!("did you mean `{close}`?"));
        }
        self.add(&fields::INVALID_VALUE, finding);
    }

    fn mismatch(&mut self, pattern: &str) {
        let field = self.place.field();
        let at = self.place.node.span;
        if field == "Label" {
            self.bad_label();
        } else if pattern.contains("[0-9]{4}-") {
            self.bad_timestamp();
        } else if pattern.starts_with("^\\{%") {
            let finding = Finding::new(
                at,
                format!("`{field}` is no JSONata expression: it lacks `{{%` and `%}}`"),
            )
            .help("write the expression as \"{% … %}\", with nothing outside")
            .aws("JSONata string must start with {% and end with %}");
            self.add(&fields::INVALID_VALUE, finding);
        } else if field == "ItemsPointer" {
            let written = self.place.node.as_str().unwrap_or_default();
            let finding = Finding::new(at, "A JSON Pointer begins with `/`").aws(format!(
                "Invalid input: JSON Pointer expression must start with '/': \"{written}\""
            ));
            self.add(&fields::INVALID_VALUE, finding);
        } else {
            let finding = Finding::new(at, format!("`{field}` does not take this value"))
                .help(format!("see `asl schema asl` for what `{field}` takes"))
                .aws(format!(
                    "The field '{field}' does not match any of the allowed values"
                ));
            self.add(&fields::INVALID_VALUE, finding);
        }
    }

    fn bad_timestamp(&mut self) {
        let finding = Finding::new(
            self.place.node.span,
            format!("`{}` is no RFC 3339 timestamp", self.place.field()),
        )
        .help("write it as 2026-01-31T12:00:00Z, with a capital T, and Z or an offset")
        .aws("String does not match RFC3339 timestamp");
        self.add(&fields::INVALID_TIMESTAMP, finding);
    }

    fn bad_label(&mut self) {
        let finding = Finding::new(
            self.place.node.span,
            "`Label` has 1 to 40 characters, without blanks and special characters",
        )
        .help("letters, digits, `-`, `_`, `.`, `/` and the like are allowed");
        self.add(&map::INVALID_LABEL, finding);
    }

    fn group(&mut self, message: &str) {
        let node = self.place.node;
        let (rule, is_many, group) = match (
            message.strip_prefix(group::MANY),
            message.strip_prefix(group::NONE),
        ) {
            (Some(group), _) => (&fields::CONFLICTING_FIELDS, true, group),
            (_, Some(group)) => (&fields::MISSING_ALTERNATIVE, false, group),
            _ => return,
        };
        let names: Vec<&str> = group.split(", ").collect();
        let is_operators = names.contains(&"StringEquals");
        let aws_list = if is_operators {
            operator::AWS_LIST.to_owned()
        } else {
            format!("[{}]", aws_order(group, &names))
        };
        let given: Vec<&Member> = names.iter().filter_map(|name| node.member(name)).collect();
        if is_many {
            let mut places = given.clone();
            places.sort_by_key(|m| m.key_span);
            let (Some(last), Some(first)) = (places.last(), places.first()) else {
                return;
            };
            let listed = places
                .iter()
                .map(|m| format!("`{}`", m.key.as_str()))
                .collect::<Vec<_>>()
                .join(" and ");
            let finding = Finding::new(last.key_span, format!("{listed} exclude each other"))
                .related(first.key_span, "the other one is here")
                .help("keep one of them")
                .aws_at(
                    format!("There should only be one of the following fields: {aws_list}"),
                    node.span,
                );
            self.add(rule, finding);
            return;
        }
        let (owner, at) = self.owner();
        let what = if is_operators {
            "a comparison, such as `StringEquals`".to_owned()
        } else {
            alternatives(&names)
        };
        let aws = if names.contains(&"RoleArn") {
            "The field 'RoleArn' is required but was missing".to_owned()
        } else if names.first() == Some(&"And") {
            "The object must have only one of the following fields, [And, Or, Not, Variable, Condition]"
                .to_owned()
        } else {
            format!("This object should have only one of the following fields: {aws_list}")
        };
        let finding = Finding::new(
            at,
            format!("{owner} has none of {}", alternatives_of(&names, is_operators)),
        )
        .help(format!("add {what}"))
        .aws_at(aws, node.span)
        .of_absence()
        .consequence_if(names.iter().any(|name| self.run.doubts.has(node.span, name)));
        self.add(rule, finding);
        for name in names {
            self.run.doubts.add(node, name);
        }
    }
}

/// The key's text without its quotes, where it has any.
fn inside_quotes(source: &str, member: &Member) -> Span {
    let span = member.key_span;
    let written = source.get(span.range()).unwrap_or_default();
    let quotes = u32::from(written.len() >= 2 && written.starts_with(['"', '\'']));
    Span::new(span.start + quotes, span.end - quotes)
}

/// The properties that the definition has where the keys lead, through `$ref`s, arrays and nested objects.
fn definition_at(definition: &str, keys: &[&str]) -> Option<&'static serde_json::Map<String, Value>> {
    let mut found = properties(definition)?;
    for key in keys {
        let mut schema = found.get(*key)?;
        loop {
            if let Some(inner) = schema.get("properties").and_then(Value::as_object) {
                found = inner;
                break;
            }
            schema = match (schema.get("items"), schema.get("$ref").and_then(Value::as_str)) {
                (Some(items), _) => items,
                (_, Some(reference)) => super::SCHEMA.pointer(reference.strip_prefix('#')?)?,
                _ => return None,
            };
        }
    }
    Some(found)
}
