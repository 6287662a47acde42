//! Duplicate keys of an object.

use super::node::Member;
use super::syntax_error::{SyntaxError, SyntaxErrorKind};
use crate::source::Span;
use foldhash::{HashMap, HashMapExt};

/// Above this number of members, a hash table is faster than comparing all pairs.
const SMALL: usize = 16;

/// Once a file has this many errors, no further duplicates are reported.
const MAX_ERRORS: usize = 100;

/// Reports each key that occurred earlier in the same object.
pub(super) fn report(members: &[Member], errors: &mut Vec<SyntaxError>) {
    if members.len() <= SMALL {
        // A bit for each length and first byte of the keys so far: most keys differ from all others in one of them.
        let mut seen = 0_u64;
        for (i, later) in members.iter().enumerate() {
            let key = later.key.as_bytes();
            let first = key.first().map_or(0, |byte| usize::from(*byte));
            let bit = 1 << ((key.len() * 7 + first) % 64);
            if seen & bit != 0
                && let Some(first) = members[..i].iter().find(|m| m.key.as_bytes() == key)
            {
                push(later, first.key_span, errors);
            }
            seen |= bit;
        }
        return;
    }
    let mut seen: HashMap<&str, Span> = HashMap::with_capacity(members.len());
    for member in members {
        match seen.get(member.key.as_str()) {
            Some(&first) => push(member, first, errors),
            None => {
                seen.insert(member.key.as_str(), member.key_span);
            }
        }
    }
}

fn push(later: &Member, first: Span, errors: &mut Vec<SyntaxError>) {
    if errors.len() >= MAX_ERRORS {
        return;
    }
    errors.push(SyntaxError {
        kind: SyntaxErrorKind::DuplicateKey,
        span: later.key_span,
        message: format!("duplicate key `{}`; the last value is used", later.key.as_str()),
        help: Some("remove or rename one of them".into()),
        first: Some(first),
    });
}
