//! What the language server needs from its surroundings.

use crate::lint::Settings;
use crate::template::Files;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Access to files and settings, and the commands of the command line.
pub trait Host {
    /// The settings for a file. The error is a message about its configuration file.
    fn settings(&mut self, file: &Path) -> Result<Rc<Settings>, String>;

    /// Forgets the settings, since a configuration file has changed.
    fn forget_settings(&mut self);

    /// The files that a template may reference, as they are now. The folders are those that the user has opened.
    fn files(&self, folders: &[PathBuf]) -> Box<dyn Files>;

    /// Whether a file is a definition by its name.
    fn is_definition(&self, file: &Path) -> bool;
}
