//! Pictures of integers: decimal digits, letters, Roman numerals, and words.

use super::error::{MAX_LENGTH, PictureError, check_length};
use super::words;
use crate::expr::jsonata::number_text::whole_digits;

/// A parsed picture.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::expr::jsonata) struct IntegerPicture {
    pub(super) format: Format,
    ordinal: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Format {
    /// Counted as in the columns of a spreadsheet, from this letter.
    Letters(char),
    Roman {
        upper: bool,
    },
    Words(Case),
    Decimal(Decimal),
    /// A numbering sequence that starts with this text; none is supported.
    Sequence(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Lower,
    Title,
}

impl Case {
    pub(super) fn apply(self, text: &str) -> String {
        match self {
            Self::Upper => text.to_uppercase(),
            Self::Lower => text.to_lowercase(),
            Self::Title => text.to_owned(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Decimal {
    zero: char,
    /// The minimum number of digits.
    pub(super) mandatory: usize,
    pub(super) optional: usize,
    grouping: Grouping,
}

#[derive(Debug, Clone, PartialEq)]
enum Grouping {
    /// The separator after each group of that many digits, counted from the right.
    Regular(usize, char),
    /// The separators, and the number of digits to the right of each.
    Irregular(Vec<(usize, char)>),
}

/// The zeros of the decimal digit families.
const ZEROS: [u32; 37] = [
    0x30, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
];

const ROMAN: [(f64, &str); 13] = [
    (1000.0, "m"),
    (900.0, "cm"),
    (500.0, "d"),
    (400.0, "cd"),
    (100.0, "c"),
    (90.0, "xc"),
    (50.0, "l"),
    (40.0, "xl"),
    (10.0, "x"),
    (9.0, "ix"),
    (5.0, "v"),
    (4.0, "iv"),
    (1.0, "i"),
];

/// The largest number that is written in Roman numerals: a thousand is one letter.
const MAX_ROMAN: f64 = 4_194_304.0;

fn zero_of(c: char) -> Option<char> {
    let code = u32::from(c);
    let zero = ZEROS.into_iter().find(|zero| (*zero..*zero + 10).contains(&code));
    zero.and_then(char::from_u32)
}

impl IntegerPicture {
    /// Parses a picture such as `0001`, `I`, `Ww`, or `#,##0;o`.
    pub(in crate::expr::jsonata) fn parse(picture: &str) -> Result<Self, PictureError> {
        check_length(picture)?;
        let (primary, modifier) = picture.rsplit_once(';').unwrap_or((picture, ""));
        let format = match primary {
            "A" => Format::Letters('A'),
            "a" => Format::Letters('a'),
            "I" => Format::Roman { upper: true },
            "i" => Format::Roman { upper: false },
            "W" => Format::Words(Case::Upper),
            "w" => Format::Words(Case::Lower),
            "Ww" => Format::Words(Case::Title),
            _ => match Decimal::parse(primary)? {
                Some(decimal) => Format::Decimal(decimal),
                None => Format::Sequence(primary.to_owned()),
            },
        };
        Ok(Self {
            format,
            ordinal: modifier.starts_with('o'),
        })
    }

    /// The decimal format, if it is one.
    pub(super) const fn decimal(&self) -> Option<&Decimal> {
        match &self.format {
            Format::Decimal(decimal) => Some(decimal),
            _ => None,
        }
    }

    pub(super) const fn decimal_mut(&mut self) -> Option<&mut Decimal> {
        match &mut self.format {
            Format::Decimal(decimal) => Some(decimal),
            _ => None,
        }
    }

    /// Writes a finite integer.
    pub(in crate::expr::jsonata) fn format(&self, number: f64) -> Result<String, PictureError> {
        let size = number.abs();
        let mut text = match &self.format {
            Format::Letters(first) => letters(size, *first),
            Format::Roman { .. } if size > MAX_ROMAN => return Err(PictureError::TooLong),
            Format::Roman { upper: true } => roman(size).to_uppercase(),
            Format::Roman { upper: false } => roman(size),
            Format::Words(case) => case.apply(&words::to_words(size, self.ordinal)),
            Format::Decimal(decimal) => decimal.format(size)?,
            Format::Sequence(first) => return Err(PictureError::new("D3130", first)),
        };
        if self.ordinal && self.decimal().is_some() {
            let mut last = text.chars().rev();
            let suffix = match (last.next(), last.next()) {
                (_, Some('1')) => "th",
                (Some('1'), _) => "st",
                (Some('2'), _) => "nd",
                (Some('3'), _) => "rd",
                _ => "th",
            };
            text.push_str(suffix);
        }
        if number < 0.0 {
            text.insert(0, '-');
        }
        Ok(text)
    }

    /// A regular expression for a number in this format; `width` is its exact number of digits, if it must be known.
    pub(super) fn pattern(&self, width: Option<usize>) -> Result<String, PictureError> {
        Ok(match &self.format {
            Format::Letters(_) => "[a-z]+".to_owned(),
            Format::Roman { .. } => "[mdclxvi]+".to_owned(),
            Format::Words(_) => words::pattern(),
            Format::Decimal(_) => {
                let digits = match width {
                    Some(width) => format!("[0-9]{{{width}}}"),
                    None => "[0-9]+".to_owned(),
                };
                let suffix = if self.ordinal { "(?:th|st|nd|rd)" } else { "" };
                digits + suffix
            }
            Format::Sequence(first) => return Err(PictureError::new("D3130", first)),
        })
    }

    /// The number in a string that matches [`Self::pattern`]. Other strings give what JavaScript's `parseInt` gives: the
    /// number at their beginning, or NaN.
    pub(in crate::expr::jsonata) fn read(&self, text: &str) -> Result<f64, PictureError> {
        Ok(match &self.format {
            Format::Letters(first) => text.chars().fold(0.0, |number, c| {
                number * 26.0 + f64::from(u32::from(c)) - f64::from(u32::from(*first)) + 1.0
            }),
            Format::Roman { .. } => from_roman(text),
            Format::Words(_) => {
                words::from_words(&text.to_lowercase()).ok_or_else(|| PictureError::new("D3136", ""))?
            }
            Format::Decimal(decimal) => leading_integer(&decimal.digits(text, self.ordinal)),
            Format::Sequence(first) => return Err(PictureError::new("D3130", first)),
        })
    }
}

impl Decimal {
    /// `None` if the picture has no digit.
    fn parse(picture: &str) -> Result<Option<Self>, PictureError> {
        let mut zero = None;
        let (mut mandatory, mut optional) = (0, 0);
        let mut separators = Vec::new();
        for c in picture.chars().rev() {
            if let Some(family) = zero_of(c) {
                if *zero.get_or_insert(family) != family {
                    return Err(PictureError::new("D3131", ""));
                }
                mandatory += 1;
            } else if c == '#' {
                optional += 1;
            } else {
                separators.push((mandatory + optional, c));
            }
        }
        Ok(zero.map(|zero| Self {
            zero,
            mandatory,
            optional,
            grouping: match regular(&separators) {
                Some((size, separator)) => Grouping::Regular(size, separator),
                None => Grouping::Irregular(separators),
            },
        }))
    }

    /// The separator of regular groups, which a time zone's hours and minutes have between them.
    pub(super) const fn regular_separator(&self) -> Option<char> {
        match self.grouping {
            Grouping::Regular(_, separator) => Some(separator),
            Grouping::Irregular(_) => None,
        }
    }

    fn format(&self, number: f64) -> Result<String, PictureError> {
        if self.mandatory > MAX_LENGTH {
            return Err(PictureError::TooLong);
        }
        let digits = whole_digits(number);
        let mut remaining = digits.len().max(self.mandatory);
        let padding = std::iter::repeat_n('0', remaining - digits.len());
        let mut out = String::with_capacity(remaining + remaining / 2);
        for (written, digit) in padding.chain(digits.chars()).enumerate() {
            if written > 0 {
                self.separate(remaining, &mut out);
            } else if let Grouping::Irregular(separators) = &self.grouping {
                let before = separators.iter().filter(|(position, _)| *position >= remaining);
                out.extend(before.map(|(_, separator)| separator));
            }
            let value = digit.to_digit(10).unwrap_or_default();
            out.push(char::from_u32(u32::from(self.zero) + value).unwrap_or(digit));
            remaining -= 1;
        }
        Ok(out)
    }

    /// Appends the separators before a number's last `remaining` digits.
    fn separate(&self, remaining: usize, out: &mut String) {
        match &self.grouping {
            Grouping::Regular(size, separator) if remaining.is_multiple_of(*size) => out.push(*separator),
            Grouping::Regular(..) => {}
            Grouping::Irregular(separators) => {
                let here = separators
                    .iter()
                    .rev()
                    .filter(|(position, _)| *position == remaining);
                out.extend(here.map(|(_, separator)| separator));
            }
        }
    }

    /// The ASCII digits of a string, without its separators and its ordinal suffix.
    fn digits(&self, text: &str, ordinal: bool) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        if ordinal && chars.len() >= 2 {
            chars.truncate(chars.len() - 2);
        }
        let separates = |c: char| match &self.grouping {
            // The reference implementation removes commas here, whatever the separator is.
            Grouping::Regular(..) => c == ',',
            Grouping::Irregular(separators) => separators.iter().any(|(_, separator)| *separator == c),
        };
        let digit = |c: char| match u32::from(c).checked_sub(u32::from(self.zero)) {
            Some(value @ 0..10) => char::from_digit(value, 10).unwrap_or(c),
            _ => c,
        };
        chars.into_iter().filter(|c| !separates(*c)).map(digit).collect()
    }
}

/// The size and the separator of regular groups: the same separator at every multiple of the size.
fn regular(separators: &[(usize, char)]) -> Option<(usize, char)> {
    let &(_, separator) = separators.first()?;
    if separators.iter().any(|(_, other)| *other != separator) {
        return None;
    }
    let size = separators
        .iter()
        .fold(0, |size, (position, _)| gcd(size, *position));
    // The separators are in order, so each multiple has its place.
    let is_regular = (1..)
        .zip(separators)
        .all(|(count, (position, _))| *position == count * size);
    (size > 0 && is_regular).then_some((size, separator))
}

const fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn letters(mut number: f64, first: char) -> String {
    let mut letters = Vec::new();
    while number >= 1.0 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 26")]
        let offset = ((number - 1.0) % 26.0) as u32;
        letters.push(char::from_u32(u32::from(first) + offset).unwrap_or(first));
        number = ((number - 1.0) / 26.0).floor();
    }
    letters.iter().rev().collect()
}

fn roman(mut number: f64) -> String {
    let mut out = String::new();
    for (value, text) in ROMAN {
        while number >= value {
            out.push_str(text);
            number -= value;
        }
    }
    out
}

fn from_roman(text: &str) -> f64 {
    let (mut number, mut largest) = (0.0, 1.0);
    for c in text.chars().rev() {
        let value = match c.to_ascii_uppercase() {
            'M' => 1000.0,
            'D' => 500.0,
            'C' => 100.0,
            'L' => 50.0,
            'X' => 10.0,
            'V' => 5.0,
            'I' => 1.0,
            _ => 0.0,
        };
        if value < largest {
            number -= value;
        } else {
            largest = value;
            number += value;
        }
    }
    number
}

/// JavaScript's `parseInt`.
pub(super) fn leading_integer(text: &str) -> f64 {
    let text = text.trim_start();
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = unsigned.len() - unsigned.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = unsigned[..digits].parse().unwrap_or(f64::NAN);
    if text.starts_with('-') { -number } else { number }
}
