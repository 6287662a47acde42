//! `Map`: runs the same states for each item, inline or as child workflows. The processor is the state's machine.

use crate::asl::expression::{AllowedExpression, Expression, Owner};
use crate::asl::field::{Payload, Scalar};
use crate::asl::fields::fields;
use crate::asl::object::Object;
use crate::asl::retry::{Catcher, Retrier};
use crate::document::{Member, Node};
use crate::spec::{QueryLanguage, WorkflowType, map_mode};

fields! {
    /// The fields of a Map state.
    pub struct Map<'d> {
        /// The member that contains the processor is the old `Iterator`.
        pub uses_iterator: bool = uses_iterator(),
        /// `ProcessorConfig`.
        pub processor_config: Option<&'d Node> = processor_config(),
        /// `ProcessorConfig.Mode` is `DISTRIBUTED`.
        pub is_distributed: bool = is_distributed(),
        /// `ItemsPath`.
        pub items_path: Option<Expression<'d>> = path("ItemsPath", AllowedExpression::ReferencePath),
        /// `Items` (JSONata): an array, an object, or an expression.
        pub items: Option<Payload<'d>> = payload_in(None, Some("Items")),
        /// `ItemSelector`, or the old `Parameters`.
        pub item_selector: Option<Payload<'d>> = item_selector(),
        /// The member that contains the selector is the old `Parameters`.
        pub uses_parameters: bool = uses_parameters(),
        /// The settings.
        pub settings: MapSettings<Scalar<'d>> = map_settings(),
        /// `Label`
        pub label: Option<&'d Node> = value("Label"),
        /// `ItemReader`
        pub item_reader: Option<ItemReader<'d>> = item_reader(),
        /// `ItemBatcher`
        pub item_batcher: Option<ItemBatcher<'d>> = item_batcher(),
        /// `ResultWriter`
        pub result_writer: Option<ResultWriter<'d>> = result_writer(),
        /// `Retry`
        pub retry: Vec<Retrier<'d>> = retry(),
        /// `Catch`
        pub catch: Vec<Catcher<'d>> = catch(),
    }

    /// Where a Distributed Map reads its items.
    pub struct ItemReader<'d> {
        /// The object.
        pub node: &'d Node = as_written(),
        /// `Resource`
        pub resource: Option<&'d Node> = value("Resource"),
        /// `Parameters` or `Arguments`.
        pub arguments: Option<Payload<'d>> = payload_in(Some("Parameters"), Some("Arguments")),
        /// `ReaderConfig`, as written.
        pub reader_config: Option<&'d Node> = value("ReaderConfig"),
        /// `ReaderConfig.MaxItems`, `MaxItemsPath`.
        pub max_items: Option<Scalar<'d>> = max_items(),
    }

    /// How a Distributed Map groups items for one child execution.
    pub struct ItemBatcher<'d> {
        /// The object.
        pub node: &'d Node = as_written(),
        /// The settings.
        pub settings: BatcherSettings<Scalar<'d>> = batcher_settings(),
        /// `BatchInput`
        pub batch_input: Option<Payload<'d>> = payload("BatchInput"),
    }

    /// Where a Distributed Map writes its results.
    pub struct ResultWriter<'d> {
        /// The object.
        pub node: &'d Node = as_written(),
        /// `Resource`
        pub resource: Option<&'d Node> = value("Resource"),
        /// `Parameters` or `Arguments`.
        pub arguments: Option<Payload<'d>> = payload_in(Some("Parameters"), Some("Arguments")),
        /// `WriterConfig`, as written.
        pub writer_config: Option<&'d Node> = value("WriterConfig"),
    }
}

