//! Brotli and gzip beside each file, made once per content.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use anyhow::{Context, Result, bail};

use super::manifest::Entry;

/// Formats that are compressed already.
const PACKED: [&str; 8] = ["png", "jpg", "jpeg", "webp", "avif", "gif", "woff2", "woff"];

/// Fills `brotli` and `gzip` of each entry and writes the files, except where they would not be smaller.
pub(super) fn run(dist: &Path, entries: &mut [Entry], cache: &Path) -> Result<()> {
    fs::create_dir_all(cache).with_context(|| format!("creating {}", cache.display()))?;
    let done = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let next = std::sync::Mutex::new(entries.iter_mut());
    thread::scope(|scope| {
        let work = || -> Result<()> {
            while let Some(entry) = next.lock().ok().and_then(|mut rest| rest.next()) {
                compress(dist, entry, cache)?;
                done.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        };
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| match thread.join() {
            Ok(result) => result,
            Err(_) => bail!("a compression worker panicked"),
        })
    })?;
    println!("  {} files", done.into_inner());
    Ok(())
}

fn compress(dist: &Path, entry: &mut Entry, cache: &Path) -> Result<()> {
    let extension = Path::new(&entry.path).extension().unwrap_or_default().to_string_lossy();
    if PACKED.contains(&extension.as_ref()) {
        return Ok(());
    }
    let source = dist.join(&entry.path);
    let bytes = fs::read(&source).with_context(|| format!("reading {}", source.display()))?;
    entry.brotli =
        beside(&source, "br", &bytes, &cache.join(format!("{}.br", entry.sha256)), brotli)?;
    entry.gzip = beside(&source, "gz", &bytes, &cache.join(format!("{}.gz", entry.sha256)), gzip)?;
    Ok(())
}

/// Writes `<source>.<suffix>` from the cache or anew, and returns its size unless it would not be smaller.
fn beside(
    source: &Path,
    suffix: &str,
    bytes: &[u8],
    cached: &Path,
    encode: fn(&[u8]) -> std::io::Result<Vec<u8>>,
) -> Result<Option<usize>> {
    let packed = match fs::read(cached) {
        Ok(packed) => packed,
        Err(_) => {
            let packed =
                encode(bytes).with_context(|| format!("compressing {}", source.display()))?;
            fs::write(cached, &packed).with_context(|| format!("writing {}", cached.display()))?;
            packed
        }
    };
    if packed.len() >= bytes.len() {
        return Ok(None);
    }
    let mut name = source.as_os_str().to_owned();
    name.push(format!(".{suffix}"));
    let target = PathBuf::from(name);
    fs::write(&target, &packed).with_context(|| format!("writing {}", target.display()))?;
    Ok(Some(packed.len()))
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
    encoder.write_all(bytes)?;
    drop(encoder);
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{brotli, gzip};

    const TEXT: &[u8] = b"wasm wasm wasm wasm wasm wasm wasm wasm";

    #[test]
    fn brotli_gives_back_what_it_was_given() {
        let mut back = Vec::new();
        let packed = brotli(TEXT).expect("compressing");
        brotli::Decompressor::new(&packed[..], 4096).read_to_end(&mut back).expect("decompressing");
        assert_eq!(back, TEXT);
    }

    #[test]
    fn gzip_gives_back_what_it_was_given() {
        let mut back = Vec::new();
        let packed = gzip(TEXT).expect("compressing");
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut back).expect("decompressing");
        assert_eq!(back, TEXT);
    }
}
