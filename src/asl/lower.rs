//! From the tree to the model. Trusts the shape and leaves out what does not fit; reports nothing.

use super::state::{
    Choice, DataFlow, Fail, Kind, Map, NullablePath, Parallel, Pass, State, Succeed, Task, Transition, Wait,
    choice::{ChoiceRule, Condition, Operator, Test},
    map::{ItemBatcher, ItemReader, ResultWriter},
};
use super::{Catcher, Demand, Expression, Machine, Owner, Payload, Retrier, Scalar, Target};
use crate::document::{Member, Node, push_pointer_key};
use crate::spec::{QueryLanguage, StateType};
use foldhash::HashMap;

/// Lowers a state machine's object. Anything is accepted; what is no object gives a machine without states.
pub fn machine(node: &Node) -> Machine<'_> {
    let language = node
        .get("QueryLanguage")
        .map_or(QueryLanguage::JsonPath, language_of);
    scope(node, String::new(), language)
}

/// AWS checks a machine or state whose `QueryLanguage` is anything but `JSONPath` as JSONata.
fn language_of(node: &Node) -> QueryLanguage {
    match node.as_text() {
        Some(text) if text.as_str() == QueryLanguage::JsonPath.as_str() || text.has_placeholder() => {
            QueryLanguage::JsonPath
        }
        _ => QueryLanguage::Jsonata,
    }
}

fn scope(node: &Node, pointer: String, language: QueryLanguage) -> Machine<'_> {
    let states_node = node.get("States");
    let members = states_node.and_then(Node::as_object).unwrap_or_default();
    let has_unknown_states = states_node.is_some_and(Node::is_unknown)
        || members
            .iter()
            .any(|m| m.value.is_unknown() || m.key.has_placeholder());
    // Of duplicate keys the last one counts.
    let last: HashMap<&str, usize> = members
        .iter()
        .enumerate()
        .map(|(i, m)| (m.key.as_str(), i))
        .collect();
    let mut states = Vec::with_capacity(last.len());
    for (i, member) in members.iter().enumerate() {
        if member.value.as_object().is_some() && last.get(member.key.as_str()) == Some(&i) {
            states.push(state(member, &pointer, language));
        }
    }
    Machine {
        node,
        pointer,
        query_language: language,
        comment: node.get("Comment").and_then(Node::as_text),
        start_at: target(node, "StartAt"),
        states,
        timeout_seconds: node.get("TimeoutSeconds"),
        has_unknown_states,
    }
}

fn state<'d>(member: &'d Member, scope_pointer: &str, machine_language: QueryLanguage) -> State<'d> {
    let node = &member.value;
    let mut pointer = String::with_capacity(scope_pointer.len() + member.key.len() + 8);
    pointer.push_str(scope_pointer);
    pointer.push_str("/States");
    push_pointer_key(&mut pointer, &member.key);
    let language = node.get("QueryLanguage").map_or(machine_language, language_of);
    let fields = Fields {
        node,
        owner: Owner::State,
        language,
    };
    let kind = match node
        .get("Type")
        .and_then(Node::as_str)
        .and_then(StateType::from_name)
    {
        Some(StateType::Pass) => Kind::Pass(Pass {
            result: node.get("Result"),
        }),
        Some(StateType::Task) => Kind::Task(Box::new(task(&fields))),
        Some(StateType::Choice) => Kind::Choice(choice(&fields)),
        Some(StateType::Wait) => Kind::Wait(Box::new(Wait {
            seconds: fields.scalar("Seconds", "SecondsPath", Demand::ReferencePath),
            timestamp: fields.scalar("Timestamp", "TimestampPath", Demand::ReferencePath),
        })),
        Some(StateType::Succeed) => Kind::Succeed(Succeed),
        Some(StateType::Fail) => Kind::Fail(Box::new(Fail {
            error: fields.scalar("Error", "ErrorPath", Demand::ReferencePathOrIntrinsic),
            cause: fields.scalar("Cause", "CausePath", Demand::ReferencePathOrIntrinsic),
        })),
        Some(StateType::Parallel) => Kind::Parallel(Parallel {
            branches: fields
                .array("Branches")
                .iter()
                .enumerate()
                .map(|(i, branch)| scope(branch, format!("{pointer}/Branches/{i}"), machine_language))
                .collect(),
            retry: fields.retry(),
            catch: fields.catch(),
        }),
        Some(StateType::Map) => Kind::Map(Box::new(map(&fields, &pointer, machine_language))),
        None => Kind::Unknown,
    };
    let is_map = matches!(kind, Kind::Map(_));
    State {
        name: &member.key,
        name_span: member.key_span,
        node,
        pointer,
        language,
        comment: node.get("Comment").and_then(Node::as_text),
        transition: Transition {
            next: target(node, "Next"),
            end: node.get("End").and_then(Node::as_bool).unwrap_or(false),
        },
        data: data_flow(&fields, is_map),
        kind,
    }
}

