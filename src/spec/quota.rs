//! Quotas of Step Functions that a definition or an execution can exceed.
//!
//! Source, unless an item names another: Step Functions developer guide, "service-quotas", and the model of the
//! API (botocore 1.44.5).

use super::WorkflowType;

/// Where the facts come from.
pub const SOURCE: &str = "Step Functions developer guide, service-quotas; botocore 1.44.5";

/// When they were read.
pub const RETRIEVED: &str = "2026-11-20";

/// Characters in the name of a state.
pub const STATE_NAME_CHARACTERS: usize = 80;

/// Characters of a managed policy of IAM, without whitespace. Source: IAM user guide, `reference_iam-quotas`.
pub const MANAGED_POLICY_SIZE: usize = 6_144;

/// Characters of all inline policies of a role, without whitespace. Source: IAM user guide, `reference_iam-quotas`.
pub const INLINE_POLICIES_SIZE: usize = 10_240;

/// Characters in the name of a state machine.
pub const MACHINE_NAME_CHARACTERS: usize = 80;

/// Bytes of a definition (1 MiB).
pub const DEFINITION_BYTES: usize = 1_048_576;

/// Bytes, in UTF-8, of an input, an output, a task's result, or its parameters (256 KiB).
pub const PAYLOAD_BYTES: usize = 262_144;

/// Characters in the name of a variable.
pub const VARIABLE_NAME_CHARACTERS: usize = 80;

/// Bytes of all variables that one `Assign` sets (256 KiB).
pub const ASSIGN_BYTES: usize = 262_144;

/// Maximum of `TimeoutSeconds`, `HeartbeatSeconds`, `IntervalSeconds`, `MaxAttempts`, and `Seconds`.
pub const SECONDS_MAX: u32 = 99_999_999;

/// Characters in the `Label` of a Distributed Map.
pub const LABEL_CHARACTERS: usize = 40;

/// Depth of nested intrinsic functions.
pub const INTRINSIC_DEPTH: usize = 10;

/// Items in the result of `States.ArrayRange`.
pub const ARRAY_RANGE_ITEMS: usize = 1_000;

/// Characters, counted as UTF-16 units, of the arguments of `States.Base64Encode`, `States.Base64Decode`, and
/// `States.Hash`.
pub const INTRINSIC_TEXT_CHARACTERS: usize = 10_000;

/// Characters in the name of an error.
pub const ERROR_CHARACTERS: usize = 256;

/// Characters in the cause of an error.
pub const CAUSE_CHARACTERS: usize = 32_768;

/// Characters in an ARN.
pub const ARN_CHARACTERS: usize = 256;

/// Seconds that a Wait may last. Source: recordings of AWS, where 24,855 days succeed and 24,856 days fail.
pub const WAIT_SECONDS: i64 = 2_147_483_647;

/// Seconds that an execution of a Standard workflow may last (one year).
pub const STANDARD_SECONDS: u32 = 31_536_000;

/// Seconds that an execution of an Express workflow may last.
pub const EXPRESS_SECONDS: u32 = 300;

/// Events in the history of an execution of a Standard workflow; one more fails the execution.
pub const HISTORY_EVENTS: u32 = 25_000;

/// Concurrent iterations of an inline Map.
pub const INLINE_MAP_CONCURRENCY: u32 = 40;

/// Concurrent child workflows of a Distributed Map.
pub const DISTRIBUTED_MAP_CONCURRENCY: u32 = 10_000;

/// Seconds after which an HTTP Task ends, regardless of `TimeoutSeconds`.
pub const HTTP_TASK_SECONDS: u32 = 60;

/// Seconds after which `bedrockagentcore:invokeHarness` ends (connect-bedrockagentcore).
pub const BEDROCK_AGENT_CORE_SECONDS: u32 = 900;

/// Seconds that an execution of a workflow of this type may last.
pub const fn execution_seconds(workflow_type: WorkflowType) -> u32 {
    match workflow_type {
        WorkflowType::Standard => STANDARD_SECONDS,
        WorkflowType::Express => EXPRESS_SECONDS,
    }
}
