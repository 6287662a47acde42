//! Lowers the syntax tree to the model. Nodes of an unexpected type are omitted, not reported.

use super::expression::Owner;
use super::machine::{Machine, State};
use super::object::Object;
use super::state::{DataFlow, Kind, map};
use super::transition::{Target, Transition};
use crate::document::{Member, Node, push_pointer_key};
use crate::spec::{QueryLanguage, StateType};
use foldhash::HashMap;

/// Lowers a state machine. Any node is accepted; one that is not an object gives a state machine without states.
pub fn machine(node: &Node) -> Machine<'_> {
    let language = node
        .get("QueryLanguage")
        .map_or(QueryLanguage::JsonPath, language_of);
    scope(node, String::new(), language)
}

/// AWS checks a machine or state whose `QueryLanguage` is anything but `JSONPath` as JSONata.
fn language_of(node: &Node) -> QueryLanguage {
    match node.as_text() {
        Some(text) if text.as_str() == QueryLanguage::JsonPath.as_str() || text.has_placeholder() => {
            QueryLanguage::JsonPath
        }
        _ => QueryLanguage::Jsonata,
    }
}

fn scope(node: &Node, pointer: String, language: QueryLanguage) -> Machine<'_> {
    let states_node = node.get("States");
    let members = states_node.and_then(Node::as_object).unwrap_or_default();
    let has_unknown_states = states_node.is_some_and(Node::is_unknown)
        || members
            .iter()
            .any(|m| m.value.is_unknown() || m.key.has_placeholder());
    // The last of duplicate keys is used.
    let last: HashMap<&str, usize> = members
        .iter()
        .enumerate()
        .map(|(i, m)| (m.key.as_str(), i))
        .collect();
    let mut states = Vec::with_capacity(last.len());
    for (i, member) in members.iter().enumerate() {
        if member.value.as_object().is_some() && last.get(member.key.as_str()) == Some(&i) {
            states.push(state(member, &pointer, language));
        }
    }
    Machine {
        node,
        pointer,
        query_language: language,
        comment: node.get("Comment").and_then(Node::as_text),
        start_at: Target::lower(node, "StartAt"),
        states,
        timeout_seconds: node.get("TimeoutSeconds"),
        has_unknown_states,
    }
}

fn state<'d>(member: &'d Member, scope_pointer: &str, machine_language: QueryLanguage) -> State<'d> {
    let node = &member.value;
    let mut pointer = String::with_capacity(scope_pointer.len() + member.key.len() + 8);
    pointer.push_str(scope_pointer);
    pointer.push_str("/States");
    push_pointer_key(&mut pointer, &member.key);
    let state_type = node
        .get("Type")
        .and_then(Node::as_str)
        .and_then(StateType::from_name);
    let object = Object {
        node,
        owner: Owner::State,
        language: node.get("QueryLanguage").map_or(machine_language, language_of),
        is_map: state_type == Some(StateType::Map),
    };
    State {
        name: &member.key,
        name_span: member.key_span,
        node,
        machines: machines(state_type, node, &pointer, machine_language),
        pointer,
        language: object.language,
        comment: node.get("Comment").and_then(Node::as_text),
        transition: Transition::lower(node),
        data: DataFlow::lower(&object),
        kind: Kind::lower(state_type, &object),
    }
}

/// The machines inside a state; `pointer` is the state's.
fn machines<'d>(
    state_type: Option<StateType>,
    node: &'d Node,
    pointer: &str,
    language: QueryLanguage,
) -> Vec<Machine<'d>> {
    match state_type {
        Some(StateType::Parallel) => {
            let branches = node.get("Branches").and_then(Node::as_array).unwrap_or_default();
            let branch = |(i, branch)| scope(branch, format!("{pointer}/Branches/{i}"), language);
            branches.iter().enumerate().map(branch).collect()
        }
        Some(StateType::Map) => {
            let processor = map::processor(node).into_iter();
            processor
                .map(|member| {
                    scope(
                        &member.value,
                        format!("{pointer}/{}", member.key.as_str()),
                        language,
                    )
                })
                .collect()
        }
        _ => Vec::new(),
    }
}