fields! {
    /// The settings of a Map state.
    pub struct MapSettings<S> {
        /// `MaxConcurrency`, `MaxConcurrencyPath`.
        pub max_concurrency = scalar("MaxConcurrency", "MaxConcurrencyPath", AllowedExpression::ReferencePathWithoutContext),
        /// `ToleratedFailureCount`, `ToleratedFailureCountPath`.
        pub tolerated_failure_count = scalar("ToleratedFailureCount", "ToleratedFailureCountPath", AllowedExpression::ReferencePathWithoutContext),
        /// `ToleratedFailurePercentage`, `ToleratedFailurePercentagePath`.
        pub tolerated_failure_percentage =
            scalar("ToleratedFailurePercentage", "ToleratedFailurePercentagePath", AllowedExpression::ReferencePathWithoutContext),
    }
}

fields! {
    /// The settings of an `ItemBatcher`.
    pub struct BatcherSettings<S> {
        /// `MaxItemsPerBatch`, `MaxItemsPerBatchPath`.
        pub max_items_per_batch = scalar("MaxItemsPerBatch", "MaxItemsPerBatchPath", AllowedExpression::ReferencePathWithoutContext),
        /// `MaxInputBytesPerBatch`, `MaxInputBytesPerBatchPath`.
        pub max_input_bytes_per_batch =
            scalar("MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath", AllowedExpression::ReferencePathWithoutContext),
    }
}

/// The member of a Map that contains its processor, `ItemProcessor` or the old `Iterator`.
pub(in crate::asl) fn processor(map: &Node) -> Option<&Member> {
    map.member("ItemProcessor").or_else(|| map.member("Iterator"))
}

impl<'d> Object<'d> {
    fn uses_iterator(&self) -> bool {
        processor(self.node).is_some_and(|member| member.key.as_str() == "Iterator")
    }

    fn processor_config(&self) -> Option<&'d Node> {
        processor(self.node)?.value.get("ProcessorConfig")
    }

    fn is_distributed(&self) -> bool {
        let mode = self.processor_config().and_then(|config| config.get("Mode"));
        mode.and_then(Node::as_str) == Some(map_mode::DISTRIBUTED)
    }

    fn item_selector(&self) -> Option<Payload<'d>> {
        self.payload("ItemSelector")
            .or_else(|| self.payload_in(Some("Parameters"), None))
    }

    fn uses_parameters(&self) -> bool {
        self.language == QueryLanguage::JsonPath
            && self.node.get("ItemSelector").is_none()
            && self.node.get("Parameters").is_some()
    }

    fn map_settings(&self) -> MapSettings<Scalar<'d>> {
        MapSettings::lower(self)
    }

    fn item_reader(&self) -> Option<ItemReader<'d>> {
        let reader = self.inner(self.node.get("ItemReader")?, Owner::ItemReader);
        Some(ItemReader::lower(&reader))
    }

    fn max_items(&self) -> Option<Scalar<'d>> {
        let config = self.inner(self.node.get("ReaderConfig")?, Owner::ReaderConfig);
        config.scalar(
            "MaxItems",
            "MaxItemsPath",
            AllowedExpression::ReferencePathWithoutContext,
        )
    }

    fn item_batcher(&self) -> Option<ItemBatcher<'d>> {
        let batcher = self.inner(self.node.get("ItemBatcher")?, Owner::ItemBatcher);
        Some(ItemBatcher::lower(&batcher))
    }

    fn batcher_settings(&self) -> BatcherSettings<Scalar<'d>> {
        BatcherSettings::lower(self)
    }

    fn result_writer(&self) -> Option<ResultWriter<'d>> {
        let writer = self.inner(self.node.get("ResultWriter")?, Owner::ResultWriter);
        Some(ResultWriter::lower(&writer))
    }
}

impl Map<'_> {
    /// The type of a Distributed Map's child workflows: `ProcessorConfig.ExecutionType`, Standard by default.
    pub fn child_type(&self) -> WorkflowType {
        let written = self
            .processor_config
            .and_then(|config| config.get("ExecutionType"));
        let is_express = written.and_then(Node::as_str) == Some(WorkflowType::Express.as_str());
        if is_express {
            WorkflowType::Express
        } else {
            WorkflowType::Standard
        }
    }
}
