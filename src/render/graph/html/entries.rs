//! The entries into states that a page tells of: of an execution of any length the outer ones and the ends of what
//! is many, each with its input, its output and its attempts.

use crate::graph::StateVisit;
use crate::history::{ErrorData, Time};
use crate::value::Value;
use serde::Serialize;
use std::collections::HashMap;

/// Entries that a page holds, about: a timeline of more is nothing to look at, and a page of a Map over 100,000 items
/// must still open.
const ENTRIES: usize = 2_000;

/// Bytes that inputs and outputs may take together, and a single one at the least and at the most.
const TEXTS: usize = 2 << 20;
const TEXT: std::ops::RangeInclusive<usize> = 400..=16_384;

/// What the page's script reads of an execution.
#[derive(Serialize)]
pub(super) struct Entries<'a> {
    /// In the order in which they were entered.
    visits: Vec<Visit<'a>>,
    /// How many the execution has, those left out included.
    entered: usize,
    /// Inputs and outputs, each once.
    values: Vec<Text>,
}

/// An entry into a state. Times are in milliseconds since the first.
#[derive(Serialize)]
struct Visit<'a> {
    /// Its number among all of the execution, from 1.
    number: usize,
    node: String,
    /// The visit that it lies in, by its index here.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<usize>,
    /// The item of the Map that it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    iteration: Option<usize>,
    from: i64,
    to: i64,
    input: usize,
    /// None where it was not left in peace.
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attempts: Vec<Try<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Failure<'a>>,
    /// The execution failed in it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_end: bool,
    /// Entries beside it that are left out before it.
    #[serde(skip_serializing_if = "is_zero")]
    skipped: usize,
    /// Entries in it that are left out behind those that are here.
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

/// A JSON text, or how it begins.
#[derive(Serialize, PartialEq, Eq, Hash, Clone)]
struct Text {
    text: String,
    /// The bytes of all of it, where it is cut.
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

/// As much of a text's beginning as fits, whole characters only.
fn cut(text: &str, room: usize) -> &str {
    let mut end = room.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[derive(Default)]
struct Texts {
    /// Bytes that one may take.
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

/// Who lies in whom.
struct Family {
    outermost: Vec<usize>,
    /// By the index of an entry: those that lie in it, item after item where it is a Map.
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

    /// Which entries to keep: what the execution failed in; then, from the outermost inwards, as many of either end
    /// of each group as there is room for. A group that holds others leaves them a quarter of the room.
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

    /// By the index of an entry: how many beside it are left out right before it, and how many in it at its end.
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

/// The most that each group may have for all to fit in the room.
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
    fn what_is_few_is_whole_and_what_is_many_shares_the_rest() {
        assert_eq!(share(&[&group(3), &group(5)], 10), 5);
        assert_eq!(share(&[&group(3), &group(50)], 10), 7);
        assert_eq!(share(&[&group(30), &group(50), &group(2)], 12), 5);
        assert_eq!(share(&[&group(3), &group(5)], 1), 0);
        assert_eq!(share(&[], 10), 0);
    }

    #[test]
    fn ends_are_kept_and_gaps_are_counted() {
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
    fn a_text_is_cut_between_characters() {
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
