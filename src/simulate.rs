//! The simulator: a definition run as Step Functions would, with the outside mocked, on a virtual clock.
//!
//! A machine is made ready once ([`Plan`]) and run any number of times ([`run`]). Everything outside it is the
//! [`World`]'s: what tasks answer, objects in S3, randomness, the start time. What comes out is an
//! [`Execution`] with its history. A failure of the simulated world is no error here; [`Trouble`] is, and means
//! that the simulation cannot go on.

mod clock;
mod context;
mod cycle;
mod data_flow;
mod distribution;
mod engine;
mod execution;
mod failure;
mod frame;
mod inspect;
mod join;
mod limits;
pub mod mocks;
mod number;
pub mod plan;
pub mod replay;
mod retry;
mod run;
mod state;
pub mod test_state;
mod timestamp;
mod variables;
pub mod world;

pub use distribution::{Distribution, FailureKind, Spread};
pub use execution::{Child, Count, Execution, Identity, MapRun, Nested, Note, NoteKind, Peak, Tally};
pub use inspect::{Inspector, Point};
pub use plan::{Plan, StateId};
pub use world::{Trouble, World};

use crate::expr::Randomness;
use crate::value::Value;
use engine::{Engine, Starter};
use std::rc::Rc;

/// The region that ARNs and events name where nothing else does.
pub const REGION: &str = "us-east-1";

/// The account that ARNs name where nothing else does.
pub const ACCOUNT: &str = "111111111111";

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The machine's name.
    pub machine_name: Rc<str>,
    /// The type is EXPRESS.
    pub is_express: bool,
    /// AWS's limits on payloads, history and duration hold.
    pub limits: bool,
    /// More transitions than this are taken for an endless loop.
    pub max_transitions: u64,
    /// Keep the events.
    pub history: bool,
    /// Stop once this state has been left, wherever it is left first: in a branch, an iteration or a child execution too.
    pub until: Option<StateId>,
    /// What the context object is, instead of what it would be.
    pub context: Option<Value>,
    /// The state runs alone, with this around it: `TestState`.
    pub alone: Option<test_state::Alone>,
    /// The machines that tasks may start, by the index the world answers with.
    pub children: Vec<ChildMachine>,
}

/// Another machine that a task may start.
#[derive(Debug, Clone)]
pub struct ChildMachine {
    /// Its ARN.
    pub arn: Rc<str>,
    /// It, ready to run.
    pub plan: Rc<Plan>,
    /// Its type is EXPRESS.
    pub is_express: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            machine_name: "StateMachine".into(),
            is_express: false,
            limits: true,
            max_transitions: 1_000_000,
            history: true,
            until: None,
            context: None,
            alone: None,
            children: Vec::new(),
        }
    }
}

impl Identity {
    /// An execution with a name, of a machine with an ARN.
    pub fn of_machine(machine_arn: &str, name: &Rc<str>, is_express: bool) -> Self {
        // `arn:aws:states:region:account:stateMachine:name`, and perhaps a version or an alias.
        let machine_name = machine_arn.split(':').nth(6).unwrap_or(machine_arn);
        let arn = if is_express {
            format!(
                "{}:{name}:{name}",
                machine_arn.replacen(":stateMachine:", ":express:", 1)
            )
        } else {
            format!(
                "{}:{name}",
                machine_arn.replacen(":stateMachine:", ":execution:", 1)
            )
        };
        Self {
            arn: arn.into(),
            name: Rc::clone(name),
            machine_arn: machine_arn.into(),
            machine_name: machine_name.into(),
            role_arn: format!("arn:aws:iam::{ACCOUNT}:role/StepFunctionsRole").into(),
            is_express,
        }
    }
}

/// Runs a machine.
pub fn run(
    plan: &Rc<Plan>,
    input: Value,
    world: &mut dyn World,
    options: &Options,
) -> Result<Execution, Trouble> {
    let name = uuid(world.randomness());
    let machine_arn = format!(
        "arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{}",
        options.machine_name
    );
    let identity = Identity::of_machine(&machine_arn, &name, options.is_express);
    let mut engine = Engine::new(plan, world, options);
    let id = engine.start(plan, Plan::ROOT, identity, input, Starter::User)?;
    engine.run_to_end(id)?;
    engine
        .into_execution()
        .ok_or_else(|| Trouble::new("the execution did not end"))
}

/// A random UUID, for names and ARNs.
fn uuid(randomness: &mut dyn Randomness) -> Rc<str> {
    let (high, low) = (randomness.next_u64(), randomness.next_u64());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xFFFF,
        high & 0xFFF,
        low >> 48 & 0x3FFF | 0x8000,
        low & 0xFFFF_FFFF_FFFF
    )
    .into()
}
