//! asl: lint, draw, simulate and price Amazon States Language definitions, offline.

pub mod asl;
pub mod aws;
pub mod cli;
pub mod config;
pub mod cost;
pub mod diagnostic;
pub mod document;
pub mod expr;
pub mod graph;
pub mod history;
pub mod lint;
pub mod render;
pub mod simulate;
pub mod source;
pub mod spelling;
pub mod template;
pub mod value;
