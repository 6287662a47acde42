//! asl: lint, draw, simulate and price Amazon States Language definitions, offline.
//!
//! A file becomes a [`source`] text that knows its lines, and every place in it is a span of its bytes. [`document`]
//! reads JSON, YAML and HCL into one tree whose keys and values all have their spans. [`template`] finds the state
//! machines in the tree: the file itself, or resources of CloudFormation, SAM, CDK, Terraform and Serverless. [`asl`]
//! lowers each of them to a typed model in the specification's words, with its expressions parsed by [`expr`], and what
//! is old or short-hand in a definition ends there. [`lint`] checks the model against the JSON schema and the rules.
//! [`graph`] turns it into nodes and edges. [`simulate`] runs it over [`value`]s on a virtual clock and tells the outside
//! world's part from mocks; what happened is a [`history`] in AWS's words. [`cost`] prices usage, learnt from a model, a
//! simulation or a recorded history. What AWS offers and asks is data in [`aws`]. [`render`] turns findings, graphs,
//! histories and estimates into bytes, and alone knows colour; [`cli`] is the only place where two of these commands meet.
//!
//! | module | what it holds | imports |
//! |---|---|---|
//! | [`spec`] | constants of the language and of AWS: state types, error names, quotas | |
//! | [`source`] | texts, spans, lines and columns | |
//! | [`diagnostic`] | what there is to say about a place | `source` |
//! | [`document`] | the tree, its readers, the map from a string back to its bytes | `source` `diagnostic` |
//! | [`template`] | machines in files and templates | `document` `aws` |
//! | [`value`] | the JSON that flows through a run, numbers exact | |
//! | [`expr`] | JSONPath, intrinsic functions, JSONata, payload templates | `source` `value` |
//! | [`asl`] | machines, states, retriers, catchers, choice rules, transitions | `document` `value` `expr` |
//! | [`aws`] | ARNs, integrations, SDK actions, quotas, prices, errors | |
//! | [`history`] | execution events | `document` `value` |
//! | [`lint`] | rules, their manuals, the schema | `template` `asl` `aws` |
//! | [`graph`] | nodes, edges, clusters | `asl` `history` |
//! | [`simulate`] | the engine, its mocks and its limits | `asl` `aws` `history` |
//! | [`cost`] | usage, prices, advice | `asl` `aws` `history` |
//! | [`config`] | `asl.toml` | `lint` |
//! | [`render`] | every output format | all above |
//! | [`cli`] | every command | all |
//! | [`schemas`] | the JSON schemas that come with asl | |
//! | [`user_file`] | the reader of the files that users write for asl | `document` |
//! | [`prose`] | parts of sentences: lists, plurals, suggestions, durations | |
//!
//! A test, `layers`, holds the imports to this table.

pub mod asl;
pub mod aws;
pub mod cli;
pub mod config;
pub mod cost;
pub mod diagnostic;
pub mod document;
pub mod expr;
pub mod graph;
pub mod history;
pub mod lint;
pub mod prose;
pub mod render;
pub mod schemas;
pub mod simulate;
pub mod source;
pub mod spec;
pub mod template;
pub mod user_file;
pub mod value;
