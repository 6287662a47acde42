//! The messages that wait to be handled.
//!
//! A thread receives them, so that a new message can interrupt the work on an older one.

use lsp_server::{Message, Request, RequestId};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};

/// The messages that wait to be handled, in order.
#[derive(Debug)]
pub(super) struct Inbox {
    incoming: Receiver<Message>,
    waiting: VecDeque<Message>,
    /// Set when a message arrives.
    interrupt: Arc<AtomicBool>,
    is_closed: bool,
}

/// The other end of an inbox.
#[derive(Debug, Clone)]
pub(super) struct InboxSender {
    outgoing: Sender<Message>,
    interrupt: Arc<AtomicBool>,
}

impl InboxSender {
    /// Delivers a message; false if nobody reads it.
    pub(super) fn deliver(&self, message: Message) -> bool {
        let is_delivered = self.outgoing.send(message).is_ok();
        // After the message: code that first resets the flag and then looks for messages finds every message.
        self.interrupt.store(true, Ordering::Release);
        is_delivered
    }
}

/// An inbox and its other end.
pub(super) fn inbox() -> (InboxSender, Inbox) {
    let (outgoing, incoming) = mpsc::channel();
    let interrupt = Arc::new(AtomicBool::new(false));
    let sender = InboxSender {
        outgoing,
        interrupt: Arc::clone(&interrupt),
    };
    let inbox = Inbox {
        incoming,
        waiting: VecDeque::new(),
        interrupt,
        is_closed: false,
    };
    (sender, inbox)
}

impl Inbox {
    /// The flag that the next message sets.
    pub(super) const fn interrupt(&self) -> &Arc<AtomicBool> {
        &self.interrupt
    }

    /// The next message. Without one, waits if asked to; `None` if there is none, or if no more will come.
    pub(super) fn next(&mut self, waits: bool) -> Option<Message> {
        self.interrupt.store(false, Ordering::Release);
        self.collect();
        if self.waiting.is_empty() && waits && !self.is_closed {
            match self.incoming.recv() {
                Ok(message) => self.waiting.push_back(message),
                Err(_) => self.is_closed = true,
            }
            self.collect();
        }
        self.waiting.pop_front()
    }

    /// Whether no more messages will come and none waits.
    pub(super) fn is_closed(&self) -> bool {
        self.is_closed && self.waiting.is_empty()
    }

    /// Removes a request that waits.
    pub(super) fn take_request(&mut self, id: &RequestId) -> Option<Request> {
        self.collect();
        let is_wanted = |message: &Message| matches!(message, Message::Request(request) if request.id == *id);
        let at = self.waiting.iter().position(is_wanted)?;
        match self.waiting.remove(at) {
            Some(Message::Request(request)) => Some(request),
            _ => None,
        }
    }

    /// The ids of the requests that the client has canceled, of which the notification waits.
    pub(super) fn cancellations(&mut self) -> Vec<RequestId> {
        self.collect();
        let ids = self.waiting.iter().filter_map(|message| match message {
            Message::Notification(notification) if notification.method == "$/cancelRequest" => {
                request_id(notification.params.get("id")?)
            }
            _ => None,
        });
        ids.collect()
    }

    fn collect(&mut self) {
        loop {
            match self.incoming.try_recv() {
                Ok(message) => self.waiting.push_back(message),
                Err(mpsc::TryRecvError::Empty) => return,
                Err(mpsc::TryRecvError::Disconnected) => {
                    self.is_closed = true;
                    return;
                }
            }
        }
    }
}

/// A request's id in the parameters of a message.
pub(super) fn request_id(value: &serde_json::Value) -> Option<RequestId> {
    match value {
        serde_json::Value::String(text) => Some(RequestId::from(text.clone())),
        value => Some(RequestId::from(i32::try_from(value.as_i64()?).ok()?)),
    }
}
