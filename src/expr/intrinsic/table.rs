//! All intrinsic functions. Each family of functions declares its own.
//!
//! Source: Amazon States Language specification, appendix B, and the Step Functions developer guide,
//! "Intrinsic functions"; limits as observed where the service differs from them.

use super::function::Function;
use super::{array, encoding, json, math, text};

const FAMILIES: [&[Function]; 5] = [
    array::FUNCTIONS,
    encoding::FUNCTIONS,
    json::FUNCTIONS,
    math::FUNCTIONS,
    text::FUNCTIONS,
];

/// The function `name`, case-sensitive.
pub fn find(name: &str) -> Option<&'static Function> {
    all().find(|function| function.name == name)
}

/// All functions, by family.
pub fn all() -> impl Iterator<Item = &'static Function> {
    FAMILIES.into_iter().flatten()
}
