//! `Parallel`: runs branches at the same time. The branches are the state's machines.

use crate::asl::fields::fields;
use crate::asl::retry::{Catcher, Retrier};

fields! {
    /// The fields of a Parallel state.
    pub struct Parallel<'d> {
        /// `Retry`
        pub retry: Vec<Retrier<'d>> = retry(),
        /// `Catch`
        pub catch: Vec<Catcher<'d>> = catch(),
    }
}
