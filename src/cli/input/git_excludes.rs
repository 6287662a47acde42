//! Whether git's settings name files to ignore in every repository.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

/// The setting that names a file with patterns, `core.excludesFile`, in lower case.
const SETTING: &[u8] = b"excludesfile";

/// Whether there may be patterns for all repositories. If not, the crate `ignore` need not look for them: it compiles a
/// regular expression for that, which takes longer than running a small suite.
pub(super) fn may_exist() -> bool {
    let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    may_exist_in(&variable, env::home_dir())
}

fn may_exist_in(variable: &dyn Fn(&str) -> Option<OsString>, home: Option<PathBuf>) -> bool {
    let path = |name: &str| variable(name).map(PathBuf::from);
    let folder = path("XDG_CONFIG_HOME").or_else(|| Some(home.as_ref()?.join(".config")));
    let folder = folder.map(|folder| folder.join("git"));
    let settings = [
        path("GIT_CONFIG_GLOBAL"),
        home.map(|home| home.join(".gitconfig")),
        folder.as_ref().map(|folder| folder.join("config")),
        path("GIT_CONFIG_SYSTEM").or_else(|| Some(PathBuf::from("/etc/gitconfig"))),
    ];
    folder.is_some_and(|folder| folder.join("ignore").exists())
        || settings
            .into_iter()
            .flatten()
            .filter_map(|file| fs::read(file).ok())
            .any(|text| has_setting(&text))
}

fn has_setting(text: &[u8]) -> bool {
    text.windows(SETTING.len())
        .any(|part| part.eq_ignore_ascii_case(SETTING))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_exist_where_git_looks_for_them() {
        let root = env::temp_dir().join(format!("asl-excludes-{}", std::process::id()));
        let (home, settings) = (root.join("home"), root.join("settings/git"));
        fs::create_dir_all(&home).unwrap();
        fs::create_dir_all(&settings).unwrap();
        let nowhere = root.join("nowhere").into_os_string();
        let exist = |with_settings: bool| {
            let variable = |name: &str| match name {
                "XDG_CONFIG_HOME" if with_settings => Some(root.join("settings").into_os_string()),
                _ => Some(nowhere.clone()),
            };
            may_exist_in(&variable, Some(home.clone()))
        };
        assert!(!exist(false) && !exist(true));
        fs::write(settings.join("ignore"), "").unwrap();
        assert!(!exist(false) && exist(true));
        fs::write(home.join(".gitconfig"), "[user]\nname = A\n").unwrap();
        assert!(!exist(false));
        fs::write(home.join(".gitconfig"), "[core]\n\tExcludesFile = ~/.gitignore\n").unwrap();
        assert!(exist(false));
        fs::remove_dir_all(root).unwrap();
    }
}
