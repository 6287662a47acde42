//! The unit by which a call is billed.

/// How one call is billed. The names are those of prices in `data/prices.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meter {
    /// The price is unknown.
    Unpriced,
    /// The call itself is free. An execution that it starts is billed separately.
    Free,
    /// One request.
    Request(&'static str),
    /// One request to an API that is assumed to be a REST API.
    RestApiRequest(&'static str),
    /// One request per 64 KB of the message.
    Message(&'static str),
    /// One request per 64 KB of the message, by the type of the queue.
    QueueMessage {
        /// Price for a standard queue.
        standard: &'static str,
        /// Price for a FIFO queue.
        fifo: &'static str,
    },
    /// One event per 64 KB of each member of `Entries`.
    Entries(&'static str),
    /// One read request unit per 4 KB of the item, half of that if the read is eventually consistent.
    ItemRead(&'static str),
    /// One write request unit per KB of the item.
    ItemWrite(&'static str),
    /// One request, and memory times duration of the function.
    LambdaInvocation {
        /// Price of a request.
        request: &'static str,
        /// Price of a GB-second on x86.
        x86: &'static str,
        /// Price of a GB-second on Arm.
        arm: &'static str,
    },
}
