//! Numbers that preserve their text.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// A JSON number: its exact value, and the text it was written as.
#[derive(Clone)]
pub struct Number(Form);

/// Invariant: a text that is the canonical form of an `i64` is `Integer`, else one that is the canonical form
/// of an `f64` is `Float`; `Text` is used for all others. So equal texts have equal forms.
#[derive(Clone)]
enum Form {
    Integer(i64),
    /// Finite.
    Float(f64),
    Text(Rc<str>),
}

/// The largest integer up to which every integer has an exact `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;
const EXACT_INTEGER: u64 = 9_007_199_254_740_992;

impl Number {
    /// The number written as `text`, which must be a valid JSON number.
    pub(super) fn from_json(text: &str) -> Self {
        if let Ok(integer) = text.parse::<i64>()
            && text != "-0"
        {
            return Self(Form::Integer(integer));
        }
        match text.parse::<f64>() {
            Ok(float) if is_short_decimal(text) || (float.is_finite() && canonical(float) == text) => {
                Self(Form::Float(float))
            }
            _ => Self(Form::Text(text.into())),
        }
    }

    /// The number with the value of `float`; `None` for infinities and NaN, which JSON does not have.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be an integer of at most 2^53"
    )]
    pub fn from_f64(float: f64) -> Option<Self> {
        if !float.is_finite() {
            return None;
        }
        if float.fract() == 0.0 && float.abs() <= EXACT {
            return Some(Self(Form::Integer(float as i64)));
        }
        Some(Self(Form::Float(float)))
    }

    /// The value, if it is written as an integer that fits.
    pub const fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Form::Integer(integer) => Some(integer),
            _ => None,
        }
    }

    /// The nearest `f64`; infinite if the number is out of range.
    #[expect(clippy::cast_precision_loss, reason = "the nearest value is asked for")]
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Form::Integer(integer) => *integer as f64,
            Form::Float(float) => *float,
            Form::Text(text) => text.parse().unwrap_or(f64::NAN),
        }
    }

    /// Whether the number and its text survive a conversion to `f64` and back.
    pub(crate) fn survives_f64(&self) -> bool {
        match &self.0 {
            Form::Integer(integer) => integer.unsigned_abs() <= EXACT_INTEGER,
            // Of the floats that are integers in that range, only -0 is not an `Integer`.
            Form::Float(float) => *float != 0.0,
            Form::Text(_) => false,
        }
    }

    /// Appends its text.
    pub(super) fn push_text(&self, out: &mut String) {
        match &self.0 {
            Form::Integer(integer) => out.push_str(itoa::Buffer::new().format(*integer)),
            Form::Float(float) => out.push_str(&canonical(*float)),
            Form::Text(text) => out.push_str(text),
        }
    }

    /// The length of its text in bytes.
    pub(super) fn text_len(&self) -> usize {
        match &self.0 {
            Form::Integer(integer) => {
                let digits = integer.unsigned_abs().checked_ilog10().unwrap_or(0) as usize + 1;
                digits + usize::from(*integer < 0)
            }
            Form::Float(float) => canonical(*float).len(),
            Form::Text(text) => text.len(),
        }
    }

    /// Whether the value has no fractional part, regardless of its form (`1.0` and `1e3` have none).
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Form::Integer(_) => true,
            Form::Float(float) => float.fract() == 0.0,
            Form::Text(text) => Decimal::from_text(text).exponent >= 0,
        }
    }

    fn decimal<R>(&self, read: impl FnOnce(Decimal) -> R) -> R {
        match &self.0 {
            Form::Text(text) => read(Decimal::from_text(text)),
            _ => read(Decimal::from_text(&self.to_string())),
        }
    }
}

/// The text that JavaScript prints for a number: the shortest digits that read back, with an exponent from 1e21 and
/// below 1e-6.
fn canonical(float: f64) -> String {
    let magnitude = float.abs();
    if magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude) {
        let text = format!("{float:e}");
        return match text.split_once('e') {
            Some((digits, exponent)) if !exponent.starts_with('-') => format!("{digits}e+{exponent}"),
            _ => text,
        };
    }
    float.to_string()
}

/// Whether the text of a JSON number is clearly the canonical form of its `f64`. Two texts of up to 15 digits never have
/// the same `f64`, so a plain one without redundant zeros is the shortest form of its value.
fn is_short_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let Some((whole, fraction)) = digits.split_once('.') else {
        return false;
    };
    // A nonzero digit in the first five places makes the magnitude at least 1e-6.
    digits.len() <= 16
        && fraction.bytes().all(|b| b.is_ascii_digit())
        && !fraction.ends_with('0')
        && (whole != "0" || fraction.bytes().take(5).any(|b| b != b'0'))
}

/// A number as `sign 0.digits × 10^…`, without leading or trailing zeros, so that equal numbers have equal parts.
#[derive(PartialEq, Eq, Hash)]
struct Decimal {
    negative: bool,
    /// Without leading or trailing zeros; empty for zero.
    digits: Vec<u8>,
    /// Of the last digit. 0 for zero.
    exponent: i64,
}

