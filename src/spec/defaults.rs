//! Values of fields that a definition leaves out.
//!
//! Source: Amazon States Language specification.

use super::quota;

/// `MaxAttempts` of a retrier.
pub const MAX_ATTEMPTS: u32 = 3;

/// `IntervalSeconds` of a retrier.
pub const INTERVAL_SECONDS: f64 = 1.0;

/// `BackoffRate` of a retrier.
pub const BACKOFF_RATE: f64 = 2.0;

/// `TimeoutSeconds` of a Task.
pub const TIMEOUT_SECONDS: u32 = quota::SECONDS_MAX;
