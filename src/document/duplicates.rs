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
        for (i, later) in members.iter().enumerate().skip(1) {
            if let Some(first) = members[..i].iter().find(|m| m.key.as_str() == later.key.as_str()) {
                push(later, first.key_span, errors);
            }
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
