//! Which language a file's text is in.

use std::path::Path;

/// The language of a file's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// RFC 8259.
    Json,
    /// JSON with comments and trailing commas (`.jsonc`, `.json5`).
    Jsonc,
    /// YAML 1.2, core schema.
    Yaml,
    /// YAML whose plain values mean what YAML 1.1 says (`Yes` is true): CloudFormation and SAM templates.
    YamlOneOne,
    /// HCL, as Terraform has it.
    Hcl,
}

/// Endings of template engines, behind which a file's own ending stands: `flow.asl.json.tftpl`.
const TEMPLATE_ENDINGS: [&str; 5] = ["j2", "template", "tftpl", "tmpl", "tpl"];

impl Syntax {
    /// The language that a file's name ends in; `None` where the name leaves it open (`.asl`, no ending).
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "json" => Some(Self::Json),
            "jsonc" | "json5" => Some(Self::Jsonc),
            "yaml" | "yml" => Some(Self::Yaml),
            "tf" => Some(Self::Hcl),
            ending if TEMPLATE_ENDINGS.contains(&ending) => Self::of_path(Path::new(path.file_stem()?)),
            _ => None,
        }
    }

    /// The language that a text begins like.
    pub fn sniff(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}').trim_start();
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
    fn names_and_texts_say_their_language() {
        let of = |name| Syntax::of_path(Path::new(name));
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
                ""
            ]
            .map(Syntax::sniff),
            [
                Syntax::Json,
                Syntax::Jsonc,
                Syntax::Yaml,
                Syntax::Yaml,
                Syntax::Json,
                Syntax::Json
            ]
        );
    }
}
