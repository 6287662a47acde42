//! Files with policies.

use crate::cli::{CliError, input};
use crate::document::Document;
use crate::iam::Role;
use crate::template;
use std::path::Path;

/// Reads the role with the policies in a file.
pub(in crate::cli) fn read(path: &Path) -> Result<(Document, Role), CliError> {
    let (source, syntax) = input::one(path, None)?.read_with_syntax()?;
    let document = template::read_file(source, syntax);
    let role = document.roots.first().and_then(Role::from_file);
    let role = role.ok_or_else(|| {
        CliError::new(format!("`{}` does not contain a policy", path.display()))
            .help("use a policy document, or the output of `aws iam get-role-policy`")
    })?;
    Ok((document, role))
}
