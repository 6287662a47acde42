//! The state machines of a file, with what the file says about their permissions.

use crate::asl::Machine;
use crate::aws::resource;
use crate::cli::definition::{self, Definition};
use crate::cli::{CliError, input};
use crate::iam::{self, Derivation, Environment};
use crate::template::{self, Container, RolePolicies, Setting};
use std::path::Path;
use std::sync::Arc;

/// The deployment whose ARNs are printed: the parts that the command line specifies.
#[derive(Debug, Clone, Default, clap::Args)]
pub(in crate::cli) struct Deployment {
    /// Partition of ARNs [default: that of the definition]
    #[arg(long, value_name = "PARTITION", value_parser = partition)]
    partition: Option<String>,
    /// Account of ARNs, 12 digits [default: *, or a reference in a template]
    #[arg(long, value_name = "ACCOUNT", value_parser = account)]
    account: Option<String>,
    /// Region of ARNs [default: *, or a reference in a template]
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// Name of the state machine in ARNs [default: *, or that in the template]
    #[arg(long, value_name = "NAME")]
    state_machine_name: Option<String>,
}

fn partition(text: &str) -> Result<String, String> {
    if resource::is_partition(text) {
        Ok(text.to_owned())
    } else {
        Err("expected a partition such as aws, aws-cn, or aws-us-gov".to_owned())
    }
}

fn account(text: &str) -> Result<String, String> {
    if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(text.to_owned())
    } else {
        Err("expected 12 digits".to_owned())
    }
}

/// A file that was read.
pub(in crate::cli) struct LoadedFile {
    pub(super) machines: Vec<LoadedMachine>,
}

/// A state machine.
pub(in crate::cli) struct LoadedMachine {
    pub(super) name: String,
    pub(super) container: Container,
    pub(in crate::cli) definition: Definition,
    pub(in crate::cli) environment: Environment,
    pub(super) settings: iam::Settings,
    pub(in crate::cli) policies: Option<Arc<RolePolicies>>,
}

impl LoadedFile {
    /// Reads a file. With `keeps_references`, references to the parameters of a template are not replaced by their defaults.
    pub(in crate::cli) fn read(
        args: &definition::Args,
        given: &Deployment,
        keeps_references: bool,
    ) -> Result<Self, CliError> {
        let (source, syntax) = input::one(args.path(), None)?.read_with_syntax()?;
        let mut document = template::read_file(source, syntax);
        if keeps_references {
            template::remove_parameters(&mut document);
        }
        let mut is_all = false;
        let mut machines = definition::load_with_permissions(args, &document, |found, resource| {
            let mut settings = iam::Settings::default();
            let mut policies = None;
            let mut environment = Environment::unknown();
            let name = found.name.clone().unwrap_or_else(|| "state machine".to_owned());
            if let Some((resource, permissions)) = resource {
                let configuration = &resource.configuration;
                settings.logs = configuration.logging == Setting::On;
                settings.traces = configuration.tracing == Setting::On;
                if !matches!(resource.container, Container::Description) {
                    environment = Environment::from_template(permissions);
                }
                settings.key.clone_from(&permissions.key);
                policies.clone_from(&permissions.policies);
            }
            let container = found.container;
            is_all = found.is_all_of(&document);
            let definition = if is_all {
                Definition::without_tree(&found)
            } else {
                Definition::new(found)
            };
            given.apply(&mut environment, &definition);
            if let Some(key) = &mut settings.key {
                *key = environment.resolve(key).into_owned();
            }
            LoadedMachine {
                name,
                container,
                definition,
                environment,
                settings,
                policies,
            }
        })?;
        if let (true, [only]) = (is_all, machines.as_mut_slice()) {
            only.definition.document = document;
        }
        Ok(Self { machines })
    }

    /// The only state machine, or the selected one.
    pub(in crate::cli) fn into_only(mut self, path: &Path) -> Result<LoadedMachine, CliError> {
        self.only(path)?;
        Ok(self.machines.swap_remove(0))
    }

    /// The only state machine, or the selected one.
    pub(super) fn only(&self, path: &Path) -> Result<&LoadedMachine, CliError> {
        match self.machines.as_slice() {
            [only] => Ok(only),
            machines => {
                let names: Vec<String> = machines.iter().map(|machine| machine.name.clone()).collect();
                Err(definition::several(path, &names))
            }
        }
    }
}

impl Deployment {
    /// Sets the deployment from the command line. The partition defaults to that of the definition.
    fn apply(&self, environment: &mut Environment, definition: &Definition) {
        let partition = || {
            let text = definition.document.source.text();
            ["aws-cn", "aws-us-gov"]
                .into_iter()
                .find(|partition| text.contains(&format!("arn:{partition}:states:::")))
                .map(str::to_owned)
        };
        let partition = self
            .partition
            .clone()
            .or_else(|| partition().filter(|_| environment.partition == "aws"));
        for (part, given) in [
            (&mut environment.partition, &partition),
            (&mut environment.region, &self.region),
            (&mut environment.account, &self.account),
            (&mut environment.machine, &self.state_machine_name),
        ] {
            if let Some(given) = given {
                part.clone_from(given);
            }
        }
    }
}

impl LoadedMachine {
    /// What the machine needs.
    pub(in crate::cli) fn derive<'d>(&self, machine: &Machine<'d>) -> Derivation<'d> {
        let text = self.definition.document.source.text();
        iam::derive(machine, text, &self.settings, &self.environment)
    }
}
