//! Policies as JSON.

use super::environment::Environment;
use super::need::Condition;
use serde::{Serialize, Serializer, ser::SerializeMap};
use std::io;

/// The version of the policy language.
const VERSION: &str = "2012-10-17";

/// A policy of permissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Policy {
    version: &'static str,
    /// Its statements.
    pub statement: Vec<PolicyStatement>,
}

/// A statement of a derived policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyStatement {
    /// Its name, which says why it is needed.
    pub sid: String,
    /// `Allow`, or `Deny` in the policy of a machine that calls nothing.
    pub effect: &'static str,
    /// The actions.
    pub action: Vec<String>,
    /// The resources.
    pub resource: Vec<String>,
    /// The conditions.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "conditions")]
    pub condition: Vec<Condition>,
}

/// `{"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}`.
fn conditions<S: Serializer>(all: &[Condition], serializer: S) -> Result<S::Ok, S::Error> {
    struct Keys<'c>(&'c [Condition], &'static str);
    impl Serialize for Keys<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            for condition in self.0.iter().filter(|condition| condition.operator == self.1) {
                map.serialize_entry(&condition.key, &condition.value)?;
            }
            map.end()
        }
    }
    let mut operators: Vec<&'static str> = all.iter().map(|condition| condition.operator).collect();
    operators.sort_unstable();
    operators.dedup();
    let mut map = serializer.serialize_map(Some(operators.len()))?;
    for operator in operators {
        map.serialize_entry(operator, &Keys(all, operator))?;
    }
    map.end()
}

impl Policy {
    pub(super) const fn new(statement: Vec<PolicyStatement>) -> Self {
        Self {
            version: VERSION,
            statement,
        }
    }
}

/// The size of a policy of these statements as IAM counts it: without whitespace.
pub(super) fn size<'s>(statements: impl IntoIterator<Item = &'s PolicyStatement>) -> usize {
    size_up_to(statements, usize::MAX)
}

/// Whether a policy of these statements is larger than `limit`. Statements beyond it are not looked at.
pub(super) fn is_larger<'s>(statements: impl IntoIterator<Item = &'s PolicyStatement>, limit: usize) -> bool {
    size_up_to(statements, limit) > limit
}

/// The size of a policy, or some size above `limit` if it is larger than that.
fn size_up_to<'s>(statements: impl IntoIterator<Item = &'s PolicyStatement>, limit: usize) -> usize {
    let mut size = Size(0);
    let mut count = 0_usize;
    for statement in statements {
        if size.0 > limit {
            break;
        }
        count += 1;
        // Counting does not fail.
        drop(serde_json::to_writer(&mut size, statement));
    }
    let frame = format!(r#"{{"Version":"{VERSION}","Statement":[]}}"#).len();
    frame + size.0 + count.saturating_sub(1)
}

/// Counts bytes.
struct Size(usize);

impl io::Write for Size {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The trust policy that lets Step Functions assume the role, for state machines of this place.
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
        let arn = format!("{}{machine}", environment.arn("states:~:stateMachine:"));
        statement["Condition"] = serde_json::json!({
            "ArnLike": {"aws:SourceArn": arn},
            "StringEquals": {"aws:SourceAccount": environment.account},
        });
    }
    serde_json::json!({"Version": VERSION, "Statement": [statement]})
}
