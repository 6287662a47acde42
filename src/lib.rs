//! asl: lint, draw, simulate and price Amazon States Language definitions, offline.

pub mod aws;
pub mod diagnostic;
pub mod document;
pub mod expr;
pub mod render;
pub mod source;
pub mod value;
