//! Which file of the sources uses names of which other file, read from the text.
//!
//! Paths are resolved to the file that defines their first item, through re-exports, so that a facade module that only
//! re-exports its children is not used by whoever imports a child through it. Test code is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A module's path from the root of the crate: `["lint", "rules"]`; empty for `lib.rs`.
type ModulePath = Vec<String>;

/// The files of the sources, by module path.
#[derive(Default)]
pub(super) struct Sources {
    modules: BTreeMap<ModulePath, Module>,
    /// The files that no file declares as a module, and that are therefore not compiled.
    pub(super) undeclared: Vec<ModulePath>,
}

/// What one file declares and names.
#[derive(Default)]
struct Module {
    /// Names that `use` brings in, with the path that each stands for, as written.
    uses: BTreeMap<String, Vec<String>>,
    /// Paths that end in `::*`.
    globs: Vec<Vec<String>>,
    /// The items that the file defines.
    items: BTreeSet<String>,
    /// All paths that the code names, `use` declarations included, with the line of each.
    paths: Vec<(usize, Vec<String>)>,
}

/// One file names an item of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Import {
    pub(super) from: ModulePath,
    pub(super) to: ModulePath,
    pub(super) line: usize,
    pub(super) path: String,
}

impl Sources {
    /// Reads all files below a folder but `main.rs`, which is a crate of its own, and test modules.
    pub(super) fn read(src: &Path, files: &[std::path::PathBuf]) -> Self {
        let mut texts = BTreeMap::new();
        for file in files {
            let relative = file.strip_prefix(src).unwrap().with_extension("");
            let path: ModulePath = relative.iter().map(|s| s.to_str().unwrap().to_owned()).collect();
            let path = if path == ["lib"] { Vec::new() } else { path };
            if path != ["main"] {
                texts.insert(path, code_of(&std::fs::read_to_string(file).unwrap()));
            }
        }
        let test_modules: BTreeSet<ModulePath> = texts
            .iter()
            .flat_map(|(path, code)| code.test_modules.iter().map(|name| child(path, name)))
            .collect();
        let is_test = |path: &ModulePath| (1..=path.len()).any(|n| test_modules.contains(&path[..n]));
        let modules = texts
            .iter()
            .filter(|(path, _)| !is_test(path))
            .map(|(path, code)| (path.clone(), Module::parse(&code.text)));
        let is_declared = |path: &ModulePath| {
            let (name, parent) = path.split_last()?;
            Some(texts.get(parent)?.modules.contains(name))
        };
        let undeclared = texts
            .keys()
            .filter(|path| !path.is_empty() && is_declared(path) != Some(true));
        Self {
            modules: modules.collect(),
            undeclared: undeclared.cloned().collect(),
        }
    }

    /// Which file names items of which other file, with the first line that does.
    pub(super) fn imports(&self) -> Vec<Import> {
        let mut imports = BTreeMap::new();
        for (from, module) in &self.modules {
            for (line, path) in &module.paths {
                if let Some(to) = self.resolve(from, path, &mut Vec::new()).filter(|to| to != from) {
                    let first = imports.entry((from.clone(), to)).or_insert((*line, path));
                    *first = (*line, path).min(*first);
                }
            }
        }
        let import = |((from, to), (line, path)): ((ModulePath, ModulePath), (usize, &Vec<String>))| Import {
            from,
            to,
            line,
            path: path.join("::"),
        };
        imports.into_iter().map(import).collect()
    }

    /// The module that defines what a path in a module names; `None` for what is outside the crate.
    fn resolve(
        &self,
        from: &ModulePath,
        path: &[String],
        open: &mut Vec<(ModulePath, String)>,
    ) -> Option<ModulePath> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.descend(Vec::new(), rest, open),
            "self" => self.descend(from.clone(), rest, open),
            "super" => {
                let (_, parent) = from.split_last()?;
                let mut parent = parent.to_vec();
                let mut rest = rest;
                while let Some(("super", deeper)) = rest.split_first().map(|(s, r)| (s.as_str(), r)) {
                    parent.pop();
                    rest = deeper;
                }
                self.descend(parent, rest, open)
            }
            name => {
                let module = self.modules.get(from)?;
                let is_known =
                    module.uses.contains_key(name) || self.modules.contains_key(&child(from, name));
                is_known.then(|| self.descend(from.clone(), path, open))?
            }
        }
    }

    /// Follows the rest of a path from a module.
    fn descend(
        &self,
        at: ModulePath,
        rest: &[String],
        open: &mut Vec<(ModulePath, String)>,
    ) -> Option<ModulePath> {
        let module = self.modules.get(&at)?;
        let Some((name, deeper)) = rest.split_first() else {
            return Some(at);
        };
        let inner = child(&at, name);
        if self.modules.contains_key(&inner) {
            return self.descend(inner, deeper, open);
        }
        let step = (at.clone(), name.clone());
        if open.contains(&step) {
            return Some(at);
        }
        open.push(step);
        if let Some(target) = module.uses.get(name) {
            let target: Vec<String> = target.iter().chain(deeper).cloned().collect();
            // A name from outside the crate.
            return self.resolve(&at, &target, open);
        }
        if !module.items.contains(name) {
            for glob in &module.globs {
                let target: Vec<String> = glob.iter().chain(rest).cloned().collect();
                let found = self.resolve(&at, &target, open);
                let defines = |m: &ModulePath| self.modules[m].items.contains(name);
                if found.as_ref().is_some_and(defines) {
                    return found;
                }
            }
        }
        Some(at)
    }
}

