//! Retriers and catchers, and which of them handles an error.

use crate::asl::semantics::error_match::Handlers;
use crate::simulate::plan::State;

/// A handler of errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Handler {
    /// The retrier of this index, once.
    Retry(usize),
    /// The retrier of this index, until it is exhausted.
    Exhaust(usize),
    /// The catcher of this index.
    Catch(usize),
}

/// The retriers and catchers of a state, by the names of errors.
#[derive(Debug, Default)]
pub(super) struct ByError<'p> {
    pub(super) retriers: Handlers<'p>,
    pub(super) catchers: Handlers<'p>,
}

impl<'p> ByError<'p> {
    pub(super) fn new(state: &'p State) -> Self {
        fn texts(names: &[Box<str>]) -> impl Iterator<Item = &str> {
            names.iter().map(|name| &**name)
        }
        Self {
            retriers: Handlers::new(state.retry.iter().map(|retrier| texts(&retrier.names))),
            catchers: Handlers::new(state.catch.iter().map(|catcher| texts(&catcher.names))),
        }
    }

    /// Whether a handler is the first one that handles an error.
    pub(super) fn is_first(&self, handler: Handler, error: &str) -> bool {
        match handler {
            Handler::Retry(index) | Handler::Exhaust(index) => self.retriers.matching(error) == Some(index),
            Handler::Catch(index) => self.catchers.matching(error) == Some(index),
        }
    }
}
