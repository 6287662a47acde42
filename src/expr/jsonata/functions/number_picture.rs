//! Pictures of numbers: `$formatNumber(12345.6, '#,##0.00')`.
//!
//! Unlike the reference implementation, Step Functions calculates with the decimal digits of a number and not with binary
//! fractions, so that rounding and large numbers are exact.
//! Source: "`XPath` and `XQuery` Functions and Operators 3.1", section 4.7, and JSONata 2.0.6's `formatNumber`.

use jsonata_core::evaluator::EvaluatorError;
use jsonata_core::value::JValue;

use super::environment::error;
use crate::expr::jsonata::limits::memory;
use crate::expr::jsonata::number_text::Digits;

/// The maximum length of a picture in bytes.
const MAX_LENGTH: usize = 10_000;

/// The symbols in pictures and in numbers.
pub(super) struct Symbols {
    decimal: char,
    grouping: char,
    exponent: String,
    minus: String,
    percent: String,
    per_mille: String,
    zero: char,
    digit: char,
    separator: char,
}

impl Symbols {
    /// The symbols of an object, with the usual ones for those that it does not have.
    pub(super) fn new(given: &JValue) -> Self {
        let text = |name: &str, usual: &str| {
            let given = given.as_object().and_then(|symbols| symbols.get(name));
            given
                .and_then(JValue::as_str)
                .filter(|text| !text.is_empty())
                .unwrap_or(usual)
                .to_owned()
        };
        let symbol = |name: &str, usual: char| {
            let text = text(name, "");
            text.chars().next().unwrap_or(usual)
        };
        Self {
            decimal: symbol("decimal-separator", '.'),
            grouping: symbol("grouping-separator", ','),
            exponent: text("exponent-separator", "e"),
            minus: text("minus-sign", "-"),
            percent: text("percent", "%"),
            per_mille: text("per-mille", "\u{2030}"),
            zero: symbol("zero-digit", '0'),
            digit: symbol("digit", '#'),
            separator: symbol("pattern-separator", ';'),
        }
    }

    /// Whether `c` is one of the ten digits.
    fn is_digit(&self, c: char) -> bool {
        let zero = u32::from(self.zero);
        (zero..zero + 10).contains(&u32::from(c))
    }

    fn is_any_digit(&self, c: char) -> bool {
        c == self.digit || self.is_digit(c)
    }

    /// Whether `c` has a meaning in pictures, apart from the exponent separator.
    fn is_active(&self, c: char) -> bool {
        self.is_any_digit(c) || [self.decimal, self.grouping, self.separator].contains(&c)
    }

    /// The digit that replaces an ASCII digit.
    fn translate(&self, digit: char) -> char {
        let value = digit.to_digit(10).unwrap_or_default();
        char::from_u32(u32::from(self.zero) + value).unwrap_or(digit)
    }
}

/// A parsed picture: one for positive and one for negative numbers.
pub(super) struct NumberPicture {
    positive: SubPicture,
    negative: Option<SubPicture>,
}

struct SubPicture {
    prefix: String,
    suffix: String,
    scale: Scale,
    /// The size of regular groups of the integer part, or the number of digits after each separator.
    grouping: Result<usize, Vec<usize>>,
    /// The number of digits before each separator of the fraction.
    fraction_groups: Vec<usize>,
    min_whole: usize,
    min_fraction: usize,
    max_fraction: usize,
    /// For an exponent: its minimum number of digits, and the number of digits before the decimal point.
    exponent: Option<(usize, usize)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    One,
    Percent,
    PerMille,
}

impl NumberPicture {
    pub(super) fn parse(picture: &str, symbols: &Symbols) -> Result<Self, EvaluatorError> {
        if picture.len() > MAX_LENGTH {
            return Err(memory());
        }
        let mut parts = picture.split(symbols.separator);
        let positive = SubPicture::parse(parts.next().unwrap_or_default(), symbols);
        let negative = parts.next().map(|part| SubPicture::parse(part, symbols));
        if parts.next().is_some() {
            return Err(error("D3080: more than two parts"));
        }
        Ok(Self {
            positive: positive?,
            negative: negative.transpose()?,
        })
    }

    /// Writes a finite number.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "all functions of the table have one signature"
    )]
    pub(super) fn format(&self, number: f64, symbols: &Symbols) -> Result<String, EvaluatorError> {
        let is_negative = number < 0.0;
        let digits = Digits::new(number);
        Ok(match &self.negative {
            Some(negative) if is_negative => negative.format(digits, symbols),
            None if is_negative => symbols.minus.clone() + &self.positive.format(digits, symbols),
            _ => self.positive.format(digits, symbols),
        })
    }
}

