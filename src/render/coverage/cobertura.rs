//! Cobertura XML, which GitLab, Jenkins, and Azure DevOps read.
//!
//! Source: `coverage-04.dtd` of Cobertura.

use super::lines::{Figure, File, figure, files};
use crate::coverage::Coverage;
use crate::render::xml::Escaped;
use std::io::{self, Write};

pub(super) fn write(machines: &[&Coverage], out: &mut dyn Write) -> io::Result<()> {
    let files = files(machines);
    let lines = Figure::sum(files.values().map(File::lines));
    let branches = Figure::sum(files.values().map(File::branches));
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<!DOCTYPE coverage SYSTEM \"http://cobertura.sourceforge.net/xml/coverage-04.dtd\">"
    )?;
    // The time of the run would make each report differ from the last one.
    writeln!(
        out,
        r#"<coverage {} lines-covered="{}" lines-valid="{}" branches-covered="{}" branches-valid="{}" complexity="0" version="1" timestamp="0">"#,
        rates(lines, branches),
        lines.covered,
        lines.total,
        branches.covered,
        branches.total,
    )?;
    writeln!(
        out,
        "  <sources>\n    <source>.</source>\n  </sources>\n  <packages>"
    )?;
    writeln!(
        out,
        r#"    <package name="state machines" {} complexity="0">"#,
        rates(lines, branches)
    )?;
    writeln!(out, "      <classes>")?;
    for (path, file) in &files {
        class(path, file, out)?;
    }
    writeln!(
        out,
        "      </classes>\n    </package>\n  </packages>\n</coverage>"
    )
}

fn rates(lines: Figure, branches: Figure) -> String {
    format!(
        r#"line-rate="{:.4}" branch-rate="{:.4}""#,
        lines.rate(),
        branches.rate()
    )
}

fn class(path: &str, file: &File, out: &mut dyn Write) -> io::Result<()> {
    let path = Escaped(path);
    writeln!(
        out,
        r#"        <class name="{path}" filename="{path}" {} complexity="0">"#,
        rates(file.lines(), file.branches())
    )?;
    writeln!(out, "          <methods/>\n          <lines>")?;
    let mut numbers: Vec<u32> = file
        .states
        .keys()
        .chain(file.transitions.keys())
        .copied()
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    for number in numbers {
        let transitions = file.transitions.get(&number).map_or(&[][..], Vec::as_slice);
        let taken = transitions.iter().filter_map(|transition| transition.taken).sum();
        let hits = file.states.get(&number).copied().unwrap_or(taken);
        if transitions.is_empty() {
            writeln!(
                out,
                r#"            <line number="{number}" hits="{hits}" branch="false"/>"#
            )?;
            continue;
        }
        let all = figure(transitions);
        writeln!(
            out,
            r#"            <line number="{number}" hits="{hits}" branch="true" condition-coverage="{:.0}% ({}/{})"/>"#,
            all.rate() * 100.0,
            all.covered,
            all.total,
        )?;
    }
    writeln!(out, "          </lines>\n        </class>")
}
