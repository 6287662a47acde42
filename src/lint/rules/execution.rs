//! Which execution runs a state, and how long that may last: the machine's own, or a child of the Distributed Map
//! around the state.

use crate::asl::{Kind, Machine, State};
use crate::document::Node;
use crate::lint::context::Context;
use crate::spec::WorkflowType;
use crate::spec::quota;

/// An execution.
#[derive(Debug, Clone, Copy)]
pub(super) struct Execution {
    /// Its type.
    pub workflow_type: WorkflowType,
    /// The state machine's `TimeoutSeconds`, if it is a literal; a child of a Distributed Map has none.
    pub timeout_seconds: Option<i64>,
}

/// Calls `f` with every state of a definition and the execution that runs it.
pub(super) fn for_each_state<'a, 'd>(cx: &Context<'a, 'd>, f: &mut dyn FnMut(&'a State<'d>, Execution)) {
    let execution = Execution {
        workflow_type: cx.workflow_type,
        timeout_seconds: cx.machine.timeout_seconds.and_then(Node::as_i64),
    };
    walk(cx.machine, execution, f);
}

fn walk<'a, 'd>(machine: &'a Machine<'d>, execution: Execution, f: &mut dyn FnMut(&'a State<'d>, Execution)) {
    for state in &machine.states {
        f(state, execution);
        for inner in state.machines() {
            walk(inner, execution.inside(state), f);
        }
    }
}

impl Execution {
    /// The execution that runs the machines inside a state.
    fn inside(self, state: &State<'_>) -> Self {
        let Kind::Map(map) = &state.kind else {
            return self;
        };
        if !map.is_distributed {
            return self;
        }
        Self {
            workflow_type: map.child_type(),
            timeout_seconds: None,
        }
    }

    /// The maximum duration of an execution of the type, in seconds.
    pub(super) const fn quota_seconds(self) -> i64 {
        quota::execution_seconds(self.workflow_type) as i64
    }

    /// The maximum duration by its own timeout or by AWS's quota, in seconds.
    pub(super) fn seconds(self) -> i64 {
        let quota = self.quota_seconds();
        self.timeout_seconds.unwrap_or(quota).min(quota)
    }

    /// The limit of its duration, in words.
    pub(super) fn limit(self) -> String {
        match self.timeout_seconds {
            Some(seconds) if seconds <= self.quota_seconds() => {
                format!("the state machine timeout of {seconds} s")
            }
            _ => self.quota_in_words().to_owned(),
        }
    }

    /// AWS's quota, in words.
    pub(super) const fn quota_in_words(self) -> &'static str {
        match self.workflow_type {
            WorkflowType::Standard => "the one-year limit of an execution",
            WorkflowType::Express => "the five-minute limit of an Express execution",
        }
    }
}
