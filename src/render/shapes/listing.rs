//! The states of a state machine with the types of their data.

use super::point::Point;
use crate::asl::Machine;
use crate::shape::{Analysis, Shape, StateShapes};

/// The states of a state machine, each before those inside it.
#[derive(Debug)]
pub struct Listing {
    pub(super) rows: Vec<Row>,
    /// The output of an execution.
    pub(super) output: Shape,
}

/// A state.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: String,
    /// Its JSON pointer in the definition.
    pub(super) pointer: String,
    /// How many states contain it.
    pub(super) depth: usize,
    /// `None` if no execution enters it.
    shapes: Option<StateShapes>,
}

impl Row {
    /// The data at a point; never if no execution reaches it.
    pub(super) fn shape(&self, point: Point) -> Shape {
        self.shapes
            .as_ref()
            .map_or_else(Shape::never, |shapes| point.of(shapes))
    }
}

impl Listing {
    /// The states of a machine that was analyzed.
    pub fn new<'d>(machine: &Machine<'d>, analysis: &Analysis<'_, 'd>) -> Self {
        let mut rows = Vec::new();
        push_rows(&mut rows, machine, analysis, 0);
        Self {
            rows,
            output: analysis.output.clone(),
        }
    }

    /// Each state's JSON pointer, with its input and its output as short strings.
    pub(in crate::render) fn summaries(&self) -> impl Iterator<Item = (&str, [String; 2])> {
        self.rows.iter().map(|row| {
            let text = |point| short(&row.shape(point));
            (row.pointer.as_str(), [text(Point::Input), text(Point::Output)])
        })
    }

    /// The names of the states.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| row.name.as_str())
    }

    /// Whether a state has this name.
    pub fn has(&self, name: &str) -> bool {
        self.names().any(|own| own == name)
    }

    /// Removes every state that does not have this name.
    pub fn keep_only(&mut self, name: &str) {
        self.rows.retain(|row| row.name == name);
        self.rows.iter_mut().for_each(|row| row.depth = 0);
    }
}

fn push_rows<'d>(rows: &mut Vec<Row>, machine: &Machine<'d>, analysis: &Analysis<'_, 'd>, depth: usize) {
    for state in &machine.states {
        rows.push(Row {
            name: state.name.as_str().to_owned(),
            pointer: state.pointer(),
            depth,
            shapes: analysis.state(state).cloned(),
        });
        for inner in state.machines() {
            push_rows(rows, inner, analysis, depth + 1);
        }
    }
}

/// The maximum length of a short text in bytes.
const MAX_SHORT: usize = 600;

/// The text of a shape. Deeply nested parts of a large shape are replaced by any value.
fn short(shape: &Shape) -> String {
    let mut text = shape.to_string();
    for depth in (1..=4).rev() {
        if text.len() <= MAX_SHORT {
            break;
        }
        text = shape.truncate(depth).to_string();
    }
    text
}
