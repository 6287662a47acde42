//! Keys: fields of the language, parameters of the called action, and new states.

use super::candidate::Candidate;
use super::spot::{Notation, Spot};
use super::writing;
use crate::lsp::fields::{self, Definition, Field};
use crate::lsp::manual;
use crate::prose;
use crate::spec::{QueryLanguage, StateType};
use gen_lsp_types::CompletionItemKind;

/// The keys that may be written at a spot.
pub(super) fn complete(spot: &Spot<'_>, takes_snippets: bool) -> Vec<Candidate> {
    let mut found = if spot.is_in_states() {
        states(spot)
    } else {
        match spot.place.state() {
            None => definition_of_scope(spot)
                .map(|object| field_candidates(spot, object))
                .unwrap_or_default(),
            Some(_) => in_state(spot),
        }
    };
    let present = spot.place.node().as_object().unwrap_or_default();
    found.retain(|candidate| {
        let is_other = |member: &crate::document::Member| {
            member.key.as_str() != candidate.label || touches(member.key_span, spot)
        };
        present.iter().all(is_other)
    });
    found.sort_by_key(|candidate| candidate.rank);
    if !takes_snippets {
        for candidate in &mut found {
            candidate.text = writing::without_stops(&candidate.text);
            candidate.is_snippet = false;
        }
    }
    found
}

/// Whether a key is the one that is being written.
fn touches(key: crate::source::Span, spot: &Spot<'_>) -> bool {
    key.start <= spot.replace.end && spot.replace.start <= key.end
}

/// The machine itself.
fn definition_of_scope(spot: &Spot<'_>) -> Option<Definition> {
    spot.place
        .steps
        .is_empty()
        .then(fields::machine_definition)
        .flatten()
}

fn in_state(spot: &Spot<'_>) -> Vec<Candidate> {
    let Some(state) = spot.place.state() else {
        return Vec::new();
    };
    let language = state.language(&spot.place);
    let keys = spot.keys();
    let Some(state_type) = state.state_type() else {
        if keys.is_empty() {
            return untyped(spot, language);
        }
        return Vec::new();
    };
    let Some(definition) = fields::state_definition(state_type, language) else {
        return Vec::new();
    };
    let payload = match keys.as_slice() {
        ["Parameters" | "Arguments"] => state.resource(),
        ["ItemReader" | "ResultWriter", "Parameters" | "Arguments"] => state
            .node()
            .get(keys[0])
            .and_then(|reader| reader.get("Resource")?.as_str()),
        _ => None,
    };
    if let Some(resource) = payload {
        return parameters(spot, resource, language);
    }
    if keys == ["Assign"] {
        return Vec::new();
    }
    definition
        .at(&keys)
        .map(|object| field_candidates(spot, object))
        .unwrap_or_default()
}

/// The fields of a state without a type.
fn untyped(spot: &Spot<'_>, language: QueryLanguage) -> Vec<Candidate> {
    let Some(pass) = fields::state_definition(StateType::Pass, language) else {
        return Vec::new();
    };
    let common = ["Type", "Comment", "QueryLanguage"]
        .into_iter()
        .filter_map(|name| pass.field(name));
    common.map(|field| field_candidate(spot, field)).collect()
}

fn field_candidates(spot: &Spot<'_>, object: Definition) -> Vec<Candidate> {
    object
        .fields()
        .into_iter()
        .map(|field| field_candidate(spot, field))
        .collect()
}

fn field_candidate(spot: &Spot<'_>, field: Field) -> Candidate {
    let mut candidate = Candidate::new(field.name, CompletionItemKind::Property, spot.replace)
        .detail(if field.is_required { "required" } else { "" })
        .documentation(field.documentation())
        .rank(u32::from(!field.is_required));
    candidate.text = writing::member(spot, field.name, &writing::value(spot, field));
    candidate.is_snippet = true;
    candidate
}

