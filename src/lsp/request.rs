//! The requests, and the feature that handles each.

use super::failure::Failure;
use super::params::{self, Params};
use super::position::Encoding;
use super::snapshot::Snapshot;
use super::workspace::Workspace;
use super::{
    actions, commands, completion, hover, inlay, links, moves, references, signature, structure, symbols,
    tokens,
};
use crate::source::Span;
use gen_lsp_types::{
    CompletionItem, CompletionList, DocumentLink, Hover, InsertTextFormat, MarkupContent, MarkupKind,
    Position, Range, SemanticTokens, TextEdit, Uri,
};
use lsp_server::ErrorCode;
use serde::Serialize;
use serde_json::{Value, json};

/// Handles a request, and returns the response.
pub(super) fn handle(
    workspace: &mut Workspace<'_>,
    method: &str,
    params: Params<'_>,
) -> Result<Value, Failure> {
    if method == "workspace/symbol" {
        return to_json(symbols::in_workspace(
            workspace,
            params.text("/query").unwrap_or_default(),
        ));
    }
    if method == "workspace/willRenameFiles" {
        return to_json(moves::edits(workspace, params));
    }
    if method == "workspace/executeCommand" {
        let name = required(params.text("/command"))?;
        return commands::execute(workspace, name, params.items("/arguments"));
    }
    #[cfg(debug_assertions)]
    if method == "asl/panic" {
        panicking();
    }
    let Some(name) = method.strip_prefix("textDocument/") else {
        return Err(unknown(method));
    };
    if !METHODS.contains(&name) {
        return Err(unknown(method));
    }
    let uri = required(params.uri())?;
    let Some(snapshot) = workspace.snapshot(uri) else {
        return Ok(Value::Null);
    };
    let request = Request {
        uri,
        snapshot: &snapshot,
        params,
        encoding: workspace.client.encoding,
    };
    request.handle(workspace, name)
}

/// The methods about a document, without `textDocument/`.
const METHODS: [&str; 16] = [
    "codeAction",
    "codeLens",
    "completion",
    "definition",
    "documentHighlight",
    "documentLink",
    "documentSymbol",
    "foldingRange",
    "hover",
    "inlayHint",
    "prepareRename",
    "references",
    "rename",
    "selectionRange",
    "semanticTokens/full",
    "signatureHelp",
];

/// A request about an open document.
struct Request<'r> {
    uri: &'r str,
    snapshot: &'r Snapshot,
    params: Params<'r>,
    encoding: Encoding,
}

