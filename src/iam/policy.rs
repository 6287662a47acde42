//! Policies as JSON.

use super::environment::Environment;
use super::required_permission::Condition;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// The version of the policy language.
const VERSION: &str = "2012-10-17";

/// A policy of permissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Policy<'n> {
    version: &'static str,
    /// Its statements.
    pub statement: Vec<PolicyStatement<'n>>,
}

/// A statement of a derived policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyStatement<'n> {
    /// Its name, which says why it is needed.
    pub sid: String,
    /// `Allow`, or `Deny` in the policy of a machine that calls nothing.
    pub effect: &'static str,
    /// The actions.
    pub action: Vec<Cow<'n, str>>,
    /// The resources.
    pub resource: Vec<Cow<'n, str>>,
    /// The conditions.
    #[serde(
        skip_serializing_if = "<[Condition]>::is_empty",
        serialize_with = "conditions"
    )]
    pub condition: Cow<'n, [Condition]>,
}

/// `{"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}`, with the operators sorted.
fn conditions<S: Serializer>(all: &[Condition], serializer: S) -> Result<S::Ok, S::Error> {
    struct Keys<'c>(&'c [Condition], &'static str);
    impl Serialize for Keys<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let own = self.0.iter().filter(|condition| condition.operator == self.1);
            serializer.collect_map(own.map(|condition| (condition.key, &condition.value)))
        }
    }
    let next = |last: Option<&str>| {
        let operators = all.iter().map(|condition| condition.operator);
        operators
            .filter(|operator| last.is_none_or(|last| *operator > last))
            .min()
    };
    let operators = std::iter::successors(next(None), |last| next(Some(*last)));
    serializer.collect_map(operators.map(|operator| (operator, Keys(all, operator))))
}

impl<'n> Policy<'n> {
    pub(super) const fn new(statement: Vec<PolicyStatement<'n>>) -> Self {
        Self {
            version: VERSION,
            statement,
        }
    }
}

/// The size of a policy as IAM counts it: without whitespace.
#[derive(Debug, Default)]
pub(super) struct Size {
    statements: usize,
    bytes: usize,
}

impl Size {
    /// Adds a statement under this name instead of its own.
    pub(super) fn add(&mut self, statement: &PolicyStatement<'_>, sid: &str) {
        let frame = r#"{"Sid":,"Effect":,"Action":,"Resource":}"#.len();
        self.statements += 1;
        self.bytes += frame + size_of_text(sid) + size_of_text(statement.effect);
        self.bytes += size_of_list(&statement.action) + size_of_list(&statement.resource);
        self.bytes += size_of_conditions(&statement.condition);
    }

    /// The size of the policy with the statements so far.
    pub(super) fn total(&self) -> usize {
        let frame = r#"{"Version":"","Statement":[]}"#.len() + VERSION.len();
        frame + self.bytes + self.statements.saturating_sub(1)
    }
}

/// The size of a string in JSON.
fn size_of_text(text: &str) -> usize {
    let escapes = text.bytes().map(|byte| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0C => 1,
        0..=0x1F => r"\u0000".len() - 1,
        _ => 0,
    });
    r#""""#.len() + text.len() + escapes.sum::<usize>()
}

fn size_of_list(texts: &[Cow<'_, str>]) -> usize {
    let items: usize = texts.iter().map(|text| size_of_text(text) + ",".len()).sum();
    "[]".len() + items.saturating_sub(",".len())
}

fn size_of_conditions(all: &[Condition]) -> usize {
    if all.is_empty() {
        return 0;
    }
    let is_first = |at: usize| all[..at].iter().all(|other| other.operator != all[at].operator);
    let operators = (0..all.len()).filter(|at| is_first(*at)).map(|at| {
        // The comma after the last key is that after the operator.
        size_of_text(all[at].operator) + ":{}".len()
    });
    let keys = all
        .iter()
        .map(|condition| size_of_text(condition.key) + size_of_text(&condition.value) + ":,".len());
    r#","Condition":{}"#.len() + operators.sum::<usize>() + keys.sum::<usize>() - ",".len()
}

/// The trust policy that lets Step Functions assume the role, for state machines in this account and region.
pub fn trust_policy(environment: &Environment) -> serde_json::Value {
    let mut statement = serde_json::json!({
        "Effect": "Allow",
        "Principal": {"Service": "states.amazonaws.com"},
        "Action": "sts:AssumeRole",
    });
    if environment.account != "*" {
        let machine = if environment.machine.contains("${") {
            "*"
        } else {
            &environment.machine
        };
        let arn = environment.arn_of("states:~:stateMachine:", &[machine]);
        statement["Condition"] = serde_json::json!({
            "ArnLike": {"aws:SourceArn": arn},
            "StringEquals": {"aws:SourceAccount": environment.account},
        });
    }
    serde_json::json!({"Version": VERSION, "Statement": [statement]})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_is_that_of_the_policy_without_whitespace() {
        let condition = |operator, key, value: &str| Condition {
            operator,
            key,
            value: Cow::Owned(value.to_owned()),
        };
        let statement = PolicyStatement {
            sid: "CallA".to_owned(),
            effect: "Allow",
            action: vec![Cow::Borrowed("a:B")],
            resource: vec![
                Cow::Borrowed("arn:aws:a:::\"x\\\n\u{1}\u{7f}é\""),
                Cow::Borrowed("*"),
            ],
            condition: Cow::Owned(vec![
                condition("StringLike", "k", "v"),
                condition("ArnLike", "l", "w"),
                condition("StringLike", "m", "x"),
            ]),
        };
        let unnamed = PolicyStatement {
            sid: String::new(),
            condition: Cow::Borrowed(&[]),
            ..statement.clone()
        };
        let mut size = Size::default();
        size.add(&statement, "CallA");
        size.add(&unnamed, "CallAPart2");
        let named = PolicyStatement {
            sid: "CallAPart2".to_owned(),
            ..unnamed
        };
        let text = serde_json::to_string(&Policy::new(vec![statement, named])).expect("JSON");
        assert_eq!(size.total(), text.len());
        let conditions = r#""Condition":{"ArnLike":{"l":"w"},"StringLike":{"k":"v","m":"x"}}"#;
        assert!(text.contains(conditions), "{text}");
    }
}
