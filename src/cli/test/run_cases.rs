//! Runs the selected cases on several threads.

use super::args::Args;
use super::attempt::CaseResult;
use super::loaded::LoadedTests;
use super::on_aws::Service;
use super::worker::{CaseId, SnapshotMode, Worker, warning};
use super::{coverage, shell, snapshot_file};
use crate::cli::progress::Progress;
use crate::cli::{CliError, parallel, report};
use crate::document::Node;
use crate::render::test_report::{Report, SuiteReport};
use crate::simulate::mocks::read_local;
use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::panic;
use std::sync::Arc;

/// Runs cases, and stores their snapshots. The report is the same for any number of threads.
#[expect(clippy::too_many_lines, reason = "the steps of one run in order")]
pub(super) fn all<'l>(
    args: &Args,
    loaded: &'l LoadedTests,
    selected: &[CaseId],
    worker: &mut Worker<'l>,
    mut coverage: Option<&mut coverage::Machines<'l>>,
) -> Result<Report, CliError> {
    let threads = match args.threads {
        Some(threads) => threads,
        None if selected.len() < parallel::WORTH_THREADS => NonZeroUsize::MIN,
        None => std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
    };
    let options = worker.options;
    let service = Service {
        endpoint: args.endpoint_url.as_deref(),
    };
    let mut suites: Vec<Vec<CaseResult>> = loaded.suites.iter().map(|_| Vec::new()).collect();
    let mut progress = Progress::new(selected.len(), "cases");
    let mut done = 0;
    // A panic is reported with its case.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let ended: Result<(), ()> = parallel::in_order_with(
        selected,
        threads,
        worker,
        || Worker::new(loaded, options),
        |worker, at| {
            let result = worker.run(*at);
            (
                *at,
                if args.on.is_some() {
                    worker.compare_with_aws(*at, result, service)
                } else {
                    result
                },
            )
        },
        |((suite, _), result)| {
            progress.step();
            done += 1;
            let has_failed = result.report.status.is_failure();
            suites[suite].push(result);
            if has_failed && args.fail_fast {
                Err(())
            } else {
                Ok(())
            }
        },
    );
    panic::set_hook(hook);
    drop(progress);
    let not_run = if ended.is_err() { selected.len() - done } else { 0 };
    // If only some of the cases run, the others may use a mock or own a snapshot.
    let total: usize = loaded.suites.iter().map(|suite| suite.cases.len()).sum();
    let is_whole = selected.len() == total && not_run == 0;
    let mut all = Report {
        not_run,
        ..Report::default()
    };
    for (suite, results) in loaded.suites.iter().zip(suites) {
        if results.is_empty() && !suite.cases.is_empty() {
            continue;
        }
        let mut snapshots = suite.snapshots.clone();
        let mut used: HashSet<String> = HashSet::new();
        let mut cases = Vec::with_capacity(results.len());
        let mut warnings = Vec::new();
        for one in results {
            let mut case = one.report;
            if case.status.is_failure() {
                case.rerun = shell::rerun(args, &suite.path, &case.name);
            }
            if let Some(text) = one.snapshot {
                snapshots.set(&case.name, text);
            }
            if let (Some(machines), Some(counts)) = (&mut coverage, &one.counts) {
                machines.add(suite.machine, &case.name, counts);
            }
            used.extend(one.used);
            warnings.extend(one.warnings);
            cases.push(case);
        }
        if let (true, Some(tree)) = (is_whole && !cases.is_empty(), &suite.mocks)
            && read_local(&tree.root).is_none()
        {
            let of = |key: &str| tree.root.get(key).and_then(Node::as_object).unwrap_or_default();
            let members = of("states").iter().chain(of("resources"));
            for member in members.filter(|member| !used.contains(member.key.as_str())) {
                let message = format!("no case uses the mock of `{}`", member.key.as_str());
                warnings.push((Arc::clone(&tree.source), warning(member.key_span, message)));
            }
        }
        for (source, found) in warnings {
            report::print(&source, vec![found]);
        }
        if is_whole && worker.options.snapshots == SnapshotMode::Update {
            let owned: HashSet<&str> = suite
                .cases
                .iter()
                .filter(|case| case.case.snapshot)
                .map(|case| case.case.name.as_str())
                .collect();
            snapshots.retain(|name| owned.contains(name));
        }
        if snapshots != suite.snapshots {
            snapshot_file::write(&suite.path, &snapshots)?;
        }
        all.suites.push(SuiteReport {
            path: suite.path.display().to_string(),
            machine: suite.machine_text.clone(),
            source: Arc::clone(&suite.source),
            cases,
        });
    }
    Ok(all)
}
