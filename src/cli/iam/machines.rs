//! The state machines of a file, with what the file says about their permissions.

use super::args::Args;
use crate::asl::Machine;
use crate::cli::definition::{self, Definition};
use crate::cli::{CliError, input};
use crate::document::Document;
use crate::iam::{self, Derivation, Environment};
use crate::spec::WorkflowType;
use crate::template::{self, Container, RolePolicies, Setting};

/// A file that was read.
pub(super) struct Loaded {
    pub(super) document: Document,
    pub(super) machines: Vec<LoadedMachine>,
}

/// A state machine.
pub(super) struct LoadedMachine {
    pub(super) name: String,
    pub(super) definition: Definition,
    pub(super) environment: Environment,
    pub(super) settings: iam::Settings,
    pub(super) policies: Option<RolePolicies>,
}

impl Loaded {
    /// Reads the file on the command line.
    pub(super) fn read(args: &Args) -> Result<Self, CliError> {
        let (source, syntax) = input::one(args.machine.path(), None)?.read_with_syntax()?;
        let mut document = template::read_file(source, syntax);
        if !args.is_check() {
            template::remove_parameters(&mut document);
        }
        let machines =
            definition::load_with_resources(&args.machine, &document, |found, resource, files| {
                let mut settings = iam::Settings::default();
                let mut policies = None;
                let mut environment = Environment::unknown();
                let name = found.name.clone().unwrap_or_else(|| "state machine".to_owned());
                if let Some(resource) = resource {
                    let configuration = &resource.configuration;
                    settings.logs = configuration.logging == Setting::On;
                    settings.traces = configuration.tracing == Setting::On;
                    settings.is_express = configuration.workflow_type == Some(WorkflowType::Express);
                    let permissions = template::permissions(&document, resource, files);
                    if !matches!(resource.container, Container::Description) {
                        environment = Environment::of_template(&permissions);
                    }
                    settings.key = permissions.key;
                    policies = permissions.policies;
                }
                let definition = Definition::new(found);
                place(&mut environment, &definition, args);
                if let Some(key) = &mut settings.key {
                    *key = environment.resolve(key).into_owned();
                }
                LoadedMachine {
                    name,
                    definition,
                    environment,
                    settings,
                    policies,
                }
            })?;
        Ok(Self { document, machines })
    }

    /// The only state machine, or the selected one.
    pub(super) fn only(&self, args: &Args) -> Result<&LoadedMachine, CliError> {
        match self.machines.as_slice() {
            [only] => Ok(only),
            machines => {
                let names: Vec<String> = machines.iter().map(|machine| machine.name.clone()).collect();
                Err(definition::several(args.machine.path(), &names))
            }
        }
    }
}

/// Sets the place to what the command line says, or the partition to that of the definition.
fn place(environment: &mut Environment, definition: &Definition, args: &Args) {
    let partition = || {
        let text = definition.document.source.text();
        ["aws-cn", "aws-us-gov"]
            .into_iter()
            .find(|partition| text.contains(&format!("arn:{partition}:states:::")))
            .map(str::to_owned)
    };
    let partition = args
        .partition
        .clone()
        .or_else(|| partition().filter(|_| environment.partition == "aws"));
    for (part, given) in [
        (&mut environment.partition, &partition),
        (&mut environment.region, &args.region),
        (&mut environment.account, &args.account),
        (&mut environment.machine, &args.state_machine_name),
    ] {
        if let Some(given) = given {
            part.clone_from(given);
        }
    }
}

impl LoadedMachine {
    /// What the machine needs.
    pub(super) fn derive(&self, machine: &Machine<'_>) -> Derivation {
        let text = self.definition.document.source.text();
        iam::derive(machine, text, &self.settings, &self.environment)
    }
}
