//! `--list`: the cases that would run.

use crate::render::style::Style;
use crate::render::visible::one_line;
use crate::value::push_string;
use std::io::{self, Write};

/// A case that would run.
#[derive(Debug)]
pub struct Listed<'a> {
    /// The path of the suite.
    pub path: &'a str,
    /// The name of the case.
    pub name: &'a str,
    /// Its tags.
    pub tags: Vec<&'a str>,
}

/// Writes cases, one per line, or as a JSON array.
pub fn write_list(cases: &[Listed<'_>], is_json: bool, style: Style, out: &mut dyn Write) -> io::Result<()> {
    if is_json {
        return json(cases, out);
    }
    for case in cases {
        let path = style.faint(&format!("{}:", one_line(case.path)));
        write!(out, "{path} {}", one_line(case.name))?;
        if !case.tags.is_empty() {
            write!(
                out,
                "{}",
                style.faint(&format!(" [{}]", one_line(&case.tags.join(", "))))
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn json(cases: &[Listed<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut text = String::from("[");
    for (at, case) in cases.iter().enumerate() {
        text.push_str(if at > 0 { ",\n" } else { "\n" });
        text.push_str("{\"path\":");
        push_string(case.path, &mut text);
        text.push_str(",\"name\":");
        push_string(case.name, &mut text);
        text.push_str(",\"tags\":[");
        for (at, tag) in case.tags.iter().enumerate() {
            text.push_str(if at > 0 { "," } else { "" });
            push_string(tag, &mut text);
        }
        text.push_str("]}");
    }
    text.push_str("\n]\n");
    out.write_all(text.as_bytes())
}
