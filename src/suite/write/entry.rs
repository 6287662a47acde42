//! The entries of `cases`.

use super::content::content;
use super::yaml::Yaml;
use crate::suite::model::{
    Case, Cause, Entry, ExecutionTest, Expect, Settings, StateExpect, StateTest, Test, Unmocked,
};
use crate::suite::spanned::Spanned;

/// Writes an entry as an item of a list.
pub(super) fn write(entry: &Entry, indent: usize, text: &mut String) {
    let mut yaml = Yaml::item(text, indent);
    match entry {
        Entry::Case(case) => {
            yaml.text("name", &case.name);
            members(&mut yaml, case);
        }
        Entry::Each { files, case } => {
            yaml.text("each", files);
            members(&mut yaml, case);
        }
        Entry::Replay { files, case } => {
            yaml.text("replay", files);
            members(&mut yaml, case);
        }
    }
}

/// Settings as members.
pub(super) fn settings(yaml: &mut Yaml<'_>, settings: &Settings) {
    if let Some(workflow_type) = settings.workflow_type {
        yaml.plain("type", workflow_type.as_str());
    }
    if let Some(seed) = settings.seed {
        yaml.plain("seed", seed);
    }
    if let Some(time) = settings.start_time {
        yaml.text("start-time", &time.to_string());
    }
    if let Some(unmocked) = settings.unmocked {
        yaml.plain(
            "unmocked",
            match unmocked {
                Unmocked::Error => "error",
                Unmocked::Sample => "sample",
            },
        );
    }
}

fn members(yaml: &mut Yaml<'_>, case: &Case) {
    if !case.tags.is_empty() {
        texts(yaml, "tags", &case.tags);
    }
    if let Some(reason) = &case.skip {
        yaml.text("skip", reason);
    }
    settings(yaml, &case.settings);
    if let Some(role) = &case.role {
        yaml.text("role", role);
    }
    match &case.test {
        Test::Execution(test) => execution(yaml, test),
        Test::State(test) => state(yaml, test),
        Test::Replay(test) => {
            if let Some(mocks) = &test.mocks {
                content(yaml, "mocks", mocks);
            }
        }
    }
    if case.snapshot {
        yaml.plain("snapshot", true);
    }
}

fn execution(yaml: &mut Yaml<'_>, test: &ExecutionTest) {
    if let Some(input) = &test.input {
        content(yaml, "input", input);
    }
    if let Some(name) = &test.test_case {
        yaml.text("test-case", name);
    }
    if let Some(mocks) = &test.mocks {
        content(yaml, "mocks", mocks);
    }
    let mut text = String::new();
    expect(&mut yaml.inner(&mut text), &test.expect);
    yaml.members("expect", &text);
}

fn expect(yaml: &mut Yaml<'_>, expect: &Expect) {
    if let Some(status) = &expect.status {
        yaml.plain("status", status.as_str());
    }
    if let Some(error) = &expect.error {
        yaml.text("error", error.as_str());
    }
    if let Some(expected) = &expect.cause {
        cause(yaml, expected);
    }
    if let Some(state) = &expect.failed_state {
        yaml.text("failed-state", state);
    }
    if let Some(state) = &expect.caught_by {
        yaml.text("caught-by", state);
    }
    if let Some(path) = &expect.path {
        texts(yaml, "path", path);
    }
    if !expect.visits.is_empty() {
        yaml.object("visits", |yaml| {
            for (state, bound) in &expect.visits {
                yaml.quantity(state, &bound.to_text(u64::to_string));
            }
        });
    }
    if !expect.never.is_empty() {
        texts(yaml, "never", &expect.never);
    }
    if let Some(output) = &expect.output {
        yaml.node("output", output);
    }
    if let Some(part) = &expect.matching {
        yaml.node("match", part);
    }
    if !expect.assert.is_empty() {
        texts(yaml, "assert", &expect.assert);
    }
    if !expect.calls.is_empty() {
        yaml.object("calls", |yaml| {
            for (state, requests) in &expect.calls {
                yaml.node(state, requests);
            }
        });
    }
    if let Some(bound) = &expect.duration {
        yaml.quantity("duration", &bound.to_text(|ms| duration(*ms)));
    }
    if let Some(bound) = &expect.transitions {
        yaml.quantity("transitions", &bound.to_text(u64::to_string));
    }
    if let Some(bound) = &expect.cost {
        yaml.quantity("cost", &bound.to_text(ToString::to_string));
    }
}

fn state(yaml: &mut Yaml<'_>, test: &StateTest) {
    yaml.text("state", &test.state);
    if let Some(input) = &test.input {
        content(yaml, "input", input);
    }
    let nodes = [
        ("variables", &test.variables),
        ("context", &test.context),
        ("mock", &test.mock),
    ];
    for (key, node) in nodes {
        if let Some(node) = node {
            yaml.node(key, node);
        }
    }
    if let Some(retries) = test.retries {
        yaml.plain("retries", retries);
    }
    let mut text = String::new();
    expect_state(&mut yaml.inner(&mut text), &test.expect);
    yaml.members("expect", &text);
}

fn expect_state(yaml: &mut Yaml<'_>, expect: &StateExpect) {
    if let Some(status) = &expect.status {
        yaml.plain("status", status.as_str());
    }
    if let Some(output) = &expect.output {
        yaml.node("output", output);
    }
    if let Some(part) = &expect.matching {
        yaml.node("match", part);
    }
    if !expect.assert.is_empty() {
        texts(yaml, "assert", &expect.assert);
    }
    if let Some(next) = &expect.next {
        yaml.text("next", next);
    }
    if let Some(error) = &expect.error {
        yaml.text("error", error.as_str());
    }
    if let Some(expected) = &expect.cause {
        cause(yaml, expected);
    }
    for (key, index) in [("retrier", &expect.retrier), ("catcher", &expect.catcher)] {
        if let Some(index) = index {
            yaml.plain(key, index.value);
        }
    }
    if let Some(bound) = &expect.backoff {
        yaml.quantity("backoff", &bound.to_text(|ms| duration(*ms)));
    }
}

fn cause(yaml: &mut Yaml<'_>, cause: &Cause) {
    match cause {
        Cause::Text(pattern) => yaml.text("cause", pattern.as_str()),
        Cause::Json(node) => yaml.node("cause", node),
    }
}

fn texts(yaml: &mut Yaml<'_>, key: &str, values: &[Spanned<String>]) {
    yaml.texts(key, values.iter().map(|value| value.as_str()));
}

/// A duration as it is read.
fn duration(millis: i64) -> String {
    if millis % 1000 == 0 {
        return format!("{}s", millis / 1000);
    }
    format!("{millis}ms")
}