fn data_flow<'d>(fields: &Fields<'d>, is_map: bool) -> DataFlow<'d> {
    let payload = |field| fields.payload(field).map(Box::new);
    let assign = payload("Assign");
    if fields.language == QueryLanguage::Jsonata {
        return DataFlow {
            arguments: payload("Arguments"),
            output: payload("Output"),
            assign,
            ..DataFlow::default()
        };
    }
    DataFlow {
        input_path: fields.nullable_path("InputPath", Demand::Path),
        parameters: if is_map { None } else { payload("Parameters") },
        result_selector: payload("ResultSelector"),
        result_path: fields.nullable_path("ResultPath", Demand::ResultPath),
        output_path: fields.nullable_path("OutputPath", Demand::Path),
        assign,
        ..DataFlow::default()
    }
}

fn task<'d>(fields: &Fields<'d>) -> Task<'d> {
    let credentials = Fields {
        owner: Owner::Credentials,
        ..*fields
    };
    Task {
        resource: fields.node.get("Resource"),
        credentials: credentials.payload("Credentials"),
        timeout_seconds: fields.scalar("TimeoutSeconds", "TimeoutSecondsPath", Demand::ReferencePath),
        heartbeat_seconds: fields.scalar("HeartbeatSeconds", "HeartbeatSecondsPath", Demand::ReferencePath),
        retry: fields.retry(),
        catch: fields.catch(),
    }
}

fn choice<'d>(fields: &Fields<'d>) -> Choice<'d> {
    let rules = fields.array("Choices").iter().enumerate().map(|(i, node)| {
        let rule = Fields {
            node,
            owner: Owner::ChoiceRule(i),
            ..*fields
        };
        ChoiceRule {
            node,
            condition: condition(&rule),
            next: target(node, "Next"),
            assign: rule.payload("Assign"),
            output: rule.jsonata_only("Output"),
        }
    });
    Choice {
        rules: rules.collect(),
        default: target(fields.node, "Default"),
    }
}

fn condition<'d>(rule: &Fields<'d>) -> Condition<'d> {
    if rule.language == QueryLanguage::Jsonata {
        return match rule.node.get("Condition") {
            Some(node) => match (node.as_bool(), Expression::jsonata(node, "Condition", rule.owner)) {
                (Some(constant), _) => Condition::Constant(constant),
                (_, Some(expression)) => Condition::Jsonata(expression),
                _ => Condition::Malformed,
            },
            None => Condition::Malformed,
        };
    }
    let all = |key| {
        rule.array(key)
            .iter()
            .map(|node| condition(&Fields { node, ..*rule }))
            .collect()
    };
    for member in rule.node.as_object().unwrap_or_default() {
        match member.key.as_str() {
            "And" => return Condition::And(all("And")),
            "Or" => return Condition::Or(all("Or")),
            "Not" => {
                return Condition::Not(Box::new(condition(&Fields {
                    node: &member.value,
                    ..*rule
                })));
            }
            key => {
                let Some(operator) = Operator::of(key) else {
                    continue;
                };
                return Condition::Test(Test {
                    node: rule.node,
                    variable: rule.path("Variable", Demand::Path),
                    operator,
                    member,
                    operand_path: operator
                        .is_path
                        .then(|| {
                            Expression::path(&member.value, operator.name, rule.owner, Demand::Path, None)
                        })
                        .flatten(),
                });
            }
        }
    }
    Condition::Malformed
}

