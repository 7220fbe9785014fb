//! The digest beside a copy. SQLite's own check finds what breaks the tables' structure; a letter that the disk has changed
//! within a text it does not see.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{beside, place, remove};
use crate::StoreError;

/// Ends the name of the file with the digest, as `sha256sum --check` reads it.
const ENDING: &str = ".sha256";

fn file(copy: &Path) -> PathBuf {
    beside(copy, ENDING)
}

/// Takes the digest of an earlier copy away, before another takes its place: a copy without a digest can be used, one with
/// another's cannot.
pub(super) fn forget(copy: &Path) -> Result<(), StoreError> {
    remove(&file(copy))
}

/// Writes the digest of a copy beside it.
pub(super) fn write(copy: &Path) -> Result<(), StoreError> {
    let name = copy.file_name().unwrap_or_default().to_string_lossy();
    let line = format!("{}  {name}\n", of(copy)?);
    let (path, partial) = (file(copy), beside(&file(copy), ".partial"));
    let written = File::create(&partial).and_then(|mut file| file.write_all(line.as_bytes()));
    written.map_err(StoreError::file(&partial))?;
    place(&partial, &path)
}

/// Compares a copy with the digest beside it; true if there is one.
///
/// # Errors
///
/// [`StoreError::BadBackup`] if the copy is another, or the digest cannot be read.
pub(super) fn check(copy: &Path) -> Result<bool, StoreError> {
    let path = file(copy);
    let line = match fs::read_to_string(&path) {
        Ok(line) => line,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(StoreError::file(&path)(error)),
    };
    let stated = line.split_whitespace().next().unwrap_or_default();
    let found = of(copy)?;
    if stated == found {
        return Ok(true);
    }
    let text = format!("its SHA-256 is {found}, {} says \"{stated}\"", path.display());
    Err(StoreError::BadBackup(text))
}

/// Compares what was written with what it was copied from.
pub(super) fn same(from: &Path, copied: &Path) -> Result<(), StoreError> {
    match of(from)? == of(copied)? {
        true => Ok(()),
        false => Err(StoreError::BadBackup("it was not copied as it is".to_owned())),
    }
}

fn of(path: &Path) -> Result<String, StoreError> {
    let read = || -> io::Result<String> {
        let (mut file, mut hasher) = (File::open(path)?, Sha256::new());
        let mut buffer = vec![0; 1 << 20];
        loop {
            match file.read(&mut buffer)? {
                0 => break,
                count => hasher.update(&buffer[..count]),
            }
        }
        Ok(domain::canonical::hex(&hasher.finalize()))
    };
    read().map_err(StoreError::file(path))
}
