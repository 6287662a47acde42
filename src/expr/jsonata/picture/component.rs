//! Components of dates and times: `[Y0001]`, `[FNn,*-3]`.

use super::error::{MAX_LENGTH, PictureError};
use super::integer::{Case, IntegerPicture};

/// A component in a picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Component {
    /// `Y` for the year, and so on.
    pub(super) specifier: char,
    pub(super) presentation: Presentation,
    /// Whether `t` follows the presentation: the time zone UTC is `Z`.
    pub(super) is_traditional: bool,
    /// The maximum length of a name.
    pub(super) max_width: Option<usize>,
    /// How many of its last digits a year has, if not all.
    pub(super) year_digits: Option<u32>,
    /// The exact number of digits to parse, because another number follows immediately.
    pub(super) parsed_width: Option<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Presentation {
    /// As a name: January, Monday, am.
    Name(Case),
    /// As a number, or a time zone.
    Number(IntegerPicture),
    /// Neither: the calendar and the era, which are always ISO.
    Other,
}

/// The components that are numbers.
const NUMBERS: &str = "YMDdFWwXxHhmsf";

/// The presentation of a component without one.
const fn default_presentation(specifier: char) -> Option<&'static str> {
    Some(match specifier {
        'Y' | 'M' | 'D' | 'd' | 'W' | 'w' | 'X' | 'x' | 'H' | 'h' | 'f' => "1",
        'F' | 'P' | 'C' | 'E' => "n",
        'm' | 's' => "01",
        'Z' | 'z' => "01:01",
        _ => return None,
    })
}

impl Component {
    /// Parses the text between the brackets, without its whitespace.
    pub(super) fn parse(marker: &str) -> Result<Self, PictureError> {
        let mut rest = marker.chars();
        let Some(specifier) = rest.next() else {
            return Err(PictureError::new("D3135", ""));
        };
        let (presentation, width) = match rest.as_str().rsplit_once(',') {
            Some((presentation, width)) => (presentation, Width::parse(width)?),
            None => (rest.as_str(), Width::default()),
        };
        let unknown = || PictureError::new("D3132", specifier);
        let (mut presentation, mut modifier) = match presentation {
            "" => (default_presentation(specifier).ok_or_else(unknown)?, None),
            given => (given, None),
        };
        if presentation.chars().count() > 1
            && let Some(last) = presentation.chars().last().filter(|last| "atco".contains(*last))
        {
            presentation = &presentation[..presentation.len() - 1];
            modifier = Some(last);
        }
        let case = match presentation {
            text if text.starts_with('n') => Some(Case::Lower),
            text if text.starts_with("Nn") => Some(Case::Title),
            text if text.starts_with('N') => Some(Case::Upper),
            _ => None,
        };
        let mut component = Self {
            specifier,
            presentation: case.map_or(Presentation::Other, Presentation::Name),
            is_traditional: modifier == Some('t'),
            max_width: width.max,
            year_digits: None,
            parsed_width: None,
        };
        if matches!(specifier, 'Z' | 'z') {
            component.presentation = Presentation::Number(IntegerPicture::parse(presentation)?);
        } else if case.is_none() && NUMBERS.contains(specifier) {
            component.number(presentation, modifier, &width)?;
        }
        Ok(component)
    }

    fn number(
        &mut self,
        presentation: &str,
        modifier: Option<char>,
        width: &Width,
    ) -> Result<(), PictureError> {
        let mut picture = match modifier {
            Some(modifier) => IntegerPicture::parse(&format!("{presentation};{modifier}"))?,
            None => IntegerPicture::parse(presentation)?,
        };
        if let Some(decimal) = picture.decimal_mut() {
            decimal.mandatory = decimal.mandatory.max(width.min.unwrap_or(0));
        }
        if self.specifier == 'Y' {
            if let (Some(max), Some(decimal)) = (width.max, picture.decimal_mut()) {
                decimal.mandatory = max;
            }
            let digits = picture
                .decimal()
                .map(|decimal| decimal.mandatory + decimal.optional);
            let digits = width.max.or(digits.filter(|digits| *digits >= 2));
            self.year_digits = digits.and_then(|digits| u32::try_from(digits).ok());
        }
        self.presentation = Presentation::Number(picture);
        Ok(())
    }

    /// Fixes the number of digits that are parsed, because another number follows immediately.
    pub(super) fn precedes_number(&mut self) {
        if let Presentation::Number(picture) = &self.presentation
            && NUMBERS.contains(self.specifier)
        {
            self.parsed_width = picture.decimal().map(|decimal| decimal.mandatory);
        }
    }

    /// Whether it is written in digits.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.presentation, Presentation::Number(_)) && NUMBERS.contains(self.specifier)
    }
}

/// The modifier after a comma: a minimum and a maximum.
#[derive(Debug, Clone, Copy, Default)]
struct Width {
    min: Option<usize>,
    max: Option<usize>,
}

impl Width {
    fn parse(text: &str) -> Result<Self, PictureError> {
        let (min, max) = text.split_once('-').unwrap_or((text, ""));
        let bound = |text: &str| match text {
            "" | "*" => Ok(None),
            _ if !text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(None),
            _ => match text.parse() {
                Ok(width) if width <= MAX_LENGTH => Ok(Some(width)),
                _ => Err(PictureError::TooLong),
            },
        };
        Ok(Self {
            min: bound(min)?,
            max: bound(max)?,
        })
    }
}
