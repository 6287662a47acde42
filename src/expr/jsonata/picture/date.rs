//! Pictures of dates and times, and writing times with them.

use super::component::{Component, Presentation};
use super::error::{MAX_LENGTH, PictureError, check_length};
use super::integer::{Case, Decimal, IntegerPicture, leading_integer};
use crate::expr::jsonata::calendar::{Date, WeekPeriod};

/// A parsed picture.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::expr::jsonata) struct DatePicture {
    pub(super) items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    Literal(String),
    Component(Component),
}

/// An offset from UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::expr::jsonata) struct Offset {
    hours: i64,
    minutes: i64,
}

impl Offset {
    /// Reads `+0530` and `-08`; every other text is UTC.
    pub(in crate::expr::jsonata) fn parse(text: &str) -> Self {
        let number = leading_integer(text);
        if number.is_nan() || number.abs() > 9_999.0 {
            return Self::default();
        }
        #[expect(clippy::cast_possible_truncation, reason = "at most four digits")]
        let number = number as i64;
        Self {
            hours: number.div_euclid(100),
            minutes: number % 100,
        }
    }
}

/// The milliseconds of a day.
pub(super) const DAY: i64 = 86_400_000;

/// The latest and, negated, the earliest time of JavaScript, in milliseconds.
pub(in crate::expr::jsonata) const MAX_TIME: f64 = 8.64e15;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A moment, as parts of a date and a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct DateTime {
    date: Date,
    /// Milliseconds since midnight.
    time: i64,
}

impl DateTime {
    pub(super) const fn new(millis: i64) -> Self {
        Self {
            date: Date::from_days(millis.div_euclid(DAY)),
            time: millis.rem_euclid(DAY),
        }
    }

    /// The value of a numeric component.
    pub(super) const fn component(&self, specifier: char) -> i64 {
        let date = self.date;
        let hour = self.time / 3_600_000;
        match specifier {
            'Y' => date.year,
            'M' => date.month,
            'D' => date.day,
            'd' => date.day_of_year(),
            'F' => date.weekday(),
            'W' => date.week(WeekPeriod::Year),
            'w' => date.week(WeekPeriod::Month),
            'X' => date.week_owner(WeekPeriod::Year),
            'x' => date.week_owner(WeekPeriod::Month),
            'H' => hour,
            'h' => (hour + 11) % 12 + 1,
            'P' => (hour >= 12) as i64,
            'm' => self.time / 60_000 % 60,
            's' => self.time / 1_000 % 60,
            'f' => self.time % 1_000,
            _ => 0,
        }
    }
}

/// A number of a few digits.
#[expect(clippy::cast_precision_loss, reason = "components have at most six digits")]
pub(super) const fn float(number: i64) -> f64 {
    number as f64
}

/// The names of a component's values.
pub(super) const fn names(specifier: char) -> Option<&'static [&'static str]> {
    match specifier {
        'M' | 'x' => Some(&MONTHS),
        'F' => Some(&DAYS),
        _ => None,
    }
}

impl DatePicture {
    /// Parses a picture such as `[Y0001]-[M01]-[D01]`.
    pub(in crate::expr::jsonata) fn parse(picture: &str) -> Result<Self, PictureError> {
        check_length(picture)?;
        let mut items: Vec<Item> = Vec::new();
        let mut rest = picture;
        loop {
            let (literal, marker) = rest.split_once('[').unwrap_or((rest, ""));
            if !literal.is_empty() {
                items.push(Item::Literal(literal.replace("]]", "]")));
            }
            if literal.len() == rest.len() {
                return Ok(Self { items });
            }
            if let Some(after) = marker.strip_prefix('[') {
                items.push(Item::Literal("[".to_owned()));
                rest = after;
                continue;
            }
            let Some((marker, after)) = marker.split_once(']') else {
                return Err(PictureError::new("D3135", ""));
            };
            let marker: String = marker.chars().filter(|c| !c.is_whitespace()).collect();
            let component = Component::parse(&marker)?;
            if component.is_number()
                && let Some(Item::Component(before)) = items.last_mut()
            {
                before.precedes_number();
            }
            items.push(Item::Component(component));
            rest = after;
        }
    }

    /// Writes a time within [`MAX_TIME`].
    pub(in crate::expr::jsonata) fn format(
        &self,
        millis: i64,
        offset: Offset,
    ) -> Result<String, PictureError> {
        let moment = DateTime::new(millis + (offset.hours * 60 + offset.minutes) * 60_000);
        let mut out = String::new();
        for item in &self.items {
            match item {
                Item::Literal(text) => out.push_str(text),
                Item::Component(component) => out.push_str(&component.format(&moment, offset)?),
            }
            if out.len() > MAX_LENGTH * 100 {
                return Err(PictureError::TooLong);
            }
        }
        Ok(out)
    }
}

impl Component {
    fn format(&self, moment: &DateTime, offset: Offset) -> Result<String, PictureError> {
        let value = moment.component(self.specifier);
        match (self.specifier, &self.presentation) {
            ('Z' | 'z', Presentation::Number(picture)) => self.zone(offset, picture),
            ('P', presentation) => {
                let text = if value == 1 { "pm" } else { "am" };
                let is_upper = matches!(presentation, Presentation::Name(Case::Upper));
                Ok(if is_upper {
                    text.to_uppercase()
                } else {
                    text.to_owned()
                })
            }
            ('C' | 'E', _) => Ok("ISO".to_owned()),
            (specifier, Presentation::Name(case)) => {
                let index = usize::try_from(value - 1).ok();
                let name = names(specifier)
                    .zip(index)
                    .and_then(|(names, index)| names.get(index));
                let name = name.ok_or_else(|| PictureError::new("D3133", specifier))?;
                let width = self.max_width.unwrap_or(usize::MAX);
                Ok(case.apply(name).chars().take(width).collect())
            }
            (_, Presentation::Number(picture)) => {
                let shown = match self.year_digits.and_then(|digits| 10_i64.checked_pow(digits)) {
                    Some(limit) => value % limit,
                    None => value,
                };
                picture.format(float(shown))
            }
            (specifier, _) => Err(PictureError::new("D3132", specifier)),
        }
    }

    fn zone(&self, offset: Offset, picture: &IntegerPicture) -> Result<String, PictureError> {
        let format = |number: i64| picture.format(float(number));
        let number = offset.hours * 100 + offset.minutes;
        let digits = picture.decimal().map_or(0, |decimal| decimal.mandatory);
        let is_regular = picture.decimal().and_then(Decimal::regular_separator).is_some();
        let mut text = match digits {
            _ if is_regular => format(number)?,
            1 | 2 if offset.minutes == 0 => format(offset.hours)?,
            1 | 2 => format!("{}:{:02}", format(offset.hours)?, offset.minutes),
            3 | 4 => format(number)?,
            digits => return Err(PictureError::new("D3134", digits.to_string())),
        };
        if number >= 0 {
            text.insert(0, '+');
        }
        if self.specifier == 'z' {
            text.insert_str(0, "GMT");
        }
        if number == 0 && self.is_traditional {
            "Z".clone_into(&mut text);
        }
        Ok(text)
    }
}
