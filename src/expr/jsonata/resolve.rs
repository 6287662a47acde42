//! Resolves the references in an expression, and locates syntax errors.
//!
//! The grammar is the reference implementation's operator-precedence parser, with its messages. The only output is the
//! list of references.

use std::collections::HashSet;
use std::ops::Range;

use super::lex::{Token, TokenKind, lex};
use super::reference::{Member, Reference, ReferenceKind};
use crate::expr::error::SyntaxError;
use crate::value::Value;

/// The maximum nesting of brackets, functions, and operators.
const MAX_NESTING: usize = 256;

/// Resolves the references in `text`, in source order, or returns its first syntax error.
pub(super) fn resolve(text: &str) -> Result<Vec<Reference>, SyntaxError> {
    let tokens = lex(text)?;
    let assigned = tokens
        .windows(2)
        .filter_map(|pair| match (&pair[0].kind, &pair[1].kind) {
            (TokenKind::Variable(name), TokenKind::Operator(":=")) => Some(name.clone()),
            _ => None,
        });
    let assigned = assigned.collect();
    let mut reader = Reader {
        end: text.len(),
        tokens,
        at: 0,
        references: Vec::new(),
        frames: vec![Vec::new()],
        assigned,
        functions: 0,
        depth: 0,
    };
    reader.expression(0, Context::Top)?;
    if let Some(token) = reader.tokens.get(reader.at) {
        let message = format!("Syntax error: {}", quoted(token));
        return Err(SyntaxError::coded("S0201", token.range.clone(), message));
    }
    Ok(reader.references)
}

/// The context at a location of the expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Context {
    /// The whole input.
    Top,
    /// A value inside a path or a predicate.
    Inner,
}

/// The kind of an operand, to the extent that it determines what may follow.
#[derive(Debug, Clone, PartialEq)]
enum LeftOperand {
    /// The reference at this index, followed only by members so far.
    Reference(usize),
    /// A variable alone: its name and the index of its reference.
    Variable(String, usize),
    /// Anything else.
    Other,
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    /// The length of the text, which is the location of anything missing.
    end: usize,
    references: Vec<Reference>,
    /// Names bound by the enclosing blocks and functions.
    frames: Vec<Vec<String>>,
    /// Names that some `:=` binds. A function body runs after the assignments around it, so it sees all of them.
    assigned: HashSet<String>,
    functions: usize,
    depth: usize,
}

type Parsed<T> = Result<T, SyntaxError>;

fn binding_power(operator: &str) -> u8 {
    match operator {
        "[" | "(" | "@" | "#" => 80,
        "." => 75,
        "{" => 70,
        "*" | "/" | "%" => 60,
        "+" | "-" | "&" => 50,
        "=" | "<" | ">" | "^" | "!=" | "<=" | ">=" | "~>" | "in" => 40,
        "and" => 30,
        "or" => 25,
        "?" => 20,
        ":=" => 10,
        _ => 0,
    }
}

/// A token as quoted in the reference implementation's messages.
fn quoted(token: &Token) -> String {
    match &token.kind {
        TokenKind::Name(text) | TokenKind::Variable(text) | TokenKind::Text(text) => {
            Value::from(text.as_str()).to_json()
        }
        TokenKind::Number(number) => number.to_string(),
        TokenKind::Word(word) => (*word).to_owned(),
        TokenKind::Regex => "{}".to_owned(),
        TokenKind::Operator(operator) => format!("\"{operator}\""),
    }
}

