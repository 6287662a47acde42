//! Durations in files.

use crate::document::Node;

/// How to write a duration, as help for one that is invalid.
pub const DURATION_HELP: &str = "use a number of seconds, or a string such as `250ms`, `2s`, or `1h 30m`";

/// The milliseconds of a duration: a number of seconds, or a string such as `250ms`.
pub fn duration(node: &Node) -> Option<i64> {
    match (node.as_f64(), node.as_str()) {
        (Some(seconds), _) => seconds_to_millis(seconds),
        (_, Some(text)) => duration_text(text),
        _ => None,
    }
}

/// `250ms`, `2s`, `1h 30m`, `PT5M`, in milliseconds.
pub fn duration_text(text: &str) -> Option<i64> {
    let duration: jiff::SignedDuration = text.parse().ok()?;
    i64::try_from(duration.as_millis()).ok().filter(|n| *n >= 0)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what does not fit stops at the ends of the range"
)]
fn seconds_to_millis(seconds: f64) -> Option<i64> {
    (seconds >= 0.0).then(|| (seconds * 1000.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_texts_or_seconds() {
        assert_eq!(
            ["250ms", "2s", "6m", "1h 30m", "PT5M"].map(duration_text),
            [250, 2000, 360_000, 5_400_000, 300_000].map(Some)
        );
        assert_eq!((duration_text("-1s"), duration_text("soon")), (None, None));
        assert_eq!(
            (seconds_to_millis(0.25), seconds_to_millis(-1.0)),
            (Some(250), None)
        );
    }
}
