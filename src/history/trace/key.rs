//! Names of threads that two executions of the same definition have in common.

use super::build::Trace;
use super::visit::VisitEvent;
use crate::spec::StateType;
use std::collections::HashMap;
use std::rc::Rc;

impl Trace<'_> {
    /// The name of each thread: empty at the top level, else what it is inside of, such as `Each#1/7` for the item 7
    /// of the Map `Each`, started for the first time. It does not depend on how threads interleave.
    pub fn thread_keys(&self) -> Vec<Rc<str>> {
        let mut keys: Vec<Rc<str>> = vec!["".into(); self.threads.len()];
        let mut starts: HashMap<_, usize> = HashMap::new();
        // A visit comes after the one that its thread is inside of.
        for visit in &self.visits {
            for event in &visit.events {
                match event {
                    VisitEvent::Own(event) if event.kind.forks() => {
                        *starts.entry((visit.thread, visit.name)).or_default() += 1;
                    }
                    VisitEvent::Own(_) => {}
                    VisitEvent::Began(thread) => {
                        let outer = &keys[visit.thread];
                        let slash = if outer.is_empty() { "" } else { "/" };
                        let start = starts.get(&(visit.thread, visit.name)).copied().unwrap_or(0);
                        let key = format!("{outer}{slash}{}#{start}/{}", visit.name, self.name(*thread));
                        keys[*thread] = key.into();
                    }
                }
            }
        }
        keys
    }

    /// A branch is named after its first state: branches begin in any order.
    fn name(&self, thread: usize) -> String {
        let thread = &self.threads[thread];
        let is_branch = |visit: usize| self.visits[visit].state_type == StateType::Parallel;
        match thread.visits.first() {
            Some(first) if thread.parent.is_some_and(is_branch) => self.visits[*first].name.to_string(),
            _ => thread.index.to_string(),
        }
    }
}
