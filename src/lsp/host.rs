//! What the language server needs from its surroundings.

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Node};
use crate::lint::Settings;
use crate::source::SourceFile;
use crate::template::Files;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// Access to files and settings, and the commands of the command line.
pub trait Host {
    /// The settings for a file. The error is a message about its configuration file.
    fn settings(&mut self, file: &Path) -> Result<Rc<Settings>, String>;

    /// The configuration file that applies to a file.
    fn settings_file(&self, file: &Path) -> Option<Arc<SourceFile>>;

    /// Whether a file is a configuration file by its name.
    fn is_settings_file(&self, file: &Path) -> bool;

    /// What is wrong in a configuration file.
    fn settings_errors(&self, source: &SourceFile) -> Vec<Diagnostic>;

    /// Whether the settings for a file allow the fixes of a rule to be applied without asking.
    fn allows_fix(&mut self, file: &Path, rule: &str) -> bool;

    /// Forgets the settings, since a configuration file has changed.
    fn forget_settings(&mut self);

    /// The files that a template may reference, as they are now. The folders are those that the user has opened.
    fn files(&self, folders: &[PathBuf]) -> Box<dyn Files>;

    /// The files below a folder that contain state machines, without those that git ignores.
    fn definitions(&self, folder: &Path) -> Vec<PathBuf>;

    /// Reads a file.
    fn read(&self, file: &Path) -> Option<Arc<SourceFile>>;

    /// Whether a file exists.
    fn exists(&self, file: &Path) -> bool;

    /// The page that draws a state machine.
    fn graph(&self, document: &Document, definition: &Node) -> Result<String, String>;

    /// Writes a page to a file of its own.
    fn keep_page(&self, page: &str) -> Result<PathBuf, String>;

    /// Runs a command line of asl, and returns what it prints.
    fn run(&self, line: &[&str]) -> Result<String, String>;

    /// Whether a file is a definition by its name.
    fn is_definition(&self, file: &Path) -> bool;
}
