//! Color, width, and character set of the output, from the terminal and the environment.

use crate::render::style::{ColorChoice, Style, Terminal};
use std::ffi::OsString;
use std::io::{self, IsTerminal};

/// A stream we write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    Stdout,
    Stderr,
}

/// The one place that looks at the terminal and at the environment.
pub(super) fn style(choice: ColorChoice, stream: Stream) -> Style {
    let var = |name: &str| std::env::var_os(name).and_then(|v: OsString| v.into_string().ok());
    let is_terminal = match stream {
        Stream::Stdout => io::stdout().is_terminal(),
        Stream::Stderr => io::stderr().is_terminal(),
    };
    let [no_color, clicolor_force, term, lc_all, lc_ctype, lang] =
        ["NO_COLOR", "CLICOLOR_FORCE", "TERM", "LC_ALL", "LC_CTYPE", "LANG"].map(var);
    // Most shells set `COLUMNS` but do not export it.
    let columns = var("COLUMNS").and_then(|c| c.parse().ok()).or_else(|| {
        let size = match stream {
            _ if !is_terminal => None,
            Stream::Stdout => terminal_size::terminal_size_of(io::stdout()),
            Stream::Stderr => terminal_size::terminal_size_of(io::stderr()),
        };
        size.map(|(width, _)| width.0.into())
    });
    Style::resolve(
        choice,
        &Terminal {
            is_terminal,
            width: columns,
            no_color: no_color.as_deref(),
            clicolor_force: clicolor_force.as_deref(),
            term: term.as_deref(),
            locale: [lc_all.as_deref(), lc_ctype.as_deref(), lang.as_deref()],
        },
    )
}
