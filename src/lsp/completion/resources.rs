//! `Resource`: optimized integrations, and a search of the actions of the AWS SDK.

use super::candidate::Candidate;
use super::spot::Spot;
use crate::aws::integration::CalledFrom;
use crate::aws::sdk;
use crate::lsp::manual;
use gen_lsp_types::CompletionItemKind;

/// The maximum number of candidates: a client shows few, and asks again when more is typed.
const MAX: usize = 100;

/// The resources that match what is typed, and whether there are more.
pub(super) fn complete(spot: &Spot<'_>) -> (Vec<Candidate>, bool) {
    let from = match spot.keys().first() {
        Some(&"ItemReader") => CalledFrom::ItemReader,
        Some(&"ResultWriter") => CalledFrom::ResultWriter,
        _ => CalledFrom::Task,
    };
    let typed = spot.typed.to_lowercase();
    let wanted = typed.strip_prefix("arn:aws:states:::").unwrap_or(&typed);
    let wanted = if "arn:aws:states:::".starts_with(wanted) {
        ""
    } else {
        wanted
    };
    let wanted: Vec<char> = wanted.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut found: Vec<(u32, Candidate)> = Vec::new();
    for (arn, row) in manual::optimized_arns() {
        if row.called_from != from {
            continue;
        }
        let name = &arn["arn:aws:states:::".len()..];
        if let Some(score) = score(&wanted, name) {
            let candidate = candidate(spot, &arn).detail("optimized integration");
            found.push((score, candidate));
        }
    }
    let mut is_complete = true;
    if from == CalledFrom::Task && !wanted.is_empty() {
        for service in sdk::services() {
            let Some(service) = sdk::service(service) else {
                continue;
            };
            for action in service.actions().filter(|action| action.is_supported) {
                let name = format!("aws-sdk:{}:{}", service.name(), action.name);
                if let Some(score) = score(&wanted, &name) {
                    let arn = format!("arn:aws:states:::{name}");
                    found.push((score + 1, candidate(spot, &arn).detail("AWS SDK integration")));
                }
            }
        }
    } else if from == CalledFrom::Task {
        is_complete = false;
    }
    found.sort_by_key(|(score, _)| *score);
    is_complete &= found.len() <= MAX;
    found.truncate(MAX);
    let ranked = found.into_iter().enumerate().map(|(i, (_, mut candidate))| {
        candidate.rank = crate::source::to_offset(i);
        if i < 20 {
            candidate.documentation = manual::resource(&candidate.label).unwrap_or_default();
        }
        // The client would not find what is typed in the text of the candidate.
        candidate.filter.clone_from(&spot.typed);
        candidate
    });
    (ranked.collect(), !is_complete)
}

fn candidate(spot: &Spot<'_>, arn: &str) -> Candidate {
    super::literal::text(spot, arn, CompletionItemKind::Module)
}

/// How well a name matches the letters that are typed, in order; smaller is better. A match at the start of a part, and one
/// that follows another, costs nothing.
fn score(wanted: &[char], name: &str) -> Option<u32> {
    let mut wanted = wanted.iter().copied().peekable();
    let (mut score, mut last, mut is_start) = (0, None, true);
    for (at, c) in name.chars().enumerate() {
        let Some(next) = wanted.peek() else { break };
        if c.to_ascii_lowercase() == *next {
            let follows = last.is_some_and(|last| last + 1 == at);
            score += match (follows, is_start || c.is_ascii_uppercase()) {
                (true, _) => 0,
                (false, true) => 2,
                (false, false) => 8,
            };
            last = Some(at);
            wanted.next();
        }
        is_start = !c.is_alphanumeric();
    }
    if wanted.peek().is_some() {
        return None;
    }
    Some(score * 16 + crate::source::to_offset(name.len()) / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closer_names_have_smaller_scores() {
        let score = |wanted: &str, name| score(&wanted.chars().collect::<Vec<_>>(), name);
        assert!(score("putitem", "dynamodb:putItem") < score("putitem", "aws-sdk:dynamodb:batchPutXItem"));
        assert!(score("ddbput", "dynamodb:putItem").is_some());
        assert_eq!(score("xyz", "dynamodb:putItem"), None);
        assert!(score("lambdainvoke", "lambda:invoke") < score("lambdainvoke", "aws-sdk:lambda:invokeAsync"));
    }
}
