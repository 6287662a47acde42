//! The JSON schemas that come with asl: of the language, and of the files it reads and writes.
//!
//! The build script lists `schemas/*.schema.json`, so that a schema is added by adding its file.

include!(concat!(env!("OUT_DIR"), "/schemas.rs"));

/// A JSON schema.
#[derive(Debug)]
pub struct Schema {
    /// The name of its file, without the extension.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl Schema {
    /// What it describes, in a few words.
    pub fn title(&self) -> String {
        let schema: serde_json::Value = serde_json::from_str(self.text).unwrap_or_default();
        schema["title"].as_str().unwrap_or_default().to_owned()
    }
}

/// The schema of a name.
pub fn find(name: &str) -> Option<&'static Schema> {
    ALL.iter().find(|schema| schema.name == name)
}