impl Decimal {
    fn from_text(text: &str) -> Self {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = [whole, fraction].concat();
        let trimmed = digits.trim_end_matches('0');
        let significant = trimmed.trim_start_matches('0');
        if significant.is_empty() {
            return Self {
                negative: false,
                digits: Vec::new(),
                exponent: 0,
            };
        }
        // An exponent beyond i64 only needs to be huge.
        let written = exponent
            .trim_start_matches('+')
            .parse()
            .unwrap_or(if exponent.starts_with('-') {
                i64::MIN / 4
            } else {
                i64::MAX / 4
            });
        let dropped = digits.len() - trimmed.len();
        let shift = i64::try_from(dropped).unwrap_or(0) - i64::try_from(fraction.len()).unwrap_or(0);
        Self {
            negative,
            digits: significant.bytes().collect(),
            exponent: written.saturating_add(shift),
        }
    }

    fn compare_magnitude(&self, other: &Self) -> Ordering {
        let top = |d: &Self| {
            (
                !d.digits.is_empty(),
                d.exponent
                    .saturating_add(i64::try_from(d.digits.len()).unwrap_or(0)),
            )
        };
        top(self)
            .cmp(&top(other))
            .then_with(|| self.digits.cmp(&other.digits))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares exact values: `1` equals `1.0`, and 20-digit integers differ in their last digit.
impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Form::Integer(a), Form::Integer(b)) => a.cmp(b),
            (Form::Float(a), Form::Float(b)) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
            _ => self.decimal(|a| {
                other.decimal(|b| match (a.negative, b.negative) {
                    (false, true) => Ordering::Greater,
                    (true, false) => Ordering::Less,
                    (false, false) => a.compare_magnitude(&b),
                    (true, true) => b.compare_magnitude(&a),
                })
            }),
        }
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.decimal(|decimal| decimal.hash(state));
    }
}

/// The text as written; the canonical form for a computed number.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Integer(integer) => write!(f, "{integer}"),
            Form::Float(float) => f.write_str(&canonical(*float)),
            Form::Text(text) => f.write_str(text),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<i64> for Number {
    fn from(integer: i64) -> Self {
        Self(Form::Integer(integer))
    }
}

impl From<&serde_json::Number> for Number {
    fn from(number: &serde_json::Number) -> Self {
        Self::from_json(&number.to_string())
    }
}

impl From<&Number> for serde_json::Value {
    fn from(number: &Number) -> Self {
        if let Some(integer) = number.as_i64() {
            return integer.into();
        }
        if let Ok(unsigned) = number.to_string().parse::<u64>() {
            return unsigned.into();
        }
        serde_json::Number::from_f64(number.as_f64()).map_or(Self::Null, Self::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn short_decimals_are_canonical(text in "-?(0|[1-9][0-9]{0,9})\\.0{0,6}[0-9]{1,9}") {
            prop_assert!(!is_short_decimal(&text) || canonical(text.parse().unwrap()) == text);
        }
    }

    #[test]
    fn prints_computed_numbers_like_javascript() {
        let text = |f: f64| Number::from_f64(f).unwrap().to_string();
        assert_eq!(
            [1.0, -0.0, 0.1, 1e21, 1e20, 1.5e-7, 1e-6, 123.456].map(text),
            [
                "1",
                "0",
                "0.1",
                "1e+21",
                "100000000000000000000",
                "1.5e-7",
                "0.000001",
                "123.456"
            ]
        );
        assert!(Number::from_f64(f64::NAN).is_none());
    }

    #[test]
    fn computes_the_length_of_the_json_text() {
        for text in [
            "0",
            "-0",
            "7",
            "-10",
            "999",
            "1000",
            "9223372036854775807",
            "-9223372036854775808",
            "0.5",
            "1e3",
        ] {
            let number = Number::from_json(text);
            assert_eq!(number.text_len(), text.len(), "{text}");
            let mut printed = String::new();
            number.push_text(&mut printed);
            assert_eq!((printed.as_str(), number.to_string().as_str()), (text, text));
        }
    }

    #[test]
    fn prints_numbers_unchanged_after_a_lossless_conversion() {
        for text in [
            "0",
            "-0",
            "1",
            "1.0",
            "0.1",
            "1e21",
            "9007199254740992",
            "9007199254740993",
            "-9007199254740992",
            "12345678901234567890",
            "100000000000000000000",
        ] {
            let number = Number::from_json(text);
            let through = Number::from_f64(number.as_f64()).unwrap().to_string();
            assert_eq!(number.survives_f64(), through == text, "{text}");
        }
    }

    #[test]
    fn compares_numbers_exactly() {
        let n = Number::from_json;
        assert!(n("-2") < n("-1.5") && n("-1") < n("0.0") && n("0.09") < n("1e-1") && n("2") > n("1.99e0"));
        assert!(n("12345678901234567890") < n("12345678901234567891") && n("1e400") > n("9e399"));
        assert!(n("-0.0") == n("0") && n("100") == n("1e2"));
    }

    #[test]
    fn recognizes_integers_in_every_form() {
        let is = |text: &str| Number::from_json(text).is_integer();
        assert!(is("1") && is("1.0") && is("1e3") && is("1.5e1") && is("0.0") && !is("1.5") && !is("1e-1"));
    }
}
