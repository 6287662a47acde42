//! What the client can do and has set.

use super::params::Params;
use super::position::Encoding;
use super::uri;
use serde_json::Value;
use std::path::PathBuf;

/// The client's capabilities and settings.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent capabilities")]
pub(super) struct Client {
    /// The unit of columns.
    pub(super) encoding: Encoding,
    /// The folders that are open.
    pub(super) folders: Vec<PathBuf>,
    /// The process of the client, if it is on this machine.
    pub(super) process: Option<u64>,
    /// It requests diagnostics, instead of waiting for them.
    pub(super) pulls_diagnostics: bool,
    /// It accepts diagnostics of other files in a response.
    pub(super) takes_related_documents: bool,
    /// It can be told to request diagnostics again.
    pub(super) refreshes_diagnostics: bool,
    /// It can be asked to watch files.
    pub(super) watches_files: bool,
    /// It replaces placeholders in completions.
    pub(super) takes_snippets: bool,
    /// It creates files as a part of an edit.
    pub(super) creates_files: bool,
    /// Whether inlay hints are on.
    pub(super) inlay_hints: bool,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(super) fn new(initialize: &Value) -> Self {
        let params = Params(initialize);
        let encodings = params.items("/capabilities/general/positionEncodings");
        let folders = params.items("/workspaceFolders").iter();
        let mut folders: Vec<&str> = folders.filter_map(|folder| folder.get("uri")?.as_str()).collect();
        if folders.is_empty() {
            folders.extend(params.text("/rootUri"));
        }
        let mut client = Self {
            encoding: if encodings.iter().any(|name| name == "utf-8") {
                Encoding::Utf8
            } else {
                Encoding::Utf16
            },
            folders: folders.into_iter().map(uri::to_path).collect(),
            process: initialize.get("processId").and_then(Value::as_u64),
            pulls_diagnostics: initialize
                .pointer("/capabilities/textDocument/diagnostic")
                .is_some_and(Value::is_object),
            takes_related_documents: params
                .is("/capabilities/textDocument/diagnostic/relatedDocumentSupport"),
            refreshes_diagnostics: params.is("/capabilities/workspace/diagnostics/refreshSupport"),
            watches_files: params.is("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration"),
            takes_snippets: params.is("/capabilities/textDocument/completion/completionItem/snippetSupport"),
            creates_files: params
                .items("/capabilities/workspace/workspaceEdit/resourceOperations")
                .iter()
                .any(|operation| operation == "create"),
            inlay_hints: false,
        };
        if let Some(options) = initialize.get("initializationOptions") {
            client.configure(options);
        }
        client
    }

    /// Reads the settings, which may be under `asl`.
    pub(super) fn configure(&mut self, settings: &Value) {
        let settings = settings.get("asl").unwrap_or(settings);
        let is_on = |pointer: &str| settings.pointer(pointer).and_then(Value::as_bool);
        if let Some(is_on) = is_on("/inlayHints/enabled").or_else(|| is_on("/inlayHints")) {
            self.inlay_hints = is_on;
        }
    }

    /// Whether a folder was opened or closed.
    pub(super) fn change_folders(&mut self, params: Params<'_>) {
        let paths = |pointer| {
            let folders = params.items(pointer).iter();
            folders
                .filter_map(|folder| folder.get("uri")?.as_str())
                .map(uri::to_path)
        };
        let removed: Vec<PathBuf> = paths("/event/removed").collect();
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(paths("/event/added"));
    }
}
