//! Timestamps that are nearly in the form of RFC 3339.

use crate::asl::semantics::timestamp;

/// A timestamp in the right form.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Repaired {
    pub(super) text: String,
    /// Whether the repair is unambiguous. Otherwise, a time of day or UTC was assumed.
    pub(super) is_certain: bool,
}

/// Writes a timestamp with `T`, `Z`, or an offset; `None` if it is not nearly one.
pub(super) fn repair(written: &str) -> Option<Repaired> {
    let text = written.trim().to_ascii_uppercase().replacen(' ', "T", 1);
    let text = text.replace(' ', "");
    let with_time = if text.len() == DATE.len() {
        format!("{text}T00:00:00Z")
    } else {
        text.clone()
    };
    let compact = with_colon(&with_time);
    let candidates = [
        (text.clone(), true),
        (with_colon(&text), true),
        (format!("{with_time}Z"), false),
        (compact, false),
        (with_time, false),
    ];
    let is_valid = |(text, _): &(String, bool)| text != written && timestamp::instant(text).is_some();
    let (text, is_certain) = candidates.into_iter().find(is_valid)?;
    Some(Repaired { text, is_certain })
}

const DATE: &str = "2026-01-31";

/// An offset such as `+0100` with its colon.
fn with_colon(text: &str) -> String {
    let Some(at) = text.len().checked_sub(5).filter(|at| text.is_char_boundary(*at)) else {
        return text.to_owned();
    };
    let (before, offset) = text.split_at(at);
    if offset.starts_with(['+', '-']) && offset[1..].bytes().all(|b| b.is_ascii_digit()) {
        format!("{before}{}:{}", &offset[..3], &offset[3..])
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repairs_malformed_timestamps() {
        for (written, expected) in [
            ("2026-01-31 12:00:00Z", Some(("2026-01-31T12:00:00Z", true))),
            ("2026-01-31t12:00:00z", Some(("2026-01-31T12:00:00Z", true))),
            ("2026-01-31T12:00:00", Some(("2026-01-31T12:00:00Z", false))),
            (
                "2026-01-31T12:00:00+0100",
                Some(("2026-01-31T12:00:00+01:00", true)),
            ),
            ("2026-01-31", Some(("2026-01-31T00:00:00Z", false))),
            ("2026-13-31T12:00:00", None),
            ("tomorrow", None),
            ("", None),
            ("é", None),
        ] {
            let found = repair(written);
            let found = found.as_ref().map(|r| (r.text.as_str(), r.is_certain));
            assert_eq!(found, expected, "{written}");
        }
    }
}
