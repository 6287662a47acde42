//! How a Map runs its iterations.

/// The `Mode` of a Map that runs its iterations as child workflows.
pub const DISTRIBUTED: &str = "DISTRIBUTED";
