//! `--merge REPORT…`: merges the reports of the parts of a run.

use super::args::Args;
use super::coverage::{Machines, Request};
use super::load::Loader;
use super::worker::{RunOptions, Worker};
use super::{print, shell};
use crate::cli::config_file::ConfigFile;
use crate::cli::{CliError, Exit, input};
use crate::coverage::CaseStates;
use crate::render::style::Style;
use crate::render::test_report::{CaseReport, CaseStatus, LocatedFailure, Report, SuiteReport};
use crate::source::{SourceFile, Span};
use crate::suite::{Failure, MachineRef, Suite, expectation};
use crate::value::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Merges JSON reports of a run whose cases were split with `--shard`. The order of the reports does not matter.
pub(super) fn run(
    args: &Args,
    files: &[PathBuf],
    config: Option<&ConfigFile>,
    style: Style,
) -> Result<Exit, CliError> {
    let mut request = Request::new(args, config)?;
    let reports = reports(files)?;
    let suites = suites(args, &reports);
    let measured: Vec<Measured> = reports.iter().flat_map(measured).collect();
    if request.is_none() && !measured.is_empty() {
        request = Some(Request::default());
    }
    let request = request.filter(|_| !measured.is_empty());
    let mut loader = Loader::default();
    let mut numbered = Vec::new();
    for measured in measured.into_iter().filter(|_| request.is_some()) {
        let suite = empty_suite(&measured.machine);
        numbered.push((loader.machine(Path::new(""), &suite)?, measured));
    }
    let mut worker = Worker::new(&loader.loaded, RunOptions::QUIET);
    let mut machines = request
        .as_ref()
        .map(|_| Machines::new(&loader.loaded, &mut worker));
    if let Some(machines) = &mut machines {
        for (index, measured) in numbered {
            if !machines.add_run(index, measured.counts, measured.cases) {
                let machine = measured.machine;
                return Err(
                    CliError::new(format!("the reports cover another version of `{machine}`"))
                        .help("merge reports in the working tree in which they were written"),
                );
            }
        }
        let cases = suites.iter().flat_map(|suite| &suite.cases);
        let places = cases.map(|case| case.name.as_str()).zip(0..).collect();
        machines.sort_cases(&places);
    }
    let report = Report {
        suites,
        not_run: 0,
        coverage: machines.as_ref().map(Machines::json),
    };
    print::all(
        args,
        &report,
        request.as_ref().zip(machines.as_ref()),
        style,
        None,
    )
}

/// The reports in files, in an order that does not depend on that of the files.
fn reports(files: &[PathBuf]) -> Result<Vec<Value>, CliError> {
    let mut sources = Vec::with_capacity(files.len());
    for file in files {
        sources.push(input::read_data(file)?);
    }
    sources.sort_by(|a, b| a.text().cmp(b.text()));
    let report = |source: &Arc<SourceFile>| {
        let root = Value::parse(source.text()).ok();
        let root = root.filter(|root| root.get("version").is_some() && root.get("suites").is_some());
        root.ok_or_else(|| {
            CliError::new(format!("`{}` is not a report of asl test", source.name()))
                .help("write the reports with --format json")
        })
    };
    sources.iter().map(report).collect()
}

/// The suites of all reports, by path, with their cases in the order of the suite.
fn suites(args: &Args, reports: &[Value]) -> Vec<SuiteReport> {
    let mut sources = Sources::default();
    // A MockConfigFile.json is a suite for each of its machines.
    let mut suites: BTreeMap<(PathBuf, String), SuiteReport> = BTreeMap::new();
    for suite in reports.iter().flat_map(|report| items(report, "suites")) {
        let (path, machine) = (text(suite, "path"), text(suite, "machine"));
        let merged = suites
            .entry((PathBuf::from(&path), machine.clone()))
            .or_insert_with(|| SuiteReport {
                machine,
                source: sources.get(&path),
                cases: Vec::new(),
                path,
            });
        for case in items(suite, "cases") {
            let case = sources.case(args, merged, case);
            merged.cases.push(case);
        }
    }
    let mut suites: Vec<SuiteReport> = suites.into_values().collect();
    for suite in &mut suites {
        let names = Loader::quiet().case_names(Path::new(&suite.path));
        let places: HashMap<&str, usize> = names.iter().map(String::as_str).zip(0..).collect();
        suite.cases.sort_by_key(|case| {
            let place = places.get(case.name.as_str());
            place.copied().unwrap_or(usize::MAX)
        });
    }
    suites
}

