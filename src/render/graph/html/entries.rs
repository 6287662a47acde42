//! The visits that a page shows, with inputs, outputs, and attempts. Of long executions, these are the outer visits, and
//! the first and last ones of large groups.

use crate::graph::StateVisit;
use crate::history::{ErrorData, Time};
use crate::value::Value;
use serde::Serialize;
use std::collections::HashMap;

/// Approximate maximum of visits on a page. A longer timeline is unusable, and the page of a Map over 100,000 items must
/// still open.
const ENTRIES: usize = 2_000;

/// Maximum size of all inputs and outputs in bytes, and the range of the maximum size of each.
const TEXTS: usize = 2 << 20;
const TEXT: std::ops::RangeInclusive<usize> = 400..=16_384;

/// The execution as the page's script reads it.
#[derive(Serialize)]
pub(super) struct Entries<'a> {
    /// In the order of entry.
    visits: Vec<Visit<'a>>,
    /// Number of visits in the execution, including omitted ones.
    entered: usize,
    /// Inputs and outputs, without duplicates.
    values: Vec<Text>,
}

/// A visit of a state. Times are in milliseconds since the first visit.
#[derive(Serialize)]
struct Visit<'a> {
    /// Its number in the execution, from 1.
    number: usize,
    node: String,
    /// The enclosing visit, as an index into `visits`.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<usize>,
    /// The index of the enclosing Map's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    iteration: Option<usize>,
    from: i64,
    to: i64,
    input: usize,
    /// `None` if the state was not exited.
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attempts: Vec<Try<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Failure<'a>>,
    /// Whether the execution failed in it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_end: bool,
    /// Number of omitted siblings directly before it.
    #[serde(skip_serializing_if = "is_zero")]
    skipped: usize,
    /// Number of omitted nested visits after the shown ones.
    #[serde(skip_serializing_if = "is_zero")]
    more: usize,
}

#[derive(Serialize)]
struct Try<'a> {
    from: i64,
    to: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Failure<'a>>,
}

#[derive(Serialize)]
struct Failure<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
}

