//! The patterns of `fileset`.

use regex::Regex;

/// A matcher of paths: `*` and `?` match within a name, `**` matches any folders, `{a,b}` either, `[a-z]` one character.
pub(super) fn matcher(pattern: &str) -> Option<Regex> {
    let mut regex = "^".to_owned();
    let mut rest = pattern;
    let mut braces = 0_usize;
    while let Some(c) = rest.chars().next() {
        let (length, piece) = match c {
            '*' if rest.starts_with("**/") => (3, "(?:.*/)?".to_owned()),
            '*' if rest.starts_with("**") => (2, ".*".to_owned()),
            '*' => (1, "[^/]*".to_owned()),
            '?' => (1, "[^/]".to_owned()),
            '{' => {
                braces += 1;
                (1, "(?:".to_owned())
            }
            '}' if braces > 0 => {
                braces -= 1;
                (1, ")".to_owned())
            }
            ',' if braces > 0 => (1, "|".to_owned()),
            '[' => {
                let end = rest.find(']')?;
                (end + 1, rest[..=end].replace("[!", "[^"))
            }
            _ => (c.len_utf8(), regex::escape(&rest[..c.len_utf8()])),
        };
        regex.push_str(&piece);
        rest = &rest[length..];
    }
    regex.push('$');
    Regex::new(&regex).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_paths() {
        let cases = [
            ("*.json", "a.json", true),
            ("*.json", "b/a.json", false),
            ("**/*.json", "b/c/a.json", true),
            ("**/*.json", "a.json", true),
            ("**", "b/a", true),
            ("a?.{json,yaml}", "ab.yaml", true),
            ("a?.{json,yaml}", "a.yaml", false),
            ("[!x]+.json", "a+.json", true),
            ("[a", "a", false),
        ];
        for (pattern, path, expected) in cases {
            let is_match = matcher(pattern).is_some_and(|regex| regex.is_match(path));
            assert_eq!(is_match, expected, "{pattern} {path}");
        }
    }
}
