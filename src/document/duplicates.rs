//! Keys that stand twice in one object.

use super::node::Member;
use super::syntax_error::{Fault, FaultKind};
use crate::source::Span;
use foldhash::{HashMap, HashMapExt};

/// Past this many members a table of the keys is quicker than comparing each with each.
const SMALL: usize = 16;

/// No further duplicates are listed once a file has this many faults.
const MAX_FAULTS: usize = 100;

/// Reports each key of the object that stood in it before.
pub(super) fn report(members: &[Member], faults: &mut Vec<Fault>) {
    if members.len() <= SMALL {
        for (i, later) in members.iter().enumerate().skip(1) {
            if let Some(first) = members[..i].iter().find(|m| m.key.as_str() == later.key.as_str()) {
                push(later, first.key_span, faults);
            }
        }
        return;
    }
    let mut seen: HashMap<&str, Span> = HashMap::with_capacity(members.len());
    for member in members {
        match seen.get(member.key.as_str()) {
            Some(&first) => push(member, first, faults),
            None => {
                seen.insert(member.key.as_str(), member.key_span);
            }
        }
    }
}

fn push(later: &Member, first: Span, faults: &mut Vec<Fault>) {
    if faults.len() >= MAX_FAULTS {
        return;
    }
    faults.push(Fault {
        kind: FaultKind::DuplicateKey,
        span: later.key_span,
        message: format!(
            "The key `{}` stands twice in this object; only the last one counts",
            later.key.as_str()
        ),
        help: Some("remove or rename one of the two".into()),
        first: Some(first),
    });
}
