//! JSONata conditions of a simple form: paths compared with literals, joined by `and`, `or` and `$not`.

use super::atoms::Atoms;
use super::formula::Formula;
use super::predicate::{Literal, Predicate};
use crate::asl::state::choice::Comparison;
use crate::expr::jsonata::lex::{Token, TokenKind, lex};
use crate::expr::jsonata::{Expression, ReferenceKind};

/// Functions whose result may differ on each call.
const NONDETERMINISTIC: [&str; 4] = ["millis", "now", "random", "uuid"];

/// A condition as a formula: as one opaque atom if its form is not simple, and `None` if the same text may have another
/// truth on each evaluation.
pub(super) fn read(expression: &Expression, atoms: &mut Atoms) -> Option<Formula> {
    let is_nondeterministic = expression.references().iter().any(|reference| {
        matches!(&reference.kind, ReferenceKind::Variable(name) if NONDETERMINISTIC.contains(&name.as_str()))
    });
    let tokens = lex(expression.text()).ok().filter(|_| !is_nondeterministic)?;
    let mut reader = Reader {
        tokens: &tokens,
        at: 0,
    };
    let before = atoms.all.len();
    let simple = reader.or(atoms).filter(|_| reader.at == tokens.len());
    Some(simple.unwrap_or_else(|| {
        atoms.all.truncate(before);
        atoms.opaque(normalized(expression.text(), &tokens))
    }))
}

/// The text with one space between its tokens, without comments.
fn normalized(text: &str, tokens: &[Token]) -> String {
    let words = tokens.iter().filter_map(|token| text.get(token.range.clone()));
    words.collect::<Vec<_>>().join(" ")
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
}

/// A side of a comparison.
enum Side {
    Path(String),
    Literal(Literal),
}

impl Reader<'_> {
    fn or(&mut self, atoms: &mut Atoms) -> Option<Formula> {
        let mut any = vec![self.and(atoms)?];
        while self.take("or") {
            any.push(self.and(atoms)?);
        }
        joined(any, Formula::Or)
    }

    fn and(&mut self, atoms: &mut Atoms) -> Option<Formula> {
        let mut all = vec![self.unit(atoms)?];
        while self.take("and") {
            all.push(self.unit(atoms)?);
        }
        joined(all, Formula::And)
    }

    fn unit(&mut self, atoms: &mut Atoms) -> Option<Formula> {
        if self.take("(") {
            let inner = self.or(atoms)?;
            return self.take(")").then_some(inner);
        }
        if self.calls("not") {
            let inner = self.or(atoms)?;
            return self.take(")").then(|| Formula::Not(Box::new(inner)));
        }
        if self.calls("exists") {
            let path = self.path()?;
            return self.take(")").then(|| atoms.atom(path, Predicate::Exists));
        }
        let left = self.side()?;
        let Some(comparison) = self.comparison() else {
            return Some(match left {
                Side::Path(path) => atoms.atom(path, Predicate::IsTrue),
                Side::Literal(Literal::Bool(value)) => Formula::Constant(value),
                Side::Literal(_) => return None,
            });
        };
        let (path, literal, comparison) = match (left, self.side()?) {
            (Side::Path(path), Side::Literal(literal)) => (path, literal, comparison),
            (Side::Literal(literal), Side::Path(path)) => (path, literal, mirrored(comparison)),
            _ => return None,
        };
        let test = match comparison {
            "=" => Predicate::Equals(literal),
            "!=" => Predicate::Differs(literal),
            "<" => Predicate::Orders(Comparison::Less, literal),
            "<=" => Predicate::Orders(Comparison::LessOrEqual, literal),
            ">" => Predicate::Orders(Comparison::Greater, literal),
            _ => Predicate::Orders(Comparison::GreaterOrEqual, literal),
        };
        Some(atoms.atom(path, test))
    }

    fn side(&mut self) -> Option<Side> {
        let minus = self.take("-");
        let token = self.tokens.get(self.at)?;
        let literal = match &token.kind {
            TokenKind::Number(n) => Literal::Number(if minus { -n } else { *n }),
            _ if minus => return None,
            TokenKind::Text(text) => Literal::Text(text.clone()),
            TokenKind::Word("null") => Literal::Null,
            TokenKind::Word(word) => Literal::Bool(*word == "true"),
            _ => return self.path().map(Side::Path),
        };
        self.at += 1;
        Some(Side::Literal(literal))
    }

    /// `$name.field.field`
    fn path(&mut self) -> Option<String> {
        let TokenKind::Variable(name) = &self.tokens.get(self.at)?.kind else {
            return None;
        };
        if name.is_empty() || name == "$" {
            return None;
        }
        self.at += 1;
        let mut path = format!("${name}");
        while self.take(".") {
            let TokenKind::Name(field) = &self.tokens.get(self.at)?.kind else {
                return None;
            };
            self.at += 1;
            path.push('.');
            path.push_str(field);
        }
        Some(path)
    }

    fn comparison(&mut self) -> Option<&'static str> {
        let found = ["=", "!=", "<", "<=", ">", ">="]
            .into_iter()
            .find(|op| self.is(op));
        self.at += usize::from(found.is_some());
        found
    }

    /// `$name(`
    fn calls(&mut self, function: &str) -> bool {
        let name = self.tokens.get(self.at).map(|t| &t.kind);
        let bracket = self.tokens.get(self.at + 1).map(|t| &t.kind);
        let is_call = matches!(name, Some(TokenKind::Variable(name)) if name == function)
            && bracket == Some(&TokenKind::Operator("("));
        self.at += if is_call { 2 } else { 0 };
        is_call
    }

    fn is(&self, operator: &str) -> bool {
        matches!(self.tokens.get(self.at).map(|t| &t.kind), Some(TokenKind::Operator(op)) if *op == operator)
    }

    fn take(&mut self, operator: &str) -> bool {
        let found = self.is(operator);
        self.at += usize::from(found);
        found
    }
}

/// Joins formulas; a single one is returned as it is.
fn joined(mut formulas: Vec<Formula>, join: fn(Vec<Formula>) -> Formula) -> Option<Formula> {
    if formulas.len() == 1 {
        formulas.pop()
    } else {
        Some(join(formulas))
    }
}

/// The comparison with its sides exchanged.
fn mirrored(comparison: &'static str) -> &'static str {
    match comparison {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        same => same,
    }
}
