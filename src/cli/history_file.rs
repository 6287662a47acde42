//! Recorded executions, read from files with histories or log events.

use super::exit::warn;
use super::progress::Progress;
use super::{CliError, input};
use crate::history::{self, Logs, Recorded};
use crate::prose;
use std::path::{Path, PathBuf};

/// The maximum number of executions that an error lists.
const MAX_LISTED: usize = 20;

/// Calls `each` with all executions in the files: first those of histories, then those of logs, whose events may be
/// distributed over several files. Warns of gaps in the recordings.
pub(super) fn read_all(paths: &[PathBuf], mut each: impl FnMut(Recorded)) -> Result<(), CliError> {
    let files = input::data_files(paths)?;
    let mut progress = Progress::new(files.len(), "histories");
    let mut logs = Logs::default();
    let mut gaps = RecordingGaps::default();
    for file in &files {
        if let Some(recorded) = read(file, &mut logs)? {
            gaps.add(&recorded);
            each(recorded);
        }
        progress.step();
    }
    drop(progress);
    gaps.unreadable = logs.unreadable;
    for recorded in logs.into_recorded() {
        check(&recorded, recorded.name().unwrap_or_default())?;
        gaps.add(&recorded);
        each(recorded);
    }
    gaps.warn();
    Ok(())
}

/// Reads one execution from a file, or from files if the path is a directory or a glob: the only one, or the one with this
/// ARN or name.
pub(super) fn read_one(path: &Path, execution: Option<&str>) -> Result<Recorded, CliError> {
    let Found {
        mut executions,
        names,
        unreadable,
    } = find(path, execution)?;
    let name = path.display();
    let recorded = match (executions.pop(), execution) {
        (Some(recorded), _) if executions.is_empty() => recorded,
        (Some(last), _) => {
            executions.push(last);
            let count = executions.len();
            let arns: Vec<&str> = executions
                .iter()
                .filter_map(|one| one.execution.as_deref())
                .collect();
            let error = CliError::new(format!("`{name}` contains {count} executions"));
            return Err(match (arns.len() == count, execution) {
                (true, None) => error.help(format!(
                    "select one with --execution: {}",
                    prose::abridged_list(&names, MAX_LISTED)
                )),
                (true, Some(_)) => error.help(format!(
                    "select one of the same name by its ARN: {}",
                    prose::abridged_list(&arns, MAX_LISTED)
                )),
                (false, _) => error.help("specify a file with one of them"),
            });
        }
        (None, execution) => return Err(none_in(path, execution, &names)),
    };
    check(&recorded, &name.to_string())?;
    RecordingGaps::new(std::slice::from_ref(&recorded), unreadable).warn();
    Ok(recorded)
}

/// Reads the executions in a file, or in files if the path is a directory or a glob, in the order of their starts: all, or
/// those with this ARN or name. There is at least one.
pub(super) fn read_selected(path: &Path, execution: Option<&str>) -> Result<Vec<Recorded>, CliError> {
    let found = find(path, execution)?;
    if found.executions.is_empty() {
        return Err(none_in(path, execution, &found.names));
    }
    for recorded in &found.executions {
        check(recorded, &path.display().to_string())?;
    }
    RecordingGaps::new(&found.executions, found.unreadable).warn();
    Ok(found.executions)
}

/// The executions in files.
struct Found {
    /// Those that were selected, in the order of their starts.
    executions: Vec<Recorded>,
    /// The names of all. A history does not contain one.
    names: Vec<String>,
    /// The number of log events that could not be read.
    unreadable: u64,
}

fn find(path: &Path, execution: Option<&str>) -> Result<Found, CliError> {
    let mut logs = Logs::default();
    let mut executions = Vec::new();
    for file in &input::data_files(&[path.to_owned()])? {
        executions.extend(read(file, &mut logs)?);
    }
    let unreadable = logs.unreadable;
    executions.extend(logs.into_recorded());
    executions.sort_by_key(|recorded| recorded.events.first().map(|event| event.time));
    let names = executions
        .iter()
        .filter_map(|one| Some(one.name()?.to_owned()))
        .collect();
    if let Some(execution) = execution {
        executions.retain(|recorded| recorded.is_named(execution));
    }
    Ok(Found {
        executions,
        names,
        unreadable,
    })
}

