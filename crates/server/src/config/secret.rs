//! Secrets named by file or environment variable, put in place before the configuration is read.

use std::path::{Path, PathBuf};

use super::reference::{self, Kind};

/// Why a secret could not be read; never holds the secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error("{0}: a secret is a text, {{ file = \"…\" }} or {{ env = \"…\" }}")]
    Form(String),
    #[error("{key}: cannot read {}: {cause}", path.display())]
    Unreadable { key: String, path: PathBuf, cause: std::io::Error },
    #[error("{key}: the environment variable {name} is not set")]
    Unset { key: String, name: String },
    #[error("{0}: the secret is empty")]
    Empty(String),
}

/// What example files hold in place of a secret; refused by `bilan serve`.
pub const EXAMPLES: [&str; 5] = ["changeme", "change-me", "password", "000000", "secret"];

/// True for a text that stands in examples.
pub fn is_example(secret: &str) -> bool {
    EXAMPLES.contains(&secret.to_lowercase().as_str())
}

/// Replaces every `{ file = … }` and `{ env = … }` under a secret's key by the secret itself.
pub fn resolve(
    value: &mut toml::Value,
    path: &str,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<(), SecretError> {
    let canonical = reference::canonical(path);
    let known = reference::KEYS.iter().find(|key| key.path == canonical);
    if known.is_some_and(|key| key.kind == Kind::Secret) {
        return match value {
            toml::Value::String(_) => Ok(()),
            toml::Value::Table(source) => {
                *value = toml::Value::String(read(source, path, environment)?);
                Ok(())
            }
            // Refused here, for the reader of the configuration would print the value.
            _ => Err(SecretError::Form(path.to_owned())),
        };
    }
    match value {
        toml::Value::Table(table) => table.iter_mut().try_for_each(|(name, value)| {
            let below = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
            resolve(value, &below, environment)
        }),
        toml::Value::Array(entries) => entries
            .iter_mut()
            .enumerate()
            .try_for_each(|(at, entry)| resolve(entry, &format!("{path}.{at}"), environment)),
        _ => Ok(()),
    }
}

fn read(
    source: &toml::Table,
    key: &str,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<String, SecretError> {
    let text = match (source.len(), source.get("file"), source.get("env")) {
        (1, Some(toml::Value::String(path)), None) => {
            std::fs::read_to_string(path).map_err(|cause| SecretError::Unreadable {
                key: key.to_owned(),
                path: Path::new(path).to_owned(),
                cause,
            })?
        }
        (1, None, Some(toml::Value::String(name))) => environment(name)
            .ok_or_else(|| SecretError::Unset { key: key.to_owned(), name: name.clone() })?,
        _ => return Err(SecretError::Form(key.to_owned())),
    };
    match text.trim() {
        "" => Err(SecretError::Empty(key.to_owned())),
        secret => Ok(secret.to_owned()),
    }
}
