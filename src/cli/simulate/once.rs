//! One execution, and how it is reported.

use super::bill::bill;
use super::simulation::Simulation;
use crate::cli::{CliError, Exit, ExitProcess, data_args, output};
use crate::graph::Graph;
use crate::history::{Event, Trace};
use crate::render::graph;
use crate::render::history::Report;
use crate::render::printable::{Notation, Printable};
use crate::simulate::{self, Execution, MapRun};
use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Instant;

/// Runs the machine once and ends the process without freeing the execution, whose history may be long.
pub(super) fn run(simulation: &Simulation<'_>, exit_process: ExitProcess) -> Result<Exit, CliError> {
    let began = Instant::now();
    let mut world = simulation.world(simulation.args.seed);
    let execution = simulate::run(
        &simulation.plan,
        simulation.input.clone(),
        &mut world,
        &simulation.options,
    )?;
    let took = began.elapsed();
    let args = simulation.args;
    let mut warnings = Vec::new();
    if let Some(state) = args.until.as_ref().filter(|_| !execution.has_stopped) {
        warnings.push(format!("the execution ended before `{state}` (--until) was left"));
    }
    warnings.extend(world.warnings());
    let unmocked: Vec<_> = world.world.unmocked().cloned().collect();
    let report = Report {
        execution: &execution,
        plan: &simulation.plan,
        machine: simulation.machine,
        source: &simulation.definition.document.source,
        bill: bill(&execution, simulation.machine),
        until: args.until.as_deref(),
        unmocked: &unmocked,
        is_sampled: args.mocks.are_sampled(),
        warnings: &warnings,
    };
    if let Some(file) = &args.report {
        write_page(simulation, &execution, file)?;
    }
    let out = output::open(args.output.as_deref(), [])?;
    let mut out = Printable::new(out, args.format.notation());
    args.format
        .write(&report, simulation.print_settings(), &mut out)?;
    out.into_inner()?.finish()?;
    // This figure differs from run to run. It is printed only to a terminal, so that files and pipes are reproducible.
    if args.format.is_human_readable() && io::stderr().is_terminal() {
        drop(writeln!(io::stderr(), "simulated in {took:.1?}"));
    }
    exit_process(if execution.has_succeeded() {
        Exit::Success
    } else {
        Exit::Findings
    })
}

/// Writes the HTML page of an execution: the graph, the execution, and a timeline.
fn write_page(simulation: &Simulation<'_>, execution: &Execution, file: &Path) -> Result<(), CliError> {
    let mut graph = Graph::new(simulation.machine);
    let runs: HashMap<&str, &MapRun> = execution.map_runs.iter().map(|run| (&*run.arn, run)).collect();
    let children = |arn: &str| -> Vec<&[Event]> {
        let children = runs.get(arn).map(|run| run.children.as_slice());
        let children = children.unwrap_or_default().iter();
        children.map(|child| child.history.as_slice()).collect()
    };
    graph.mark_execution(Trace::with_children(&execution.history, &children));
    let types = data_args::types(simulation.args.machine.path(), simulation.machine)?;
    let settings = graph::Settings {
        detail: graph::Detail::default(),
        direction: graph::Direction::default(),
        markdown: false,
        style: simulation.style,
        source: Some(&simulation.definition.document.source),
        older: None,
        types: Some(&types),
    };
    let page = output::open(Some(file), [])?;
    let mut page = Printable::new(page, Notation::Symbol);
    graph::Format::Html.write(&graph, settings, &mut page)?;
    page.into_inner()?.finish()
}
