//! The main loop of the server: handles one message after another, and checks documents while no message waits.

use super::capabilities;
use super::client::Client;
use super::diagnostics;
use super::failure::Failure;
use super::host::Host;
use super::inbox::{self, Inbox};
use super::params::Params;
use super::publisher::Publisher;
use super::request;
use super::workspace::Workspace;
use crate::isolation::isolated;
use gen_lsp_types::{
    FullDocumentDiagnosticReport, RelatedDocument, RelatedFullDocumentDiagnosticReport, Uri,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::Arc;

/// How often a check that a message interrupts starts again before only an edit of its document may interrupt it.
const MAX_INTERRUPTIONS: u32 = 3;

/// The notification that the client's process has ended, which no client sends.
const ORPHANED: &str = "$/asl/orphaned";

/// How the server ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The client asked for it, with `shutdown` and then `exit`.
    Clean,
    /// The connection ended otherwise.
    Aborted,
    /// The client's process has ended. The connection may still be open.
    Orphaned,
}

/// Serves a client until it ends the connection. `watch` is called with the client's process, in a thread of its own, and
/// returns when that process has ended.
pub fn serve(connection: Connection, host: &mut dyn Host, watch: fn(Option<u64>)) -> Ending {
    let Ok((id, params)) = connection.initialize_start() else {
        return Ending::Aborted;
    };
    let client = Client::new(&params);
    let result = capabilities::initialize_result(&client);
    let process = client.process;
    let Connection { sender, receiver } = connection;
    let (postman, inbox) = inbox::inbox();
    let orphaned = postman.clone();
    std::thread::spawn(move || {
        while let Ok(message) = receiver.recv() {
            if !postman.deliver(message) {
                return;
            }
        }
        postman.deliver(Notification::new("exit".to_owned(), ()).into());
    });
    std::thread::spawn(move || {
        watch(process);
        orphaned.deliver(Notification::new(ORPHANED.to_owned(), ()).into());
    });
    let send = |message: Message| {
        // The client is gone if this fails, and the end of the connection is handled as a message.
        drop(sender.send(message));
    };
    let mut server = Server {
        workspace: Workspace::new(host, client),
        send: &send,
        inbox,
        publisher: Publisher::default(),
        pulls: VecDeque::new(),
        interruptions: 0,
        requests: 0,
        is_shut_down: false,
        reported: None,
    };
    server.reply(id, Ok(result));
    server.run()
}

/// The state of the loop.
struct Server<'h> {
    workspace: Workspace<'h>,
    send: &'h dyn Fn(Message),
    inbox: Inbox,
    publisher: Publisher,
    /// The requests for diagnostics that wait, with their documents.
    pulls: VecDeque<(RequestId, String)>,
    /// How often the check of the same document was interrupted.
    interruptions: u32,
    /// The number of requests that were sent to the client.
    requests: i32,
    is_shut_down: bool,
    /// The problem of a configuration file that the client was last told about.
    reported: Option<String>,
}

