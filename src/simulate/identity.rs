//! Names and ARNs of executions.

use crate::expr::Randomness;
use crate::spec::WorkflowType;
use std::rc::Rc;

/// The default region in ARNs and events.
pub const REGION: &str = "us-east-1";

/// The default account in ARNs.
pub const ACCOUNT: &str = "111111111111";

/// The name and the ARNs of an execution.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Its ARN.
    pub arn: Rc<str>,
    /// Its name.
    pub name: Rc<str>,
    /// The ARN of its state machine.
    pub machine_arn: Rc<str>,
    /// The name of its state machine.
    pub machine_name: Rc<str>,
    /// The ARN of its execution role.
    pub role_arn: Rc<str>,
    /// Its type.
    pub workflow_type: WorkflowType,
}

impl Identity {
    /// An execution of the machine with this ARN.
    pub fn new(machine_arn: &str, name: &Rc<str>, workflow_type: WorkflowType) -> Self {
        Self {
            arn: execution_arn(machine_arn, name, workflow_type).into(),
            name: Rc::clone(name),
            machine_arn: machine_arn.into(),
            machine_name: machine_name(machine_arn).into(),
            role_arn: ["arn:aws:iam::", ACCOUNT, ":role/StepFunctionsRole"]
                .concat()
                .into(),
            workflow_type,
        }
    }

    /// A child execution of the Distributed Map with this label.
    pub(super) fn child(&self, label: &str, name: &Rc<str>, workflow_type: WorkflowType) -> Self {
        let machine_name: Rc<str> = format!("{}/{label}", self.machine_name).into();
        let machine_arn = format!("{}/{label}", self.machine_arn);
        Self {
            machine_name,
            ..Self::new(&machine_arn, name, workflow_type)
        }
    }

    /// The ARN of a Map Run of this execution.
    pub(super) fn map_run_arn(&self, label: &str, uuid: &str) -> String {
        let base = self.machine_arn.replacen(":stateMachine:", ":mapRun:", 1);
        format!("{base}/{label}:{uuid}")
    }
}

/// The ARN of a state machine in the default region and account.
pub fn machine_arn(name: &str) -> String {
    format!("arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{name}")
}

/// The ARN of an execution of the machine with this ARN.
fn execution_arn(machine_arn: &str, name: &str, workflow_type: WorkflowType) -> String {
    let (kind, name) = if workflow_type.is_express() {
        (":express:", [":", name, ":", name].concat())
    } else {
        (":execution:", [":", name].concat())
    };
    match machine_arn.split_once(":stateMachine:") {
        Some((account, machine)) => [account, kind, machine, &name].concat(),
        None => [machine_arn, &name].concat(),
    }
}

/// The name in the ARN of a state machine, `arn:aws:states:region:account:stateMachine:name`. A version or an alias
/// may follow.
pub(super) fn machine_name(arn: &str) -> &str {
    arn.split(':').nth(6).unwrap_or(arn)
}

/// A random UUID, for names and ARNs.
pub(super) fn uuid(randomness: &mut dyn Randomness) -> Rc<str> {
    let (high, low) = (randomness.next_u64(), randomness.next_u64());
    let high = high & !0xF000 | 0x4000;
    let low = low & !(0b11 << 62) | 0b10 << 62;
    let digits = u128::from(high) << 64 | u128::from(low);
    let mut text = String::with_capacity(36);
    for place in (0..32).rev() {
        if matches!(place, 23 | 19 | 15 | 11) {
            text.push('-');
        }
        let digit = (digits >> (place * 4) & 0xF) as usize;
        text.push(char::from(b"0123456789abcdef"[digit]));
    }
    text.into()
}
