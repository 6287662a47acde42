//! `Resource`: optimized integrations, and a search of the actions of the AWS SDK.

use super::candidate::Candidate;
use super::cursor_context::CursorContext;
use crate::aws::integration::CalledFrom;
use crate::aws::sdk;
use crate::lsp::manual;
use gen_lsp_types::CompletionItemKind;

/// The maximum number of candidates: a client shows few, and asks again when more is typed.
const MAX: usize = 100;

/// The resources that match what is typed, and whether there are more.
pub(super) fn complete(context: &CursorContext<'_>) -> (Vec<Candidate>, bool) {
    let from = match context.keys().first() {
        Some(&"ItemReader") => CalledFrom::ItemReader,
        Some(&"ResultWriter") => CalledFrom::ResultWriter,
        _ => CalledFrom::Task,
    };
    let typed = context.typed.to_lowercase();
    let wanted = typed.strip_prefix("arn:aws:states:::").unwrap_or(&typed);
    let wanted = if "arn:aws:states:::".starts_with(wanted) {
        ""
    } else {
        wanted
    };
    let wanted: Vec<char> = wanted.chars().filter(|c| c.is_alphanumeric()).collect();
    let optimized: Vec<String> = manual::optimized_arns()
        .filter(|(_, row)| row.called_from == from)
        .map(|(arn, _)| arn)
        .collect();
    let mut found: Vec<(u32, Match<'_>)> = Vec::new();
    for arn in &optimized {
        let score = Score::new(&wanted).read(&arn["arn:aws:states:::".len()..]);
        found.extend(score.total().map(|total| (total, Match::Optimized(arn))));
    }
    let mut is_complete = true;
    if from == CalledFrom::Task && !wanted.is_empty() {
        let start = Score::new(&wanted).read("aws-sdk:");
        for service in sdk::services().filter_map(sdk::service) {
            let start = start.read(service.name()).read(":");
            for action in service.supported_actions() {
                let total = start.read(action).total();
                found.extend(total.map(|total| (total + 1, Match::Sdk(service.name(), action))));
            }
        }
    } else if from == CalledFrom::Task {
        is_complete = false;
    }
    found.sort_by_key(|(total, _)| *total);
    is_complete &= found.len() <= MAX;
    found.truncate(MAX);
    let ranked = found.into_iter().enumerate().map(|(i, (_, found))| {
        let mut candidate = found.candidate(context);
        candidate.rank = crate::source::to_offset(i);
        if i < 20 {
            candidate.documentation = manual::resource(&candidate.label).unwrap_or_default();
        }
        // The client would not find what is typed in the text of the candidate.
        candidate.filter.clone_from(&context.typed);
        candidate
    });
    (ranked.collect(), !is_complete)
}

/// A resource that matches.
#[derive(Clone, Copy)]
enum Match<'a> {
    /// The ARN of an optimized integration.
    Optimized(&'a str),
    /// A service and its action.
    Sdk(&'static str, &'static str),
}

impl Match<'_> {
    fn candidate(self, context: &CursorContext<'_>) -> Candidate {
        let of = |arn: &str| super::literal::text(context, arn, CompletionItemKind::Module);
        match self {
            Self::Optimized(arn) => of(arn).detail("optimized integration"),
            Self::Sdk(service, action) => {
                of(&format!("arn:aws:states:::aws-sdk:{service}:{action}")).detail("AWS SDK integration")
            }
        }
    }
}

/// How well the part of a name that has been read matches the typed letters, in order; smaller is better. A match at the
/// start of a word, or directly after another match, costs nothing.
#[derive(Clone, Copy)]
struct Score<'w> {
    /// The letters that were not found yet.
    wanted: &'w [char],
    cost: u32,
    /// How many bytes were read.
    length: usize,
    /// Where the last letter was found.
    last: Option<usize>,
    /// Whether the next byte starts a part of the name.
    is_start: bool,
}

impl<'w> Score<'w> {
    const fn new(wanted: &'w [char]) -> Self {
        Self {
            wanted,
            cost: 0,
            length: 0,
            last: None,
            is_start: true,
        }
    }

    /// Reads the next part of the name, which is ASCII.
    fn read(mut self, part: &str) -> Self {
        for (at, byte) in (self.length..).zip(part.bytes()) {
            let Some((next, rest)) = self.wanted.split_first() else {
                break;
            };
            if char::from(byte.to_ascii_lowercase()) == *next {
                let follows = self.last.is_some_and(|last| last + 1 == at);
                self.cost += match (follows, self.is_start || byte.is_ascii_uppercase()) {
                    (true, _) => 0,
                    (false, true) => 2,
                    (false, false) => 8,
                };
                self.last = Some(at);
                self.wanted = rest;
            }
            self.is_start = !byte.is_ascii_alphanumeric();
        }
        self.length += part.len();
        self
    }

    /// The score of the whole name; `None` if it lacks a letter.
    fn total(self) -> Option<u32> {
        let length = crate::source::to_offset(self.length);
        self.wanted.is_empty().then_some(self.cost * 16 + length / 4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closer_names_have_smaller_scores() {
        let score = |wanted: &str, name| {
            let wanted: Vec<char> = wanted.chars().collect();
            Score::new(&wanted).read(name).total()
        };
        assert!(score("putitem", "dynamodb:putItem") < score("putitem", "aws-sdk:dynamodb:batchPutXItem"));
        assert!(score("ddbput", "dynamodb:putItem").is_some());
        assert_eq!(score("xyz", "dynamodb:putItem"), None);
        assert!(score("lambdainvoke", "lambda:invoke") < score("lambdainvoke", "aws-sdk:lambda:invokeAsync"));
    }
}
