//! Functions of strings. Those that only move text around work on strings with unknown parts, too.

use super::call::Call;
use crate::document::{JoinedText, Node, NodeKind, Text};
use crate::template::terraform::value::{self, known_number, known_text};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use regex::Regex;
use std::ops::Range;

pub(super) fn call(call: &Call<'_, '_>, arguments: &[Node]) -> Option<Node> {
    let span = call.span;
    let text = |text: &str| Some(value::text(text, span));
    match (call.name, arguments) {
        ("tostring", [value]) => call.string(value),
        ("chomp", [value]) => call.part(value, |text| text.trim_end_matches(['\n', '\r'])),
        ("trimspace", [value]) => call.part(value, str::trim),
        ("trim", [value, set]) => {
            let set = known_text(set)?;
            call.part(value, |text| text.trim_matches(|c| set.contains(c)))
        }
        ("trimprefix", [value, prefix]) => {
            let prefix = known_text(prefix)?;
            call.part(value, |text| text.strip_prefix(&*prefix).unwrap_or(text))
        }
        ("trimsuffix", [value, suffix]) => {
            let suffix = known_text(suffix)?;
            call.part(value, |text| text.strip_suffix(&*suffix).unwrap_or(text))
        }
        // The first line stays; the others have no meaning in JSON.
        ("indent", [_, value]) => call.string(value),
        ("replace", [value, from, to]) => call.replace(value, &known_text(from)?, to),
        ("format", [format, rest @ ..]) => call.format(format, rest),
        ("formatlist", [format, list]) => {
            let items = list.as_array()?.iter();
            let all: Option<Vec<Node>> = items
                .map(|item| call.format(format, std::slice::from_ref(item)))
                .collect();
            Some(value::array(all?, span))
        }
        ("join", [separator, list]) => call.join(&known_text(separator)?, list.as_array()?),
        ("lower", [value]) => text(&known_text(value)?.to_lowercase()),
        ("upper", [value]) => text(&known_text(value)?.to_uppercase()),
        ("title", [value]) => text(&title(&known_text(value)?)),
        ("strrev", [value]) => text(&known_text(value)?.chars().rev().collect::<String>()),
        ("substr", [value, offset, length]) => {
            let value = known_text(value)?;
            let (from, length) = (known_number(offset)?, known_number(length)?);
            let count = value.chars().count();
            #[expect(clippy::cast_precision_loss, reason = "texts are shorter than 2^53")]
            let from = index(if from < 0.0 { from + count as f64 } else { from })?;
            let length = if length < 0.0 { count } else { index(length)? };
            text(&value.chars().skip(from).take(length).collect::<String>())
        }
        ("split", [separator, value]) => {
            let (separator, value) = (known_text(separator)?, known_text(value)?);
            let mut parts = Vec::new();
            for part in value.split(&*separator) {
                if !call.evaluator.sources.budget.take(64) {
                    return None;
                }
                parts.push(value::text(part, span));
            }
            Some(value::array(parts, span))
        }
        ("startswith", [value, part]) => Some(value::boolean(
            known_text(value)?.starts_with(&*known_text(part)?),
            span,
        )),
        ("endswith", [value, part]) => Some(value::boolean(
            known_text(value)?.ends_with(&*known_text(part)?),
            span,
        )),
        ("strcontains", [value, part]) => Some(value::boolean(
            known_text(value)?.contains(&*known_text(part)?),
            span,
        )),
        ("regex", [pattern, value]) => {
            let value = known_text(value)?;
            let regex = Regex::new(&known_text(pattern)?).ok()?;
            let captures = regex.captures(&value)?;
            if captures.len() == 1 {
                text(captures.get(0)?.as_str())
            } else {
                let groups = captures.iter().skip(1);
                let group = |m: Option<regex::Match<'_>>| {
                    m.map_or(Node::new(NodeKind::Null, span), |m| value::text(m.as_str(), span))
                };
                Some(value::array(groups.map(group).collect(), span))
            }
        }
        ("base64encode", [value]) => text(&STANDARD.encode(known_text(value)?.as_bytes())),
        ("base64decode", [value]) => {
            let bytes = STANDARD.decode(known_text(value)?.as_bytes()).ok()?;
            text(&String::from_utf8(bytes).ok()?)
        }
        _ => None,
    }
}

/// A number as an index.
pub(super) fn index(number: f64) -> Option<usize> {
    (number >= 0.0 && number.fract().abs() < f64::EPSILON).then(|| format!("{number}").parse().ok())?
}

fn title(text: &str) -> String {
    let mut is_start = true;
    let upper = |c: char| {
        let is_first = std::mem::replace(&mut is_start, !c.is_alphanumeric());
        if is_first { c.to_ascii_uppercase() } else { c }
    };
    text.chars().map(upper).collect()
}

