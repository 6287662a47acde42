//! The text form of numbers, as Step Functions writes them in strings.

use std::fmt::Write as _;

/// The significant digits of a number, and where its decimal point is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Digits {
    pub(super) negative: bool,
    /// Without leading and trailing zeros; empty for 0. These are the fewest digits that identify the number.
    #[expect(clippy::struct_field_names, reason = "they are the digits")]
    pub(super) digits: Vec<u8>,
    /// The number of digits before the decimal point; it may be negative, and larger than the number of digits.
    pub(super) point: i32,
}

impl Digits {
    /// The digits of a finite number.
    pub(super) fn new(number: f64) -> Self {
        let mut text = String::with_capacity(24);
        let _ = write!(text, "{number:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        Self {
            negative: number < 0.0,
            point: exponent.parse::<i32>().unwrap_or_default() + 1,
            digits,
        }
    }

    /// Rounds to that many digits after the decimal point: halves to even.
    pub(super) fn round(&mut self, places: usize) {
        let kept = i64::from(self.point) + i64::try_from(places).unwrap_or(i64::MAX);
        let Ok(kept) = usize::try_from(kept) else {
            self.digits.clear();
            return;
        };
        if kept >= self.digits.len() {
            return;
        }
        let is_odd = kept > 0 && self.digits[kept - 1] % 2 == 1;
        let is_up = match self.digits[kept].cmp(&b'5') {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => kept + 1 < self.digits.len() || is_odd,
            std::cmp::Ordering::Greater => true,
        };
        self.digits.truncate(kept);
        if is_up {
            self.increment();
        }
        self.trim();
    }

    /// Cuts it to that many significant digits, toward minus infinity.
    fn floor_to(&mut self, count: usize) {
        if self.digits.len() > count {
            self.digits.truncate(count);
            if self.negative {
                self.increment();
            }
            self.trim();
        }
    }

    /// Adds one to the last digit.
    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                return;
            }
            *digit = b'0';
        }
        self.digits.insert(0, b'1');
        self.point += 1;
    }

    fn trim(&mut self) {
        while self.digits.last() == Some(&b'0') {
            self.digits.pop();
        }
    }

    /// The digits before the decimal point; empty below 1.
    pub(super) fn whole(&self) -> impl Iterator<Item = char> {
        let whole = usize::try_from(self.point).unwrap_or(0);
        let digits = self.digits.iter().map(|digit| char::from(*digit));
        let zeros = std::iter::repeat_n('0', whole.saturating_sub(self.digits.len()));
        let count = if self.digits.is_empty() { 0 } else { whole };
        digits.chain(zeros).take(count)
    }

    /// The digits after the decimal point; empty for integers.
    pub(super) fn fraction(&self) -> impl Iterator<Item = char> {
        let count = if self.digits.is_empty() {
            0
        } else {
            usize::try_from(-self.point).unwrap_or(0)
        };
        let whole = usize::try_from(self.point).unwrap_or(0);
        let digits = self.digits.iter().skip(whole).map(|digit| char::from(*digit));
        std::iter::repeat_n('0', count).chain(digits)
    }
}

/// The digits of a nonnegative integer, without an exponent.
pub(super) fn whole_digits(number: f64) -> String {
    let digits: String = Digits::new(number).whole().collect();
    if digits.is_empty() { "0".to_owned() } else { digits }
}

/// The number of significant digits that Step Functions writes.
const SIGNIFICANT: usize = 15;

/// Appends a finite number as `$string` writes it: integers below 1e21 in digits; all others cut to 15 significant digits,
/// with an exponent from 1e-7 down and where the digits end before the decimal point.
pub(super) fn write(number: f64, out: &mut String) {
    if number == 0.0 {
        out.push('0');
        return;
    }
    if number.fract() == 0.0 && number.abs() < 1e15 {
        let _ = write!(out, "{number}");
        return;
    }
    let mut digits = Digits::new(number);
    out.push_str(if digits.negative { "-" } else { "" });
    if number.fract() == 0.0 && number.abs() < 1e21 {
        out.extend(digits.whole());
        return;
    }
    digits.floor_to(SIGNIFICANT);
    let last = i32::try_from(digits.digits.len()).unwrap_or(i32::MAX);
    if digits.point > last || digits.point < -5 {
        let mut mantissa = digits.digits.iter().map(|digit| char::from(*digit));
        out.extend(mantissa.next());
        if last > 1 {
            out.push('.');
            out.extend(mantissa);
        }
        let _ = write!(out, "e{:+}", digits.point - 1);
        return;
    }
    if digits.point <= 0 {
        out.push('0');
    }
    out.extend(digits.whole());
    let mut fraction = digits.fraction().peekable();
    if fraction.peek().is_some() {
        out.push('.');
        out.extend(fraction);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_numbers_like_step_functions() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (42.0, "42"),
            (-1.5, "-1.5"),
            (1.5e16, "15000000000000000"),
            (1e20, "100000000000000000000"),
            (1.5e21, "1.5e+21"),
            (1e100, "1e+100"),
            (2.0 / 3.0, "0.666666666666666"),
            (-2.0 / 3.0, "-0.666666666666667"),
            (0.1 + 0.2, "0.3"),
            (0.3, "0.3"),
            (22.0 / 7.0, "3.14285714285714"),
            (1_234_567_890_123_456.7, "1.23456789012345e+15"),
            (123_456_789_012_345.5, "123456789012345"),
            (100.000_000_000_000_1, "1e+2"),
            (1e-6, "0.000001"),
            (0.000_000_15, "1.5e-7"),
            (1e-100, "1e-100"),
            (-0.999_999_999_999_999_9, "-1"),
            (f64::MAX, "1.79769313486231e+308"),
        ] {
            let mut out = String::new();
            write(number, &mut out);
            assert_eq!(out, text, "{number}");
        }
    }

    #[test]
    fn rounds_halves_to_even() {
        let rounded = |number: f64, places: usize| {
            let mut digits = Digits::new(number);
            digits.round(places);
            let [whole, fraction]: [String; 2] = [digits.whole().collect(), digits.fraction().collect()];
            format!("{whole}.{fraction}")
        };
        assert_eq!(rounded(2.5, 0), "2.");
        assert_eq!(rounded(3.5, 0), "4.");
        assert_eq!(rounded(0.5, 0), ".");
        assert_eq!(rounded(0.51, 0), "1.");
        assert_eq!(rounded(2.675, 2), "2.68");
        assert_eq!(rounded(0.125, 2), ".12");
        assert_eq!(rounded(9.996, 2), "10.");
        assert_eq!(rounded(0.001, 2), ".");
        assert_eq!(rounded(0.004_5, 3), ".004");
        assert_eq!(rounded(1e22, 2), "10000000000000000000000.");
    }
}
