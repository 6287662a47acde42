//! Advice that applies to most tasks of a state machine is one finding, with the other tasks as further locations.

use super::registry;
use crate::diagnostic::{Diagnostic, Label};

/// Merges the findings of each rule that gives advice into the first of them.
pub(super) fn apply(found: &mut Vec<Diagnostic>) {
    for rule in registry::rules().iter().filter(|rule| rule.is_advice) {
        let Some(first) = found.iter().position(|d| d.rule == rule.name) else {
            continue;
        };
        let mut similar = Vec::new();
        let mut edits = Vec::new();
        let mut index = 0;
        found.retain_mut(|diagnostic| {
            index += 1;
            let is_repeated = index - 1 > first && diagnostic.rule == rule.name;
            if is_repeated {
                // The fix of the merged finding fixes all locations.
                let fix = diagnostic.fix.take();
                edits.extend(
                    fix.filter(|fix| fix.obstacle.is_none())
                        .map(|fix| fix.edits)
                        .unwrap_or_default(),
                );
                similar.push(Label {
                    span: diagnostic.span,
                    message: std::mem::take(&mut diagnostic.message).into_owned(),
                });
            }
            !is_repeated
        });
        found[first].similar = similar;
        if let Some(fix) = &mut found[first].fix {
            fix.edits.append(&mut edits);
        }
    }
}