/// The parts of a sub-picture.
struct Parts<'p> {
    picture: &'p str,
    prefix: &'p str,
    active: &'p str,
    suffix: &'p str,
    whole: &'p str,
    fraction: Option<&'p str>,
    exponent: Option<&'p str>,
}

impl<'p> Parts<'p> {
    fn new(picture: &'p str, symbols: &Symbols) -> Self {
        let first = picture.find(|c| symbols.is_active(c));
        let last = picture.char_indices().rev().find(|(_, c)| symbols.is_active(*c));
        let start = first.unwrap_or(0);
        let end = last.map_or(picture.len(), |(at, c)| at + c.len_utf8());
        let active = &picture[start..end];
        let (mantissa, exponent) = match active.split_once(symbols.exponent.as_str()) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (active, None),
        };
        let (whole, fraction) = match mantissa.split_once(symbols.decimal) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        Self {
            picture,
            prefix: &picture[..start],
            active,
            suffix: &picture[end..],
            whole,
            fraction,
            exponent,
        }
    }

    /// The code of the last rule that the picture breaks, like the reference implementation.
    fn fault(&self, symbols: &Symbols) -> Option<&'static str> {
        let picture = self.picture;
        let has = |text: &str| picture.contains(text);
        let several = |text: &str| picture.matches(text).nth(1).is_some();
        let decimal = picture.find(symbols.decimal);
        let (percent, per_mille) = (symbols.percent.as_str(), symbols.per_mille.as_str());
        let fraction = self.fraction.unwrap_or_default();
        let mantissa = self.whole.chars().chain(fraction.chars());
        let next_to_decimal = decimal.is_some_and(|at| {
            picture[..at].ends_with(symbols.grouping)
                || picture[at + symbols.decimal.len_utf8()..].starts_with(symbols.grouping)
        });
        let is_passive = |c| !symbols.is_active(c) && !symbols.exponent.contains(c);
        let optional_after_digit = self
            .whole
            .find(symbols.digit)
            .is_some_and(|at| self.whole[..at].contains(|c| symbols.is_digit(c)));
        let digit_after_optional = fraction
            .find(symbols.digit)
            .is_some_and(|at| fraction[at..].contains(|c| symbols.is_digit(c)));
        let exponent_has_percent =
            self.exponent.is_some_and(|exponent| !exponent.is_empty()) && (has(percent) || has(per_mille));
        let bad_exponent = self
            .exponent
            .is_some_and(|exponent| exponent.is_empty() || !exponent.chars().all(|c| symbols.is_digit(c)));
        let rules = [
            (picture.matches(symbols.decimal).nth(1).is_some(), "D3081"),
            (several(percent), "D3082"),
            (several(per_mille), "D3083"),
            (has(percent) && has(per_mille), "D3084"),
            (!mantissa.clone().any(|c| symbols.is_any_digit(c)), "D3085"),
            (self.active.contains(is_passive), "D3086"),
            (next_to_decimal, "D3087"),
            (
                decimal.is_none() && self.whole.ends_with(symbols.grouping),
                "D3088",
            ),
            (has(&format!("{0}{0}", symbols.grouping)), "D3089"),
            (optional_after_digit, "D3090"),
            (digit_after_optional, "D3091"),
            (exponent_has_percent, "D3092"),
            (bad_exponent, "D3093"),
        ];
        let broken = rules.into_iter().rev().find(|(is_broken, _)| *is_broken);
        broken.map(|(_, code)| code)
    }
}

