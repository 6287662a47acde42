//! A list as JSON.

use super::row::Row;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct List<'a> {
    version: u32,
    machines: &'a [Row],
}

pub(super) fn write(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    let list = List {
        version: 1,
        machines: rows,
    };
    serde_json::to_writer_pretty(&mut *out, &list)?;
    writeln!(out)
}