fn map<'d>(fields: &Fields<'d>, pointer: &str, machine_language: QueryLanguage) -> Map<'d> {
    let node = fields.node;
    let processor_key = if node.get("ItemProcessor").is_some() {
        "ItemProcessor"
    } else {
        "Iterator"
    };
    let processor_node = node.get(processor_key);
    let processor_config = processor_node.and_then(|p| p.get("ProcessorConfig"));
    let mode = processor_config
        .and_then(|c| c.get("Mode"))
        .and_then(Node::as_str);
    let selector = fields.payload("ItemSelector");
    let uses_parameters = selector.is_none() && fields.language == QueryLanguage::JsonPath;
    Map {
        processor: processor_node.map(|p| scope(p, format!("{pointer}/{processor_key}"), machine_language)),
        uses_iterator: processor_node.is_some() && processor_key == "Iterator",
        processor_config,
        is_distributed: mode == Some("DISTRIBUTED"),
        items_path: fields.path("ItemsPath", Demand::ReferencePath),
        items: fields.jsonata_only("Items"),
        uses_parameters: uses_parameters && node.get("Parameters").is_some(),
        item_selector: if uses_parameters {
            fields.payload("Parameters")
        } else {
            selector
        },
        max_concurrency: fields.scalar("MaxConcurrency", "MaxConcurrencyPath", Demand::ReferencePath),
        tolerated_failure_count: fields.scalar(
            "ToleratedFailureCount",
            "ToleratedFailureCountPath",
            Demand::ReferencePath,
        ),
        tolerated_failure_percentage: fields.scalar(
            "ToleratedFailurePercentage",
            "ToleratedFailurePercentagePath",
            Demand::ReferencePath,
        ),
        label: node.get("Label"),
        item_reader: node.get("ItemReader").map(|reader| item_reader(reader, fields)),
        item_batcher: node
            .get("ItemBatcher")
            .map(|batcher| item_batcher(batcher, fields)),
        result_writer: node.get("ResultWriter").map(|writer| {
            let inner = Fields {
                node: writer,
                owner: Owner::ResultWriter,
                ..*fields
            };
            ResultWriter {
                node: writer,
                resource: writer.get("Resource"),
                arguments: inner.arguments(),
                writer_config: writer.get("WriterConfig"),
            }
        }),
        retry: fields.retry(),
        catch: fields.catch(),
    }
}

fn item_reader<'d>(node: &'d Node, fields: &Fields<'d>) -> ItemReader<'d> {
    let inner = Fields {
        node,
        owner: Owner::ItemReader,
        ..*fields
    };
    let reader_config = node.get("ReaderConfig");
    ItemReader {
        node,
        resource: node.get("Resource"),
        arguments: inner.arguments(),
        reader_config,
        max_items: reader_config.and_then(|config| {
            Fields {
                node: config,
                owner: Owner::ReaderConfig,
                ..inner
            }
            .scalar("MaxItems", "MaxItemsPath", Demand::ReferencePath)
        }),
    }
}

fn item_batcher<'d>(node: &'d Node, fields: &Fields<'d>) -> ItemBatcher<'d> {
    let inner = Fields {
        node,
        owner: Owner::ItemBatcher,
        ..*fields
    };
    ItemBatcher {
        node,
        max_items_per_batch: inner.scalar("MaxItemsPerBatch", "MaxItemsPerBatchPath", Demand::ReferencePath),
        max_input_bytes_per_batch: inner.scalar(
            "MaxInputBytesPerBatch",
            "MaxInputBytesPerBatchPath",
            Demand::ReferencePath,
        ),
        batch_input: inner.payload("BatchInput"),
    }
}

