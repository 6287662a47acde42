//! The entries of `cases`.

use super::{expect, expect_state, fields};
use crate::document::{Member, Node};
use crate::history::Time;
use crate::spec::WorkflowType;
use crate::suite::model::{
    Case, Content, Entry, ExecutionTest, ReplayTest, Settings, StateTest, Test, Unmocked,
};
use crate::suite::spanned::Spanned;
use crate::user_file::Errors;
use crate::value::Value;

/// What a case of any kind can have.
const COMMON: [&str; 4] = ["name", "tags", "skip", "snapshot"];
const EXECUTION: [&str; 5] = ["input", "mocks", "test-case", "role", "expect"];
const STATE: [&str; 7] = [
    "state",
    "input",
    "variables",
    "context",
    "mock",
    "retries",
    "expect",
];
const SETTINGS: [&str; 4] = ["type", "seed", "start-time", "unmocked"];

/// What an entry is, by the key that only this kind has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Execution,
    State,
    Each,
    Replay,
}

impl Kind {
    fn of(node: &Node) -> Self {
        let has = |key| node.get(key).is_some();
        if has("each") {
            Self::Each
        } else if has("replay") {
            Self::Replay
        } else if has("state") {
            Self::State
        } else {
            Self::Execution
        }
    }

    /// The keys that such an entry can have, for suggestions.
    fn keys(self, is_state: bool) -> Vec<&'static str> {
        let mut keys = match (self, is_state) {
            (Self::Replay, _) => [COMMON.as_slice(), &SETTINGS, &["replay", "mocks", "role"]].concat(),
            (_, true) => [COMMON.as_slice(), &STATE].concat(),
            (_, false) => [COMMON.as_slice(), &SETTINGS, &EXECUTION].concat(),
        };
        if self == Self::Each {
            keys.push("each");
        }
        keys
    }
}

/// Reads an entry.
pub(super) fn entry(node: &Node, errors: &mut Errors) -> Option<Entry> {
    let members = node.as_object();
    let Some(members) = members else {
        errors.expected("a case", node);
        return None;
    };
    let kind = Kind::of(node);
    let is_state = node.get("state").is_some();
    let mut case = Case {
        test: match kind {
            Kind::Replay => Test::Replay(Box::default()),
            _ if is_state => Test::State(Box::default()),
            _ => Test::default(),
        },
        ..Case::default()
    };
    let mut files = Spanned::default();
    for member in members {
        let value = &member.value;
        match (member.key.as_str(), kind) {
            ("each", Kind::Each) | ("replay", Kind::Replay) => {
                if let Some(text) = fields::text(value, errors) {
                    files = text;
                }
            }
            ("name", Kind::Each | Kind::Replay) => errors.add_with_help(
                member.key_span,
                "cases from files are named after the files",
                "remove `name`",
            ),
            ("input", Kind::Each) => errors.add_with_help(
                member.key_span,
                "the input of each case is in its file",
                "remove `input`",
            ),
            _ => {
                if !read_member(&mut case, member, errors) {
                    errors.unknown_key(member, &kind.keys(is_state));
                }
            }
        }
    }
    if matches!(kind, Kind::Execution | Kind::State) {
        if node.get("name").is_none() {
            errors.add_with_help(
                fields::first_line(node),
                "missing key `name`",
                "give the case a name",
            );
        } else if case.name.trim().is_empty() {
            errors.add(case.name.span, "the name of a case must not be empty");
        }
    }
    Some(match kind {
        Kind::Each => {
            case.name.span = files.span;
            Entry::Each { files, case }
        }
        Kind::Replay => {
            case.name.span = files.span;
            Entry::Replay { files, case }
        }
        Kind::Execution | Kind::State => Entry::Case(case),
    })
}

/// Reads the file of a case over a template.
pub(super) fn read_file(root: &Node, template: &Case, errors: &mut Errors) -> Case {
    let mut case = template.clone();
    let is_state = matches!(case.test, Test::State(_));
    let mut keys = Kind::Execution.keys(is_state);
    keys.retain(|key| !matches!(*key, "name" | "state" | "role"));
    let Some(members) = root.as_object().filter(|members| is_case(root, members, &keys)) else {
        let input = Some(Content::Inline(bare_input(root)));
        match &mut case.test {
            Test::Execution(test) => test.input = input,
            Test::State(test) => test.input = input,
            Test::Replay(_) => {}
        }
        return case;
    };
    for member in members {
        let is_known = keys.contains(&member.key.as_str()) && read_member(&mut case, member, errors);
        if !is_known {
            errors.unknown_key(member, &keys);
        }
    }
    case
}

