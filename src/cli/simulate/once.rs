//! One execution, and how it is reported.

use super::{Prepared, bill, succeeded};
use crate::cli::{CliError, Exit, output};
use crate::graph::Graph;
use crate::history::{Event, Trace};
use crate::render::graph;
use crate::render::history::Report;
use crate::simulate::MapRun;
use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};
use std::time::Instant;

/// Runs the machine once.
pub(super) fn run(prepared: &Prepared<'_>) -> Result<Exit, CliError> {
    let began = Instant::now();
    let mut world = prepared.world(0);
    let execution = prepared.simulate(&mut world)?;
    let took = began.elapsed();
    let args = prepared.args;
    let mut warnings = Vec::new();
    if let Some(state) = args.until.as_ref().filter(|_| !execution.has_stopped) {
        warnings.push(format!(
            "the execution ended before `{state}`, which --until names, was left"
        ));
    }
    let report = Report {
        execution: &execution,
        plan: &prepared.plan,
        machine: prepared.machine,
        source: &prepared.definition.document.source,
        bill: bill::of(prepared, &execution),
        until: args.until.as_deref(),
        unmocked: world.unmocked(),
        warnings: &warnings,
    };
    if let Some(file) = &args.report {
        let mut graph = Graph::new(prepared.machine);
        let runs: HashMap<&str, &MapRun> = execution.map_runs.iter().map(|run| (&*run.arn, run)).collect();
        let children = |arn: &str| -> Vec<&[Event]> {
            let children = runs.get(arn).map(|run| run.children.as_slice());
            let children = children.unwrap_or_default().iter();
            children.map(|child| child.history.as_slice()).collect()
        };
        graph.mark_execution(Trace::with_children(&execution.history, &children));
        let settings = graph::Settings {
            detail: graph::Detail::default(),
            direction: graph::Direction::default(),
            markdown: false,
            style: &prepared.style,
            source: Some(&prepared.definition.document.source),
            older: None,
        };
        let mut page = output::open(Some(file), args.reads())?;
        graph::Format::Html.write(&graph, settings, &mut page)?;
        page.flush()?;
    }
    let mut out = output::open(args.output.as_deref(), args.reads())?;
    args.format.write(&report, prepared.print_settings(), &mut out)?;
    out.flush()?;
    drop(out);
    // The only figure that differs from run to run: people may see it, but no file and no pipe has it.
    if args.format.is_for_people() && io::stderr().is_terminal() {
        drop(writeln!(io::stderr(), "simulated in {took:.1?}"));
    }
    Ok(if succeeded(&execution) {
        Exit::Success
    } else {
        Exit::Findings
    })
}
