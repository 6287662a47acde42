//! Durations in words.

use rust_decimal::Decimal;

/// The units from a second upward, with their milliseconds.
const UNITS: [(u64, &str); 4] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s")];

/// Every unit of a duration: `0 s`, `250 ms`, `2.5 s`, `1 min 30 s`, `30 d`. Negative durations are zero.
pub fn exact(millis: i64) -> String {
    let mut rest = u64::try_from(millis).unwrap_or_default();
    if (1..1000).contains(&rest) {
        return format!("{rest} ms");
    }
    let mut parts = Vec::new();
    for (size, unit) in UNITS {
        let n = rest / size;
        rest %= size;
        let fraction = if size == 1_000 { rest } else { 0 };
        if n > 0 || fraction > 0 {
            parts.push(match fraction {
                0 => format!("{n} {unit}"),
                ms => format!("{} {unit}", format!("{n}.{ms:03}").trim_end_matches('0')),
            });
        }
    }
    if parts.is_empty() {
        return "0 s".to_owned();
    }
    parts.join(" ")
}

/// The largest unit of a duration, to three digits: `250 ms`, `1.5 s`, `3 min`, `2 h`, `5 d`.
pub fn rounded(millis: u64) -> String {
    let Some((size, unit)) = UNITS.into_iter().find(|(size, _)| millis >= *size) else {
        return format!("{millis} ms");
    };
    let tenths = millis * 10 / size;
    if tenths.is_multiple_of(10) || tenths >= 1000 {
        format!("{} {unit}", tenths / 10)
    } else {
        format!("{}.{} {unit}", tenths / 10, tenths % 10)
    }
}

/// A mean duration, in the largest unit in which it is at least two: `99.5 ms`, `90 s`, `3.06 days`.
pub fn mean(millis: Decimal) -> String {
    let units = [
        (31_536_000_000_u64, "years"),
        (86_400_000, "days"),
        (3_600_000, "h"),
        (60_000, "min"),
        (1_000, "s"),
    ];
    for (size, unit) in units {
        let size = Decimal::from(size);
        if millis >= size * if unit == "s" { Decimal::ONE } else { Decimal::TWO } {
            let amount = millis / size;
            let places = if amount < Decimal::ONE_HUNDRED { 2 } else { 0 };
            return format!("{} {unit}", amount.round_dp(places).normalize());
        }
    }
    format!("{} ms", millis.round_dp(1).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_of_an_exact_duration_is_given() {
        for (millis, text) in [
            (0, "0 s"),
            (-5, "0 s"),
            (250, "250 ms"),
            (2_500, "2.5 s"),
            (90_000, "1 min 30 s"),
            (2_592_000_000, "30 d"),
            (90_000_001, "1 d 1 h 0.001 s"),
        ] {
            assert_eq!(exact(millis), text);
        }
    }

    #[test]
    fn a_rounded_duration_has_one_unit() {
        for (millis, text) in [
            (250, "250 ms"),
            (1_500, "1.5 s"),
            (180_000, "3 min"),
            (432_000_000, "5 d"),
        ] {
            assert_eq!(rounded(millis), text);
        }
    }

    #[test]
    fn a_mean_duration_uses_a_unit_of_which_it_has_at_least_two() {
        for (millis, text) in [
            ("99.5", "99.5 ms"),
            ("1000", "1 s"),
            ("90000", "90 s"),
            ("300000", "5 min"),
            ("7200000", "2 h"),
            ("172800000", "2 days"),
            ("8640000001", "100 days"),
            ("1000000000000", "31.71 years"),
            ("99000000000000000", "3139269 years"),
        ] {
            assert_eq!(mean(millis.parse().unwrap()), text);
        }
    }
}
