//! Times and texts, short enough for a line.

use crate::render::style::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The units that durations are said in, with their milliseconds.
const UNITS: [(i64, &str); 4] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s")];

/// A duration, exactly: `0 s`, `250 ms`, `2.5 s`, `1 min 30 s`, `30 d`.
pub(super) fn elapsed(millis: i64) -> String {
    if (1..1000).contains(&millis) {
        return format!("{millis} ms");
    }
    let mut rest = millis.max(0);
    let mut parts = Vec::new();
    for (size, unit) in UNITS {
        let n = rest / size;
        rest %= size;
        let fraction = if unit == "s" { rest } else { 0 };
        if n > 0 || fraction > 0 {
            parts.push(match fraction {
                0 => format!("{n} {unit}"),
                ms => format!("{} {unit}", format!("{n}.{ms:03}").trim_end_matches('0')),
            });
        }
    }
    if parts.is_empty() {
        return "0 s".to_owned();
    }
    parts.join(" ")
}

/// How the times of one execution are written, all equally wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    /// Digits of the days; 0 where the execution takes less than one.
    days: usize,
    /// Whether any time has a part below a second.
    has_millis: bool,
}

impl Clock {
    /// For times from 0 to `longest`, in milliseconds.
    pub(super) fn new(longest: i64, has_millis: bool) -> Self {
        let days = longest / UNITS[0].0;
        Self {
            days: if days > 0 { days.to_string().len() } else { 0 },
            has_millis,
        }
    }

    /// Columns of a time.
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

/// At most so many columns of a text without line breaks; what is left out is shown by an ellipsis.
pub(super) fn cut(text: &str, columns: usize, style: Style) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mark = if style.unicode { "…" } else { "..." };
    let mut room = columns.saturating_sub(mark.width());
    let mut kept = String::new();
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        if width > room {
            break;
        }
        room -= width;
        kept.push(c);
    }
    kept + mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_exact() {
        let cases = [
            (0, "0 s"),
            (250, "250 ms"),
            (2500, "2.5 s"),
            (90_000, "1 min 30 s"),
            (30 * 86_400_000, "30 d"),
            (86_400_000 + 3_600_000 + 1, "1 d 1 h 0.001 s"),
        ];
        for (millis, text) in cases {
            assert_eq!(elapsed(millis), text);
        }
    }

    #[test]
    fn times_of_an_execution_are_equally_wide() {
        for (longest, has_millis, millis, text) in [
            (5_000, false, 2_000, "00:00:02"),
            (5_000, true, 2_250, "00:00:02.250"),
            (10 * 86_400_000, false, 86_399_000, " 0d 23:59:59"),
            (10 * 86_400_000, true, 864_000_001, "10d 00:00:00.001"),
        ] {
            let clock = Clock::new(longest, has_millis);
            assert_eq!(clock.text(millis), text);
            assert_eq!(clock.width(), text.len());
        }
    }

    #[test]
    fn a_cut_text_fills_its_columns() {
        let style = Style {
            unicode: true,
            ..Style::PLAIN
        };
        assert_eq!(cut("abcdef", 6, style), "abcdef");
        assert_eq!(cut("abcdefg", 6, style), "abcde…");
        assert_eq!(cut("日本語です", 6, style), "日本…");
        assert_eq!(cut("abcdefg", 6, Style::PLAIN), "abc...");
        assert_eq!(cut("abc", 0, style), "…");
    }
}
