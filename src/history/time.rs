//! Timestamps of the virtual clock.

use std::fmt;
use std::ops::Add;

/// A timestamp in milliseconds since the Unix epoch, which is AWS's precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time(i64);

impl Time {
    /// The timestamp of `millis` milliseconds since the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Milliseconds elapsed since an earlier timestamp.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Parses RFC 3339 text with an offset, truncated to milliseconds.
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

    /// The format of `aws stepfunctions get-execution-history`: `2030-01-01T00:00:00.250000+00:00`.
    pub fn to_cli_text(self) -> String {
        self.timestamp()
            .strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00")
            .to_string()
    }
}

impl Add<i64> for Time {
    type Output = Self;

    /// Adds milliseconds, saturating.
    fn add(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

impl fmt::Display for Time {
    /// The format of the context object: `2030-01-01T00:00:00.250Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.timestamp().strftime("%Y-%m-%dT%H:%M:%S%.3fZ"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_denote_the_same_time() {
        let time = Time::parse("2030-01-01T01:00:00.2509+01:00").unwrap();
        assert_eq!(time.to_string(), "2030-01-01T00:00:00.250Z");
        assert_eq!(time.to_cli_text(), "2030-01-01T00:00:00.250000+00:00");
        assert_eq!(Time::parse("2030-01-01"), None);
        assert_eq!((time + 5).since(time), 5);
    }
}
