//! Keys that identify the same thread in two executions of a definition.

use super::build::Trace;
use super::visit::VisitEvent;
use crate::spec::StateType;
use std::collections::HashMap;
use std::rc::Rc;

impl Trace<'_> {
    /// The key of each thread: empty for the top level, otherwise the path to it, such as `Each#1/7` for item 7 of the Map
    /// `Each` in its first attempt. Keys do not depend on how threads interleave.
    pub fn thread_keys(&self) -> Vec<Rc<str>> {
        let mut keys: Vec<Rc<str>> = vec!["".into(); self.threads.len()];
        let mut starts: HashMap<_, usize> = HashMap::new();
        // Visits are sorted so that enclosing visits come first.
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

    /// The last part of a key. A branch is identified by its first state, because branches start in any order.
    fn name(&self, thread: usize) -> String {
        let thread = &self.threads[thread];
        let is_branch = |visit: usize| self.visits[visit].state_type == StateType::Parallel;
        match thread.visits.first() {
            Some(first) if thread.parent.is_some_and(is_branch) => self.visits[*first].name.to_string(),
            _ => thread.index.to_string(),
        }
    }
}
