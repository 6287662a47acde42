//! Applying the fixes of findings.
//!
//! `edits` changes a source text. `selection` chooses which of many fixes are applied together. `passes` repeats both until
//! nothing changes, and keeps only changes after which the files can still be read.

mod edits;
mod overlay;
mod passes;
mod selection;
mod texts;

pub use edits::apply;
pub use overlay::Overlay;
pub use passes::{Checked, Outcome, run};
pub use selection::{Policy, Selection, select};
pub use texts::Texts;
