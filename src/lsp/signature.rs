//! Signature help: the parameters of the function that is being called.

use super::expression;
use super::manual;
use super::node_path::node_path;
use super::snapshot::Snapshot;
use gen_lsp_types::{ParameterInformation, SignatureHelp, SignatureInformation};

/// The signature of the innermost call around an offset.
pub(super) fn help(snapshot: &Snapshot, offset: u32) -> Option<SignatureHelp> {
    let node_path = node_path(snapshot, offset)?;
    let cursor = expression::cursor(&node_path, offset)?;
    let (name, index) = cursor.call()?;
    let signature = manual::signature(name)?;
    let last = signature.parameters.len().checked_sub(1);
    let active = last.map(|last| crate::source::to_offset(index.min(last)));
    let parameters = signature.parameters.into_iter();
    Some(SignatureHelp {
        signatures: vec![SignatureInformation {
            label: signature.label,
            documentation: None,
            parameters: Some(
                parameters
                    .map(|label| ParameterInformation {
                        label: label.into(),
                        documentation: None,
                    })
                    .collect(),
            ),
            active_parameter: active.map(Into::into),
        }],
        active_signature: Some(0),
        active_parameter: active.map(Into::into),
    })
}
