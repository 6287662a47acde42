//! The data at a place: the shapes of what an expression in a field can read.

use super::node_path::{NodePath, StateAt};
use super::shapes::Shapes;
use super::workspace::Workspace;
use crate::asl::lower;
use crate::shape::{self, Declarations, Detail, Shape, StateShapes};
use crate::spec::StateType;
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

/// The shapes at the states of the machine that contains a place. They are kept until the document changes; those of a large
/// document, for some edits more, as long as they tell about the state at the place.
pub(super) fn shapes(workspace: &mut Workspace<'_>, file: &Path, node_path: &NodePath<'_>) -> Rc<Shapes> {
    let start = node_path.root.span.start;
    if let Some((known, is_old)) = workspace.documents.shapes_of(file, start) {
        let has_state = || {
            let state = node_path.state();
            state.is_none_or(|state| known.contains_key(&pointer_of(node_path, &state)))
        };
        if !is_old || has_state() {
            return known;
        }
    }
    let declarations = workspace
        .host
        .settings(file)
        .map(|settings| settings.declarations.clone());
    let shapes = Rc::new(analyze(node_path, &declarations.unwrap_or_default()));
    workspace.documents.keep_shapes(file, start, &shapes);
    shapes
}

fn analyze(node_path: &NodePath<'_>, declarations: &Declarations) -> Shapes {
    // A target with one likely meaning is followed as if it were written correctly.
    let mut root = node_path.root.clone();
    super::repair::targets(&mut root);
    let machine = lower::machine(&root);
    let analysis = shape::analyze(&machine, declarations, Detail::Shapes);
    let mut shapes = HashMap::new();
    machine.for_each_state(&mut |_, state| {
        if let Some(known) = analysis.state(state) {
            shapes.insert(state.pointer(), known.clone());
        }
    });
    shapes
}

/// What the expressions of a field can read.
pub(super) struct Data {
    /// `$` in JSONPath.
    pub(super) input: Shape,
    /// `$states.input`
    pub(super) raw_input: Shape,
    /// `$states.result`, if the field has it.
    pub(super) result: Option<Shape>,
    /// `$states.errorOutput`, if the field has it.
    pub(super) error_output: Option<Shape>,
    /// The variables.
    pub(super) variables: Vec<(Rc<str>, Shape)>,
}

/// What the expressions at a place can read.
pub(super) fn data(node_path: &NodePath<'_>, state: &StateAt<'_>, shapes: &Shapes) -> Data {
    let pointer = pointer_of(node_path, state);
    let known = shapes.get(&pointer);
    let keys = node_path.keys();
    let field = keys.first().copied().unwrap_or_default();
    let of = |select: fn(&StateShapes) -> &Shape| known.map_or(Shape::Any, |shapes| select(shapes).clone());
    let raw_input = of(|shapes| &shapes.input);
    let effective = match state
        .node()
        .get("InputPath")
        .and_then(crate::document::Node::as_str)
    {
        Some(path) => select(&raw_input, &names(path)),
        None => raw_input.clone(),
    };
    let has_result = matches!(
        state.state_type(),
        Some(StateType::Task | StateType::Parallel | StateType::Map)
    );
    let result = of(|shapes| &shapes.result);
    let is_catcher = field == "Catch";
    let input = match field {
        "InputPath" => raw_input.clone(),
        "ResultSelector" => result.clone(),
        "Assign" if has_result => result.clone(),
        "OutputPath" => of(|shapes| &shapes.output),
        "Catch" => error_output(),
        _ => effective,
    };
    let variables = known
        .map(|shapes| Rc::clone(&shapes.variables))
        .unwrap_or_default();
    Data {
        input,
        raw_input,
        result: (has_result && matches!(field, "Output" | "Assign")).then_some(result),
        error_output: is_catcher.then(error_output),
        variables: variables
            .iter()
            .map(|(name, field)| (Rc::clone(name), field.shape.clone()))
            .collect(),
    }
}

fn error_output() -> Shape {
    shape::Object::closed()
        .with("Error", Shape::string())
        .with("Cause", Shape::string())
        .into()
}

/// The JSON pointer of a state in its machine.
pub(super) fn pointer_of(node_path: &NodePath<'_>, state: &StateAt<'_>) -> String {
    let mut pointer = String::new();
    for step in &node_path.steps[..state.depth] {
        match step {
            super::node_path::Step::Member(member) => {
                crate::document::push_pointer_key(&mut pointer, member.key.as_str());
            }
            super::node_path::Step::Item(index, _) => push_fmt!(pointer, "/{index}"),
        }
    }
    pointer
}

/// The names of a path of plain fields, without its root: `$.a['b'].c`. An index is `[]`.
pub(super) fn names(path: &str) -> Vec<&str> {
    let names = path.split(['.', '[']).skip(1);
    names
        .map(|name| {
            let name = name.trim_end_matches(']').trim_matches(['\'', '"', '`']);
            if name.bytes().all(|b| b.is_ascii_digit() || b == b'*') {
                "[]"
            } else {
                name
            }
        })
        .collect()
}

/// The shape of the value at the end of some fields.
pub(super) fn select(shape: &Shape, names: &[&str]) -> Shape {
    names.iter().fold(shape.clone(), |shape, name| {
        let union = shape.union();
        let object = union.object.as_ref().filter(|_| !shape.is_any());
        match (object.and_then(|object| object.field(name)), &union.array) {
            _ if shape.is_any() => Shape::Any,
            (Some(field), _) => field.shape,
            // JSONata maps over arrays, and an index selects an item.
            (None, Some(array)) if *name == "[]" => array.items(),
            (None, Some(array)) => select(&array.items(), &[name]),
            (None, None) => Shape::Any,
        }
    })
}

/// The known fields of an object, or of the items of an array.
pub(super) fn fields(shape: &Shape) -> Vec<(Rc<str>, Shape, bool)> {
    if shape.is_any() {
        return Vec::new();
    }
    let union = shape.union();
    let items = union.array.as_ref().map(shape::Array::items);
    let object = match (&union.object, items) {
        (Some(object), _) => Some(object.clone()),
        (None, Some(items)) if !items.is_any() => items.union().object.clone(),
        _ => None,
    };
    let fields = object.into_iter().flat_map(|object| object.fields);
    fields
        .map(|(name, field)| (name, field.shape, field.is_certain))
        .collect()
}
