//! Timestamps: RFC 3339 with an uppercase `T`, and `Z` or an offset.
//!
//! Recordings show that AWS takes a date alone, or other forms of ISO 8601, for plain strings.

use jiff::Timestamp;

/// The instant that `text` represents, if it is a timestamp.
pub fn instant(text: &str) -> Option<Timestamp> {
    has_shape(text.as_bytes()).then(|| text.parse().ok()).flatten()
}

/// The nanoseconds since the Unix epoch that `text` represents, if it is a timestamp.
pub fn nanoseconds(text: &str) -> Option<i128> {
    instant(text).map(Timestamp::as_nanosecond)
}

/// The nanoseconds that `text` represents where an expression computes a timestamp: seconds may be missing, and `t` and `z`
/// may be in lower case. Measured on AWS in September 2026.
pub fn lenient_nanoseconds(text: &str) -> Option<i128> {
    const MINUTES: usize = "2030-01-31T23:59".len();
    let mut text = text.to_ascii_uppercase();
    if text
        .as_bytes()
        .get(MINUTES)
        .is_some_and(|next| matches!(next, b'Z' | b'+' | b'-'))
    {
        text.insert_str(MINUTES, ":00");
    }
    nanoseconds(&text)
}

/// Whether `text` has the shape `2030-01-31T23:59:59`, an optional fraction, and `Z` or `+01:00`. jiff accepts more.
fn has_shape(text: &[u8]) -> bool {
    const FORM: &[u8] = b"dddd-dd-ddTdd:dd:dd";
    let Some((date, rest)) = text.split_at_checked(FORM.len()) else {
        return false;
    };
    let rest = match rest {
        [b'.', digits @ ..] => {
            let n = digits.iter().take_while(|b| b.is_ascii_digit()).count();
            if n == 0 || n > 9 {
                return false;
            }
            &digits[n..]
        }
        rest => rest,
    };
    has_form(date, FORM)
        && (rest == b"Z"
            || rest
                .split_first()
                .is_some_and(|(sign, offset)| matches!(sign, b'+' | b'-') && has_form(offset, b"dd:dd")))
}

fn has_form(text: &[u8], form: &[u8]) -> bool {
    text.len() == form.len()
        && text.iter().zip(form).all(|(byte, wanted)| match wanted {
            b'd' => byte.is_ascii_digit(),
            other => byte == other,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_strict_form_is_a_timestamp() {
        for good in [
            "2016-03-14T01:59:00Z",
            "2016-03-14T01:59:00.000000001Z",
            "2016-03-14T01:59:00-05:00",
        ] {
            assert!(nanoseconds(good).is_some(), "{good}");
        }
        for bad in [
            "2016-03-14 01:59:00Z",
            "2016-03-14T01:59:00",
            "2016-13-14T01:59:00Z",
            "2016-03-14T25:59:00Z",
            "2016-03-14t01:59:00z",
            "2016-03-14",
            "",
        ] {
            assert!(nanoseconds(bad).is_none(), "{bad}");
        }
        for (lenient, strict) in [
            ("2016-12-05T21:29Z", "2016-12-05T21:29:00Z"),
            ("2016-12-05T21:29+02:00", "2016-12-05T21:29:00+02:00"),
            ("2016-12-05t21:29:29z", "2016-12-05T21:29:29Z"),
            ("2016-12-05T21:29:29.123456789Z", "2016-12-05T21:29:29.123456789Z"),
        ] {
            assert!(nanoseconds(strict).is_some(), "{strict}");
            assert_eq!(lenient_nanoseconds(lenient), nanoseconds(strict), "{lenient}");
        }
        for bad in [
            "2016-12-05 21:29Z",
            "2016-12-05T21:29",
            "2016-02-30T21:29Z",
            "2016-12-05T25:29Z",
            "é",
        ] {
            assert!(lenient_nanoseconds(bad).is_none(), "{bad}");
        }
        let same = ("2016-03-14T12:00:00Z", "2016-03-14T07:00:00-05:00");
        assert_eq!(nanoseconds(same.0), nanoseconds(same.1));
    }
}
