//! How many findings of one rule in one object are reported: an object may have a hundred thousand unknown fields.

use crate::diagnostic::Diagnostic;
use foldhash::HashMap;

/// The maximum number of findings of one rule in one object. One more finding states how many others there are.
pub(super) const MAX_PER_OBJECT: usize = 100;

/// Replaces all but the first findings of a rule in an object by one that gives their number. `found` is sorted.
pub(super) fn apply(found: &mut Vec<Diagnostic>) {
    if found.len() <= MAX_PER_OBJECT + 1 {
        return;
    }
    let mut counts: HashMap<(&'static str, &str), usize> = HashMap::default();
    for diagnostic in &*found {
        *counts.entry(key(diagnostic)).or_default() += 1;
    }
    counts.retain(|_, count| *count > MAX_PER_OBJECT + 1);
    if counts.is_empty() {
        return;
    }
    let mut seen: HashMap<(&'static str, &str), usize> = HashMap::default();
    let mut is_kept = Vec::with_capacity(found.len());
    let mut notes = Vec::new();
    for (i, diagnostic) in found.iter().enumerate() {
        let place = seen.entry(key(diagnostic)).or_default();
        let count = counts.get(&key(diagnostic)).copied();
        is_kept.push(count.is_none() || *place <= MAX_PER_OBJECT);
        if let Some(count) = count.filter(|_| *place == MAX_PER_OBJECT) {
            notes.push((i, count - MAX_PER_OBJECT));
        }
        *place += 1;
    }
    for (i, count) in notes {
        let diagnostic = &mut found[i];
        diagnostic.message = format!(
            "{count} more findings of `{}` in the same object",
            diagnostic.rule
        )
        .into();
        diagnostic.help = Some("only the first findings are listed".into());
        diagnostic.fix = None;
        diagnostic.label.clear();
        diagnostic.related.clear();
    }
    let mut kept = is_kept.into_iter();
    found.retain(|_| kept.next().unwrap_or(true));
}

/// The rule of a finding and the object that contains it: the parent of its location, or the state itself if the finding
/// is about a state as a whole.
fn key(diagnostic: &Diagnostic) -> (&'static str, &str) {
    let pointer = diagnostic.pointer.as_str();
    let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    let object = if parent.ends_with("/States") {
        pointer
    } else {
        parent
    };
    (diagnostic.rule, object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::source::Span;

    fn findings(count: u32, pointer: impl Fn(u32) -> String) -> Vec<Diagnostic> {
        let finding = |i| Diagnostic {
            pointer: pointer(i),
            ..Diagnostic::new("a-rule", Severity::Error, format!("{i}"), Span::new(i, i))
        };
        (0..count).map(finding).collect()
    }

    #[test]
    fn counts_findings_above_the_limit() {
        for (count, kept, last) in [
            (100, 100, "99"),
            (101, 101, "100"),
            (102, 101, "2 more findings of `a-rule` in the same object"),
            (5000, 101, "4900 more findings of `a-rule` in the same object"),
        ] {
            let mut found = findings(count, |i| format!("/States/A/k{i}"));
            apply(&mut found);
            assert_eq!(
                (found.len(), found.last().unwrap().message.as_ref()),
                (kept, last)
            );
        }
    }

    #[test]
    fn lists_each_of_many_objects() {
        for pointer in [|i| format!("/States/S{i}"), |i| format!("/States/S{i}/Next")] {
            let mut found = findings(300, pointer);
            apply(&mut found);
            assert_eq!(found.len(), 300);
        }
    }
}
