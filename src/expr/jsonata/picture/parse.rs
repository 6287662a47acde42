//! Reading times that are written in a picture.

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};

use super::component::{Component, Presentation};
use super::date::{DAY, DatePicture, DateTime, Item, float, names};
use super::error::PictureError;
use super::integer::Decimal;
use crate::expr::jsonata::calendar::Date;

/// The maximum size of a compiled picture, in bytes.
const MAX_COMPILED: usize = 1 << 20;

impl DatePicture {
    /// The time in milliseconds; `None` if the text does not match the picture. Parts of the date before the first one in
    /// the picture are those of `now`.
    pub(in crate::expr::jsonata) fn read(&self, text: &str, now: i64) -> Result<Option<f64>, PictureError> {
        let pattern = self.pattern()?;
        let Some(groups) = pattern.captures(text) else {
            return Ok(None);
        };
        let mut values = HashMap::new();
        let components = self.items.iter().filter_map(|item| match item {
            Item::Component(component) => Some(component),
            Item::Literal(_) => None,
        });
        for (index, component) in (1..).zip(components) {
            let captured = groups.get(index).map_or("", |group| group.as_str());
            values.insert(component.specifier, component.read(captured)?);
        }
        if values.is_empty() {
            return Ok(None);
        }
        resolve(values, &DateTime::new(now)).map(Some)
    }

    /// A regular expression with a group for each component.
    fn pattern(&self) -> Result<Regex, PictureError> {
        let mut pattern = "^".to_owned();
        for item in &self.items {
            match item {
                Item::Literal(text) => pattern.push_str(&regex::escape(text)),
                // All characters of a component are ASCII, so `ſ` does not match `s`.
                Item::Component(component) => {
                    pattern.push_str("((?-u:");
                    pattern.push_str(&component.pattern()?);
                    pattern.push_str("))");
                }
            }
        }
        pattern.push('$');
        let mut builder = RegexBuilder::new(&pattern);
        let built = builder.case_insensitive(true).size_limit(MAX_COMPILED).build();
        built.map_err(|_| PictureError::TooLong)
    }
}

impl Component {
    fn pattern(&self) -> Result<String, PictureError> {
        Ok(match (self.specifier, &self.presentation) {
            ('Z' | 'z', Presentation::Number(picture)) => {
                let prefix = if self.specifier == 'z' { "GMT" } else { "" };
                let separator = picture.decimal().and_then(Decimal::regular_separator);
                let minutes = separator
                    .map(|separator| format!("(?u:{})[0-9]+", regex::escape(&separator.to_string())));
                format!("{prefix}[-+][0-9]+{}", minutes.unwrap_or_default())
            }
            ('f', Presentation::Number(_)) => "[0-9]+".to_owned(),
            (_, Presentation::Number(picture)) => picture.pattern(self.parsed_width)?,
            ('M' | 'x' | 'F' | 'P', _) => "[a-z]+".to_owned(),
            (specifier, _) => return Err(PictureError::new("D3133", specifier)),
        })
    }

    /// The value of a string that matches the component's pattern.
    fn read(&self, text: &str) -> Result<f64, PictureError> {
        let invalid = || PictureError::new("D3136", "");
        match (self.specifier, &self.presentation) {
            ('Z' | 'z', Presentation::Number(picture)) => {
                let separator = picture.decimal().and_then(Decimal::regular_separator);
                read_zone(
                    text.get(text.find(['-', '+']).unwrap_or(0)..).unwrap_or(text),
                    separator,
                )
                .ok_or_else(invalid)
            }
            ('f', Presentation::Number(_)) => {
                let digits = text.bytes().chain(std::iter::repeat(b'0')).take(3);
                Ok(digits.fold(0.0, |millis, digit| millis * 10.0 + f64::from(digit - b'0')))
            }
            (_, Presentation::Number(picture)) => picture.read(text),
            ('P', _) => match text.to_ascii_lowercase().as_str() {
                "am" => Ok(0.0),
                "pm" => Ok(1.0),
                _ => Err(invalid()),
            },
            (specifier, _) => {
                let width = self.max_width.unwrap_or(usize::MAX);
                let is_named = |name: &&str| name.get(..width.min(name.len())) == Some(text);
                let names = names(specifier).ok_or_else(invalid)?;
                let index = names.iter().position(is_named).ok_or_else(invalid)?;
                Ok(float(i64::try_from(index).unwrap_or_default() + 1))
            }
        }
    }
}

