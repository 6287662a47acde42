//! A definition to compare with: a file, or a file at a git revision.

use crate::cli::CliError;
use crate::cli::input;
use crate::document::Syntax;
use crate::source::SourceFile;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// Reads `PATH`, or `REV:PATH`, where PATH is below the working directory or, as git has it, at the repository's top.
pub(super) fn read(name: &str) -> Result<(Arc<SourceFile>, Syntax), CliError> {
    let path = Path::new(name);
    let Some((revision, file)) = name.split_once(':').filter(|_| !path.exists()) else {
        return input::one(path, None)?.read_with_syntax();
    };
    // Relative to the working directory first, like the path of the definition.
    let text = show(&format!("{revision}:./{file}")).or_else(|_| show(&format!("{revision}:{file}")));
    let text = text.map_err(|why| {
        CliError::new(format!("cannot read `{name}`: {why}"))
            .help("specify a path, or REV:PATH such as HEAD~1:machine.asl.json")
    })?;
    let source = Arc::new(SourceFile::new(name, text));
    let syntax = Syntax::from_path(Path::new(file)).unwrap_or_else(|| Syntax::sniff(source.text()));
    Ok((source, syntax))
}

fn show(object: &str) -> Result<String, String> {
    // Git would read a name that begins with a dash as an option.
    if object.starts_with('-') {
        return Err(format!("`{object}` is not a revision"));
    }
    let shown = Command::new("git")
        .args(["show", "--no-textconv", object])
        .output();
    let shown = shown.map_err(|e| format!("cannot run git: {e}"))?;
    if !shown.status.success() {
        let words = String::from_utf8_lossy(&shown.stderr);
        return Err(words.lines().next().unwrap_or("git failed").to_owned());
    }
    String::from_utf8(shown.stdout).map_err(|_| "it is not UTF-8".to_owned())
}
