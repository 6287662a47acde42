//! Data in, bytes out: how findings, rules and results look to people and to other programs.
//!
//! Color is used here and nowhere else. A writer takes data and `&mut dyn io::Write`; it reads neither files, clock nor
//! environment, so the same data gives the same bytes everywhere.

pub mod coverage;
pub mod diagnostics;
pub mod estimate;
pub mod evaluation;
pub mod graph;
pub mod history;
mod junit;
pub mod list;
pub mod permissions;
pub mod printable;
pub mod rules;
pub mod shapes;
pub mod style;
pub mod test_report;
mod visible;
mod wrap;
mod xml;