fn target<'d>(node: &'d Node, key: &str) -> Option<Target<'d>> {
    let value = node.get(key)?;
    Some(Target {
        name: value.as_text()?,
        span: value.span,
    })
}

/// An object whose fields are read in a query language.
#[derive(Clone, Copy)]
struct Fields<'d> {
    node: &'d Node,
    owner: Owner,
    language: QueryLanguage,
}

impl<'d> Fields<'d> {
    fn array(&self, key: &str) -> &'d [Node] {
        self.node.get(key).and_then(Node::as_array).unwrap_or_default()
    }

    fn payload(&self, field: &'static str) -> Option<Payload<'d>> {
        let node = self.node.get(field)?;
        Some(match self.language {
            QueryLanguage::JsonPath => Payload::jsonpath(node, field, self.owner),
            QueryLanguage::Jsonata => Payload::jsonata(node, field, self.owner),
        })
    }

    /// `Parameters` in JSONPath, `Arguments` in JSONata.
    fn arguments(&self) -> Option<Payload<'d>> {
        self.payload(match self.language {
            QueryLanguage::JsonPath => "Parameters",
            QueryLanguage::Jsonata => "Arguments",
        })
    }

    fn jsonata_only(&self, field: &'static str) -> Option<Payload<'d>> {
        if self.language == QueryLanguage::Jsonata {
            self.payload(field)
        } else {
            None
        }
    }

    fn path(&self, field: &'static str, demand: Demand) -> Option<Expression<'d>> {
        if self.language != QueryLanguage::JsonPath {
            return None;
        }
        Expression::path(self.node.get(field)?, field, self.owner, demand, None)
    }

    fn nullable_path(&self, field: &'static str, demand: Demand) -> NullablePath<'d> {
        match self.node.get(field) {
            None => NullablePath::Absent,
            Some(node) if node.is_null() => NullablePath::Null,
            Some(_) => self
                .path(field, demand)
                .map_or(NullablePath::Absent, |e| NullablePath::Path(Box::new(e))),
        }
    }

    /// A setting and its `…Path` twin in JSONPath; a literal or an expression in JSONata.
    fn scalar(&self, field: &'static str, path_field: &'static str, demand: Demand) -> Option<Scalar<'d>> {
        let literal = self.node.get(field);
        if self.language == QueryLanguage::Jsonata {
            let node = literal?;
            return Some(
                Expression::jsonata(node, field, self.owner).map_or(Scalar::Literal(node), Scalar::computed),
            );
        }
        literal
            .map(Scalar::Literal)
            .or_else(|| self.path(path_field, demand).map(Scalar::computed))
    }

    fn retry(&self) -> Vec<Retrier<'d>> {
        let retriers = self.array("Retry").iter().map(|node| Retrier {
            node,
            error_equals: error_equals(node),
            interval_seconds: node.get("IntervalSeconds"),
            max_attempts: node.get("MaxAttempts"),
            backoff_rate: node.get("BackoffRate"),
            max_delay_seconds: node.get("MaxDelaySeconds"),
            jitter_strategy: node.get("JitterStrategy"),
        });
        retriers.collect()
    }

    fn catch(&self) -> Vec<Catcher<'d>> {
        let catchers = self.array("Catch").iter().enumerate().map(|(i, node)| {
            let inner = Fields {
                node,
                owner: Owner::Catcher(i),
                ..*self
            };
            Catcher {
                node,
                error_equals: error_equals(node),
                next: target(node, "Next"),
                result_path: inner.nullable_path("ResultPath", Demand::ResultPath),
                assign: inner.payload("Assign"),
                output: inner.jsonata_only("Output"),
            }
        });
        catchers.collect()
    }
}

fn error_equals(node: &Node) -> Vec<&Node> {
    let names = node
        .get("ErrorEquals")
        .and_then(Node::as_array)
        .unwrap_or_default();
    names.iter().filter(|n| n.as_text().is_some()).collect()
}
