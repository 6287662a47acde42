//! Durations in options and assumptions files: `300ms`, `10s`, `5m`, `2h`, `1d`; a bare number is seconds.

use rust_decimal::Decimal;

/// The milliseconds of each unit. `ms` precedes `s`, since it ends in it.
const UNITS: [(&str, u32); 5] = [
    ("ms", 1),
    ("s", 1_000),
    ("m", 60_000),
    ("h", 3_600_000),
    ("d", 86_400_000),
];

/// The longest accepted duration. A Standard execution lasts at most a year.
const LONGEST_MS: u64 = 400 * 86_400_000;

/// Parses a duration to milliseconds.
pub fn parse(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let (number, unit) = UNITS
        .iter()
        .find_map(|&(unit, ms)| Some((text.strip_suffix(unit)?.trim_end(), ms)))
        .unwrap_or((text, 1_000));
    if !number.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let ms = number.parse::<Decimal>().ok()?.checked_mul(unit.into())?;
    (ms <= LONGEST_MS.into()).then_some(ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_all_units() {
        let cases = [
            ("300ms", "300"),
            ("1.5s", "1500"),
            ("5m", "300000"),
            ("2 h", "7200000"),
            ("10", "10000"),
            ("0", "0"),
        ];
        for (text, ms) in cases {
            assert_eq!(parse(text), Some(ms.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn rejects_invalid_durations() {
        for text in ["", "s", "-1s", "1w", "1s2", "ten", "9999d", "1e3s", "+1s"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
