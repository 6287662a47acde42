//! `Map`: the same steps for each item, inside the execution or as child executions.

use crate::asl::{Catcher, Expression, Machine, Payload, Retrier, Scalar};
use crate::document::Node;
use crate::spec::WorkflowType;

/// The fields of a Map state.
#[derive(Debug)]
pub struct Map<'d> {
    /// `ItemProcessor`, or `Iterator` as it was once called.
    pub processor: Option<Machine<'d>>,
    /// The member that holds the processor is the old `Iterator`.
    pub uses_iterator: bool,
    /// `ProcessorConfig`.
    pub processor_config: Option<&'d Node>,
    /// `ProcessorConfig.Mode` is `DISTRIBUTED`.
    pub is_distributed: bool,
    /// `ItemsPath`.
    pub items_path: Option<Expression<'d>>,
    /// `Items` (JSONata): an array, an object, or an expression.
    pub items: Option<Payload<'d>>,
    /// `ItemSelector`, or `Parameters` as it was once called.
    pub item_selector: Option<Payload<'d>>,
    /// The member that holds the selector is the old `Parameters`.
    pub uses_parameters: bool,
    /// `MaxConcurrency`, `MaxConcurrencyPath`.
    pub max_concurrency: Option<Scalar<'d>>,
    /// `ToleratedFailureCount`, `ToleratedFailureCountPath`.
    pub tolerated_failure_count: Option<Scalar<'d>>,
    /// `ToleratedFailurePercentage`, `ToleratedFailurePercentagePath`.
    pub tolerated_failure_percentage: Option<Scalar<'d>>,
    /// `Label`
    pub label: Option<&'d Node>,
    /// `ItemReader`
    pub item_reader: Option<ItemReader<'d>>,
    /// `ItemBatcher`
    pub item_batcher: Option<ItemBatcher<'d>>,
    /// `ResultWriter`
    pub result_writer: Option<ResultWriter<'d>>,
    /// `Retry`
    pub retry: Vec<Retrier<'d>>,
    /// `Catch`
    pub catch: Vec<Catcher<'d>>,
}

/// Where a Distributed Map reads its items.
#[derive(Debug)]
pub struct ItemReader<'d> {
    /// The object.
    pub node: &'d Node,
    /// `Resource`
    pub resource: Option<&'d Node>,
    /// `Parameters` or `Arguments`.
    pub arguments: Option<Payload<'d>>,
    /// `ReaderConfig`, as written.
    pub reader_config: Option<&'d Node>,
    /// `ReaderConfig.MaxItems`, `MaxItemsPath`.
    pub max_items: Option<Scalar<'d>>,
}

/// How a Distributed Map puts items together for one child execution.
#[derive(Debug)]
pub struct ItemBatcher<'d> {
    /// The object.
    pub node: &'d Node,
    /// `MaxItemsPerBatch`, `MaxItemsPerBatchPath`.
    pub max_items_per_batch: Option<Scalar<'d>>,
    /// `MaxInputBytesPerBatch`, `MaxInputBytesPerBatchPath`.
    pub max_input_bytes_per_batch: Option<Scalar<'d>>,
    /// `BatchInput`
    pub batch_input: Option<Payload<'d>>,
}

/// Where a Distributed Map writes its results.
#[derive(Debug)]
pub struct ResultWriter<'d> {
    /// The object.
    pub node: &'d Node,
    /// `Resource`
    pub resource: Option<&'d Node>,
    /// `Parameters` or `Arguments`.
    pub arguments: Option<Payload<'d>>,
    /// `WriterConfig`, as written.
    pub writer_config: Option<&'d Node>,
}

impl Map<'_> {
    /// The type of a Distributed Map's child workflows: `ProcessorConfig.ExecutionType`, Standard by default.
    pub fn child_type(&self) -> WorkflowType {
        let written = self
            .processor_config
            .and_then(|config| config.get("ExecutionType"));
        match written.and_then(Node::as_str) {
            Some("EXPRESS") => WorkflowType::Express,
            _ => WorkflowType::Standard,
        }
    }
}
