//! One state machine of a list.

use serde::Serialize;

/// A state machine in a file.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The file it was found in.
    pub path: String,
    /// Its name in a template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The kind of the file.
    pub kind: &'static str,
    /// Its type, if the file specifies it.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub workflow_type: Option<&'static str>,
    /// The default query language of its states.
    pub query_language: &'static str,
    /// The number of its states, including nested ones.
    pub states: usize,
    /// The file of the definition, if it is a different one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// Its location in the file as a JSON pointer.
    pub pointer: String,
}