/// The minutes of an offset that begins with its sign: `+5`, `-0800`, `+05:30`.
fn read_zone(text: &str, separator: Option<char>) -> Option<f64> {
    let (hours, minutes) = match separator {
        Some(separator) => text.split_once(separator)?,
        None if text.len() <= 3 => (text, "0"),
        None => text.split_at(3),
    };
    let [hours, minutes]: [f64; 2] = [hours.parse().ok()?, minutes.parse().ok()?];
    Some(hours * 60.0 + minutes)
}

/// Whether the given components are some of `allowed`, and only those.
fn is_among(values: &HashMap<char, f64>, all: &str, allowed: &str) -> bool {
    let mut given = all
        .chars()
        .filter(|specifier| values.contains_key(specifier))
        .peekable();
    given.peek().is_some() && given.all(|specifier| allowed.contains(specifier))
}

/// The time with these components. The larger ones that are missing are those of `now`, the smaller ones are the least
/// possible; none between two given ones may be missing.
fn resolve(mut values: HashMap<char, f64>, now: &DateTime) -> Result<f64, PictureError> {
    let invalid = || PictureError::new("D3136", "");
    let by_date = is_among(&values, "YXMxWwdD", "YMD");
    let by_day_of_year = !by_date && is_among(&values, "YXMxWwdD", "Yd");
    // Like the reference implementation, weeks are not supported.
    if ["Xxw", "XW"]
        .iter()
        .any(|weeks| is_among(&values, "YXMxWwdD", weeks))
    {
        return Err(invalid());
    }
    let by_half_day = !is_among(&values, "PHhmsf", "Hmsf") && is_among(&values, "PHhmsf", "Phmsf");
    let date: &[char] = if by_day_of_year {
        &['Y', 'D']
    } else {
        &['Y', 'M', 'D']
    };
    let time: &[char] = if by_half_day {
        &['P', 'h', 'm', 's', 'f']
    } else {
        &['H', 'm', 's', 'f']
    };
    let (mut is_begun, mut is_ended) = (false, false);
    for specifier in date.iter().chain(time) {
        if values.contains_key(specifier) {
            is_begun = true;
            if is_ended {
                return Err(invalid());
            }
            continue;
        }
        let value = if !is_begun {
            float(now.component(*specifier))
        } else if matches!(specifier, 'M' | 'D') {
            1.0
        } else {
            0.0
        };
        is_ended |= is_begun;
        values.insert(*specifier, value);
    }
    let value = |specifier: char| match values.get(&specifier) {
        #[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
        Some(value) if value.abs() < 1e9 => Ok(*value as i64),
        Some(_) => Err(invalid()),
        None => Ok(0),
    };
    let days = if by_day_of_year {
        let first = Date::new(value('Y')?, 1, 1).ok_or_else(invalid)?;
        first.days() + value('d')? - 1
    } else {
        Date::new(value('Y')?, value('M')?, value('D')?)
            .ok_or_else(invalid)?
            .days()
    };
    let hour = if by_half_day {
        let hour = value('h')?;
        (if hour == 12 { 0 } else { hour }) + 12 * value('P')?
    } else {
        value('H')?
    };
    let (minute, second) = (value('m')?, value('s')?);
    if !(0..24).contains(&hour) || !(0..60).contains(&minute) || !(0..60).contains(&second) {
        return Err(invalid());
    }
    let zone = value('Z')? + value('z')?;
    let millis = days * DAY + ((hour * 60 + minute - zone) * 60 + second) * 1_000 + value('f')?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "below 2^53 for all years that are accepted"
    )]
    let millis = millis as f64;
    Ok(millis)
}
