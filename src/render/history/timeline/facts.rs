//! The facts after a state's name in the timeline.

use super::annotated::Item;
use super::page::{Page, count};
use crate::asl::Kind;
use crate::history::{Event, EventKind, Trace, Visit};
use crate::prose::duration;
use crate::render::graph::{caption, condition};
use crate::render::history::report::Report;
use crate::render::visible::one_line;
use crate::simulate::{Note, NoteKind, plan};
use crate::spec::StateType;
use std::collections::HashMap;

/// The states of a machine by their names.
pub(super) fn states(plan: &plan::Plan) -> HashMap<&str, &plan::State> {
    plan.states.iter().map(|state| (&*state.name, state)).collect()
}

/// The conditions of Choice rules as text, by state name.
pub(super) fn rules(report: &Report<'_>) -> HashMap<String, Vec<String>> {
    let mut rules = HashMap::new();
    report.machine.for_each_state(&mut |_, state| {
        if let Kind::Choice(choice) = &state.kind {
            let texts = choice.rules.iter().map(|rule| condition::text(&rule.condition));
            rules.insert(state.name.as_str().to_owned(), texts.collect());
        }
    });
    rules
}

impl Page<'_, '_> {
    /// The facts after a state's name.
    pub(super) fn facts(&self, trace: &Trace<'_>, visit: &Visit<'_>, items: &[Item<'_>]) -> String {
        let state = self.states.get(&**visit.name);
        let distributed = state.is_some_and(|s| s.distributed_map().is_some());
        let mut facts = if distributed { "Distributed " } else { "" }.to_owned() + visit.state_type.as_str();
        let mut add = |text: String| {
            facts.push(' ');
            facts.push_str(&text);
        };
        if let Some(task) = state.and_then(|s| s.task()) {
            add(one_line(&caption::integration(&task.arn)).into_owned());
            if self.report.unmocked.contains(visit.name) {
                add(if self.report.is_sampled {
                    "(sampled)"
                } else {
                    "(no mock)"
                }
                .to_owned());
            }
        }
        for item in items {
            match item {
                Item::Event(Event {
                    kind: EventKind::MapStateStarted { length },
                    ..
                }) if !distributed => {
                    add(format!("of {}", count(*length, "item")));
                    break;
                }
                Item::Note(Note {
                    kind: NoteKind::Decided(rule),
                    ..
                }) => add(self.decision(visit, *rule)),
                _ => {}
            }
        }
        if visit.state_type == StateType::Parallel {
            let branches = items.iter().filter_map(|item| match item {
                Item::Thread(thread) => Some(trace.threads[*thread].index + 1),
                _ => None,
            });
            let branches = branches.max().unwrap_or(0);
            add(format!(
                "of {branches} {}",
                if branches == 1 { "branch" } else { "branches" }
            ));
        }
        if let (Some(exit), StateType::Wait) = (&visit.exit, visit.state_type) {
            add(duration::exact(exit.time.since(visit.entered)));
        }
        facts
    }

    /// `→ Approve (rule 2: $.total > 100)`
    fn decision(&self, visit: &Visit<'_>, rule: Option<usize>) -> String {
        let state = self.states.get(&**visit.name);
        let choice = state.and_then(|s| match &s.kind {
            plan::StateKind::Choice(choice) => Some(choice),
            _ => None,
        });
        let exit = match rule {
            Some(at) => choice.and_then(|c| c.rules.get(at)).map(|rule| rule.exit),
            None => choice.map(|c| c.default),
        };
        let target = self.target(exit);
        let target = target.trim_start();
        let Some(at) = rule else {
            return format!("{target} (default)");
        };
        let texts = self.rules.get(&**visit.name);
        match texts.and_then(|texts| texts.get(at)) {
            Some(text) => format!("{target} (rule {}: {})", at + 1, one_line(text)),
            None => format!("{target} (rule {})", at + 1),
        }
    }

    pub(super) fn target(&self, exit: Option<plan::Exit>) -> String {
        match exit {
            Some(plan::Exit::Next(next)) => {
                format!(" {} {}", self.arrow(), one_line(&self.plan.state(next).name))
            }
            _ => String::new(),
        }
    }
}
