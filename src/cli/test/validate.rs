//! Checks all cases before one runs.

use super::loaded::LoadedTests;
use super::worker::{Errors, Worker};
use crate::cli::{exit, report};
use std::sync::Arc;

/// Whether nothing is wrong with the cases; prints what is.
pub(super) fn is_valid(loaded: &LoadedTests, worker: &mut Worker<'_>) -> bool {
    let mut is_valid = true;
    for (s, suite) in loaded.suites.iter().enumerate() {
        let mut files: Errors = Vec::new();
        for c in 0..suite.cases.len() {
            for (source, errors) in worker.check((s, c)) {
                let known = files.iter().position(|(other, _)| Arc::ptr_eq(other, &source));
                let at = known.unwrap_or_else(|| {
                    files.push((source, Vec::new()));
                    files.len() - 1
                });
                // Several cases may share what is wrong.
                let all = &mut files[at].1;
                for error in errors {
                    if !all
                        .iter()
                        .any(|known| known.span == error.span && known.message == error.message)
                    {
                        all.push(error);
                    }
                }
            }
        }
        for (source, errors) in files {
            is_valid = false;
            exit::report_error(&report::invalid_file(&source, errors, "suite"));
        }
    }
    is_valid
}