/// The parameters of an action. In JSONPath, each can be written as a literal or as a path.
fn parameters(spot: &Spot<'_>, resource: &str, language: QueryLanguage) -> Vec<Candidate> {
    let mut found = Vec::new();
    let quoted = |inner: &str| match spot.notation {
        Notation::Json | Notation::Hcl => format!("\"{inner}\""),
        Notation::EscapedJson => format!("\\\\\"{inner}\\\\\""),
        Notation::Yaml => inner.to_owned(),
    };
    for (name, is_required) in manual::parameters(resource) {
        let detail = if is_required { "required" } else { "" };
        let call = resource.rsplit(":::").next().unwrap_or_default();
        let mut add = |key: String, value: String, rank| {
            let mut candidate = Candidate::new(key.clone(), CompletionItemKind::Property, spot.replace)
                .detail(detail)
                .documentation(format!("Parameter of `{call}`."))
                .rank(rank);
            candidate.text = writing::member(spot, &key, &value);
            candidate.is_snippet = true;
            found.push(candidate);
        };
        add(name.to_owned(), "$1".to_owned(), u32::from(!is_required));
        if language == QueryLanguage::JsonPath {
            add(format!("{name}.$"), quoted("\\$.$1"), 2 + u32::from(!is_required));
        }
    }
    found
}

/// A new state of each type.
fn states(spot: &Spot<'_>) -> Vec<Candidate> {
    let language = spot.place.machine_language();
    StateType::ALL
        .into_iter()
        .map(|state_type| {
            let label = format!("{} state", state_type.as_str());
            let mut candidate = Candidate::new(label, CompletionItemKind::Snippet, spot.replace)
                .detail(prose::with_article("new state"))
                .documentation(fields::type_documentation(state_type));
            candidate.text = body(spot, state_type, language);
            candidate.is_snippet = true;
            candidate
        })
        .collect()
}

/// A state as a snippet: its name, and its required fields.
fn body(spot: &Spot<'_>, state_type: StateType, language: QueryLanguage) -> String {
    let required = fields::state_definition(state_type, language)
        .map(Definition::fields)
        .unwrap_or_default();
    let required = required
        .into_iter()
        .filter(|field| field.is_required && field.name != "Type");
    let name = match spot.notation {
        Notation::Json => "\"${1:Name}\"".to_owned(),
        Notation::EscapedJson => "\\\\\"${1:Name}\\\\\"".to_owned(),
        Notation::Yaml | Notation::Hcl => "${1:Name}".to_owned(),
    };
    let quote = |text: &str| match spot.notation {
        Notation::Json | Notation::Hcl => format!("\"{text}\""),
        Notation::EscapedJson => format!("\\\\\"{text}\\\\\""),
        Notation::Yaml => text.to_owned(),
    };
    let key = |text: &str| match spot.notation {
        Notation::Hcl => text.to_owned(),
        _ => quote(text),
    };
    let mut lines = vec![(key("Type"), quote(state_type.as_str()))];
    for (i, field) in required.enumerate() {
        let value = writing::value(spot, field)
            .replace("$1", &format!("${}", i + 2))
            .replace("${1:", &format!("${{{}:", i + 2));
        lines.push((key(field.name), value));
    }
    match spot.notation {
        Notation::Yaml => {
            let lines: Vec<String> = lines
                .iter()
                .map(|(key, value)| match value.strip_prefix('\n') {
                    Some(block) => format!("  {key}:\n  {block}"),
                    None => format!("  {key}: {value}"),
                })
                .collect();
            format!("{name}:\n{}", lines.join("\n"))
        }
        Notation::Hcl => {
            let lines: Vec<String> = lines
                .iter()
                .map(|(key, value)| format!("  {key} = {value}"))
                .collect();
            format!("{name} = {{\n{}\n\\}}", lines.join("\n"))
        }
        _ => {
            let lines: Vec<String> = lines
                .iter()
                .map(|(key, value)| format!("{key}: {value}"))
                .collect();
            if spot.notation == Notation::EscapedJson {
                format!("{name}: {{ {} \\}}{}", lines.join(", "), writing::comma(spot))
            } else {
                format!(
                    "{name}: {{\n  {}\n\\}}{}",
                    lines.join(",\n  "),
                    writing::comma(spot)
                )
            }
        }
    }
}
