//! Compares the roles of all state machines in a template with the permissions that they need.

use super::check::{ExcessPermissions, Findings, missing, surplus};
use super::derive::Derivation;
use super::environment::Environment;
use super::required_permission::RequiredPermission;
use super::role::Role;
use crate::template::RolePolicies;
use foldhash::HashMap;
use std::sync::Arc;

/// A state machine with its role.
#[derive(Debug)]
pub struct MachineRole<'m> {
    /// The name of the state machine.
    pub name: &'m str,
    /// What it needs, in each outcome of the template's conditions; nothing if it is not known completely.
    pub derivations: &'m [Derivation<'m>],
    /// Its place.
    pub environment: &'m Environment,
    /// The policies of its role; `None` if they are unknown.
    pub policies: Option<&'m Arc<RolePolicies>>,
}

impl MachineRole<'_> {
    fn needs(&self) -> impl Iterator<Item = &RequiredPermission> {
        self.derivations.iter().flat_map(|derivation| &derivation.needs)
    }
}

/// Compares the role of each state machine with what it needs; `None` where one of them is unknown. What a role allows beyond
/// that depends on all state machines that have it, and is found once.
pub fn check_all(machines: &[MachineRole<'_>]) -> Vec<Option<Findings>> {
    let mut by_name: HashMap<&str, Vec<&MachineRole<'_>>> = HashMap::default();
    for machine in machines {
        by_name.entry(machine.name).or_default().push(machine);
    }
    let mut known: HashMap<*const RolePolicies, (Role, Arc<ExcessPermissions>)> = HashMap::default();
    let mut check = |machine: &MachineRole<'_>| {
        let policies = machine.policies.filter(|_| !machine.derivations.is_empty())?;
        let (role, surplus) = known.entry(Arc::as_ptr(policies)).or_insert_with(|| {
            let role = Role::from_template(policies, machine.derivations);
            let mut is_whole = !policies.is_shared;
            let mut needs: Vec<&RequiredPermission> = Vec::new();
            if !policies.machines.iter().any(|name| name == machine.name) {
                needs.extend(machine.needs());
            }
            for name in &policies.machines {
                let users = by_name.get(name.as_str()).map_or(&[][..], Vec::as_slice);
                is_whole &= !users.is_empty() && users.iter().all(|user| !user.derivations.is_empty());
                needs.extend(users.iter().flat_map(|user| user.needs()));
            }
            let surplus = surplus(&needs, &role, is_whole, machine.environment);
            (role, Arc::new(surplus))
        });
        Some(Findings {
            missing: missing(machine.needs(), role, machine.environment),
            surplus: Arc::clone(surplus),
        })
    };
    machines.iter().map(&mut check).collect()
}
