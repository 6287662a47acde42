//! `too-deeply-nested`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// The file is nested more than 512 levels deep.
    ///
    /// ## What it does
    ///
    /// Reports the place where the nesting of arrays and objects passes 512 levels; what lies below is not read.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses definitions that are nested too deeply, and no reader can take them without end.
    pub static RULE = {
        name: "too-deeply-nested",
        family: Syntax,
        severity: Error,
        aws: AwsCode::Refused("RULE"),
        check: Check::Reader,
    }
}