impl Server<'_> {
    fn run(&mut self) -> Ending {
        loop {
            let has_work = self.publisher.next().is_some() || !self.pulls.is_empty();
            self.cancel_waiting();
            match self.inbox.next(!has_work) {
                Some(Message::Request(request)) => self.request(request),
                Some(Message::Notification(notification)) if notification.method == "exit" => {
                    return if self.is_shut_down {
                        Ending::Clean
                    } else {
                        Ending::Aborted
                    };
                }
                Some(Message::Notification(notification)) if notification.method == ORPHANED => {
                    return Ending::Orphaned;
                }
                Some(Message::Notification(notification)) => {
                    if let Err(panic) = isolated(|| self.notification(&notification)) {
                        self.log(&format!("`{}` failed: {panic}", notification.method));
                    }
                }
                Some(Message::Response(_)) => {}
                None if self.inbox.is_closed() => return Ending::Aborted,
                None => self.check_next(),
            }
        }
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        if self.is_shut_down {
            let failure = Failure::new(ErrorCode::InvalidRequest, "the server is shutting down");
            return self.reply(id, Err(failure));
        }
        match method.as_str() {
            "shutdown" => {
                self.is_shut_down = true;
                self.reply(id, Ok(Value::Null));
            }
            "initialize" => {
                let failure = Failure::new(ErrorCode::InvalidRequest, "the server is already initialized");
                self.reply(id, Err(failure));
            }
            "textDocument/diagnostic" => match Params(&params).uri() {
                Some(uri) => self.pulls.push_back((id, uri.to_owned())),
                None => self.reply(id, Err(invalid_params(&method))),
            },
            _ => {
                let answered = isolated(|| request::handle(&mut self.workspace, &method, Params(&params)));
                let answer = answered.unwrap_or_else(|panic| {
                    let message = format!("`{method}` failed: {panic}");
                    self.log(&message);
                    Err(Failure::new(ErrorCode::InternalError, message))
                });
                self.reply(id, answer);
            }
        }
    }

    fn notification(&mut self, notification: &Notification) {
        let params = Params(&notification.params);
        match notification.method.as_str() {
            "initialized" => self.watch_files(),
            "textDocument/didOpen" => {
                self.workspace.documents.open(params);
                self.changed(params.uri());
            }
            "textDocument/didChange" => {
                self.workspace
                    .documents
                    .change(params, self.workspace.client.encoding);
                self.changed(params.uri());
            }
            "textDocument/didClose" => self.closed(params),
            "workspace/didChangeConfiguration" => {
                if let Some(settings) = params.0.get("settings") {
                    self.workspace.client.configure(settings);
                }
            }
            "workspace/didChangeWatchedFiles" => self.files_changed(),
            "workspace/didChangeWorkspaceFolders" => {
                self.workspace.client.change_folders(params);
                self.files_changed();
            }
            _ => {}
        }
    }

    /// A document has another text. Documents that reference it depend on it.
    fn changed(&mut self, uri: Option<&str>) {
        self.interruptions = 0;
        let Some(uri) = uri else { return };
        let others = self.workspace.documents.forget_dependents(uri);
        if !self.workspace.client.pulls_diagnostics {
            self.publisher.request(uri);
            others.iter().for_each(|other| self.publisher.request(other));
        }
    }

    fn closed(&mut self, params: Params<'_>) {
        let Some(uri) = params.uri() else { return };
        let was_open = self.workspace.documents.close(uri);
        self.publisher.done(uri);
        // From now on, the file on the disk counts.
        let others = self.workspace.documents.forget_dependents(uri);
        if was_open && !self.workspace.client.pulls_diagnostics {
            self.publish(uri, None, diagnostics::Diagnostics::default());
            others.iter().for_each(|other| self.publisher.request(other));
        }
    }

    fn publish(&mut self, uri: &str, version: Option<i32>, found: diagnostics::Diagnostics) {
        for params in self.publisher.publish(uri, version, found) {
            let other = &params.uri.0;
            // Another document that is open has diagnostics of its own.
            if other == uri || self.workspace.documents.get(other).is_none() {
                self.notify("textDocument/publishDiagnostics", json!(params));
            }
        }
    }

    /// A file on the disk has changed: a configuration file, or one that a document references.
    fn files_changed(&mut self) {
        self.workspace.host.forget_settings();
        self.workspace.documents.forget_snapshots();
        self.reported = None;
        self.check_all();
    }

    fn check_all(&mut self) {
        if self.workspace.client.pulls_diagnostics {
            if self.workspace.client.refreshes_diagnostics {
                self.send_request("workspace/diagnostic/refresh", Value::Null);
            }
            return;
        }
        for (uri, _) in self.workspace.documents.iter() {
            self.publisher.request(uri);
        }
    }

    /// Answers the requests that were canceled before they were handled.
    fn cancel_waiting(&mut self) {
        for id in self.inbox.cancellations() {
            let at = self.pulls.iter().position(|(pull, _)| *pull == id);
            let is_waiting = match at {
                Some(at) => self.pulls.remove(at).is_some(),
                None => self.inbox.take_request(&id).is_some(),
            };
            if is_waiting {
                let failure = Failure::new(ErrorCode::RequestCanceled, "canceled by the client");
                self.reply(id, Err(failure));
            }
        }
    }

    /// Checks one document. A message that arrives in the meantime interrupts it.
    fn check_next(&mut self) {
        let pull = self.pulls.front().cloned();
        let uri = match (&pull, self.publisher.next()) {
            (Some((_, uri)), _) => uri.clone(),
            (None, Some(uri)) => uri.to_owned(),
            (None, None) => return,
        };
        let checked = isolated(|| self.check(&uri));
        match (checked, pull) {
            (Ok(Outcome::Interrupted), _) => self.interruptions += 1,
            (Ok(Outcome::Closed), Some((id, _))) => {
                self.pulls.pop_front();
                self.reply(id, Ok(json!({"kind": "full", "items": []})));
            }
            (Ok(Outcome::Closed), None) => self.publisher.done(&uri),
            (Ok(Outcome::Checked(found)), Some((id, _))) => {
                self.pulls.pop_front();
                let report = self.report(found);
                self.reply(id, Ok(report));
            }
            (Ok(Outcome::Checked(found)), None) => {
                self.publisher.done(&uri);
                let version = self
                    .workspace
                    .documents
                    .get(&uri)
                    .map(|document| document.version);
                self.publish(&uri, version, found);
            }
            (Err(panic), pull) => {
                let message = format!("cannot check `{uri}`: {panic}");
                self.log(&message);
                self.publisher.done(&uri);
                if let Some((id, _)) = pull {
                    self.pulls.pop_front();
                    self.reply(id, Err(Failure::new(ErrorCode::InternalError, message)));
                }
            }
        }
    }

    fn check(&mut self, uri: &str) -> Outcome {
        if self.workspace.documents.get(uri).is_none() {
            return Outcome::Closed;
        }
        let interrupt = if self.interruptions < MAX_INTERRUPTIONS {
            Arc::clone(self.inbox.interrupt())
        } else {
            Arc::default()
        };
        let Some(checked) = self.workspace.check(uri, &interrupt) else {
            return Outcome::Interrupted;
        };
        self.interruptions = 0;
        if let Some(message) = &checked.problem
            && self.reported.as_ref() != Some(message)
        {
            self.notify("window/showMessage", json!({"type": 2, "message": message}));
            self.reported = Some(message.clone());
        }
        let (snapshot, report) = (&checked.snapshot, &checked.report);
        Outcome::Checked(diagnostics::diagnostics(&self.workspace, uri, snapshot, report))
    }

    /// The answer to a request for diagnostics.
    fn report(&self, found: diagnostics::Diagnostics) -> Value {
        let full = |items| FullDocumentDiagnosticReport {
            result_id: None,
            items,
        };
        let related = found.related.into_iter();
        let related = related.map(|(uri, own)| (Uri(uri), RelatedDocument::from(full(own))));
        let takes_related = self.workspace.client.takes_related_documents;
        let mut report = json!(RelatedFullDocumentDiagnosticReport {
            related_documents: takes_related.then(|| related.collect()),
            full_document_diagnostic_report: full(found.own),
        });
        report["kind"] = "full".into();
        report
    }

    /// Asks the client to report changes of the files that diagnostics depend on.
    fn watch_files(&mut self) {
        if !self.workspace.client.watches_files {
            return;
        }
        let globs = ["**/{asl,.asl}.toml", "**/*.{json,yaml,yml,asl,tf,jsonc}"];
        let watchers: Vec<Value> = globs.iter().map(|glob| json!({"globPattern": glob})).collect();
        let registration = json!({
            "id": "asl-files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        });
        self.send_request(
            "client/registerCapability",
            json!({"registrations": [registration]}),
        );
    }

    fn reply(&self, id: RequestId, answer: Result<Value, Failure>) {
        let response_result = answer.map_err(|failure| ResponseError {
            code: failure.code as i32,
            message: failure.message,
            data: None,
        });
        (self.send)(Response { id, response_result }.into());
    }

    fn notify(&self, method: &str, params: Value) {
        (self.send)(Notification::new(method.to_owned(), params).into());
    }

    fn send_request(&mut self, method: &str, params: Value) {
        self.requests += 1;
        let id = RequestId::from(format!("asl-{}", self.requests));
        (self.send)(Request::new(id, method.to_owned(), params).into());
    }

    fn log(&self, message: &str) {
        self.notify("window/logMessage", json!({"type": 1, "message": message}));
    }
}

/// How the check of a document ended.
enum Outcome {
    Checked(diagnostics::Diagnostics),
    Interrupted,
    Closed,
}

fn invalid_params(method: &str) -> Failure {
    Failure::new(
        ErrorCode::InvalidParams,
        format!("missing parameters of `{method}`"),
    )
}