impl Reader {
    fn operator(&self) -> Option<&'static str> {
        match self.tokens.get(self.at)?.kind {
            TokenKind::Operator(operator) => Some(operator),
            _ => None,
        }
    }

    fn is(&self, operator: &str) -> bool {
        self.operator() == Some(operator)
    }

    fn expect(&mut self, operator: &str) -> Parsed<()> {
        if self.is(operator) {
            self.at += 1;
            return Ok(());
        }
        let Some(token) = self.tokens.get(self.at) else {
            let message = format!("Expected \"{operator}\" before end of expression");
            return Err(SyntaxError::coded("S0203", self.end..self.end, message));
        };
        let message = format!("Expected \"{operator}\", got {}", quoted(token));
        Err(SyntaxError::coded("S0202", token.range.clone(), message))
    }

    fn expression(&mut self, power: u8, context: Context) -> Parsed<LeftOperand> {
        self.depth += 1;
        if self.depth > MAX_NESTING {
            let at = self
                .tokens
                .get(self.at)
                .map_or(self.end..self.end, |token| token.range.clone());
            return Err(SyntaxError::new(
                at,
                format!("the expression nests deeper than {MAX_NESTING} levels"),
            ));
        }
        let mut left = self.operand(context)?;
        while let Some(operator) = self.operator().filter(|operator| power < binding_power(operator)) {
            self.at += 1;
            left = self.continue_with(operator, &left, context)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operand(&mut self, context: Context) -> Parsed<LeftOperand> {
        let Some(token) = self.tokens.get(self.at).cloned() else {
            return Err(SyntaxError::coded(
                "S0207",
                self.end..self.end,
                "Unexpected end of expression",
            ));
        };
        self.at += 1;
        match token.kind {
            TokenKind::Text(_) | TokenKind::Number(_) | TokenKind::Word(_) | TokenKind::Regex => {
                Ok(LeftOperand::Other)
            }
            TokenKind::Name(name) if matches!(name.as_str(), "function" | "λ") && self.is("(") => {
                self.function(context)
            }
            TokenKind::Name(name) => Ok(self.refer(ReferenceKind::Name(name), token.range, context)),
            TokenKind::Variable(name) => {
                let kind = match name.as_str() {
                    "" => ReferenceKind::Context,
                    "$" => ReferenceKind::Root,
                    _ => ReferenceKind::Variable(name.clone()),
                };
                let reference = self.refer(kind, token.range, context);
                Ok(match reference {
                    LeftOperand::Reference(index) => LeftOperand::Variable(name, index),
                    other => other,
                })
            }
            TokenKind::Operator(operator) => self.prefix(operator, token.range, context),
        }
    }

    fn prefix(
        &mut self,
        operator: &'static str,
        range: Range<usize>,
        context: Context,
    ) -> Parsed<LeftOperand> {
        match operator {
            "*" | "**" | "%" => {
                self.refer(ReferenceKind::Wildcard, range, context);
            }
            "-" => {
                self.expression(70, context)?;
            }
            "(" => self.block(context)?,
            "[" => self.array(context)?,
            "{" => self.pairs(context)?,
            "|" => self.transform()?,
            _ => {
                let message = format!("The symbol \"{operator}\" cannot be used as a unary operator");
                return Err(SyntaxError::coded("S0211", range, message));
            }
        }
        Ok(LeftOperand::Other)
    }

    fn continue_with(
        &mut self,
        operator: &'static str,
        left: &LeftOperand,
        context: Context,
    ) -> Parsed<LeftOperand> {
        match operator {
            "." => return self.step(left),
            "(" => {
                if let LeftOperand::Reference(index) | LeftOperand::Variable(_, index) = left
                    && self.references[*index].path.is_empty()
                {
                    self.references[*index].called = true;
                }
                self.arguments(context)?;
            }
            "[" => {
                if !self.is("]") {
                    self.expression(0, Context::Inner)?;
                }
                self.expect("]")?;
            }
            "{" => self.pairs(Context::Inner)?,
            "^" => self.sort_terms()?,
            "@" | "#" => self.bind(operator)?,
            ":=" => self.assign(left, context)?,
            "?" => {
                self.expression(0, context)?;
                if self.is(":") {
                    self.at += 1;
                    self.expression(0, context)?;
                }
            }
            "~>" => {
                self.expression(binding_power(operator), Context::Inner)?;
            }
            _ => {
                self.expression(binding_power(operator), context)?;
            }
        }
        Ok(LeftOperand::Other)
    }

    /// After `.`
    fn step(&mut self, left: &LeftOperand) -> Parsed<LeftOperand> {
        let member = match self.tokens.get(self.at) {
            Some(Token {
                kind: TokenKind::Name(name) | TokenKind::Text(name),
                range,
            }) => Some(Member {
                name: name.clone(),
                range: range.clone(),
            }),
            _ => None,
        };
        let calls = matches!(
            self.tokens.get(self.at + 1),
            Some(Token {
                kind: TokenKind::Operator("("),
                ..
            })
        );
        if let (LeftOperand::Reference(index) | LeftOperand::Variable(_, index), Some(member), false) =
            (left, member, calls)
        {
            self.at += 1;
            self.references[*index].path.push(member);
            return Ok(LeftOperand::Reference(*index));
        }
        self.expression(binding_power("."), Context::Inner)?;
        Ok(LeftOperand::Other)
    }

    fn refer(&mut self, kind: ReferenceKind, range: Range<usize>, context: Context) -> LeftOperand {
        let bound = match &kind {
            ReferenceKind::Variable(name) => self.is_bound(name),
            _ => false,
        };
        self.references.push(Reference {
            kind,
            range,
            path: Vec::new(),
            called: false,
            bound,
            top_level: context == Context::Top,
        });
        LeftOperand::Reference(self.references.len() - 1)
    }

    fn is_bound(&self, name: &str) -> bool {
        self.frames.iter().flatten().any(|bound| bound == name)
            || (self.functions > 0 && self.assigned.contains(name))
    }

    fn block(&mut self, context: Context) -> Parsed<()> {
        self.frames.push(Vec::new());
        while !self.is(")") {
            self.expression(0, context)?;
            if !self.is(";") {
                break;
            }
            self.at += 1;
        }
        self.frames.pop();
        self.expect(")")
    }

    fn array(&mut self, context: Context) -> Parsed<()> {
        if !self.is("]") {
            loop {
                self.expression(0, context)?;
                if self.is("..") {
                    self.at += 1;
                    self.expression(0, context)?;
                }
                if !self.is(",") {
                    break;
                }
                self.at += 1;
            }
        }
        self.expect("]")
    }

    /// `key: value, …}`
    fn pairs(&mut self, context: Context) -> Parsed<()> {
        if !self.is("}") {
            loop {
                self.expression(0, context)?;
                self.expect(":")?;
                self.expression(0, context)?;
                if !self.is(",") {
                    break;
                }
                self.at += 1;
            }
        }
        self.expect("}")
    }

    /// After the `|` that starts a transform.
    fn transform(&mut self) -> Parsed<()> {
        self.expression(20, Context::Inner)?;
        self.expect("|")?;
        self.expression(20, Context::Inner)?;
        if self.is(",") {
            self.at += 1;
            self.expression(20, Context::Inner)?;
        }
        self.expect("|")
    }

    fn arguments(&mut self, context: Context) -> Parsed<()> {
        if !self.is(")") {
            loop {
                if self.is("?") {
                    self.at += 1;
                } else {
                    self.expression(0, context)?;
                }
                if !self.is(",") {
                    break;
                }
                self.at += 1;
            }
        }
        self.expect(")")
    }

    /// After `^`
    fn sort_terms(&mut self) -> Parsed<()> {
        self.expect("(")?;
        loop {
            if self.is("<") || self.is(">") {
                self.at += 1;
            }
            self.expression(0, Context::Inner)?;
            if !self.is(",") {
                break;
            }
            self.at += 1;
        }
        self.expect(")")
    }

    /// After `@` or `#`
    fn bind(&mut self, operator: &str) -> Parsed<()> {
        let found = self.tokens.get(self.at).cloned();
        let range = found
            .as_ref()
            .map_or(self.end..self.end, |token| token.range.clone());
        let Some(TokenKind::Variable(name)) = found.map(|token| token.kind) else {
            let message = format!("The right side of \"{operator}\" must be a variable name (start with $)");
            return Err(SyntaxError::coded("S0214", range, message));
        };
        self.at += 1;
        self.declare(name);
        Ok(())
    }

    fn declare(&mut self, name: String) {
        if let Some(frame) = self.frames.last_mut() {
            frame.push(name);
        }
    }

    /// After `:=`
    fn assign(&mut self, left: &LeftOperand, context: Context) -> Parsed<()> {
        let LeftOperand::Variable(name, index) = left else {
            let token = &self.tokens[self.at.saturating_sub(2)];
            return Err(SyntaxError::coded(
                "S0212",
                token.range.clone(),
                "The left side of := must be a variable name (start with $)",
            ));
        };
        self.references[*index].bound = true;
        // The value is evaluated before the name is bound: in `$x := $x + 1`, the second `$x` is another variable.
        self.expression(binding_power(":=") - 1, context)?;
        self.declare(name.clone());
        Ok(())
    }

    /// After the word `function`, at its parenthesis.
    fn function(&mut self, context: Context) -> Parsed<LeftOperand> {
        self.at += 1;
        let mut parameters = Vec::new();
        while !self.is(")") {
            let token = self.tokens.get(self.at).cloned();
            match token.map(|token| (token.kind, token.range)) {
                Some((TokenKind::Variable(name), _)) => parameters.push(name),
                Some((_, range)) => {
                    let message = format!(
                        "Parameter {} of function definition must be a variable name (start with $)",
                        parameters.len() + 1
                    );
                    return Err(SyntaxError::coded("S0208", range, message));
                }
                None => break,
            }
            self.at += 1;
            if !self.is(",") {
                break;
            }
            self.at += 1;
        }
        self.expect(")")?;
        if self.is("<") {
            while self.at < self.tokens.len() && !self.is("{") {
                self.at += 1;
            }
        }
        self.expect("{")?;
        self.frames.push(parameters);
        self.functions += 1;
        self.expression(0, context)?;
        self.functions -= 1;
        self.frames.pop();
        self.expect("}")?;
        Ok(LeftOperand::Other)
    }
}

#[cfg(test)]
mod tests;
