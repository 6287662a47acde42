//! `unrendered-template`

use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A template that a template engine has yet to render.
    ///
    /// ## What it does
    ///
    /// Says that a file has statements of Jinja (or cookiecutter's variables) in it. Only the files that it names are checked.
    ///
    /// ## Why is this bad?
    ///
    /// Nothing is wrong, but the file is neither YAML nor JSON yet, so little can be said of it.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// {%- if cookiecutter.tracing %}
    /// Transform: AWS::Serverless-2016-10-31
    /// {%- endif %}
    /// Resources:
    ///   Flow:
    ///     Type: AWS::Serverless::StateMachine
    ///     Properties:
    ///       DefinitionUri: fixtures/template/flow.asl.json
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// Resources:
    ///   Flow:
    ///     Type: AWS::Serverless::StateMachine
    ///     Properties:
    ///       DefinitionUri: fixtures/template/flow.asl.json
    /// ```
    pub static RULE = {
        name: "unrendered-template",
        family: Resource,
        severity: Info,
        check: Check::Reader,
    }
}