/// JSON text, possibly truncated.
#[derive(Serialize, PartialEq, Eq, Hash, Clone)]
struct Text {
    text: String,
    /// The full size in bytes, if truncated.
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<usize>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(n: &usize) -> bool {
    *n == 0
}

pub(super) fn entries<'a>(all: &'a [StateVisit<'_>]) -> Entries<'a> {
    let family = Family::new(all);
    let kept = family.kept(all, ENTRIES);
    let (skipped, more) = family.gaps(&kept);
    let count = kept.iter().filter(|is_kept| **is_kept).count();
    let mut texts = Texts {
        room: (TEXTS / (2 * count.max(1))).clamp(*TEXT.start(), *TEXT.end()),
        ..Texts::default()
    };
    let start = all.first().map_or(Time::default(), |entry| entry.visit.entered);
    let mut place = vec![None; all.len()];
    let mut visits = Vec::with_capacity(count);
    for (i, entry) in all.iter().enumerate().filter(|(i, _)| kept[*i]) {
        place[i] = Some(visits.len());
        let visit = &entry.visit;
        let since = |time: Time| time.since(start);
        visits.push(Visit {
            number: i + 1,
            node: format!("n{}", entry.node.index()),
            parent: entry.parent.and_then(|parent| place[parent]),
            iteration: entry.item,
            from: since(visit.entered),
            to: since(visit.last_time()),
            input: texts.put(visit.input),
            output: visit.exit.as_ref().map(|exit| texts.put(exit.output)),
            attempts: visit
                .attempts()
                .into_iter()
                .map(|attempt| Try {
                    from: since(attempt.start),
                    to: since(attempt.stop),
                    failure: attempt.error.map(|error| failure(error, texts.room)),
                })
                .collect(),
            failure: entry
                .failure
                .or_else(|| visit.error())
                .map(|error| failure(error, texts.room)),
            is_end: entry.failure.is_some(),
            skipped: skipped[i],
            more: more[i],
        });
    }
    Entries {
        visits,
        entered: all.len(),
        values: texts.all,
    }
}

fn failure(error: &ErrorData, room: usize) -> Failure<'_> {
    Failure {
        error: error.error.as_deref().map(|name| cut(name, room)),
        cause: error.cause.as_deref().map(|cause| cut(cause, room)),
    }
}

/// The longest prefix of at most `room` bytes that ends at a character boundary.
fn cut(text: &str, room: usize) -> &str {
    let mut end = room.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[derive(Default)]
struct Texts {
    /// Maximum size of each text in bytes.
    room: usize,
    all: Vec<Text>,
    known: HashMap<Text, usize>,
}

impl Texts {
    fn put(&mut self, value: &Value) -> usize {
        let mut text = value.to_json();
        let bytes = Some(text.len()).filter(|bytes| *bytes > self.room);
        text.truncate(cut(&text, self.room).len());
        let text = Text { text, bytes };
        *self.known.entry(text).or_insert_with_key(|text| {
            self.all.push(text.clone());
            self.all.len() - 1
        })
    }
}

/// The nesting of visits.
struct Family {
    outermost: Vec<usize>,
    /// For each visit, the visits nested in it; those of a Map are sorted by item.
    inside: Vec<Vec<usize>>,
}

impl Family {
    fn new(all: &[StateVisit<'_>]) -> Self {
        let mut family = Self {
            outermost: Vec::new(),
            inside: vec![Vec::new(); all.len()],
        };
        for (i, entry) in all.iter().enumerate() {
            match entry.parent {
                Some(parent) => family.inside[parent].push(i),
                None => family.outermost.push(i),
            }
        }
        for inside in &mut family.inside {
            inside.sort_by_key(|i| all[*i].item);
        }
        family
    }

    /// Selects the visits to keep: the one that failed with its enclosing visits, and then, from the outside in, as many
    /// at each end of each group as there is room for. A group with nested groups reserves a quarter of the room for them.
    fn kept(&self, all: &[StateVisit<'_>], mut room: usize) -> Vec<bool> {
        let mut kept = vec![false; all.len()];
        let mut failed = all.iter().position(|entry| entry.failure.is_some());
        while let Some(i) = failed {
            kept[i] = true;
            failed = all[i].parent;
        }
        let mut groups = vec![&self.outermost];
        while !groups.is_empty() {
            let holds_more = groups
                .iter()
                .any(|g| g.iter().any(|i| !self.inside[*i].is_empty()));
            let here = if holds_more { room - room / 4 } else { room };
            let each = share(&groups, here);
            let mut inner = Vec::new();
            for group in groups {
                let (head, tail) = (each.div_ceil(2), group.len().saturating_sub(each / 2));
                for (at, &i) in group.iter().enumerate() {
                    if group.len() <= each || at < head || at >= tail {
                        kept[i] = true;
                        room = room.saturating_sub(1);
                    }
                    if kept[i] && !self.inside[i].is_empty() {
                        inner.push(&self.inside[i]);
                    }
                }
            }
            groups = inner;
        }
        kept
    }

    /// For each visit, the number of omitted siblings directly before it, and of omitted visits at the end of it.
    fn gaps(&self, kept: &[bool]) -> (Vec<usize>, Vec<usize>) {
        let mut skipped = vec![0; kept.len()];
        let mut more = vec![0; kept.len()];
        let mut count = |group: &[usize]| {
            let mut gap = 0;
            for &i in group {
                if kept[i] {
                    skipped[i] = std::mem::take(&mut gap);
                } else {
                    gap += 1;
                }
            }
            gap
        };
        count(&self.outermost);
        for (i, inside) in self.inside.iter().enumerate() {
            more[i] = count(inside);
        }
        (skipped, more)
    }
}

/// The largest group size with which all groups fit in the room.
fn share(groups: &[&Vec<usize>], room: usize) -> usize {
    let mut lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths.sort_unstable();
    let mut left = room;
    for (i, &length) in lengths.iter().enumerate() {
        let each = left / (lengths.len() - i);
        if length > each {
            return each;
        }
        left -= length;
    }
    lengths.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(length: usize) -> Vec<usize> {
        vec![0; length]
    }

    #[test]
    fn small_groups_are_kept_and_large_ones_share_the_rest() {
        assert_eq!(share(&[&group(3), &group(5)], 10), 5);
        assert_eq!(share(&[&group(3), &group(50)], 10), 7);
        assert_eq!(share(&[&group(30), &group(50), &group(2)], 12), 5);
        assert_eq!(share(&[&group(3), &group(5)], 1), 0);
        assert_eq!(share(&[], 10), 0);
    }

    #[test]
    fn gaps_between_kept_visits_are_counted() {
        let family = Family {
            outermost: vec![0, 11],
            inside: (0..12)
                .map(|i| if i == 0 { (1..11).collect() } else { Vec::new() })
                .collect(),
        };
        let mut kept = vec![false; 12];
        for i in [0, 1, 2, 9, 11] {
            kept[i] = true;
        }
        let (skipped, more) = family.gaps(&kept);
        assert_eq!((skipped[9], more[0], skipped[11]), (6, 1, 0));
    }

    #[test]
    fn text_is_truncated_between_characters() {
        let mut texts = Texts {
            room: 4,
            ..Texts::default()
        };
        let text = Value::from("aéé");
        assert_eq!(texts.put(&text), 0);
        assert_eq!(texts.put(&text), 0);
        assert_eq!(
            (texts.all[0].text.as_str(), texts.all[0].bytes),
            ("\"aé", Some(7))
        );
    }
}
