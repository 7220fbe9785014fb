//! Configuration: one TOML file, overridden by the environment, overridden by flags.

mod check;
mod network;
pub mod reference;
mod reports;
pub mod secret;
mod sections;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

pub use check::{Finding, check};
pub use network::Network;
pub use reports::{Rates, Reports, Webhook};
pub use sections::{
    Basemap, Config, Demonstration, Embed, HttpPush, Ingest, Log, Officers, Queue, Server, Site,
    Store,
};

/// Why a configuration cannot be used; the operator reads this.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read {}: {cause}", path.display())]
    Unreadable { path: PathBuf, cause: std::io::Error },
    #[error("{}: {message}", path.display())]
    Syntax { path: PathBuf, message: String },
    #[error("{0}")]
    Unknown(String),
    #[error("{0}")]
    Value(String),
}

/// What the environment variables that override keys begin with.
pub const ENV_PREFIX: &str = "BILAN__";

/// Reads `file`, then `environment` (pairs of name and value; only those beginning with
/// [`ENV_PREFIX`] count), and refuses unknown keys by their full path.
pub fn load(
    file: &Path,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let text = std::fs::read_to_string(file)
        .map_err(|cause| ConfigError::Unreadable { path: file.to_owned(), cause })?;
    let table = text.parse::<toml::Table>().map_err(|error| ConfigError::Syntax {
        path: file.to_owned(),
        message: position(&text, &error),
    })?;
    from_table(table, environment)
}

/// Where a file is not TOML and why, without the line itself: it may hold a secret.
fn position(text: &str, error: &toml::de::Error) -> String {
    let at = error.span().map_or(0, |span| span.start);
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {line}, column {column}: {}", error.message())
}

/// The configuration in `table` with `environment` laid over it.
pub fn from_table(
    mut table: toml::Table,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let environment: HashMap<String, String> = environment.into_iter().collect();
    for (name, value) in &environment {
        if let Some(key) = name.strip_prefix(ENV_PREFIX) {
            lay_over(&mut table, &key.to_lowercase().replace("__", "."), name, value)?;
        }
    }
    let mut value = toml::Value::Table(table);
    if let Some(path) = first_unknown(&value, "") {
        return Err(ConfigError::Unknown(unknown_key(&path)));
    }
    secret::resolve(&mut value, "", &|name| environment.get(name).cloned())
        .map_err(|error| ConfigError::Value(error.to_string()))?;
    value.try_into().map_err(|error: toml::de::Error| ConfigError::Value(error.to_string()))
}

/// The path of the first key that is not in the reference.
fn first_unknown(value: &toml::Value, path: &str) -> Option<String> {
    let canonical = reference::canonical(path);
    let known = reference::KEYS.iter().find(|key| key.path == canonical);
    match (value, known) {
        (toml::Value::Array(entries), Some(_)) => entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.is_table())
            .find_map(|(at, entry)| first_unknown(entry, &format!("{path}.{at}"))),
        (_, Some(_)) => None,
        (toml::Value::Table(table), None) => table.iter().find_map(|(name, value)| {
            first_unknown(
                value,
                &if path.is_empty() { name.clone() } else { format!("{path}.{name}") },
            )
        }),
        _ => Some(path.to_owned()),
    }
}

fn unknown_key(path: &str) -> String {
    let section = |path: &str| path.rsplit_once('.').map(|(section, _)| section.to_owned());
    match reference::nearest(path) {
        Some(known) if section(known) == section(&reference::canonical(path)) => {
            let last = known.rsplit('.').next().unwrap_or(known);
            format!("{path} is not a known key; did you mean {last}?")
        }
        Some(known) => format!("{path} is not a known key; did you mean {known}?"),
        None => format!("{path} is not a known key; docs/configuration.md lists all of them"),
    }
}

/// Sets one key from the environment, read as the kind of value that the key has.
fn lay_over(
    table: &mut toml::Table,
    path: &str,
    name: &str,
    value: &str,
) -> Result<(), ConfigError> {
    let Some(key) = reference::KEYS.iter().find(|key| key.path == path) else {
        return Err(ConfigError::Unknown(format!(
            "environment variable {name}: {}",
            unknown_key(path)
        )));
    };
    let value = match key.kind {
        reference::Kind::Text | reference::Kind::Secret => toml::Value::String(value.to_owned()),
        _ => format!("v = {value}")
            .parse::<toml::Table>()
            .ok()
            .and_then(|mut table| table.remove("v"))
            .ok_or_else(|| {
                // A list may hold secrets.
                let shown = match key.kind {
                    reference::Kind::Integer | reference::Kind::Switch => format!("\"{value}\""),
                    _ => "its text".to_owned(),
                };
                ConfigError::Value(format!(
                    "environment variable {name}: {shown} is not a TOML value; the default is {}",
                    key.default
                ))
            })?,
    };
    let mut parts: Vec<&str> = path.split('.').collect();
    let last = parts.pop().unwrap_or_default();
    let mut place = table;
    for part in parts {
        let next = place.entry(part).or_insert_with(|| toml::Value::Table(toml::Table::new()));
        place = next
            .as_table_mut()
            .ok_or_else(|| ConfigError::Value(format!("{part} of {path} must be a table")))?;
    }
    place.insert(last.to_owned(), value);
    Ok(())
}

