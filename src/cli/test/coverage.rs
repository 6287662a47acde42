//! The coverage of the machines by the cases that ran.

use super::args::Args;
use super::loaded::LoadedTests;
use super::worker::{Compiled, Worker};
use crate::cli::config_file::ConfigFile;
use crate::cli::{CliError, exit, output};
use crate::coverage::{CaseStates, Catalog, Counts, Coverage, Proofs, Thresholds};
use crate::prose;
use crate::render::coverage::{Format, Measured, document, write_text};
use crate::render::printable::Printable;
use crate::render::style::Style;
use crate::render::test_report;
use crate::shape::Declarations;
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

/// What is requested about coverage.
#[derive(Debug, Default)]
pub(super) struct Request {
    format: Format,
    thresholds: Thresholds,
}

impl Request {
    /// The request of the command line, and of the configuration file; `None` if coverage is not to be measured.
    pub(super) fn new(args: &Args, config: Option<&ConfigFile>) -> Result<Option<Self>, CliError> {
        let configured = config.and_then(|config| config.config.test.fail_under.as_deref());
        let thresholds = args.fail_under.as_deref().or(configured);
        if thresholds.is_none() && args.coverage.is_none() && args.coverage_file.is_none() {
            return Ok(None);
        }
        let parse = |text: &str| {
            text.parse::<Thresholds>()
                .map_err(|error| CliError::new(format!("invalid --fail-under: {error}")))
        };
        Ok(Some(Self {
            format: args.coverage.flatten().unwrap_or_default(),
            thresholds: thresholds.map(parse).transpose()?.unwrap_or_default(),
        }))
    }

    /// Whether the coverage is printed in place of the report. A JSON report contains the coverage in JSON instead.
    pub(super) fn replaces_report(&self, args: &Args) -> bool {
        let is_other = match self.format {
            Format::Text => false,
            Format::Json => args.format != test_report::Format::Json,
            Format::Lcov | Format::Cobertura | Format::Html => true,
        };
        is_other && args.coverage_file.is_none()
    }
}

/// The machines of a run, with their coverage.
pub(super) struct Machines<'l> {
    machines: Vec<(Coverage, Rc<Compiled<'l>>)>,
}

impl<'l> Machines<'l> {
    /// The coverage before a case has run.
    pub(super) fn new(loaded: &'l LoadedTests, worker: &mut Worker<'l>) -> Self {
        let mut machines = Vec::with_capacity(loaded.machines.len());
        for (index, machine) in loaded.machines.iter().enumerate() {
            let compiled = worker.compiled(index);
            let catalog = Catalog::new(&compiled.machine);
            let proofs = Proofs::new(&compiled.machine, &catalog, &Declarations::default());
            let source = Arc::clone(&machine.definition.document.source);
            machines.push((
                Coverage::new(machine.shown.clone(), source, catalog, proofs),
                compiled,
            ));
        }
        Self { machines }
    }

    /// Adds what a case has used of its machine.
    pub(super) fn add(&mut self, machine: usize, case: &str, counts: &Counts) {
        if let Some((coverage, _)) = self.machines.get_mut(machine) {
            coverage.add(case, counts);
        }
    }

    /// Adds what another run has used of a machine; false if it was another version of the machine.
    pub(super) fn add_run(&mut self, machine: usize, numbers: Vec<u64>, cases: Vec<CaseStates>) -> bool {
        let Some((coverage, _)) = self.machines.get_mut(machine) else {
            return false;
        };
        let counts = Counts::from_numbers(&coverage.catalog, numbers);
        counts.is_some_and(|counts| {
            coverage.add_all(&counts, cases);
            true
        })
    }

    /// Sorts the cases of each machine by their places in a run.
    pub(super) fn sort_cases(&mut self, places: &HashMap<&str, usize>) {
        for (coverage, _) in &mut self.machines {
            coverage.sort_cases(|name| places.get(name).copied());
        }
    }

    fn coverages(&self) -> Vec<&Coverage> {
        self.machines.iter().map(|(coverage, _)| coverage).collect()
    }

    /// The member `coverage` of the JSON report.
    pub(super) fn json(&self) -> String {
        serde_json::to_string(&document(&self.coverages())).unwrap_or_default()
    }

    /// Writes the coverage to its file, or to standard output. `format` is that of the report.
    pub(super) fn write(
        &self,
        request: &Request,
        args: &Args,
        format: test_report::Format,
        style: Style,
    ) -> Result<(), CliError> {
        let file = args.coverage_file.as_deref();
        let is_text = request.format == Format::Text;
        // GitHub finds annotations between other lines of the log.
        let is_log = matches!(format, test_report::Format::Text | test_report::Format::Github);
        match file {
            None if is_text && is_log => {
                let mut out = Printable::new(output::open(None, [])?, Format::Text.notation());
                std::io::Write::write_all(&mut out, b"\n")?;
                write_text(&self.coverages(), style, &mut out)?;
                out.into_inner()?.finish()
            }
            None if request.replaces_report(args) => self.write_to(request.format, None, style),
            // As part of the JSON report.
            None => Ok(()),
            Some(file) => self.write_to(request.format, Some(file), Style::PLAIN),
        }
    }

    fn write_to(&self, format: Format, file: Option<&Path>, style: Style) -> Result<(), CliError> {
        let measured: Vec<Measured<'_>> = self
            .machines
            .iter()
            .map(|(coverage, compiled)| Measured {
                coverage,
                machine: &compiled.machine,
            })
            .collect();
        let mut out = Printable::new(output::open(file, [])?, format.notation());
        format.write(&measured, &style, &mut out)?;
        out.into_inner()?.finish()
    }

    /// Whether the thresholds are reached; prints those that are not.
    pub(super) fn is_enough(&self, request: &Request) -> bool {
        let mut is_enough = true;
        for shortfall in request
            .thresholds
            .shortfalls(self.machines.iter().map(|(coverage, _)| coverage))
        {
            is_enough = false;
            exit::report_error(&CliError::new(format!(
                "the coverage of {} is {:.1}% ({} of {}), which is below {}%",
                shortfall.kind.as_str(),
                shortfall.found,
                shortfall.covered,
                shortfall.total,
                prose::with_thousands(shortfall.wanted)
            )));
        }
        is_enough
    }
}
