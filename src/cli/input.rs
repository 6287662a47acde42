//! From what was typed to texts: files, folders, standard input.

use super::Trouble;
use crate::document::Syntax;
use crate::source::SourceFile;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Something to read.
#[derive(Debug, Clone)]
pub struct Input {
    path: PathBuf,
}

/// The inputs that the paths of a command line stand for, in order.
pub fn collect(paths: &[PathBuf], _stdin_filename: Option<&Path>) -> Result<Vec<Input>, Trouble> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.is_dir() {
            let walk = ignore::WalkBuilder::new(path)
                .sort_by_file_path(Path::cmp)
                .build();
            let files = walk
                .flatten()
                .filter(|e| e.path().to_string_lossy().contains(".asl."));
            inputs.extend(files.map(|e| Input { path: e.into_path() }));
        } else {
            inputs.push(Input { path: path.clone() });
        }
    }
    Ok(inputs)
}

impl Input {
    /// Reads it.
    pub fn read(&self) -> Result<Arc<SourceFile>, Trouble> {
        let mut text = String::new();
        let trouble = |e| Trouble::new(format!("`{}` cannot be read: {e}", self.path.display()));
        std::fs::File::open(&self.path)
            .and_then(|mut f| f.read_to_string(&mut text))
            .map_err(trouble)?;
        Ok(Arc::new(SourceFile::new(self.name(), text)))
    }

    /// The language of its text.
    pub fn syntax(&self) -> Syntax {
        Syntax::of_path(&self.path).unwrap_or(Syntax::Json)
    }

    /// Whether its name says that it is a definition.
    pub fn is_definition(&self) -> bool {
        self.name().contains(".asl")
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the command line names it.
    pub const fn is_named(&self) -> bool {
        true
    }

    /// The name that reports print.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }
}
