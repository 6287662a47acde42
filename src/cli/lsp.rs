//! `asl lsp`: the language server.

use super::config_file::ConfigFile;
use super::data_args;
use super::input::{self, Disk};
use super::lint::Resolver;
use super::terminal::{self, Stream};
use super::{CliError, Exit, ExitProcess};
use crate::asl::lower;
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Node};
use crate::graph::Graph;
use crate::lint::Settings;
use crate::lsp::{self, Ending, Host};
use crate::render::graph;
use crate::render::style::ColorChoice;
use crate::source::SourceFile;
use crate::template::Files;
use lsp_server::Connection;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// The arguments of `asl lsp`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Communicate over standard input and output, which is the only transport and the default
    #[arg(long)]
    stdio: bool,
}

/// How often the server looks whether the editor is still there.
const WATCH_INTERVAL: Duration = Duration::from_secs(2);

/// Runs `asl lsp`.
pub fn run(exit_process: ExitProcess) -> Result<Exit, CliError> {
    let (connection, threads) = Connection::stdio();
    let ending = lsp::serve(connection, &mut Disks::default(), watch);
    if ending != Ending::Orphaned {
        // Standard input is at its end, so this waits only until the last response is written.
        drop(threads.join());
    }
    exit_process(match ending {
        Ending::Clean | Ending::Orphaned => Exit::Success,
        Ending::Aborted => Exit::Findings,
    })
}

/// Returns when the editor's process has ended. It is most often the parent of this process, but an editor may start the
/// server by a script.
fn watch(client: Option<u64>) {
    let parent = parent();
    let is_running = |process: &u64| Path::new("/proc").join(process.to_string()).exists();
    // Only some systems list processes as files.
    let client = client.filter(is_running);
    while parent == self::parent() && client.is_none_or(|client| is_running(&client)) {
        std::thread::park_timeout(WATCH_INTERVAL);
    }
}

#[cfg(unix)]
fn parent() -> u32 {
    std::os::unix::process::parent_id()
}

/// On other systems, the end of standard input shows that the editor has ended.
#[cfg(not(unix))]
const fn parent() -> u32 {
    0
}

/// Files and settings for the language server.
#[derive(Debug)]
struct Disks {
    resolver: Resolver,
}

impl Default for Disks {
    fn default() -> Self {
        Self {
            resolver: Resolver::from_files(),
        }
    }
}

impl Host for Disks {
    fn settings(&mut self, file: &Path) -> Result<Rc<Settings>, String> {
        let index = self.resolver.index_for(file).map_err(|error| error.to_string())?;
        Ok(Rc::new(
            self.resolver.all()[index].settings_for(file).into_owned(),
        ))
    }

    fn settings_file(&self, file: &Path) -> Option<Arc<SourceFile>> {
        self.read(&ConfigFile::path_above(file)?)
    }

    fn is_settings_file(&self, file: &Path) -> bool {
        let name = file.file_name();
        name.is_some_and(|name| config::FILE_NAMES.iter().any(|known| name == *known))
    }

    fn settings_errors(&self, source: &SourceFile) -> Vec<Diagnostic> {
        config::parse(source).err().unwrap_or_default()
    }

    fn allows_fix(&mut self, file: &Path, rule: &str) -> bool {
        let index = self.resolver.index_for(file);
        index.is_ok_and(|index| self.resolver.all()[index].allows_fix(rule))
    }

    fn forget_settings(&mut self) {
        self.resolver = Resolver::from_files();
    }

    fn files(&self, folders: &[PathBuf]) -> Box<dyn Files> {
        Box::new(Disk::within(folders))
    }

    fn definitions(&self, folder: &Path) -> Vec<PathBuf> {
        let inputs = input::collect(&[folder.to_owned()], None).unwrap_or_default();
        inputs.list.iter().map(|input| input.path().to_owned()).collect()
    }

    fn read(&self, file: &Path) -> Option<Arc<SourceFile>> {
        input::one(file, None).and_then(|input| input.read()).ok()
    }

    fn exists(&self, file: &Path) -> bool {
        file.is_file()
    }

    fn graph(&self, document: &Document, definition: &Node) -> Result<String, String> {
        let machine = lower::machine(definition);
        let types = data_args::types(Path::new(document.source.name()), &machine).ok();
        let settings = graph::Settings {
            detail: graph::Detail::Normal,
            direction: graph::Direction::TopToBottom,
            markdown: false,
            style: &terminal::style(ColorChoice::Never, Stream::Stdout),
            source: Some(&document.source),
            older: None,
            types: types.as_ref(),
        };
        let mut page = Vec::new();
        let written = graph::Format::Html.write(&Graph::new(&machine), settings, &mut page);
        written.map_err(|error| error.to_string())?;
        String::from_utf8(page).map_err(|error| error.to_string())
    }

    fn keep_page(&self, page: &str) -> Result<PathBuf, String> {
        let path = std::env::temp_dir().join(format!("asl-graph-{}.html", std::process::id()));
        std::fs::write(&path, page).map_err(|error| format!("cannot write `{}`: {error}", path.display()))?;
        Ok(path)
    }

    fn run(&self, line: &[&str]) -> Result<String, String> {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let output = Command::new(program).args(line).stdin(Stdio::null()).output();
        let output = output.map_err(|error| format!("cannot run asl: {error}"))?;
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        Ok(text)
    }

    fn is_definition(&self, file: &Path) -> bool {
        input::has_name_of_definition(file)
    }
}
