//! The figures in `docs/src/fidelity.md`, from the floors that CI enforces.

use crate::completions::assert_fresh;
use crate::documents::read;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

const BEGIN: &str = "<!-- figures -->\n";
const END: &str = "<!-- /figures -->\n";

/// Figures by area and column.
type Table = BTreeMap<String, BTreeMap<String, u64>>;

/// The figures whose key is `conformance/AREA KIND/COLUMN`.
fn table(floors: &Value, kind: &str) -> Table {
    let mut table = Table::new();
    for (key, value) in floors.as_object().unwrap() {
        let Some(rest) = key.strip_prefix("conformance/") else {
            continue;
        };
        let (row, column) = rest.split_once('/').unwrap();
        if let Some(area) = row.strip_suffix(kind) {
            let area = area.trim().replace('_', " ");
            let cells = table.entry(area).or_default();
            cells.insert(column.to_owned(), value.as_u64().unwrap());
        }
    }
    table
}

/// A table in Markdown with the row of all areas last. An area may have no figure in a column.
fn write(out: &mut String, table: &Table, columns: &[(&str, &str)]) {
    let titles: Vec<_> = columns.iter().map(|(_, title)| *title).collect();
    writeln!(out, "| area | {} |", titles.join(" | ")).unwrap();
    writeln!(out, "|---|{}", "---:|".repeat(columns.len())).unwrap();
    let all = table.iter().filter(|(area, _)| *area == "all");
    let areas = table.iter().filter(|(area, _)| *area != "all");
    for (area, cells) in areas.chain(all) {
        let cell = |column: &str| cells.get(column).map_or("—".to_owned(), u64::to_string);
        let row: Vec<_> = columns.iter().map(|(column, _)| cell(column)).collect();
        let area = if area == "all" { "**all**" } else { area };
        writeln!(out, "| {area} | {} |", row.join(" | ")).unwrap();
    }
}

#[test]
fn the_figures_are_the_floors() {
    let floors: Value = serde_json::from_str(&read(".ci/floors.json")).unwrap();
    let mut out = String::from("### Executions\n\n");
    let columns = [
        ("outcome", "same outcome"),
        ("steps", "same steps"),
        ("history", "same events"),
    ];
    write(&mut out, &table(&floors, "executions"), &columns);
    out.push_str("\n### Validation\n\n");
    let columns = [("outcome", "same verdict"), ("exact", "same diagnostics")];
    write(&mut out, &table(&floors, "validation"), &columns);
    out.push_str("\n### TestState\n\n");
    let columns = [("outcome", "same status"), ("exact", "same response")];
    write(&mut out, &table(&floors, "test-state"), &columns);
    let page = read("docs/src/fidelity.md");
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    assert_fresh(
        "docs/src/fidelity.md",
        &format!("{before}{BEGIN}{out}{END}{after}"),
    );
}
