//! The times of a timeline, in a column of equal width.

/// Milliseconds of a day.
const DAY_MILLIS: i64 = 86_400_000;

/// Formats the times of one execution with equal width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeColumn {
    /// Digits of the days; 0 if the execution takes less than one day.
    days: usize,
    /// Whether any time has a fraction of a second.
    has_millis: bool,
}

impl TimeColumn {
    /// For times from 0 to `longest`, in milliseconds.
    pub(super) fn new(longest: i64, has_millis: bool) -> Self {
        let days = longest / DAY_MILLIS;
        Self {
            days: if days > 0 { days.to_string().len() } else { 0 },
            has_millis,
        }
    }

    /// Width of a time in columns.
    pub(super) const fn width(self) -> usize {
        let days = if self.days > 0 { self.days + 2 } else { 0 };
        days + 8 + if self.has_millis { 4 } else { 0 }
    }

    /// `00:00:02`, `00:00:02.250`, `6d 23:59:59`
    pub(super) fn text(self, millis: i64) -> String {
        let seconds = millis / 1000;
        let of_day = seconds % 86_400;
        let days = if self.days > 0 {
            format!("{:>width$}d ", seconds / 86_400, width = self.days)
        } else {
            String::new()
        };
        let part = if self.has_millis {
            format!(".{:03}", millis % 1000)
        } else {
            String::new()
        };
        let (hours, minutes, seconds) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        format!("{days}{hours:02}:{minutes:02}:{seconds:02}{part}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_an_execution_have_equal_width() {
        for (longest, has_millis, millis, text) in [
            (5_000, false, 2_000, "00:00:02"),
            (5_000, true, 2_250, "00:00:02.250"),
            (10 * 86_400_000, false, 86_399_000, " 0d 23:59:59"),
            (10 * 86_400_000, true, 864_000_001, "10d 00:00:00.001"),
        ] {
            let clock = TimeColumn::new(longest, has_millis);
            assert_eq!(clock.text(millis), text);
            assert_eq!(clock.width(), text.len());
        }
    }
}