/// Whether a file contains a case, and is not just an input that has a field of this name.
fn is_case(root: &Node, members: &[Member], keys: &[&str]) -> bool {
    let has = |key: &str| root.get(key).is_some();
    let is_key = |member: &Member| keys.contains(&member.key.as_str());
    has("input") && (has("mocks") || has("expect") || members.iter().all(is_key))
}

/// The input of a case that consists of its input only. A string is written as JSON text, since it would be a path otherwise.
fn bare_input(root: &Node) -> Node {
    match root.as_str() {
        Some(text) => Node {
            span: root.span,
            ..crate::suite::node(&Value::from(Value::from(text).to_json()))
        },
        None => root.clone(),
    }
}

/// Reads the defaults of a suite.
pub(super) fn defaults(node: &Node, errors: &mut Errors) -> Settings {
    let mut settings = Settings::default();
    for member in errors.members("an object of settings", node) {
        if !setting(&mut settings, member, errors) {
            errors.unknown_key(member, &SETTINGS);
        }
    }
    settings
}

/// Reads a member of a case; false if no such case has it.
fn read_member(case: &mut Case, member: &Member, errors: &mut Errors) -> bool {
    let value = &member.value;
    match member.key.as_str() {
        "name" => {
            if let Some(name) = fields::text(value, errors) {
                case.name = name;
            }
        }
        "tags" => case.tags = fields::texts("a list of tags", value, errors),
        "skip" => {
            if value.as_bool() == Some(false) {
                return true;
            }
            case.skip = fields::text(value, errors);
        }
        "snapshot" => case.snapshot = fields::flag(value, errors),
        "role" => match case.test {
            // As by `TestState`, which needs no role for a mocked result.
            Test::State(_) => errors.add_with_help(
                member.key_span,
                "a single state runs without a role",
                "remove `role`, or test an execution",
            ),
            _ => case.role = fields::text(value, errors),
        },
        _ => {
            return match &mut case.test {
                Test::Execution(test) => {
                    read_execution_member(test, member, errors) || setting(&mut case.settings, member, errors)
                }
                Test::State(test) => read_state_member(test, member, errors),
                Test::Replay(test) => {
                    read_replay_member(test, member, errors) || setting(&mut case.settings, member, errors)
                }
            };
        }
    }
    true
}

fn read_execution_member(test: &mut ExecutionTest, member: &Member, errors: &mut Errors) -> bool {
    let value = &member.value;
    match member.key.as_str() {
        "input" => test.input = Some(fields::content(value)),
        "mocks" => test.mocks = fields::mocks(value, errors),
        "test-case" => test.test_case = fields::text(value, errors),
        "expect" => test.expect = expect::read(value, errors),
        _ => return false,
    }
    true
}

fn read_state_member(test: &mut StateTest, member: &Member, errors: &mut Errors) -> bool {
    let value = &member.value;
    match member.key.as_str() {
        "state" => {
            if let Some(state) = fields::text(value, errors) {
                test.state = state;
            }
        }
        "input" => test.input = Some(fields::content(value)),
        "variables" => test.variables = object(value, errors),
        "context" => test.context = object(value, errors),
        "mock" => {
            // The API's own reader checks it.
            if let Err(found) = crate::simulate::test_state::Mock::from_node(value) {
                errors.extend(found);
            }
            test.mock = Some(value.clone());
        }
        "retries" => test.retries = fields::index(value, errors).map(|retries| retries.value),
        "expect" => test.expect = expect_state::read(value, errors),
        _ => return false,
    }
    true
}

fn read_replay_member(test: &mut ReplayTest, member: &Member, errors: &mut Errors) -> bool {
    if member.key.as_str() != "mocks" {
        return false;
    }
    test.mocks = fields::mocks(&member.value, errors);
    true
}

fn object(node: &Node, errors: &mut Errors) -> Option<Node> {
    if node.as_object().is_none() {
        errors.expected("an object", node);
        return None;
    }
    Some(node.clone())
}

fn setting(settings: &mut Settings, member: &Member, errors: &mut Errors) -> bool {
    let value = &member.value;
    match member.key.as_str() {
        "type" => {
            let types = WorkflowType::ALL.map(|t| (t.as_str(), t));
            settings.workflow_type = fields::named("type", value, errors, types).map(|t| t.value);
        }
        "seed" => settings.seed = fields::index(value, errors).map(|seed| seed.value),
        "start-time" => {
            settings.start_time = value.as_str().and_then(Time::parse);
            if settings.start_time.is_none() {
                errors.add_with_help(
                    value.span,
                    "invalid timestamp",
                    "use a date, a time, and an offset, such as 2030-01-01T00:00:00Z",
                );
            }
        }
        "unmocked" => {
            let values = [("error", Unmocked::Error), ("sample", Unmocked::Sample)];
            settings.unmocked = fields::named("value", value, errors, values).map(|u| u.value);
        }
        _ => return false,
    }
    true
}
