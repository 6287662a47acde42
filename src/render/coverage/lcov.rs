//! An LCOV tracefile: a line for each state, and a branch for each transition.
//!
//! Source: `geninfo(1)`, "FILES".

use super::lines::files;
use crate::coverage::Coverage;
use std::io::{self, Write};

pub(super) fn write(machines: &[&Coverage], out: &mut dyn Write) -> io::Result<()> {
    for (path, file) in files(machines) {
        writeln!(out, "TN:\nSF:{path}")?;
        for (line, transitions) in &file.transitions {
            for transition in transitions {
                let (block, branch) = (transition.block, transition.branch);
                match transition.taken {
                    Some(taken) => writeln!(out, "BRDA:{line},{block},{branch},{taken}")?,
                    None => writeln!(out, "BRDA:{line},{block},{branch},-")?,
                }
            }
        }
        let branches = file.branches();
        writeln!(out, "BRF:{}\nBRH:{}", branches.total, branches.covered)?;
        for (line, count) in &file.states {
            writeln!(out, "DA:{line},{count}")?;
        }
        let lines = file.lines();
        writeln!(out, "LF:{}\nLH:{}\nend_of_record", lines.total, lines.covered)?;
    }
    Ok(())
}
