//! Quotas of Step Functions that a definition or a run can meet.
//!
//! Source, unless an item says otherwise: Step Functions developer guide, "service-quotas", and the model of
//! the API (botocore 1.44.5).

/// Where the facts come from.
pub const SOURCE: &str = "Step Functions developer guide, service-quotas; botocore 1.44.5";

/// When they were read.
pub const RETRIEVED: &str = "2026-11-20";

/// Characters in a state's name.
pub const STATE_NAME_CHARACTERS: usize = 80;

/// Characters in the name of a state machine, an execution or an activity.
pub const NAME_CHARACTERS: usize = 80;

/// Bytes of a definition (1 MiB).
pub const DEFINITION_BYTES: usize = 1_048_576;

/// Bytes, in UTF-8, of an input, an output, a task's result or its parameters (256 KiB).
pub const PAYLOAD_BYTES: usize = 262_144;

/// Characters in a variable's name.
pub const VARIABLE_NAME_CHARACTERS: usize = 80;

/// Bytes of one variable (256 KiB).
pub const VARIABLE_BYTES: usize = 262_144;

/// Bytes of all variables that one Assign sets (256 KiB).
pub const ASSIGN_BYTES: usize = 262_144;

/// Bytes of all variables of an execution (10 MiB).
pub const VARIABLES_BYTES: usize = 10_485_760;

/// Characters in a task token.
pub const TASK_TOKEN_CHARACTERS: usize = 2_048;

/// The largest `TimeoutSeconds`, `HeartbeatSeconds`, `IntervalSeconds`, `MaxAttempts` and `Seconds`.
pub const SECONDS_MAX: u32 = 99_999_999;

/// The largest `MaxDelaySeconds`.
pub const MAX_DELAY_SECONDS_MAX: u32 = 31_622_400;

/// The smallest `BackoffRate`.
pub const BACKOFF_RATE_MIN: f64 = 1.0;

/// Characters in a Distributed Map's `Label`.
pub const LABEL_CHARACTERS: usize = 40;

/// How deep intrinsic functions nest.
pub const INTRINSIC_DEPTH: usize = 10;

/// Items that `States.ArrayRange` makes.
pub const ARRAY_RANGE_ITEMS: usize = 1_000;

/// Characters that `States.Base64Encode`, `States.Base64Decode` and `States.Hash` take.
pub const INTRINSIC_TEXT_CHARACTERS: usize = 10_000;

/// Seconds that one JSONata expression may take.
pub const JSONATA_SECONDS: u32 = 1;

/// Characters in an error's name.
pub const ERROR_CHARACTERS: usize = 256;

/// Characters in an error's cause.
pub const CAUSE_CHARACTERS: usize = 32_768;

/// Characters in an ARN.
pub const ARN_CHARACTERS: usize = 256;

/// Characters in the ARN of a Map Run.
pub const MAP_RUN_ARN_CHARACTERS: usize = 2_000;

/// Tags on a resource.
pub const TAGS: usize = 50;

/// Characters in a tag's key.
pub const TAG_KEY_CHARACTERS: usize = 128;

/// Characters in a tag's value.
pub const TAG_VALUE_CHARACTERS: usize = 256;

/// Days that a Wait may last. Source: recordings of AWS, where 24,856 days fail.
pub const WAIT_DAYS: u32 = 24_855;

/// Seconds that an execution of type STANDARD may last (one year).
pub const STANDARD_SECONDS: u32 = 31_536_000;

/// Seconds that an execution of type EXPRESS may last; then it fails with `States.Timeout`.
pub const EXPRESS_SECONDS: u32 = 300;

/// Events in the history of an execution of type STANDARD; one more and it fails.
pub const HISTORY_EVENTS: u32 = 25_000;

/// Days that the history of a STANDARD execution is kept.
pub const HISTORY_DAYS: u32 = 90;

/// Days in which a failed STANDARD execution may be redriven.
pub const REDRIVE_DAYS: u32 = 14;

/// Iterations of an inline Map that run at once.
pub const INLINE_MAP_CONCURRENCY: u32 = 40;

/// Child executions of a Distributed Map that run at once.
pub const DISTRIBUTED_MAP_CONCURRENCY: u32 = 10_000;

/// Child executions of type EXPRESS that a Distributed Map starts in a second.
pub const DISTRIBUTED_EXPRESS_STARTS_PER_SECOND: u32 = 1_000;

/// Child executions of type STANDARD that a Distributed Map starts in a second.
pub const DISTRIBUTED_STANDARD_STARTS_PER_SECOND: u32 = 100;

/// The largest `ReaderConfig.MaxItems`.
pub const MAX_ITEMS_MAX: u32 = 100_000_000;

/// The largest `ItemBatcher.MaxInputBytesPerBatch` (256 KiB).
pub const MAX_INPUT_BYTES_PER_BATCH_MAX: u32 = 262_144;

/// Bytes of a CSV file's header (10 KiB).
pub const CSV_HEADER_BYTES: usize = 10_240;

/// `ItemsPointer` is shorter than this many characters.
pub const ITEMS_POINTER_CHARACTERS: usize = 2_000;

/// The array that `ItemsPointer` names starts within this many bytes of the file (16 MB).
pub const ITEMS_POINTER_REACH_BYTES: usize = 16_000_000;

/// Seconds after which an HTTP Task ends, whatever `TimeoutSeconds` says.
pub const HTTP_TASK_SECONDS: u32 = super::integration::http::TIMEOUT_SECONDS;

/// Seconds after which `bedrockagentcore:invokeHarness` ends (connect-bedrockagentcore).
pub const BEDROCK_AGENT_CORE_SECONDS: u32 = 900;

/// Events that an execution itself adds to its history: its start and its end.
pub const EVENTS_OF_EXECUTION: u32 = 2;

/// Events that a state adds which only enters and exits: Pass, Choice, Wait.
pub const EVENTS_OF_PLAIN_STATE: u32 = 2;

/// Events that a task adds which succeeds at once: entered, scheduled, started, succeeded, exited.
pub const EVENTS_OF_TASK: u32 = 5;

/// Events that a task adds which waits for a job or a token: those of a task, and submitted.
pub const EVENTS_OF_WAITING_TASK: u32 = 6;

/// Events that every retry of a task adds.
pub const EVENTS_OF_RETRY: u32 = 3;

/// Events that a Parallel or an inline Map adds, without those of its branches or iterations.
pub const EVENTS_OF_BRANCHING: u32 = 4;

/// Events that every iteration of an inline Map adds, without those of its states.
pub const EVENTS_OF_ITERATION: u32 = 2;

/// Events that a Distributed Map adds to the history of its machine; iterations have histories of their own.
pub const EVENTS_OF_DISTRIBUTED_MAP: u32 = 6;
