//! The figures in `docs/src/fidelity.md`, from the floors that CI enforces and the numbers of cases.

use crate::completions::assert_fresh;
use crate::documents::read;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;

const BEGIN: &str = "<!-- figures -->\n";
const END: &str = "<!-- /figures -->\n";

/// Rows of a table: what is compared, and the key of the figure.
type Rows = [(&'static str, &'static str)];

const EXPRESSIONS: &Rows = &[
    (
        "JSONata: cases of the reference suite that version 2.0.6 passes",
        "expressions/jsonata",
    ),
    (
        "JSONPath: values that the Jayway library selects",
        "expressions/jsonpath",
    ),
    (
        "JSONPath: error messages of the Jayway library",
        "expressions/jsonpath texts",
    ),
];

const FINDINGS: &Rows = &[
    ("valid definitions: no error", "lint/probes/valid"),
    (
        "definitions that AWS rejects, or that always fail: an error",
        "lint/probes/invalid",
    ),
    (
        "valid definitions that could be improved: a finding",
        "lint/probes/advice",
    ),
    (
        "valid definitions in the test suites of other tools: no error",
        "lint/corpus/valid",
    ),
    (
        "invalid definitions in the test suites of other tools: an error",
        "lint/corpus/invalid",
    ),
    (
        "published definitions and templates, by file: no false error",
        "lint/real/files",
    ),
    ("state machines found in them", "lint/real/machines"),
    (
        "small projects with typical layouts: the expected state machines and findings",
        "wild/wild",
    ),
    (
        "definitions with an error in their data: found at its location",
        "shapes/faults",
    ),
    (
        "the same definitions without the error: no finding about data",
        "shapes/twins",
    ),
    (
        "definitions that only look faulty: no finding about data",
        "shapes/traps",
    ),
];

const ROLES: &Rows = &[
    (
        "derived roles that allow everything that AWS documents",
        "iam/sufficient",
    ),
    ("derived roles that allow nothing else", "iam/narrow"),
    ("checks of roles with exactly the expected findings", "iam/checks"),
];

struct Figures {
    floors: Value,
    totals: Value,
}

impl Figures {
    /// The figure of a key, with the number of cases.
    fn cell(&self, key: &str) -> String {
        match (self.floors.get(key), self.totals.get(key)) {
            (Some(value), Some(total)) => format!("{value} of {total}"),
            (Some(value), None) => value.to_string(),
            (None, _) => "—".to_owned(),
        }
    }

    /// The table of the figures whose key is `conformance/AREA KIND/COLUMN`, with the row of all areas last.
    fn areas(&self, out: &mut String, kind: &str, columns: &[(&str, &str)]) {
        let keys = self.floors.as_object().unwrap().keys();
        let areas: BTreeSet<_> = keys
            .filter_map(|key| {
                let row = key.strip_prefix("conformance/")?.split('/').next()?;
                Some(row.strip_suffix(kind)?.trim())
            })
            .collect();
        let titles: Vec<_> = columns.iter().map(|(_, title)| *title).collect();
        writeln!(out, "| area | {} |", titles.join(" | ")).unwrap();
        writeln!(out, "|---|{}", "---:|".repeat(columns.len())).unwrap();
        let named = areas.into_iter().filter(|area| *area != "all");
        for area in named.chain(["all"]) {
            let row: Vec<_> = columns
                .iter()
                .map(|(column, _)| self.cell(&format!("conformance/{area} {kind}/{column}")))
                .collect();
            let title = if area == "all" {
                "**all**".to_owned()
            } else {
                area.replace('_', " ")
            };
            writeln!(out, "| {title} | {} |", row.join(" | ")).unwrap();
        }
    }

    /// A table of single figures.
    fn rows(&self, out: &mut String, rows: &Rows) {
        out.push_str("| cases | as expected |\n|---|---:|\n");
        for (title, key) in rows {
            assert!(self.floors.get(key).is_some(), "{key}");
            writeln!(out, "| {title} | {} |", self.cell(key)).unwrap();
        }
    }
}

#[test]
fn figures_match_the_enforced_minimums() {
    let json = |path| serde_json::from_str(&read(path)).unwrap();
    let figures = Figures {
        floors: json(".ci/floors.json"),
        totals: json(".ci/totals.json"),
    };
    let mut out = String::from("### Executions\n\n");
    let columns = [
        ("outcome", "same outcome"),
        ("steps", "same steps"),
        ("history", "same events"),
    ];
    figures.areas(&mut out, "executions", &columns);
    out.push_str("\n### Log events\n\n");
    figures.areas(&mut out, "logged", &[("exact", "same events")]);
    out.push_str("\n### Validation\n\n");
    let columns = [("outcome", "same verdict"), ("exact", "same diagnostics")];
    figures.areas(&mut out, "validation", &columns);
    out.push_str("\n### TestState\n\n");
    let columns = [("outcome", "same status"), ("exact", "same response")];
    figures.areas(&mut out, "test-state", &columns);
    for (heading, rows) in [
        ("Expressions", EXPRESSIONS),
        ("Findings", FINDINGS),
        ("Roles", ROLES),
    ] {
        write!(out, "\n### {heading}\n\n").unwrap();
        figures.rows(&mut out, rows);
    }
    let page = read("docs/src/fidelity.md");
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    assert_fresh(
        "docs/src/fidelity.md",
        &format!("{before}{BEGIN}{out}{END}{after}"),
    );
}
