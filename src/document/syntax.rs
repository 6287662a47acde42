//! The syntax of a file.

use crate::spec::placeholder;
use std::path::Path;

/// The syntax of a file's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// RFC 8259.
    Json,
    /// JSON with comments and trailing commas (`.jsonc`, `.json5`).
    Jsonc,
    /// YAML 1.2, core schema.
    Yaml,
    /// YAML with the plain scalars of YAML 1.1 (`Yes` is true): CloudFormation and SAM templates.
    Yaml11,
    /// HCL, as used by Terraform.
    Hcl,
    /// A template of HCL: a source text with `${…}` and `%{…}`.
    HclTemplate,
}

/// Extensions of template engines, which follow the file's own extension: `flow.asl.json.tftpl`.
const TEMPLATE_ENDINGS: [&str; 15] = [
    "ejs", "erb", "ftl", "gotmpl", "hbs", "j2", "jinja", "jinja2", "liquid", "mustache", "template", "tftpl",
    "tmpl", "tpl", "vm",
];

impl Syntax {
    /// The syntax by the file's extension; `None` if the extension does not determine it (`.asl`, no extension).
    pub fn from_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "json" => Some(Self::Json),
            "jsonc" | "json5" => Some(Self::Jsonc),
            "yaml" | "yml" => Some(Self::Yaml),
            "tf" | "tofu" | "hcl" => Some(Self::Hcl),
            ending if TEMPLATE_ENDINGS.contains(&ending) => Self::from_path(Path::new(path.file_stem()?)),
            _ => None,
        }
    }

    /// Whether a file is a template of any syntax by its extension.
    pub fn is_template_path(path: &Path) -> bool {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| TEMPLATE_ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
    }

    /// The syntax that a source text starts like, after the directives of a template engine.
    pub fn sniff(text: &str) -> Self {
        let mut text = text.trim_start_matches('\u{feff}').trim_start();
        while let Some(length) = placeholder::directive(text.as_bytes()) {
            text = text[length..].trim_start();
        }
        match text.as_bytes() {
            [b'/', b'/' | b'*', ..] => Self::Jsonc,
            [b'{' | b'[' | b'"', ..] => Self::Json,
            _ if text.lines().any(is_line_of_yaml) => Self::Yaml,
            _ => Self::Json,
        }
    }
}

fn is_line_of_yaml(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("- ") || line.starts_with("---") || line.ends_with(':') || line.contains(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detects_the_syntax_by_name_and_by_text() {
        let of = |name| Syntax::from_path(Path::new(name));
        assert_eq!(
            [
                "a.json",
                "a.json5",
                "a.asl.YML",
                "a.asl",
                "a.asl.json.tftpl",
                "Makefile"
            ]
            .map(of),
            [
                Some(Syntax::Json),
                Some(Syntax::Jsonc),
                Some(Syntax::Yaml),
                None,
                Some(Syntax::Json),
                None
            ]
        );
        assert_eq!(
            [
                "\u{feff} {",
                "// a\n{}",
                "StartAt: A",
                "# a\nStates:\n",
                "not json",
                "",
                "{% for x in y %}\n{",
                "<#-- a -->\nStartAt: A"
            ]
            .map(Syntax::sniff),
            [
                Syntax::Json,
                Syntax::Jsonc,
                Syntax::Yaml,
                Syntax::Yaml,
                Syntax::Json,
                Syntax::Json,
                Syntax::Json,
                Syntax::Yaml
            ]
        );
    }
}