impl SubPicture {
    fn parse(picture: &str, symbols: &Symbols) -> Result<Self, EvaluatorError> {
        let parts = Parts::new(picture, symbols);
        if let Some(code) = parts.fault(symbols) {
            return Err(error(format!("{code}: invalid picture")));
        }
        let fraction = parts.fraction.unwrap_or_default();
        let count = |part: &str| part.chars().filter(|c| symbols.is_digit(*c)).count();
        let any = |part: &str| part.chars().filter(|c| symbols.is_any_digit(*c)).count();
        let groups = parts.whole.match_indices(symbols.grouping);
        let groups: Vec<usize> = groups.map(|(at, _)| any(&parts.whole[at..])).collect();
        let fraction_groups = fraction.match_indices(symbols.grouping);
        let digits = count(parts.whole);
        let (mut min_whole, mut min_fraction, mut max_fraction) = (digits, count(fraction), any(fraction));
        if min_whole == 0 && max_fraction == 0 {
            if parts.exponent.is_some() {
                (min_fraction, max_fraction) = (1, 1);
            } else {
                min_whole = 1;
            }
        }
        if parts.exponent.is_some() && min_whole == 0 && parts.whole.contains(symbols.digit) {
            min_whole = 1;
        }
        if min_whole == 0 && min_fraction == 0 {
            min_fraction = 1;
        }
        let scale = if picture.contains(symbols.percent.as_str()) {
            Scale::Percent
        } else if picture.contains(symbols.per_mille.as_str()) {
            Scale::PerMille
        } else {
            Scale::One
        };
        Ok(Self {
            prefix: parts.prefix.to_owned(),
            suffix: parts.suffix.to_owned(),
            scale,
            grouping: regular_size(&groups).ok_or(groups),
            fraction_groups: fraction_groups.map(|(at, _)| any(&fraction[..at])).collect(),
            min_whole,
            min_fraction,
            max_fraction,
            exponent: parts.exponent.map(|exponent| (count(exponent), digits)),
        })
    }

    fn format(&self, mut digits: Digits, symbols: &Symbols) -> String {
        if !digits.digits.is_empty() {
            digits.point += match self.scale {
                Scale::One => 0,
                Scale::Percent => 2,
                Scale::PerMille => 3,
            };
        }
        let exponent = self
            .exponent
            .map(|(width, before)| (width, shift(&mut digits, before)));
        digits.round(self.max_fraction);
        let whole: Vec<char> = digits.whole().collect();
        let fraction: Vec<char> = digits.fraction().collect();
        let mut out = self.prefix.clone();
        self.write_whole(&whole, symbols, &mut out);
        if fraction.len().max(self.min_fraction) > 0 {
            out.push(symbols.decimal);
            self.write_fraction(&fraction, symbols, &mut out);
        }
        if let Some((width, exponent)) = exponent {
            out.push_str(&symbols.exponent);
            out.push_str(if exponent < 0 { &symbols.minus } else { "" });
            let text = format!("{:0width$}", exponent.unsigned_abs());
            out.extend(text.chars().map(|digit| symbols.translate(digit)));
        }
        out.push_str(&self.suffix);
        out
    }

    fn write_whole(&self, digits: &[char], symbols: &Symbols, out: &mut String) {
        let count = digits.len().max(self.min_whole);
        let zeros = std::iter::repeat_n('0', count - digits.len());
        for (index, digit) in zeros.chain(digits.iter().copied()).enumerate() {
            let left = count - index;
            let is_separated = match &self.grouping {
                Ok(size) => index > 0 && left.is_multiple_of(*size),
                Err(groups) => groups.contains(&left),
            };
            if is_separated {
                out.push(symbols.grouping);
            }
            out.push(symbols.translate(digit));
        }
    }

    fn write_fraction(&self, digits: &[char], symbols: &Symbols, out: &mut String) {
        let count = digits.len().max(self.min_fraction);
        let zeros = std::iter::repeat_n('0', count - digits.len());
        for (index, digit) in digits.iter().copied().chain(zeros).enumerate() {
            if index > 0 && self.fraction_groups.contains(&index) {
                out.push(symbols.grouping);
            }
            out.push(symbols.translate(digit));
        }
    }
}

/// Moves the decimal point so that `before` digits precede it, and returns the exponent. A power of ten may have one more.
fn shift(digits: &mut Digits, before: usize) -> i32 {
    let before = i32::try_from(before).unwrap_or(i32::MAX);
    if digits.digits.is_empty() {
        return 0;
    }
    let is_power = digits.digits == [b'1'];
    let point = if is_power && digits.point > before {
        before + 1
    } else {
        before
    };
    let exponent = digits.point - point;
    digits.point = point;
    exponent
}

/// The size of regular groups, if there is a separator at each multiple of it.
fn regular_size(groups: &[usize]) -> Option<usize> {
    const fn gcd(a: usize, b: usize) -> usize {
        if b == 0 { a } else { gcd(b, a % b) }
    }
    let size = groups.iter().fold(0, |size, group| gcd(size, *group));
    let is_regular = (1..=groups.len()).all(|count| groups.contains(&(count * size)));
    (size > 0 && is_regular).then_some(size)
}
