//! Findings for fields that an object does not have: unknown ones, and those of the other query language.

use super::definition::Definition;
use super::finding::Report;
use super::violation::UnexpectedFields;
use super::words::translation;
use crate::asl::State;
use crate::diagnostic::Fix;
use crate::document::{Member, Node};
use crate::lint::aws::AwsMessage;
use crate::lint::finding::Finding;
use crate::lint::rules::fields;
use crate::prose;
use crate::source::Span;
use crate::spec::QueryLanguage;
use foldhash::{HashMap, HashSet};
use serde_json::{Map, Value};

/// The query languages of a state, and the fields that the object would have in the other one.
struct OtherLanguage {
    language: QueryLanguage,
    other: QueryLanguage,
    fields: &'static Map<String, Value>,
}

impl Report<'_, '_, '_, '_> {
    /// Reports unexpected fields. The time is linear in the number of the object's members.
    pub(super) fn unexpected(&mut self, unexpected: &UnexpectedFields<'_>, is_incomplete: impl Fn() -> bool) {
        // For `Credentials` without a role, AWS reports only the missing role.
        let is_silent = self.location.field() == "Credentials" && is_incomplete();
        let members = members_of(self.location.node, unexpected);
        let other = self.other_language();
        let owner = self.fields_owner();
        for name in unexpected.listed() {
            let Some(member) = members.get(name.as_str()) else {
                continue;
            };
            match &other {
                _ if member.key.has_placeholder() => {}
                Some(other) if other.fields.contains_key(name) => self.field_of_other_language(member, other),
                _ => self.unknown_field(member, unexpected, &owner, is_silent),
            }
        }
        let first = unexpected.first_unlisted();
        if let Some(first) = first.and_then(|name| members.get(name)) {
            let message = format!("{} more unknown fields in {owner}", unexpected.unlisted());
            let finding = Finding::new(first.key_span, message)
                .help("only the first fields are listed")
                .aws_at(
                    AwsMessage::UnsupportedField(first.key.as_str()),
                    self.location.node.span,
                );
            self.add(&fields::unknown_field::RULE, finding);
        }
    }

    /// What messages call an object with such fields.
    fn fields_owner(&self) -> String {
        match (
            self.location.keys.is_empty(),
            self.subject.state.and_then(State::state_type),
        ) {
            (true, Some(state_type)) => format!("{} state", state_type.as_str()),
            (true, None) => "state machine".to_owned(),
            _ => self.owner().0,
        }
    }

    fn other_language(&self) -> Option<OtherLanguage> {
        let state = self.subject.state?;
        let other = match state.language {
            QueryLanguage::JsonPath => QueryLanguage::Jsonata,
            QueryLanguage::Jsonata => QueryLanguage::JsonPath,
        };
        let definition = Definition::for_state(state.state_type()?, other);
        Some(OtherLanguage {
            language: state.language,
            other,
            fields: definition.properties_at(&self.location.keys)?,
        })
    }

    fn field_of_other_language(&mut self, member: &Member, languages: &OtherLanguage) {
        let (name, other, language) = (member.key.as_str(), languages.other, languages.language);
        let state = self.subject.state;
        let owner = state.map_or_else(|| "this".to_owned(), |s| format!("state `{}`", s.name.as_str()));
        let finding = Finding::new(
            member.key_span,
            format!("`{name}` is a {other} field, but {owner} uses {language}"),
        )
        .label(format!("only in {other}"))
        .help(translation(name, other))
        .fix(self.translated(member, other))
        .aws_at(
            AwsMessage::OtherLanguage {
                field: name,
                other,
                language,
            },
            self.subject.node.span,
        );
        self.add(&fields::wrong_query_language::RULE, finding);
    }

    fn unknown_field(
        &mut self,
        member: &Member,
        unexpected: &UnexpectedFields<'_>,
        owner: &str,
        is_silent: bool,
    ) {
        let (name, node) = (member.key.as_str(), self.location.node);
        let finding = Finding::new(member.key_span, format!("unknown field `{name}` in {owner}"));
        let finding = match unexpected.closest_allowed(name, node) {
            Some(close) => finding
                .fix(
                    Fix::spelling(
                        inside_quotes(self.run.cx.document.source.text(), member),
                        name,
                        close,
                    )
                    .titled(format!("rename to `{close}`")),
                )
                .help(prose::similar_name("field", close)),
            None => finding
                .help(format!("remove `{name}`, or use `Comment` for free text"))
                .fix(self.removed(Some(node), Some(member))),
        };
        let finding = if is_silent {
            finding.aws_silent()
        } else {
            finding.aws_at(AwsMessage::UnsupportedField(name), node.span)
        };
        self.add(&fields::unknown_field::RULE, finding);
    }
}

/// The members of the listed names, and of the first one that is not; the last one of duplicates.
fn members_of<'d>(object: &'d Node, unexpected: &UnexpectedFields<'_>) -> HashMap<&'d str, &'d Member> {
    let names = unexpected.listed().iter().map(String::as_str);
    let wanted: HashSet<&str> = names.chain(unexpected.first_unlisted()).collect();
    let members = object.as_object().unwrap_or_default().iter();
    members
        .map(|member| (member.key.as_str(), member))
        .filter(|(name, _)| wanted.contains(name))
        .collect()
}

/// The span of a key without its quotes, if it has any.
fn inside_quotes(source: &str, member: &Member) -> Span {
    let span = member.key_span;
    let written = source.get(span.range()).unwrap_or_default();
    let quotes = u32::from(written.len() >= 2 && written.starts_with(['"', '\'']));
    Span::new(span.start + quotes, span.end - quotes)
}
