//! Compilation of payload templates for evaluation.

use super::expression::{Expression, Owner, Parsed};
use super::field::Payload;
use super::literal;
use crate::document::{Node, NodeKind};
use crate::expr::SyntaxError;
use crate::expr::payload::Template;
use crate::spec::QueryLanguage;
use crate::value::{Keys, Map};

impl Owner {
    /// The prefix of AWS's name of a location in this part of a state: `Catch[1]/`, or empty for the state itself.
    fn location_prefix(self) -> String {
        match self {
            Self::State | Self::Credentials => String::new(),
            Self::ChoiceRule(i) => format!("Choices[{i}]/"),
            Self::Catcher(i) => format!("Catch[{i}]/"),
            Self::ItemReader => "ItemReader/".to_owned(),
            Self::ReaderConfig => "ItemReader/ReaderConfig/".to_owned(),
            Self::ItemBatcher => "ItemBatcher/".to_owned(),
            Self::ResultWriter => "ResultWriter/".to_owned(),
        }
    }
}

impl Expression<'_> {
    /// The location as AWS names it in the cause of a JSONata error: `Choices[0]/Condition`, `TimeoutSeconds`.
    pub fn location(&self) -> String {
        format!("{}{}", self.owner.location_prefix(), self.field)
    }
}

impl Payload<'_> {
    /// The location as AWS names it in the cause of a JSONata error: `Output`, `Catch[0]/Assign`.
    pub fn location(&self) -> String {
        format!("{}{}", self.owner.location_prefix(), self.field)
    }

    /// Compiles the template, whose keys share their texts with those of other templates. This traverses the whole field, so
    /// callers keep the result.
    ///
    /// # Errors
    ///
    /// The first syntax error of an expression in it.
    pub(crate) fn template(&self, language: QueryLanguage, keys: &mut Keys) -> Result<Template, SyntaxError> {
        let mut builder = Builder {
            expressions: self.expressions.iter(),
            keys,
        };
        match language {
            QueryLanguage::JsonPath => builder.jsonpath(self.node),
            QueryLanguage::Jsonata => builder.jsonata(self.node, &mut self.location()),
        }
    }
}

/// Traverses a field in the order in which lowering collected its expressions.
struct Builder<'a, 'd> {
    expressions: std::slice::Iter<'a, Expression<'d>>,
    keys: &'a mut Keys,
}

impl<'a> Builder<'a, '_> {
    /// The parsed expression of a node, if lowering found one there.
    fn take(&mut self, node: &Node) -> Option<&'a Parsed> {
        let next = self.expressions.as_slice().first()?;
        if !std::ptr::eq(next.node, node) {
            return None;
        }
        self.expressions.next().map(Expression::parsed)
    }

    fn expression(&mut self, node: &Node, location: &str) -> Result<Template, SyntaxError> {
        Ok(match self.take(node) {
            Some(Parsed::Path(path)) => Template::path(path.clone(), self.keys.get(location)),
            Some(Parsed::Intrinsic(call)) => Template::intrinsic(call.clone(), self.keys.get(location)),
            Some(Parsed::Jsonata(expression)) => Template::jsonata(expression.clone(), location),
            Some(Parsed::Malformed(error)) => return Err(error.clone()),
            Some(Parsed::Unknown) | None => Template::Literal(literal::value(node)),
        })
    }

    fn jsonpath(&mut self, node: &Node) -> Result<Template, SyntaxError> {
        Ok(match &node.kind {
            NodeKind::Array(items) => {
                let items = items.iter().map(|item| self.jsonpath(item));
                Template::array(items.collect::<Result<_, _>>()?)
            }
            NodeKind::Object(members) => {
                let mut compiled = Map::with_capacity(members.len());
                for member in members {
                    let (name, value) = match member.key.strip_suffix(".$") {
                        Some(name) => (name, self.expression(&member.value, member.key.as_str())?),
                        None => (member.key.as_str(), self.jsonpath(&member.value)?),
                    };
                    compiled.insert(self.keys.get(name), value);
                }
                Template::object(compiled)
            }
            _ => Template::Literal(literal::value(node)),
        })
    }

    /// `location` is the location of `node`; it is restored before returning.
    fn jsonata(&mut self, node: &Node, location: &mut String) -> Result<Template, SyntaxError> {
        let len = location.len();
        match &node.kind {
            NodeKind::Array(items) => {
                let mut compiled = Vec::with_capacity(items.len());
                for (i, item) in items.iter().enumerate() {
                    push_fmt!(location, "[{i}]");
                    compiled.push(self.jsonata(item, location)?);
                    location.truncate(len);
                }
                Ok(Template::array(compiled))
            }
            NodeKind::Object(members) => {
                let mut compiled = Map::with_capacity(members.len());
                for member in members {
                    location.push('/');
                    location.push_str(&member.key);
                    compiled.insert(self.keys.get(&member.key), self.jsonata(&member.value, location)?);
                    location.truncate(len);
                }
                Ok(Template::object(compiled))
            }
            _ => self.expression(node, location),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::{Kind, lower};
    use crate::document::{self, Syntax};
    use crate::expr::{Scope, Seeded};
    use crate::source::SourceFile;
    use crate::value::Value;
    use std::sync::Arc;

    fn parameters(field: &str) -> String {
        let text = format!(r#"{{"States":{{"A":{{"Type":"Pass","Parameters":{field}}}}}}}"#);
        let document = document::read(Arc::new(SourceFile::new("t", text)), Syntax::Json);
        let machine = lower::machine(&document.roots[0]);
        assert!(matches!(machine.states[0].kind, Kind::Pass(_)));
        let payload = machine.states[0].data.parameters.as_ref().unwrap();
        let template = payload
            .template(QueryLanguage::JsonPath, &mut Keys::new())
            .unwrap();
        let input = Value::parse(r#"{"a":{"b":[1,2]}}"#).unwrap();
        let scope = Scope::new(&input, &Value::Null, &());
        template.eval(&scope, &mut Seeded::new(0)).unwrap().to_json()
    }

    #[test]
    fn puts_values_at_the_keys_of_their_paths() {
        let made = parameters(r#"{"x.$":"$.a","y":["$.a",{"z.$":"$.a.b[1]","w":1.0}],"v.$":"$.a.b"}"#);
        assert_eq!(made, r#"{"x":{"b":[1,2]},"y":["$.a",{"z":2,"w":1.0}],"v":[1,2]}"#);
    }

    #[test]
    fn uses_the_last_of_duplicate_keys() {
        assert_eq!(parameters(r#"{"x.$":"$.a","y":1,"x":2}"#), r#"{"x":2,"y":1}"#);
    }
}