impl Call<'_, '_> {
    fn string(&self, value: &Node) -> Option<Node> {
        let text = self.evaluator.as_string(value)?;
        Some(Node::new(NodeKind::String(text), value.span))
    }

    /// The part of a string that `part` returns.
    fn part(&self, value: &Node, part: impl Fn(&str) -> &str) -> Option<Node> {
        let text = self.evaluator.as_string(value)?;
        let kept = part(&text);
        let start = kept.as_ptr().addr() - text.as_str().as_ptr().addr();
        if kept.len() == text.len() {
            return Some(Node::new(NodeKind::String(text), value.span));
        }
        let range = start..start + kept.len();
        Some(self.pieces(&text, std::iter::once((range, None)), value))
    }

    fn pieces(
        &self,
        text: &Text,
        ranges: impl Iterator<Item = (Range<usize>, Option<String>)>,
        value: &Node,
    ) -> Node {
        let mut joined = JoinedText::default();
        if self.evaluator.sources.budget.take(text.len()) {
            self.evaluator.sources.append_ranges(&mut joined, text, ranges);
        }
        Node::new(NodeKind::String(joined.into_text()), value.span)
    }

    fn replace(&self, value: &Node, from: &str, to: &Node) -> Option<Node> {
        let text = self.evaluator.as_string(value)?;
        let to = known_text(to).map_or_else(|| "${value}".into(), std::borrow::Cow::into_owned);
        let mut ranges = Vec::new();
        let mut at = 0;
        let mut replace = |range: Range<usize>, with: String| {
            ranges.push((at..range.start, None));
            at = range.end;
            ranges.push((range, Some(with)));
        };
        let pattern = from
            .strip_prefix('/')
            .and_then(|from| from.strip_suffix('/'))
            .filter(|_| from.len() > 1);
        if let Some(pattern) = pattern {
            for captures in Regex::new(pattern).ok()?.captures_iter(&text) {
                let mut with = String::new();
                captures.expand(&to, &mut with);
                replace(captures.get(0)?.range(), with);
            }
        } else if !from.is_empty() {
            for (start, found) in text.match_indices(from) {
                replace(start..start + found.len(), to.clone());
            }
        }
        let added = ranges
            .iter()
            .map(|(_, with)| with.as_ref().map_or(16, |with| with.len() + 16));
        if !self.evaluator.sources.budget.take(added.sum()) {
            return None;
        }
        ranges.push((at..text.len(), None));
        Some(self.pieces(&text, ranges.into_iter(), value))
    }

    /// Appends a value; what is unknown remains as `${…}`.
    fn append(&self, value: &Node, out: &mut JoinedText) {
        match self.evaluator.as_string(value) {
            Some(text) if self.evaluator.sources.budget.take(text.len()) => {
                self.evaluator.sources.append(out, &text);
            }
            Some(_) => {}
            None => out.push_replacement("${value}", value.span),
        }
    }

    fn join(&self, separator: &str, items: &[Node]) -> Option<Node> {
        let mut out = JoinedText::default();
        for (i, item) in items.iter().enumerate() {
            if !self.evaluator.sources.budget.take(separator.len()) {
                return None;
            }
            if i > 0 {
                out.push_replacement(separator, self.span);
            }
            self.append(item, &mut out);
        }
        Some(Node::new(NodeKind::String(out.into_text()), self.span))
    }

    fn format(&self, format: &Node, values: &[Node]) -> Option<Node> {
        let text = self.evaluator.as_string(format)?;
        let mut ranges = Vec::new();
        let mut values = values.iter();
        let mut at = 0;
        while let Some(start) = text[at..].find('%').map(|i| at + i) {
            let is_verb = |c: char| c.is_ascii_alphabetic() || c == '%';
            let verb = start + 1 + text[start + 1..].find(is_verb)?;
            let flags = &text[start + 1..verb];
            let formatted = match &text[verb..=verb] {
                "%" => "%".to_owned(),
                "s" | "d" | "v" | "q" if flags.is_empty() => {
                    let value = self.evaluator.as_string(values.next()?);
                    let value = value.as_ref().map_or("${value}", Text::as_str);
                    if text[verb..].starts_with('q') {
                        serde_json::to_string(value).ok()?
                    } else {
                        value.to_owned()
                    }
                }
                _ => {
                    values.next()?;
                    "${value}".to_owned()
                }
            };
            if !self.evaluator.sources.budget.take(formatted.len() + 32) {
                return None;
            }
            ranges.push((at..start, None));
            ranges.push((start..verb + 1, Some(formatted)));
            at = verb + 1;
        }
        ranges.push((at..text.len(), None));
        Some(self.pieces(&text, ranges.into_iter(), format))
    }
}
