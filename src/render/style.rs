//! What the terminal can show, resolved once.
//!
//! Every writer asks the one [`Style`]; nothing else looks at the environment, so `--color`, `NO_COLOR` and the
//! terminal can never be read in two ways.

use crate::diagnostic::Severity;
use colored::{ColoredString, Colorize};

/// The value of `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// Where the terminal shows colours
    #[default]
    Auto,
    /// Even into a file or a pipe
    Always,
    /// Nowhere
    Never,
}

/// What is known about the stream that is written to; the variables as the environment has them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terminal<'a> {
    /// Whether the stream is a terminal.
    pub is_terminal: bool,
    /// Its width in columns, where known.
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

/// What to write with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour.
    pub colour: bool,
    /// Whether to draw with Unicode's lines; otherwise with `|`, `-` and `^`.
    pub unicode: bool,
    /// Columns to fill.
    pub width: usize,
}

/// The width of a page where no terminal says another.
const DEFAULT_WIDTH: usize = 100;

impl Style {
    /// No colour and no drawing characters beyond ASCII.
    pub const PLAIN: Self = Self {
        colour: false,
        unicode: false,
        width: DEFAULT_WIDTH,
    };

    /// The one decision. The flag beats the environment, and in it `NO_COLOR` beats `CLICOLOR_FORCE`.
    pub fn resolve(choice: ColorChoice, terminal: &Terminal<'_>) -> Self {
        let set = |value: Option<&str>| value.is_some_and(|v| !v.is_empty());
        let dumb = terminal.term == Some("dumb");
        let colour = match choice {
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
            colour,
            unicode: utf8 && !dumb && terminal.term != Some("linux"),
            width: terminal.width.unwrap_or(DEFAULT_WIDTH).clamp(40, 200),
        }
    }

    /// Make `colored` obey, which else reads the environment by rules of its own. For the whole process.
    pub fn apply(self) {
        colored::control::set_override(self.colour);
    }

    /// `text` as `how` paints it, or bare where there is no colour.
    pub fn paint(self, text: &str, how: impl FnOnce(ColoredString) -> ColoredString) -> String {
        if !self.colour {
            return text.to_owned();
        }
        how(text.normal()).to_string()
    }

    /// A heading.
    pub fn bold(self, text: &str) -> String {
        self.paint(text, Colorize::bold)
    }

    /// What matters less than what stands beside it.
    pub fn faint(self, text: &str) -> String {
        self.paint(text, Colorize::dimmed)
    }

    /// In the colour of a severity.
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

    fn colour(choice: ColorChoice, terminal: Terminal<'_>) -> bool {
        Style::resolve(choice, &terminal).colour
    }

    #[test]
    fn the_flag_beats_the_environment() {
        let no = Terminal {
            is_terminal: true,
            no_color: Some("1"),
            ..Terminal::default()
        };
        let force = Terminal {
            clicolor_force: Some("1"),
            ..Terminal::default()
        };
        assert!(colour(ColorChoice::Always, no));
        assert!(!colour(ColorChoice::Never, force));
    }

    #[test]
    fn no_color_beats_force_and_counts_only_if_not_empty() {
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
        assert!(!colour(ColorChoice::Auto, both));
        assert!(colour(ColorChoice::Auto, empty));
    }

    #[test]
    fn force_colours_a_pipe_unless_zero() {
        let force = |v| Terminal {
            clicolor_force: Some(v),
            ..Terminal::default()
        };
        assert!(colour(ColorChoice::Auto, force("1")));
        assert!(!colour(ColorChoice::Auto, force("0")));
        assert!(!colour(ColorChoice::Auto, Terminal::default()));
    }

    #[test]
    fn a_dumb_terminal_gets_neither_colour_nor_lines() {
        let locale = [None, None, Some("C.UTF-8")];
        let dumb = Terminal {
            is_terminal: true,
            term: Some("dumb"),
            locale,
            ..Terminal::default()
        };
        let style = Style::resolve(ColorChoice::Auto, &dumb);
        assert!(!style.colour && !style.unicode);
    }

    #[test]
    fn the_first_locale_that_is_not_empty_counts() {
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
}
