//! Lowers the syntax tree to the model. Nodes of an unexpected type are omitted, not reported.

use super::expression::Owner;
use super::machine::{Machine, State, state_pointer};
use super::object::Object;
use super::state::{DataFlow, Kind, map};
use super::transition::{Target, Transition};
use crate::document::{Member, Node};
use crate::spec::{QueryLanguage, StateType};
use foldhash::HashMap;
use std::rc::Rc;

/// Lowers a state machine. Any node is accepted; one that is not an object gives a state machine without states.
pub fn machine(node: &Node) -> Machine<'_> {
    let language = node
        .get("QueryLanguage")
        .map_or(QueryLanguage::JsonPath, language_of);
    scope(node, "".into(), language)
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

fn scope(node: &Node, pointer: Rc<str>, language: QueryLanguage) -> Machine<'_> {
    let states_node = node.get("States");
    let members = states_node.and_then(Node::as_object).unwrap_or_default();
    let has_unknown_states = states_node.is_some_and(Node::is_unknown)
        || members
            .iter()
            .any(|m| m.value.is_unknown() || m.key.has_placeholder());
    // The last of duplicate keys is used.
    let mut index: HashMap<&str, usize> = members
        .iter()
        .enumerate()
        .map(|(i, m)| (m.key.as_str(), i))
        .collect();
    let has_duplicates = index.len() < members.len();
    let mut states = Vec::with_capacity(index.len());
    for (i, member) in members.iter().enumerate() {
        let is_last = !has_duplicates || index.get(member.key.as_str()) == Some(&i);
        if is_last && member.value.as_object().is_some() {
            states.push(state(member, &pointer, language));
        }
    }
    if states.len() < members.len() {
        index = states
            .iter()
            .enumerate()
            .map(|(i, state)| (state.name.as_str(), i))
            .collect();
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
        index,
    }
}

fn state<'d>(member: &'d Member, scope: &Rc<str>, machine_language: QueryLanguage) -> State<'d> {
    let node = &member.value;
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
        machines: machines(state_type, member, scope, machine_language),
        scope: Rc::clone(scope),
        language: object.language,
        comment: node.get("Comment").and_then(Node::as_text),
        transition: Transition::lower(node),
        data: DataFlow::lower(&object),
        kind: Kind::lower(state_type, &object),
    }
}

/// The machines inside a state of the machine that `outer` leads to.
fn machines<'d>(
    state_type: Option<StateType>,
    state: &'d Member,
    outer: &str,
    language: QueryLanguage,
) -> Vec<Machine<'d>> {
    let node = &state.value;
    let pointer = || state_pointer(outer, &state.key);
    match state_type {
        Some(StateType::Parallel) => {
            let pointer = pointer();
            let branches = node.get("Branches").and_then(Node::as_array).unwrap_or_default();
            let branch = |(i, branch)| scope(branch, format!("{pointer}/Branches/{i}").into(), language);
            branches.iter().enumerate().map(branch).collect()
        }
        Some(StateType::Map) => {
            let processor = map::processor(node).into_iter();
            processor
                .map(|member| {
                    scope(
                        &member.value,
                        format!("{}/{}", pointer(), member.key.as_str()).into(),
                        language,
                    )
                })
                .collect()
        }
        _ => Vec::new(),
    }
}
