//! Keys: fields of the language, parameters of the called action, and new states.

use super::candidate::Candidate;
use super::cursor_context::{CursorContext, Notation};
use super::writing;
use crate::lsp::fields::{self, Definition, Field};
use crate::lsp::manual;
use crate::prose;
use crate::spec::{QueryLanguage, StateType};
use gen_lsp_types::CompletionItemKind;

/// The keys that may be written at the cursor.
pub(super) fn complete(context: &CursorContext<'_>, takes_snippets: bool) -> Vec<Candidate> {
    let mut found = if context.is_in_states() {
        states(context)
    } else {
        match context.node_path.state() {
            None => definition_of_scope(context)
                .map(|object| field_candidates(context, object))
                .unwrap_or_default(),
            Some(_) => in_state(context),
        }
    };
    let present = context.node_path.node().as_object().unwrap_or_default();
    found.retain(|candidate| {
        let is_other = |member: &crate::document::Member| {
            member.key.as_str() != candidate.label || touches(member.key_span, context)
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
fn touches(key: crate::source::Span, context: &CursorContext<'_>) -> bool {
    key.start <= context.replace.end && context.replace.start <= key.end
}

/// The machine itself.
fn definition_of_scope(context: &CursorContext<'_>) -> Option<Definition> {
    context
        .node_path
        .steps
        .is_empty()
        .then(fields::machine_definition)
        .flatten()
}

fn in_state(context: &CursorContext<'_>) -> Vec<Candidate> {
    let Some(state) = context.node_path.state() else {
        return Vec::new();
    };
    let language = state.language(&context.node_path);
    let keys = context.keys();
    let Some(state_type) = state.state_type() else {
        if keys.is_empty() {
            return untyped(context, language);
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
        return parameters(context, resource, language);
    }
    if keys == ["Assign"] {
        return Vec::new();
    }
    definition
        .at(&keys)
        .map(|object| field_candidates(context, object))
        .unwrap_or_default()
}

/// The fields of a state without a type.
fn untyped(context: &CursorContext<'_>, language: QueryLanguage) -> Vec<Candidate> {
    let Some(pass) = fields::state_definition(StateType::Pass, language) else {
        return Vec::new();
    };
    let common = ["Type", "Comment", "QueryLanguage"]
        .into_iter()
        .filter_map(|name| pass.field(name));
    common.map(|field| field_candidate(context, field)).collect()
}

fn field_candidates(context: &CursorContext<'_>, object: Definition) -> Vec<Candidate> {
    object
        .fields()
        .into_iter()
        .map(|field| field_candidate(context, field))
        .collect()
}

fn field_candidate(context: &CursorContext<'_>, field: Field) -> Candidate {
    let mut candidate = Candidate::new(field.name, CompletionItemKind::Property, context.replace)
        .detail(if field.is_required { "required" } else { "" })
        .documentation(field.documentation())
        .rank(u32::from(!field.is_required));
    candidate.text = writing::member(context, field.name, &writing::value(context, field));
    candidate.is_snippet = true;
    candidate
}

/// The parameters of an action. In JSONPath, each can be written as a literal or as a path.
fn parameters(context: &CursorContext<'_>, resource: &str, language: QueryLanguage) -> Vec<Candidate> {
    let mut found = Vec::new();
    let quoted = |inner: &str| match context.notation {
        Notation::Json | Notation::Hcl => format!("\"{inner}\""),
        Notation::EscapedJson => format!("\\\\\"{inner}\\\\\""),
        Notation::Yaml => inner.to_owned(),
    };
    for (name, is_required) in manual::parameters(resource) {
        let detail = if is_required { "required" } else { "" };
        let call = resource.rsplit(":::").next().unwrap_or_default();
        let mut add = |key: String, value: String, rank| {
            let mut candidate = Candidate::new(key.clone(), CompletionItemKind::Property, context.replace)
                .detail(detail)
                .documentation(format!("Parameter of `{call}`."))
                .rank(rank);
            candidate.text = writing::member(context, &key, &value);
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
fn states(context: &CursorContext<'_>) -> Vec<Candidate> {
    let language = context.node_path.machine_language();
    StateType::ALL
        .into_iter()
        .map(|state_type| {
            let label = format!("{} state", state_type.as_str());
            let mut candidate = Candidate::new(label, CompletionItemKind::Snippet, context.replace)
                .detail(prose::with_article("new state"))
                .documentation(fields::type_documentation(state_type));
            candidate.text = body(context, state_type, language);
            candidate.is_snippet = true;
            candidate
        })
        .collect()
}

/// A state as a snippet: its name, and its required fields.
fn body(context: &CursorContext<'_>, state_type: StateType, language: QueryLanguage) -> String {
    let required = fields::state_definition(state_type, language)
        .map(Definition::fields)
        .unwrap_or_default();
    let required = required
        .into_iter()
        .filter(|field| field.is_required && field.name != "Type");
    let name = match context.notation {
        Notation::Json => "\"${1:Name}\"".to_owned(),
        Notation::EscapedJson => "\\\\\"${1:Name}\\\\\"".to_owned(),
        Notation::Yaml | Notation::Hcl => "${1:Name}".to_owned(),
    };
    let quote = |text: &str| match context.notation {
        Notation::Json | Notation::Hcl => format!("\"{text}\""),
        Notation::EscapedJson => format!("\\\\\"{text}\\\\\""),
        Notation::Yaml => text.to_owned(),
    };
    let key = |text: &str| match context.notation {
        Notation::Hcl => text.to_owned(),
        _ => quote(text),
    };
    let mut lines = vec![(key("Type"), quote(state_type.as_str()))];
    for (i, field) in required.enumerate() {
        let value = writing::value(context, field)
            .replace("$1", &format!("${}", i + 2))
            .replace("${1:", &format!("${{{}:", i + 2));
        lines.push((key(field.name), value));
    }
    match context.notation {
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
            if context.notation == Notation::EscapedJson {
                format!("{name}: {{ {} \\}}{}", lines.join(", "), writing::comma(context))
            } else {
                format!(
                    "{name}: {{\n  {}\n\\}}{}",
                    lines.join(",\n  "),
                    writing::comma(context)
                )
            }
        }
    }
}