/// The error for files without the execution, or without any.
fn none_in(path: &Path, execution: Option<&str>, names: &[String]) -> CliError {
    let name = path.display();
    let Some(execution) = execution else {
        return CliError::new(format!("`{name}` does not contain events"));
    };
    let error = CliError::new(format!("`{name}` does not contain execution `{execution}`"));
    if names.is_empty() {
        error.help("a history does not contain the name of its execution; remove --execution")
    } else {
        error.help(format!(
            "it contains the executions {}",
            prose::abridged_list(names, MAX_LISTED)
        ))
    }
}

/// Reads the history in a file; log events are added to `logs`.
fn read(file: &Path, logs: &mut Logs) -> Result<Option<Recorded>, CliError> {
    let source = input::read_data(file)?;
    let recorded = history::read(source.text(), logs).map_err(|fault| {
        let at = fault.offset.map_or_else(String::new, |offset| {
            let at = source.position(crate::source::to_offset(offset));
            format!(":{}:{}", at.line, at.column)
        });
        CliError::new(format!("{}{at}: {}", source.name(), fault.message)).help(
            "use the output of `aws stepfunctions get-execution-history` or of `asl simulate --format history`",
        )
    })?;
    if let Some(recorded) = &recorded {
        check(recorded, source.name())?;
    }
    Ok(recorded)
}

/// Fails if a recording has no events.
fn check(recorded: &Recorded, name: &str) -> Result<(), CliError> {
    if !recorded.events.is_empty() {
        return Ok(());
    }
    Err(match recorded.unknown.as_slice() {
        [] => CliError::new(format!("`{name}` does not contain events")),
        types => CliError::new(format!("`{name}` contains only unknown types of events"))
            .help(format!("the types are {}", prose::list(types))),
    })
}

/// What is missing in recordings.
#[derive(Default)]
struct RecordingGaps {
    recordings: usize,
    /// How many of them are partial.
    partial: usize,
    /// Missing events.
    events: u64,
    /// Events whose data is missing or truncated.
    data: usize,
    /// Log events that could not be read.
    unreadable: u64,
}

impl RecordingGaps {
    fn new(recordings: &[Recorded], unreadable: u64) -> Self {
        let mut gaps = Self {
            unreadable,
            ..Self::default()
        };
        for recorded in recordings {
            gaps.add(recorded);
        }
        gaps
    }

    fn add(&mut self, recorded: &Recorded) {
        let gaps = &recorded.gaps;
        self.recordings += 1;
        self.partial += usize::from(!gaps.is_empty());
        self.events += gaps.events;
        self.data += gaps.data.len();
    }

    fn warn(&self) {
        let count =
            |number: u64, noun: &str| prose::plural(usize::try_from(number).unwrap_or(usize::MAX), noun);
        if self.unreadable > 0 {
            warn(&format!("{} cannot be read", count(self.unreadable, "log event")));
        }
        if self.partial == 0 {
            return;
        }
        let events = (self.events > 0).then(|| format!("{} missing", count(self.events, "event")));
        let data = (self.data > 0).then(|| {
            let events = prose::plural(self.data, "event");
            format!("missing or truncated data in {events}")
        });
        let parts: Vec<String> = [events, data].into_iter().flatten().collect();
        let subject = if self.recordings == 1 {
            "the recording is incomplete".to_owned()
        } else {
            format!(
                "{} of {} recordings are incomplete",
                self.partial, self.recordings
            )
        };
        warn(&format!("{subject}: {}", parts.join(", ")));
    }
}

/// Says which states a history enters that the definition does not have.
pub(super) fn warn_of_unknown_states(strangers: &[String]) {
    let Some(first) = strangers.first() else { return };
    let more = match strangers.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    warn(&format!(
        "the execution entered `{first}`{more}, which the definition does not contain; it ran another version of the definition"
    ));
}