fn child(parent: &[String], name: &str) -> ModulePath {
    parent.iter().cloned().chain([name.to_owned()]).collect()
}

/// The code of a file without comments, literals, and test modules.
struct Code {
    text: String,
    /// The child files that are declared.
    modules: BTreeSet<String>,
    /// Those of them that are compiled for tests only.
    test_modules: Vec<String>,
}

fn code_of(text: &str) -> Code {
    let mut text = without_comments_and_literals(text);
    let modules = declared_modules(&text);
    let mut test_modules = Vec::new();
    while let Some(at) = first_test_item(&text) {
        let rest = &text[at..];
        let attribute = rest.find(']').unwrap_or_default() + 1;
        let end = rest.find([';', '{']).unwrap_or(rest.len() - 1);
        let declaration = &rest[attribute..end];
        if rest[end..].starts_with(';') {
            if let Some((_, name)) = declaration.rsplit_once("mod ") {
                test_modules.push(name.trim().to_owned());
            }
            blank(&mut text, at, at + end + 1);
        } else {
            let close = closing_brace(&text, at + end);
            blank(&mut text, at, close + 1);
        }
    }
    Code {
        text,
        modules,
        test_modules,
    }
}

/// Where the first item begins that is compiled for tests only: under `cfg(test)` or `cfg(all(test, …))`.
fn first_test_item(code: &str) -> Option<usize> {
    let attributes = ["#[cfg(test)]", "#[cfg(all(test,"];
    attributes.into_iter().filter_map(|start| code.find(start)).min()
}

/// The names in `mod name;`, and in `rules! { name, … }`, which declares modules too.
fn declared_modules(code: &str) -> BTreeSet<String> {
    let name = |line: &str| {
        let (before, rest) = line.trim().split_once("mod ")?;
        let is_declaration = before.is_empty() || before.ends_with(' ');
        Some(
            rest.strip_suffix(';')
                .filter(|_| is_declaration)?
                .trim()
                .to_owned(),
        )
    };
    let list = code
        .split_once("rules! {")
        .and_then(|(_, rest)| rest.split_once('}'));
    let rules = list.into_iter().flat_map(|(names, _)| names.split(','));
    code.lines()
        .filter_map(name)
        .chain(rules.map(|rule| rule.trim().to_owned()))
        .collect()
}

fn closing_brace(text: &str, open: usize) -> usize {
    let mut depth = 0;
    for (i, c) in text[open..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return open + i,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len() - 1
}

/// Replaces a range by blanks, but for line breaks.
fn blank(text: &mut String, start: usize, end: usize) {
    let blanks: String = text[start..end]
        .chars()
        .map(|c| if c == '\n' { c } else { ' ' })
        .collect();
    text.replace_range(start..end, &blanks);
}

fn without_comments_and_literals(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    let keep_lines = |out: &mut Vec<u8>, skipped: &[u8]| {
        out.push(b' ');
        out.extend(skipped.iter().filter(|b| **b == b'\n'));
    };
    while i < bytes.len() {
        let rest = &bytes[i..];
        let before = i.checked_sub(1).map_or(b' ', |j| bytes[j]);
        let in_word = before.is_ascii_alphanumeric() || before == b'_';
        let length = if rest.starts_with(b"//") {
            rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len())
        } else if rest.starts_with(b"/*") {
            rest.windows(2)
                .position(|w| w == b"*/")
                .map_or(rest.len(), |n| n + 2)
        } else if !in_word && (rest.starts_with(b"r\"") || rest.starts_with(b"r#")) {
            let hashes = rest[1..].iter().take_while(|b| **b == b'#').count();
            if rest.get(1 + hashes) == Some(&b'"') {
                let close = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
                let body = 2 + hashes;
                let end = rest[body..].windows(close.len()).position(|w| w == close);
                end.map_or(rest.len(), |n| body + n + close.len())
            } else {
                0
            }
        } else if rest[0] == b'"' {
            let mut n = 1;
            while n < rest.len() && rest[n] != b'"' {
                n += if rest[n] == b'\\' { 2 } else { 1 };
            }
            (n + 1).min(rest.len())
        } else if rest.starts_with(b"'\\") {
            rest[2..]
                .iter()
                .skip(1)
                .position(|b| *b == b'\'')
                .map_or(0, |n| n + 4)
        } else if rest[0] == b'\'' {
            // A character, unless it is a lifetime.
            let width = std::str::from_utf8(&rest[1..rest.len().min(5)])
                .map_or_else(|e| std::str::from_utf8(&rest[1..=e.valid_up_to()]).ok(), Some)
                .and_then(|s| s.chars().next())
                .map_or(0, char::len_utf8);
            if width > 0 && rest.get(1 + width) == Some(&b'\'') {
                width + 2
            } else {
                0
            }
        } else {
            0
        };
        if length == 0 {
            out.push(bytes[i]);
            i += 1;
        } else {
            keep_lines(&mut out, &rest[..length]);
            i += length;
        }
    }
    String::from_utf8(out).unwrap()
}

