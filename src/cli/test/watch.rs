//! `--watch`: runs suites again when a file changes that they depend on.

use super::args::Args;
use super::load::Loader;
use super::{mock_config, session};
use crate::cli::config_file::ConfigFile;
use crate::cli::input::files_read;
use crate::cli::{CliError, Exit, exit};
use crate::prose;
use crate::render::style::Style;
use crate::suite::MachineRef;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// Changes that follow one another this closely are one: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(100);

/// Clears the screen, what scrolled out of it included, and moves to its start.
const CLEAR: &str = "\x1b[H\x1b[2J\x1b[3J";

/// Runs the suites, and again those that a change affects, until the process is stopped.
pub(super) fn run(args: &Args, config: Option<&ConfigFile>, style: &Style) -> Result<Exit, CliError> {
    let (send, receive) = mpsc::channel();
    let cannot = |error: notify::Error| CliError::new(format!("cannot watch files: {error}"));
    let mut watcher = notify::recommended_watcher(send).map_err(cannot)?;
    let mut watched: BTreeSet<PathBuf> = BTreeSet::new();
    let mut all: BTreeMap<PathBuf, BTreeSet<PathBuf>> = BTreeMap::new();
    let mut affected: Option<Vec<PathBuf>> = None;
    loop {
        let files = session::files(args, config);
        if io::stdout().is_terminal() {
            print!("{CLEAR}");
            // Errors are printed on the other stream.
            drop(io::stdout().flush());
        }
        match &files {
            Ok(files) => {
                let chosen: Vec<PathBuf> = match &affected {
                    Some(affected) => files
                        .iter()
                        .filter(|file| affected.contains(file))
                        .cloned()
                        .collect(),
                    None => files.clone(),
                };
                report(session::run(args, &chosen, config, style, None));
                all.retain(|suite, _| files.contains(suite));
                for file in chosen {
                    let read = dependencies(&file, args);
                    all.insert(file, read);
                }
            }
            Err(error) => exit::report_error(error),
        }
        watch(args, &all, &mut watcher, &mut watched);
        let count = all.values().flatten().collect::<BTreeSet<_>>().len();
        eprintln!(
            "\nwatching {}; press Ctrl-C to stop",
            prose::plural(count, "file")
        );
        drop(io::stdout().flush());
        affected = Some(wait(&receive, &all)?);
    }
}

fn report(result: Result<Exit, CliError>) {
    if let Err(error) = result {
        exit::report_error(&error);
    }
}

/// The files that a suite consists of.
fn dependencies(suite: &Path, args: &Args) -> BTreeSet<PathBuf> {
    files_read::collect();
    // What is wrong with the suite has been reported.
    Loader::quiet().visit(suite);
    let mut files: BTreeSet<PathBuf> = files_read::collected()
        .into_iter()
        .map(|file| absolute(&file))
        .collect();
    files.insert(absolute(suite));
    if mock_config::is_one(suite) {
        let definitions = args.mock_machine.iter().filter_map(|pair| pair.split_once('='));
        files.extend(definitions.map(|(_, file)| absolute(Path::new(&MachineRef::parse(file).path))));
    }
    files
}

/// Watches the folders of all files; a file itself is often replaced by its editor.
fn watch(
    args: &Args,
    all: &BTreeMap<PathBuf, BTreeSet<PathBuf>>,
    watcher: &mut RecommendedWatcher,
    watched: &mut BTreeSet<PathBuf>,
) {
    let folders = all.values().flatten().filter_map(|file| file.parent());
    let folders = folders.map(Path::to_owned).chain(
        args.paths
            .iter()
            .filter(|path| path.is_dir())
            .map(|path| absolute(path)),
    );
    let folders: Vec<PathBuf> = folders.chain([absolute(Path::new("."))]).collect();
    for folder in folders {
        if watched.insert(folder.clone())
            && let Err(error) = watcher.watch(&folder, RecursiveMode::NonRecursive)
        {
            exit::warn(&format!("cannot watch `{}`: {error}", folder.display()));
        }
    }
}

/// Waits for a change, and returns the suites that it affects.
fn wait(
    receive: &Receiver<notify::Result<notify::Event>>,
    all: &BTreeMap<PathBuf, BTreeSet<PathBuf>>,
) -> Result<Vec<PathBuf>, CliError> {
    let mut affected: BTreeSet<PathBuf> = BTreeSet::new();
    loop {
        let event = if affected.is_empty() {
            receive
                .recv()
                .map_err(|_| CliError::new("cannot watch files: the watcher has stopped"))?
        } else {
            match receive.recv_timeout(QUIET) {
                Ok(event) => event,
                Err(_) => return Ok(affected.into_iter().collect()),
            }
        };
        let Ok(event) = event else { continue };
        if matches!(event.kind, EventKind::Access(_)) {
            continue;
        }
        for path in event.paths.iter().map(|path| absolute(path)) {
            let with_path = all.iter().filter(|(_, files)| files.contains(&path));
            affected.extend(with_path.map(|(suite, _)| suite.clone()));
            let is_new = !all.keys().any(|suite| absolute(suite) == path);
            if is_new && path.to_string_lossy().contains(".asl-test.") && path.is_file() {
                affected.insert(relative(&path));
            }
        }
    }
}

fn relative(path: &Path) -> PathBuf {
    let here = absolute(Path::new("."));
    path.strip_prefix(&here)
        .map_or_else(|_| path.to_owned(), Path::to_owned)
}

/// A path without links, also of a file that is gone.
fn absolute(path: &Path) -> PathBuf {
    if let Ok(path) = std::fs::canonicalize(path) {
        return path;
    }
    let parent = path
        .parent()
        .and_then(|parent| std::fs::canonicalize(parent).ok());
    match (parent, path.file_name()) {
        (Some(parent), Some(name)) => parent.join(name),
        _ => std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
    }
}
