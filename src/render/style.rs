//! The capabilities of the terminal, resolved once.
//!
//! Every writer uses the same [`Style`], and nothing else reads the environment, so `--color`, `NO_COLOR`, and the
//! terminal are interpreted in one place.

use crate::diagnostic::Severity;
use crate::prose;
use colored::{ColoredString, Colorize};

/// The value of `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// If the terminal supports it
    #[default]
    Auto,
    /// Always, also in files and pipes
    Always,
    /// Never
    Never,
}

/// The output stream and the relevant environment variables, unmodified.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terminal<'a> {
    /// Whether the stream is a terminal.
    pub is_terminal: bool,
    /// Its width in columns, if known.
    pub width: Option<usize>,
    /// `NO_COLOR`, see <https://no-color.org>.
    pub no_color: Option<&'a str>,
    /// `CLICOLOR_FORCE`, see <https://bixense.com/clicolors>.
    pub clicolor_force: Option<&'a str>,
    /// `TERM`.
    pub term: Option<&'a str>,
    /// `LC_ALL`, `LC_CTYPE` and `LANG`, in this order: the first that is not empty counts.
    pub locale: [Option<&'a str>; 3],
}

/// How to write to the output stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to use color.
    pub color: bool,
    /// Whether to draw with Unicode characters; otherwise with `|`, `-`, and `^`.
    pub unicode: bool,
    /// The available columns.
    pub width: usize,
}

/// The width if the stream is not a terminal.
const DEFAULT_WIDTH: usize = 100;

impl Style {
    /// No color, ASCII only.
    pub const PLAIN: Self = Self {
        color: false,
        unicode: false,
        width: DEFAULT_WIDTH,
    };

    /// Decides from the flag and the environment. The flag takes precedence, then `NO_COLOR`, then `CLICOLOR_FORCE`.
    pub fn resolve(choice: ColorChoice, terminal: &Terminal<'_>) -> Self {
        let set = |value: Option<&str>| value.is_some_and(|v| !v.is_empty());
        let dumb = terminal.term == Some("dumb");
        let color = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if set(terminal.no_color) => false,
            ColorChoice::Auto if set(terminal.clicolor_force) && terminal.clicolor_force != Some("0") => true,
            ColorChoice::Auto => terminal.is_terminal && !dumb,
        };
        let locale = terminal.locale.into_iter().flatten().find(|v| !v.is_empty());
        let utf8 = locale.map_or(cfg!(windows), |v| {
            let v = v.to_ascii_lowercase();
            v.contains("utf-8") || v.contains("utf8")
        });
        Self {
            color,
            unicode: utf8 && !dumb && terminal.term != Some("linux"),
            width: terminal.width.unwrap_or(DEFAULT_WIDTH).clamp(40, 200),
        }
    }

    /// Overrides `colored`'s own detection, for the whole process.
    pub fn apply(self) {
        colored::control::set_override(self.color);
    }

    /// Paints text, unless color is off.
    pub fn paint(self, text: &str, how: impl FnOnce(ColoredString) -> ColoredString) -> String {
        if !self.color {
            return text.to_owned();
        }
        how(text.normal()).to_string()
    }

    /// Text without line breaks, truncated to `columns` with an ellipsis.
    pub fn truncate(self, text: &str, columns: usize) -> String {
        prose::truncate_to_width(text, columns, if self.unicode { "…" } else { "..." })
    }

    /// Bold text, for headings.
    pub fn bold(self, text: &str) -> String {
        self.paint(text, Colorize::bold)
    }

    /// Dimmed text, for what matters less.
    pub fn faint(self, text: &str) -> String {
        self.paint(text, Colorize::dimmed)
    }

    /// Text in the color of a severity.
    pub fn severity(self, severity: Severity, text: &str) -> String {
        self.paint(text, |t| match severity {
            Severity::Error => t.red().bold(),
            Severity::Warning => t.yellow().bold(),
            Severity::Info => t.cyan().bold(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(choice: ColorChoice, terminal: Terminal<'_>) -> bool {
        Style::resolve(choice, &terminal).color
    }

    #[test]
    fn the_flag_overrides_the_environment() {
        let no = Terminal {
            is_terminal: true,
            no_color: Some("1"),
            ..Terminal::default()
        };
        let force = Terminal {
            clicolor_force: Some("1"),
            ..Terminal::default()
        };
        assert!(color(ColorChoice::Always, no));
        assert!(!color(ColorChoice::Never, force));
    }

    #[test]
    fn no_color_overrides_force_unless_it_is_empty() {
        let both = Terminal {
            no_color: Some("1"),
            clicolor_force: Some("1"),
            ..Terminal::default()
        };
        let empty = Terminal {
            is_terminal: true,
            no_color: Some(""),
            ..Terminal::default()
        };
        assert!(!color(ColorChoice::Auto, both));
        assert!(color(ColorChoice::Auto, empty));
    }

    #[test]
    fn clicolor_force_enables_color_in_pipes_unless_zero() {
        let force = |v| Terminal {
            clicolor_force: Some(v),
            ..Terminal::default()
        };
        assert!(color(ColorChoice::Auto, force("1")));
        assert!(!color(ColorChoice::Auto, force("0")));
        assert!(!color(ColorChoice::Auto, Terminal::default()));
    }

    #[test]
    fn a_dumb_terminal_gets_neither_color_nor_unicode() {
        let locale = [None, None, Some("C.UTF-8")];
        let dumb = Terminal {
            is_terminal: true,
            term: Some("dumb"),
            locale,
            ..Terminal::default()
        };
        let style = Style::resolve(ColorChoice::Auto, &dumb);
        assert!(!style.color && !style.unicode);
    }

    #[test]
    fn the_first_non_empty_locale_decides() {
        let unicode = |locale| {
            Style::resolve(
                ColorChoice::Auto,
                &Terminal {
                    locale,
                    ..Terminal::default()
                },
            )
            .unicode
        };
        assert!(unicode([Some(""), None, Some("de_DE.UTF-8")]));
        assert!(unicode([Some("en_GB.utf8"), Some("C"), Some("C")]));
        assert!(!unicode([Some("C"), None, Some("de_DE.UTF-8")]));
    }

    #[test]
    fn truncated_text_fills_its_columns() {
        let style = Style {
            unicode: true,
            ..Style::PLAIN
        };
        assert_eq!(style.truncate("abcdef", 6), "abcdef");
        assert_eq!(style.truncate("abcdefg", 6), "abcde…");
        assert_eq!(style.truncate("日本語です", 6), "日本…");
        assert_eq!(Style::PLAIN.truncate("abcdefg", 6), "abc...");
        assert_eq!(style.truncate("abc", 0), "…");
    }
}