impl Module {
    fn parse(code: &str) -> Self {
        let mut module = Self::default();
        let tokens = tokens(code);
        let word = |i: usize| tokens.get(i).map_or("", |(_, t)| t.as_str());
        let mut i = 0;
        while i < tokens.len() {
            let (line, token) = &tokens[i];
            match token.as_str() {
                "use" => {
                    let end = (i..tokens.len())
                        .find(|&j| word(j) == ";")
                        .unwrap_or(tokens.len());
                    module.read_use(*line, &tokens[i + 1..end]);
                    i = end;
                }
                "fn" | "struct" | "enum" | "trait" | "const" | "static" | "type" | "union" => {
                    module.items.insert(word(i + 1).to_owned());
                    i += 1;
                }
                "macro_rules" => {
                    module.items.insert(word(i + 2).to_owned());
                    i += 3;
                }
                // `$crate` in a macro, and `pub(in crate::…)`.
                "$" => i += 2,
                "in" if word(i.wrapping_sub(1)) == "(" => i += 2,
                _ if is_name(token) && word(i + 1) == "::" && word(i.wrapping_sub(1)) != "::" => {
                    let mut path = vec![token.clone()];
                    while word(i + 1) == "::" && is_name(word(i + 2)) {
                        path.push(word(i + 2).to_owned());
                        i += 2;
                    }
                    module.paths.push((*line, path));
                    i += 1;
                }
                _ => i += 1,
            }
        }
        module
    }

    /// Reads the tree of a `use` declaration.
    fn read_use(&mut self, line: usize, tokens: &[(usize, String)]) {
        let mut prefixes: Vec<Vec<String>> = vec![Vec::new()];
        let mut path: Vec<String> = Vec::new();
        let mut i = 0;
        let word = |i: usize| tokens.get(i).map_or("", |(_, t)| t.as_str());
        while i <= tokens.len() {
            match word(i) {
                "{" => prefixes.push(std::mem::take(&mut path)),
                "," | "}" | "" => {
                    if !path.is_empty() {
                        self.bring_in(line, prefixes.concat(), std::mem::take(&mut path));
                    }
                    if word(i) == "}" {
                        prefixes.pop();
                    }
                }
                "as" => {
                    let full = [prefixes.concat(), std::mem::take(&mut path)].concat();
                    self.paths.push((line, full.clone()));
                    self.uses.insert(word(i + 1).to_owned(), full);
                    i += 1;
                }
                "::" => {}
                name => path.push(name.to_owned()),
            }
            i += 1;
        }
    }

    fn bring_in(&mut self, line: usize, mut prefix: Vec<String>, path: Vec<String>) {
        prefix.extend(path);
        match prefix.last().map(String::as_str) {
            Some("*") => {
                prefix.pop();
                self.globs.push(prefix.clone());
            }
            Some("self") if prefix.len() > 1 => {
                prefix.pop();
                self.uses.insert(prefix.last().unwrap().clone(), prefix.clone());
            }
            Some(name) => {
                self.uses.insert(name.to_owned(), prefix.clone());
            }
            None => return,
        }
        self.paths.push((line, prefix));
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Words, `::`, and single characters, each with its line.
fn tokens(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (i, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let length = if first.is_alphanumeric() || first == '_' {
                rest.find(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            found.push((i + 1, rest[..length].to_owned()));
            rest = rest[length..].trim_start();
        }
    }
    found
}
