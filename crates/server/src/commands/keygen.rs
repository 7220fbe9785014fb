//! `bilan keygen`: the server's own keys, and the key pair that contacts of reporters are sealed to.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, Result};
use bech32::{Bech32, Hrp};
use x25519_dalek::{PublicKey, StaticSecret};

use super::{configured, note, say};
use crate::{cli::Keygen, keys};

/// Makes what is missing and says what was made; a key that is there is never replaced.
pub fn run(command: &Keygen) -> Result<()> {
    let (config, _) = configured(&command.place)?;
    for path in keys::make(&config.server.data_dir)? {
        note(&format!("made {}", path.display()));
    }
    let recipient = identity(&command.identity)?;
    say(&format!("reports.identity_recipient = \"{recipient}\""))?;
    note(&format!(
        "{} opens the contacts of reporters. Move it to the officers' own machines, keep a copy in a safe, and delete it \
         here: the server must not hold it. Without it no contact can be read, by anybody.",
        command.identity.display()
    ));
    Ok(())
}

/// Writes a new identity to `path`; its recipient. Of one that is there the recipient is told again.
pub(super) fn identity(path: &Path) -> Result<String> {
    let place = || path.display().to_string();
    let (secret, recipient) = pair(keys::random()?)?;
    match keys::private(path) {
        Ok(mut file) => {
            writeln!(file, "# public key: {recipient}\n{secret}").with_context(place)?;
            file.sync_all().with_context(place)?;
            Ok(recipient)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => known(path),
        Err(error) => Err(error).with_context(place),
    }
}

fn known(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let line = text.lines().find_map(|line| line.strip_prefix("# public key: "));
    let line = line.with_context(|| {
        format!("{} exists and is no age identity; name another file", path.display())
    })?;
    Ok(line.to_owned())
}

/// An age identity and its recipient, from 256 random bits: X25519 keys in Bech32 with the prefixes of the age file format
/// (github.com/C2SP/C2SP, age.md).
fn pair(random: [u8; 32]) -> Result<(String, String)> {
    let secret = StaticSecret::from(random);
    let public = PublicKey::from(&secret);
    let identity =
        bech32::encode_upper::<Bech32>(Hrp::parse("age-secret-key-")?, secret.as_bytes())?;
    let recipient = bech32::encode::<Bech32>(Hrp::parse("age")?, public.as_bytes())?;
    Ok((identity, recipient))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    // The pair that the age crate's own tests use.
    #[test]
    fn the_pair_is_what_age_reads() {
        let identity = "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33";
        let (_, bytes) = bech32::decode(identity).unwrap();
        let (secret, recipient) = pair(bytes.try_into().unwrap()).unwrap();
        assert_eq!(secret, identity);
        assert_eq!(recipient, "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa");
    }

    #[test]
    fn an_identity_is_never_overwritten_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("identity.txt");
        let first = identity(&path).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(identity(&path).unwrap(), first);
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::write(&path, "something else").unwrap();
        assert!(identity(&path).is_err());
    }
}