/// What a report says about the coverage of a machine.
struct Measured {
    machine: String,
    counts: Vec<u64>,
    cases: Vec<CaseStates>,
}

/// The machines that a report covers.
fn measured(report: &Value) -> Vec<Measured> {
    let nothing = Value::Null;
    let machines = items(report.get("coverage").unwrap_or(&nothing), "machines").iter();
    let case = |case| CaseStates {
        name: text(case, "name"),
        states: numbers(case, "states"),
    };
    machines
        .map(|machine| Measured {
            machine: text(machine, "machine"),
            counts: numbers(machine, "counts"),
            cases: items(machine, "cases").iter().map(case).collect(),
        })
        .collect()
}

/// A suite without cases.
fn empty_suite(machine: &str) -> Suite {
    Suite {
        machine: MachineRef::parse(machine).into(),
        ..Suite::default()
    }
}

/// The source texts of suites, each read once; that of a file which no longer exists is empty.
#[derive(Default)]
struct Sources(BTreeMap<String, Arc<SourceFile>>);

impl Sources {
    fn get(&mut self, path: &str) -> Arc<SourceFile> {
        let source = self.0.entry(path.to_owned()).or_insert_with(|| {
            let exists = Path::new(path).is_file();
            let read = exists.then(|| input::read_data(Path::new(path)).ok()).flatten();
            read.unwrap_or_else(|| Arc::new(SourceFile::new(path, "")))
        });
        Arc::clone(source)
    }

    fn case(&mut self, args: &Args, suite: &SuiteReport, case: &Value) -> CaseReport {
        let statuses = [
            CaseStatus::Passed,
            CaseStatus::Failed,
            CaseStatus::Skipped,
            CaseStatus::Error,
        ];
        let status = text(case, "status");
        let status = statuses.into_iter().find(|known| known.as_str() == status);
        let name = text(case, "name");
        let failures = items(case, "failures").iter();
        CaseReport {
            status: status.unwrap_or(CaseStatus::Error),
            duration_ms: integer(case, "duration_ms"),
            failures: failures
                .map(|failure| self.failure(&suite.path, failure))
                .collect(),
            timeline: None,
            note: case.get("note").and_then(Value::as_str).map(str::to_owned),
            rerun: shell::rerun(args, Path::new(&suite.path), &name),
            took: Duration::ZERO,
            name,
        }
    }

    fn failure(&mut self, suite: &str, failure: &Value) -> LocatedFailure {
        let nothing = Value::Null;
        let location = failure.get("location").unwrap_or(&nothing);
        let path = location.get("path").and_then(Value::as_str).unwrap_or(suite);
        let source = self.get(path);
        let length = source.text().len();
        let offset = |end: &str| {
            let offset = location.get(end).map_or(0, |place| integer(place, "offset"));
            let offset = usize::try_from(offset).unwrap_or(0).min(length);
            crate::source::to_offset(offset)
        };
        let json = |key: &str| failure.get(key).map(Value::to_json);
        LocatedFailure {
            failure: Failure {
                expectation: expectation(&text(failure, "expectation")),
                message: text(failure, "message"),
                span: Span::new(offset("start"), offset("end")),
                help: failure.get("help").and_then(Value::as_str).map(str::to_owned),
                expected: json("expected"),
                got: json("got"),
                diff: None,
            },
            source,
            pointer: text(location, "pointer"),
        }
    }
}

fn items<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).unwrap_or_default()
}

fn numbers<N: TryFrom<i64>>(value: &Value, key: &str) -> Vec<N> {
    let numbers = items(value, key).iter();
    numbers
        .filter_map(|number| N::try_from(number.as_number()?.as_i64()?).ok())
        .collect()
}

fn text(value: &Value, key: &str) -> String {
    value
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn integer(value: &Value, key: &str) -> i64 {
    let number = value.get(key).and_then(Value::as_number);
    number.and_then(crate::value::Number::as_i64).unwrap_or_default()
}
