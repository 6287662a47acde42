//! `unrendered-template`

use crate::document::SyntaxErrorKind;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A file contains directives of a template engine that are not rendered.
    ///
    /// ## What it does
    ///
    /// Reports a file that is not valid JSON or YAML because it contains directives or expressions of a template engine
    /// outside of strings: Terraform (`%{ for }`), Jinja (`{% for %}`), Go and Handlebars (`{{ range }}`, `{{#each}}`),
    /// FreeMarker (`<#list>`), or ERB (`<% each %>`). Only the files that it references are checked.
    ///
    /// ## Why is this bad?
    ///
    /// The file is neither YAML nor JSON until it is rendered, so its definitions are not checked.
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
        check: Check::Syntax(SyntaxErrorKind::Unrendered),
    }
}
