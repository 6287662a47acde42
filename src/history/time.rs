//! Points on the virtual clock.

use std::fmt;
use std::ops::Add;

/// A point in time: milliseconds since the Unix epoch, as AWS keeps them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time(i64);

impl Time {
    /// A point so many milliseconds after the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The milliseconds from an earlier point to this one.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The point that an RFC 3339 text with an offset names; what is below a millisecond is cut off.
    pub fn parse(text: &str) -> Option<Self> {
        let timestamp: jiff::Timestamp = text.parse().ok()?;
        Some(Self(timestamp.as_millisecond()))
    }

    fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }

    /// As `aws stepfunctions get-execution-history` prints it: `2030-01-01T00:00:00.250000+00:00`.
    pub fn to_cli_text(self) -> String {
        self.timestamp()
            .strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00")
            .to_string()
    }
}

impl Add<i64> for Time {
    type Output = Self;

    /// So many milliseconds later; the end of time stays the end of time.
    fn add(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

impl fmt::Display for Time {
    /// As the context object has it: `2030-01-01T00:00:00.250Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.timestamp().strftime("%Y-%m-%dT%H:%M:%S%.3fZ"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_texts_name_the_same_point() {
        let time = Time::parse("2030-01-01T01:00:00.2509+01:00").unwrap();
        assert_eq!(time.to_string(), "2030-01-01T00:00:00.250Z");
        assert_eq!(time.to_cli_text(), "2030-01-01T00:00:00.250000+00:00");
        assert_eq!(Time::parse("2030-01-01"), None);
        assert_eq!((time + 5).since(time), 5);
    }
}
