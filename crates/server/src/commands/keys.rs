//! `bilan key`: who may push readings, or send reports as an Open311 client. Only a hash is stored; the key is shown once.

use std::fmt::Write;

use anyhow::Result;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use store::{KeyScope, NewApiKey, Store};

use super::{configured, open, say};
use crate::{cli::KeyCommand, clock};

/// What the store keeps of a key.
pub fn hash(key: &str) -> [u8; 32] {
    Sha256::digest(key).into()
}

/// 256 random bits, as text.
pub fn random() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow::anyhow!("the operating system gives no randomness: {error}"))?;
    Ok(format!("bilan_{}", BASE64_URL_SAFE_NO_PAD.encode(bytes)))
}

/// Makes a key for readings of `stations`, or all, and gives it, for the only time.
pub async fn add(store: &Store, name: &str, stations: Vec<String>) -> Result<String> {
    made(store, name, KeyScope::Readings, stations).await
}

/// Makes a key for an Open311 client and gives it, for the only time.
pub async fn add_open311(store: &Store, name: &str) -> Result<String> {
    made(store, name, KeyScope::Open311, Vec::new()).await
}

async fn made(store: &Store, name: &str, scope: KeyScope, stations: Vec<String>) -> Result<String> {
    let key = random()?;
    let row = NewApiKey { name: name.to_owned(), hash: hash(&key), scope, stations };
    store.add_api_key(row, clock::now()).await?;
    Ok(key)
}

/// Carries out `bilan key …`.
pub async fn run(command: KeyCommand) -> Result<()> {
    match command {
        KeyCommand::Add { place, name, open311: true, stations: _ } => {
            let (config, _) = configured(&place)?;
            say(&add_open311(&open(&config).await?, &name).await?)
        }
        KeyCommand::Add { place, name, open311: false, stations } => {
            let (config, profile) = configured(&place)?;
            if let Some(unknown) = stations.iter().find(|code| profile.station(code).is_none()) {
                anyhow::bail!("\"{unknown}\" is not a station of the profile");
            }
            say(&add(&open(&config).await?, &name, stations).await?)
        }
        KeyCommand::List { place } => {
            let (config, _) = configured(&place)?;
            say(&list(&open(&config).await?).await?)
        }
        KeyCommand::Revoke { place, name } => {
            let (config, _) = configured(&place)?;
            let revoked = open(&config).await?.revoke_api_key(&name, clock::now()).await?;
            anyhow::ensure!(revoked, "no key named \"{name}\" is in use");
            say(&format!("revoked {name}"))
        }
    }
}

async fn list(store: &Store) -> Result<String> {
    let mut out = String::from("name\tscope\tstations\tcreated\trevoked");
    for key in store.api_keys().await? {
        let stations =
            if key.stations.is_empty() { "all".to_owned() } else { key.stations.join(",") };
        let revoked = key.revoked.map_or_else(|| "-".to_owned(), |at| at.to_string());
        let scope = key.scope.key();
        write!(out, "\n{}\t{scope}\t{stations}\t{}\t{revoked}", key.name, key.created)?;
    }
    Ok(out)
}
