//! A bar on stderr, for work that takes longer than half a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_millis(500);

/// How far the work has come. Nothing is drawn, and nothing of the terminal is asked, before the work has taken
/// half a second.
pub(super) struct Progress {
    started: Instant,
    total: usize,
    noun: &'static str,
    done: usize,
    bar: Option<ProgressBar>,
    is_wanted: bool,
}

impl Progress {
    /// Work on `total` things that are called `noun`, as in "files".
    pub(super) fn new(total: usize, noun: &'static str) -> Self {
        Self {
            started: Instant::now(),
            total,
            noun,
            done: 0,
            bar: None,
            is_wanted: total > 1 && io::stderr().is_terminal(),
        }
    }

    /// One more is done.
    pub(super) fn step(&mut self) {
        self.done += 1;
        if !self.is_wanted {
            return;
        }
        if self.bar.is_none() && self.started.elapsed() > PATIENCE {
            let bar = ProgressBar::with_draw_target(Some(self.total as u64), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg} {eta}") {
                bar.set_style(style);
                bar.set_message(self.noun);
            }
            self.bar = Some(bar);
        }
        self.bar.iter().for_each(|bar| bar.set_position(self.done as u64));
    }

    /// Calls `print` with the bar out of the way.
    pub(super) fn suspend<R>(&self, print: impl FnOnce() -> R) -> R {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.iter().for_each(ProgressBar::finish_and_clear);
    }
}