impl Request<'_> {
    fn handle(&self, workspace: &mut Workspace<'_>, name: &str) -> Result<Value, Failure> {
        let (uri, snapshot) = (self.uri, self.snapshot);
        match name {
            "codeAction" => {
                let only = self.params.items("/context/only").iter();
                let only: Vec<&str> = only.filter_map(Value::as_str).collect();
                to_json(actions::actions(workspace, uri, self.span()?, &only))
            }
            "codeLens" => to_json(commands::code_lenses(snapshot, uri, self.encoding)),
            "completion" => self.completion(workspace),
            "definition" => to_json(references::definition(workspace, uri, snapshot, self.offset()?)),
            "documentHighlight" => to_json(references::highlights(workspace, snapshot, self.offset()?)),
            "documentLink" => self.links(workspace),
            "documentSymbol" => {
                let symbols = symbols::symbols(snapshot);
                let symbols = symbols
                    .iter()
                    .map(|symbol| symbol.to_protocol(snapshot, self.encoding));
                to_json(symbols.collect::<Vec<_>>())
            }
            "foldingRange" => to_json(structure::folding(snapshot)),
            "hover" => self.hover(workspace),
            "inlayHint" if workspace.client.inlay_hints => {
                to_json(inlay::hints(workspace, snapshot, self.span()?))
            }
            "prepareRename" => {
                let found = references::prepare_rename(workspace, snapshot, self.offset()?);
                Ok(found.map_or(
                    Value::Null,
                    |(range, name)| json!({"range": range, "placeholder": name}),
                ))
            }
            "references" => {
                let all = self.params.is("/context/includeDeclaration");
                to_json(references::references(
                    workspace,
                    uri,
                    snapshot,
                    self.offset()?,
                    all,
                ))
            }
            "rename" => {
                let new = required(self.params.text("/newName"))?;
                to_json(references::rename(workspace, uri, snapshot, self.offset()?, new)?)
            }
            "selectionRange" => {
                let positions = self
                    .params
                    .items("/positions")
                    .iter()
                    .filter_map(params::position);
                let ranges = positions
                    .map(|position| structure::selection(snapshot, self.offset_of(position), self.encoding));
                to_json(ranges.collect::<Vec<_>>())
            }
            "semanticTokens/full" => {
                let data = tokens::tokens(snapshot, self.encoding);
                to_json(SemanticTokens {
                    result_id: None,
                    data,
                })
            }
            "signatureHelp" => to_json(signature::help(snapshot, self.offset()?)),
            _ => Ok(Value::Null),
        }
    }

    fn offset(&self) -> Result<u32, Failure> {
        Ok(self.offset_of(required(self.params.position())?))
    }

    fn offset_of(&self, position: Position) -> u32 {
        self.snapshot
            .lines
            .offset(self.snapshot.text(), position, self.encoding)
    }

    fn span(&self) -> Result<Span, Failure> {
        let range = required(self.params.range())?;
        Ok(Span::new(self.offset_of(range.start), self.offset_of(range.end)))
    }

    fn range(&self, span: Span) -> Range {
        self.snapshot
            .lines
            .range(self.snapshot.text(), span, self.encoding)
    }

    fn hover(&self, workspace: &mut Workspace<'_>) -> Result<Value, Failure> {
        let found = hover::hover(workspace, self.snapshot, self.offset()?);
        to_json(found.map(|(value, span)| Hover {
            contents: markdown(value).into(),
            range: Some(self.range(span)),
        }))
    }

    fn links(&self, workspace: &Workspace<'_>) -> Result<Value, Failure> {
        let links = links::links(workspace, self.snapshot).into_iter();
        let links = links.map(|link| DocumentLink {
            range: self.range(link.span),
            target: Some(Uri(workspace.uri_of(&link.path))),
            tooltip: None,
            data: None,
        });
        to_json(links.collect::<Vec<_>>())
    }

    #[expect(deprecated, reason = "the type has fields of older versions of the protocol")]
    fn completion(&self, workspace: &mut Workspace<'_>) -> Result<Value, Failure> {
        let (found, is_incomplete) = completion::complete(workspace, self.snapshot, self.offset()?);
        let item = |(i, candidate): (usize, completion::Candidate)| CompletionItem {
            kind: Some(candidate.kind),
            detail: Some(candidate.detail).filter(|detail| !detail.is_empty()),
            documentation: Some(candidate.documentation)
                .filter(|text| !text.is_empty())
                .map(|text| markdown(text).into()),
            sort_text: Some(format!("{:03}{i:05}", candidate.rank)),
            filter_text: (candidate.filter != candidate.label).then_some(candidate.filter),
            insert_text_format: candidate.is_snippet.then_some(InsertTextFormat::Snippet),
            text_edit: Some(
                TextEdit {
                    range: self.range(candidate.replace),
                    new_text: candidate.text,
                }
                .into(),
            ),
            label: candidate.label,
            deprecated: None,
            ..CompletionItem::default()
        };
        to_json(CompletionList {
            is_incomplete,
            items: found.into_iter().enumerate().map(item).collect(),
            ..CompletionList::default()
        })
    }
}

fn markdown(value: String) -> MarkupContent {
    MarkupContent {
        kind: MarkupKind::Markdown,
        value,
    }
}

fn unknown(method: &str) -> Failure {
    Failure::new(ErrorCode::MethodNotFound, format!("unknown request `{method}`"))
}

fn required<T>(parameter: Option<T>) -> Result<T, Failure> {
    parameter.ok_or_else(|| Failure::new(ErrorCode::InvalidParams, "missing parameters"))
}

/// An answer as JSON.
fn to_json(answer: impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(answer).map_err(|error| Failure::new(ErrorCode::InternalError, error.to_string()))
}

/// For the test that a panic does not end the server.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "it is what the test needs")]
fn panicking() -> ! {
    panic!("requested by the client")
}