impl Config {
    /// `server.base_path` with exactly one slash at each end; `/` alone at the root.
    pub fn base_path(&self) -> String {
        match self.server.base_path.trim_matches('/') {
            "" => "/".to_owned(),
            path => format!("/{path}/"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let environment =
            environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        from_table(text.parse().unwrap(), environment)
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_path_and_the_nearest_one() {
        let error = read("[ingest.hj212_tcp]\nidle_timout_s = 5", &[]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "ingest.hj212_tcp.idle_timout_s is not a known key; did you mean idle_timeout_s?"
        );
    }

    #[test]
    fn the_environment_overrides_the_file_in_the_keys_own_kind() {
        let config = read(
            "[server]\nbase_path = \"a\"\nmax_connections = 3",
            &[
                ("BILAN__SERVER__MAX_CONNECTIONS", "7"),
                ("BILAN__SERVER__BASE_PATH", "12"),
                ("HOME", "/"),
            ],
        )
        .unwrap();
        assert_eq!((config.server.max_connections, config.base_path().as_str()), (7, "/12/"));
        let error = read("", &[("BILAN__SERVER__LISTN", "x")]).unwrap_err();
        assert!(error.to_string().contains("did you mean listen?"), "{error}");
    }

    #[test]
    fn the_reference_states_the_true_defaults() {
        let mut text = String::new();
        for key in
            reference::KEYS.iter().filter(|key| !key.path.contains("[]") && key.default != "none")
        {
            text.push_str(&format!("{} = {}\n", key.path, key.default));
        }
        assert_eq!(read(&text, &[]).unwrap(), Config::default());
    }

    #[test]
    fn the_reference_states_a_devices_true_defaults() {
        let mut text = "[[ingest.hj212_tcp.devices]]\n".to_owned();
        for key in reference::KEYS {
            if let Some(name) = key.path.strip_prefix("ingest.hj212_tcp.devices[].") {
                text.push_str(&format!("{name} = {}\n", key.default));
            }
        }
        let config = read(&text, &[]).unwrap();
        assert_eq!(config.ingest.hj212_tcp.devices, [ingest::hj212_tcp::Device::default()]);
    }

    #[test]
    fn a_secret_comes_from_a_file_or_the_environment() {
        let text = "[[ingest.hj212_tcp.devices]]\nmn = \"M1\"\npassword = { env = \"PW\" }";
        let config = read(text, &[("PW", "s3cret\n")]).unwrap();
        assert_eq!(config.ingest.hj212_tcp.devices[0].password.reveal(), "s3cret");
        assert!(!format!("{config:?}").contains("s3cret"));
        assert!(read(text, &[]).unwrap_err().to_string().contains("PW is not set"));
    }

    #[test]
    fn no_error_prints_a_secret() {
        let device = "[[ingest.hj212_tcp.devices]]\nmn = \"M1\"\npassword = ";
        let number = read(&format!("{device}483920"), &[]).unwrap_err().to_string();
        assert!(!number.contains("483920") && number.contains("password"), "{number}");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bilan.toml");
        std::fs::write(&file, format!("{device}\"483920")).unwrap();
        let unclosed = load(&file, []).unwrap_err().to_string();
        assert!(!unclosed.contains("483920") && unclosed.contains("line 3"), "{unclosed}");
        let list = [("BILAN__INGEST__HJ212_TCP__DEVICES", "[{ password = \"483920\"")];
        let unclosed = read("", &list).unwrap_err().to_string();
        assert!(!unclosed.contains("483920") && unclosed.contains("DEVICES"), "{unclosed}");
    }

    #[test]
    fn the_page_about_configuration_is_the_reference() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/configuration.md");
        if std::env::var_os("BILAN_WRITE_DOCS").is_some() {
            std::fs::write(&page, reference::markdown()).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(page).unwrap(),
            reference::markdown(),
            "run this test with BILAN_WRITE_DOCS=1 to write the page anew"
        );
    }

    #[test]
    fn the_example_file_is_a_configuration() {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/bilan.toml");
        load(&example, []).unwrap();
    }
}
