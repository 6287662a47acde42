//! Picture strings of integers and of dates and times, as in `XPath`'s `format-integer` and `format-dateTime`.
//!
//! These replace the crate's functions, which panic at some pictures. The behavior is the reference implementation's.
//! Source: "`XPath` and `XQuery` Functions and Operators 3.1", sections 4.6 and 9.8.4, and JSONata 2.0.6's `datetime.js`.

mod component;
mod date;
mod error;
mod integer;
mod parse;
#[cfg(test)]
mod tests;
mod words;

pub(super) use date::{DatePicture, MAX_TIME, Offset};
pub(super) use error::PictureError;
pub(super) use integer::IntegerPicture;
