//! Compares the derived permissions with the roles in templates that people wrote.
//!
//! `ASL_IAM_FOLDERS=FOLDER:FOLDER cargo test --lib comparison -- --ignored --nocapture` reads every template below the folders
//! and lists the derived permissions whose resources are broader than those in the role. It fails if a definition names the
//! resources of such a permission.

use super::check_all::MachineRole;
use super::environment::Environment;
use super::pattern::Pattern;
use super::required_permission::RequiredPermission;
use super::role::Role;
use super::{Settings, Statement, check_all, derive};
use crate::asl::lower;
use crate::aws::iam::requirement::Necessity;
use crate::aws::iam::table;
use crate::document::Syntax;
use crate::source::SourceFile;
use crate::template::{self, Base, Expectation, Files, OpenError, OpenedFile, RolePolicies, Setting};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files in the folder of a template.
struct Neighbors;

impl Files for Neighbors {
    fn open(&self, from: &str, path: &str, _: Base) -> Result<OpenedFile, OpenError> {
        let file = Path::new(from).parent().unwrap_or(Path::new("")).join(path);
        let text = fs::read_to_string(&file).map_err(|_| OpenError::Missing { close: None })?;
        let source = Arc::new(SourceFile::new(file.display().to_string(), text));
        Ok(OpenedFile {
            source,
            spelling: None,
        })
    }

    fn folder(&self, from: &str, folder: &str, ending: &str) -> Vec<Arc<SourceFile>> {
        let folder = Path::new(from).parent().unwrap_or(Path::new("")).join(folder);
        let mut files: Vec<PathBuf> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.display().to_string().ends_with(ending))
            .collect();
        files.sort();
        let read = |path: &PathBuf| {
            let text = fs::read_to_string(path).ok()?;
            Some(Arc::new(SourceFile::new(path.display().to_string(), text)))
        };
        files.iter().filter_map(read).collect()
    }
}

/// The derived permissions whose resources are broader than those of a statement in the role, and that no other statement allows.
fn wider<'n>(
    needs: &'n [RequiredPermission],
    role: &Role,
    environment: &Environment,
) -> Vec<(&'n RequiredPermission, String)> {
    let is_own = |name: &str| environment.names.is_own(name);
    let mut found = Vec::new();
    for need in needs.iter().filter(|need| need.necessity > Necessity::Tolerated) {
        for resource in &need.resources {
            let resource = environment.with_own_partition(resource);
            let derived = Pattern::new(&resource, &is_own);
            let mut is_within = false;
            let mut narrower = None;
            for statement in role.statements.iter().filter(|statement| statement.is_allow()) {
                let allows = statement
                    .actions()
                    .any(|(pattern, _)| super::pattern::matches_action(pattern, &need.action));
                for text in statement.resources().iter().filter(|_| allows) {
                    let text = environment.resolve_in_template(text);
                    let text = environment.with_own_partition(&text).into_owned();
                    let granted = Pattern::new(&text, &is_own);
                    is_within |= granted.covers(&derived);
                    if derived.covers(&granted) {
                        narrower = Some(text);
                    }
                }
            }
            if let (false, Some(narrower)) = (is_within, narrower) {
                found.push((need, format!("{resource} where the role has {narrower}")));
            }
        }
    }
    found
}

fn templates(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            templates(&entry, found);
        } else if Syntax::from_path(&entry).is_some() {
            found.push(entry);
        }
    }
}

#[test]
#[ignore = "reads the folders in ASL_IAM_FOLDERS"]
fn derived_policies_are_not_wider_than_those_of_templates() {
    let folders = std::env::var_os("ASL_IAM_FOLDERS").expect("ASL_IAM_FOLDERS");
    let folders = folders.to_string_lossy();
    let mut files = Vec::new();
    folders
        .split(':')
        .for_each(|folder| templates(Path::new(folder), &mut files));
    let (mut machines, mut roles, mut exact, mut lacking) = (0, 0, 0, 0);
    let mut bad = Vec::new();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        if !template::may_contain_machine(text.as_bytes()) {
            continue;
        }
        let name = file.display().to_string();
        let syntax = Syntax::from_path(&file).unwrap_or(Syntax::Yaml);
        let document = template::read_file(Arc::new(SourceFile::new(name.clone(), text)), syntax);
        let contents = template::contents(&document, Expectation::MayBeDefinition, &Neighbors);
        let permissions = template::permissions(&document, &contents.resources, &Neighbors);
        for (resource, permissions) in contents.resources.iter().zip(&permissions) {
            let environment = Environment::from_template(permissions);
            let settings = Settings {
                logs: resource.configuration.logging == Setting::On,
                traces: resource.configuration.tracing == Setting::On,
                key: permissions.key.clone(),
            };
            for found in contents
                .machines
                .iter()
                .filter(|m| m.resource_name() == Some(&resource.name))
            {
                machines += 1;
                let Some(policies) = &permissions.policies else {
                    continue;
                };
                roles += 1;
                let text = found.document().source.text();
                let derivation = derive(&lower::machine(found.node()), text, &settings, &environment);
                let role = Role::from_template(policies, std::slice::from_ref(&derivation));
                let is_exact = is_exact(policies, &role);
                exact += usize::from(is_exact);
                for (need, how) in wider(&derivation.needs, &role, &environment) {
                    let kind = match need {
                        need if need.is_dynamic => "unknown until the state runs",
                        need if !has_resource_types(&need.action) => "allowed on all resources only",
                        _ => "wider",
                    };
                    println!("{kind}\t{name}\t{}\t{}\t{how}", resource.name, need.action);
                    *kinds.entry(kind).or_insert(0) += 1;
                    if is_exact && kind == "wider" {
                        bad.push(format!("{name}: {}: {} on {how}", resource.name, need.action));
                    }
                }
                let machine = MachineRole {
                    name: &resource.name,
                    derivations: std::slice::from_ref(&derivation),
                    environment: &environment,
                    policies: Some(policies),
                };
                for findings in check_all(&[machine]).into_iter().flatten() {
                    for missing in findings
                        .missing
                        .iter()
                        .filter(|m| m.necessity == Necessity::Required)
                    {
                        lacking += 1;
                        let states: Vec<_> = missing
                            .origins
                            .iter()
                            .map(|origin| format!("{origin:?}"))
                            .collect();
                        println!(
                            "missing\t{name}\t{}\t{}\t{:?}\t{states:?}",
                            resource.name, missing.action, missing.resources
                        );
                    }
                }
            }
        }
    }
    println!("{machines} state machines, {roles} with a role, {exact} exact, {lacking} permissions missing");
    println!("more resources than in the role: {kinds:?}");
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// Whether an action can be allowed on some resources only.
fn has_resource_types(action: &str) -> bool {
    let found = action
        .split_once(':')
        .and_then(|(prefix, name)| table::action(prefix, name));
    found.is_some_and(|action| action.resource_types().next().is_some())
}

/// Whether all permissions are known, and none has a wildcard for actions.
fn is_exact(policies: &RolePolicies, role: &Role) -> bool {
    let mut actions = role.statements.iter().flat_map(Statement::actions);
    role.is_complete && policies.is_complete && !actions.any(|(action, _)| action.contains('*'))
}
