//! The name closest to a misspelled one.

use std::cmp::Reverse;

/// Of more candidates than this, none is suggested, so that suggestions for all of many unknown names take linear time.
const MAX_CANDIDATES: usize = 1_000;

/// The candidate that a word most likely means: equal but for case, else within one edit per three
/// characters; of several, the one that begins like it.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    closest_within((name.chars().count() / 3).max(1), name, candidates)
}

/// The candidate that at most `limit` edits make of `name`, case aside. Two thirds of the longer of both must be the same,
/// or every name of one letter would be close to every other.
pub fn closest_within<'a>(
    limit: usize,
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let length = lower.chars().count();
    let candidates: Vec<&str> = candidates.into_iter().take(MAX_CANDIDATES + 1).collect();
    if candidates.len() > MAX_CANDIDATES {
        return None;
    }
    candidates
        .into_iter()
        .filter(|candidate| !candidate.is_empty() && candidate.len().abs_diff(name.len()) <= limit)
        .filter_map(|candidate| {
            let other = candidate.to_lowercase();
            let shared = lower
                .chars()
                .zip(other.chars())
                .take_while(|(a, b)| a == b)
                .count();
            let length = length.max(other.chars().count());
            let distance = strsim::osa_distance(&lower, &other);
            let is_close = distance <= limit && distance * 3 <= length;
            is_close.then_some((distance, Reverse(shared), candidate))
        })
        .min()
        .map(|(.., candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::{closest, closest_within};

    #[test]
    fn close_names_are_found_and_far_ones_are_not() {
        let names = ["sqs", "sns", "sendMessage"];
        assert_eq!(closest("sqss", names), Some("sqs"));
        assert_eq!(closest("SendMessage", names), Some("sendMessage"));
        assert_eq!(closest("sendMsesage", names), Some("sendMessage"));
        assert_eq!(closest("sq", ["s3", "sns", "sqs"]), Some("sqs"));
        assert_eq!(closest("Z", ["A", "AB", "z1"]), None);
        assert_eq!(
            (closest("a", ["A"]), closest("S1", ["S2", "S"])),
            (Some("A"), None)
        );
        assert_eq!(closest("publish", names), None);
        assert_eq!(closest("", names), None);
        let many: Vec<String> = (0..1_001).map(|i| format!("State{i}")).collect();
        let of_first = |count: usize| closest("Stat7", many[..count].iter().map(String::as_str));
        assert_eq!((of_first(1_000), of_first(1_001)), (Some("State7"), None));
        assert_eq!(
            (
                closest_within(1, "sqs", ["sns"]),
                closest_within(0, "sqs", ["sns"])
            ),
            (Some("sns"), None)
        );
    }
}
