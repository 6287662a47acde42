//! The roles of suites.

use crate::cli::{CliError, definition, guard};
use crate::iam::Authorizer;
use crate::suite::{MachineRef, Spanned, Suite};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What identifies a role in a suite: its policy, and the machine with its substitutions.
type RoleKey = (PathBuf, PathBuf, Option<String>, Vec<(String, String)>);

/// Reads roles, each once.
#[derive(Default)]
pub(super) struct Roles {
    known: HashMap<RoleKey, Arc<Authorizer>>,
}

impl Roles {
    /// The role for the machine of a suite. Paths are relative to a folder.
    pub(super) fn load(
        &mut self,
        role: &Spanned<String>,
        folder: &Path,
        suite: &Suite,
    ) -> Result<Arc<Authorizer>, CliError> {
        let MachineRef { path, name } = &suite.machine.value;
        let path = folder.join(path);
        let policy = match role.as_str() {
            guard::TEMPLATE => PathBuf::from(guard::TEMPLATE),
            file => folder.join(file),
        };
        let values = suite.substitution_texts();
        let values: Vec<(String, String)> = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        let key = (policy.clone(), path.clone(), name.clone(), values.clone());
        if let Some(known) = self.known.get(&key) {
            return Ok(Arc::clone(known));
        }
        let machine = definition::Args::new(path, name.clone(), false);
        let (_, authorizer) = guard::load(&machine, &policy, values)?;
        let authorizer = Arc::new(authorizer);
        self.known.insert(key, Arc::clone(&authorizer));
        Ok(authorizer)
    }
}
