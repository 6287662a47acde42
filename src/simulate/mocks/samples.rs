//! Samples of what tasks without a mock return, and of what Maps without data in S3 read.

use super::sample;
use crate::asl::Machine;
use crate::shape::DeclaredResult;
use crate::shape::usage::{Sampler, StateUsage, Usage, Usages};
use crate::value::Value;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

/// The samples of one state machine, which is given to every call: declared results and AWS's responses, completed with what
/// later states read, with values that lead to success. Analyzed when the first one is needed.
#[derive(Debug, Default)]
pub struct Samples {
    declared: Vec<DeclaredResult>,
    usages: OnceCell<Usages>,
    /// Responses by `Resource`.
    responses: RefCell<HashMap<Box<str>, Value>>,
}

impl Samples {
    /// Samples of which some results are declared.
    pub fn new(declared: Vec<DeclaredResult>) -> Self {
        Self {
            declared,
            ..Self::default()
        }
    }

    fn state(&self, machine: &Machine<'_>, name: &str) -> Option<&StateUsage> {
        self.usages.get_or_init(|| Usages::new(machine)).state(name)
    }

    /// The result of a task. `calls` is the number of its earlier calls: the first one repeats the loop that polls it.
    /// Fields that are not in AWS's response come from the arguments if they are there.
    pub(super) fn result(
        &self,
        machine: &Machine<'_>,
        state: &str,
        resource: &str,
        arguments: Option<&Value>,
        calls: usize,
    ) -> Value {
        let declared = self.declared.iter().find(|one| one.applies_to(state, resource));
        let response = declared.and_then(|one| one.result.example());
        let response = response.unwrap_or_else(|| self.response(resource));
        let Some(usage) = self.state(machine, state) else {
            return response;
        };
        let sampler = Sampler {
            repeats: usage.cycle.filter(|_| calls == 0),
        };
        sampler.value(&usage.result, Some(&response), arguments)
    }

    /// The results of the first calls of a task, until they do not change.
    pub(super) fn results(
        &self,
        machine: &Machine<'_>,
        state: &str,
        resource: &str,
        arguments: Option<&Value>,
    ) -> Vec<Value> {
        let first = self.result(machine, state, resource, arguments, 0);
        let second = self.result(machine, state, resource, arguments, 1);
        if first == second {
            vec![first]
        } else {
            vec![first, second]
        }
    }

    /// An item that a Map reads from S3.
    pub(super) fn item(&self, machine: &Machine<'_>, state: &str) -> Value {
        let unknown = Usage::default();
        let usage = self.state(machine, state).map_or(&unknown, |state| &state.item);
        Sampler::default().value(usage, None, None)
    }

    fn response(&self, resource: &str) -> Value {
        if let Some(known) = self.responses.borrow().get(resource) {
            return known.clone();
        }
        let response = sample::sample_result(resource);
        self.responses
            .borrow_mut()
            .insert(resource.into(), response.clone());
        response
    }
}
