//! Short names for what the module takes from its script.
//!
//! wasm-bindgen gives each function a name that ends in a digest of its own, in the module and again in the script: a
//! few hundred of them are 6 kB that do not compress.

use std::collections::HashMap;

use anyhow::{Context, Result, ensure};

/// What such names begin with.
const PREFIX: &str = "__wb";
/// The section of imports in a module.
const IMPORTS: u8 = 2;
/// The bytes before the first section: `\0asm` and the version.
const HEADER: usize = 8;

/// `module` and `script` with each imported function under a short name.
///
/// # Errors
///
/// When the module cannot be read, or the script lacks a function that it asks for.
pub(super) fn shorten(module: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut names = HashMap::new();
    let mut written = module.get(..HEADER).context("the module has no header")?.to_vec();
    let mut reader = Reader { bytes: module, at: HEADER };
    while reader.at < module.len() {
        let id = reader.byte()?;
        let length = reader.number()?;
        let section = reader.take(length)?;
        let renamed = if id == IMPORTS { renamed(section, &mut names)? } else { section.to_vec() };
        written.push(id);
        number(&mut written, renamed.len());
        written.extend(renamed);
    }
    Ok((written, in_script(script, &names)?))
}

/// The section of imports with short names, which are noted in `names`.
fn renamed(section: &[u8], names: &mut HashMap<String, String>) -> Result<Vec<u8>> {
    let mut reader = Reader { bytes: section, at: 0 };
    let mut written = Vec::with_capacity(section.len());
    let count = reader.number()?;
    number(&mut written, count);
    for _ in 0..count {
        let from = reader.text()?;
        text(&mut written, from);
        let name = reader.text()?;
        let next = names.len();
        let short = match name.starts_with(PREFIX) {
            true => names.entry(name.to_owned()).or_insert_with(|| format!("w{next}")).as_str(),
            false => name,
        };
        text(&mut written, short);
        let start = reader.at;
        reader.skip_kind()?;
        written.extend(&section[start..reader.at]);
    }
    ensure!(reader.at == section.len(), "the imports end before their section does");
    Ok(written)
}

/// The script with each name replaced where it stands as a whole word.
fn in_script(script: &str, names: &HashMap<String, String>) -> Result<String> {
    let of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let (mut written, mut rest, mut replaced) = (String::with_capacity(script.len()), script, 0);
    while let Some(at) = rest.find(PREFIX) {
        let inside = rest[..at].chars().next_back().is_some_and(of_name);
        let end = rest[at..].find(|c| !of_name(c)).map_or(rest.len(), |length| at + length);
        written.push_str(&rest[..at]);
        match names.get(&rest[at..end]).filter(|_| !inside) {
            Some(short) => {
                written.push_str(short);
                replaced += 1;
            }
            None => written.push_str(&rest[at..end]),
        }
        rest = &rest[end..];
    }
    written.push_str(rest);
    ensure!(replaced >= names.len(), "the script gives {replaced} of {} functions", names.len());
    Ok(written)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let end = self.at.checked_add(length).filter(|end| *end <= self.bytes.len());
        let taken = &self.bytes[self.at..end.context("the module ends too early")?];
        self.at += length;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    /// An unsigned number in LEB128.
    fn number(&mut self) -> Result<usize> {
        let (mut number, mut shift) = (0_usize, 0_u32);
        loop {
            let byte = self.byte()?;
            ensure!(shift < 35, "a number of the module is too long");
            number |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
    }

    fn text(&mut self) -> Result<&'a str> {
        let length = self.number()?;
        Ok(std::str::from_utf8(self.take(length)?)?)
    }

    /// What is imported: a function, a table, a memory or a global.
    fn skip_kind(&mut self) -> Result<()> {
        match self.byte()? {
            0 => drop(self.number()?),
            1 => {
                self.byte()?;
                self.skip_limits()?;
            }
            2 => self.skip_limits()?,
            3 => drop(self.take(2)?),
            other => anyhow::bail!("xtask does not know imports of kind {other}"),
        }
        Ok(())
    }

    fn skip_limits(&mut self) -> Result<()> {
        let flags = self.byte()?;
        self.number()?;
        if flags & 1 == 1 {
            self.number()?;
        }
        Ok(())
    }
}

fn number(written: &mut Vec<u8>, mut number: usize) {
    loop {
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            return written.push(byte);
        }
        written.push(byte | 0x80);
    }
}

fn text(written: &mut Vec<u8>, text: &str) {
    number(written, text.len());
    written.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::{number, shorten, text};

    /// A module that imports two functions and a memory, and has one more section.
    fn module(names: [&str; 2]) -> Vec<u8> {
        let mut imports = vec![3];
        for name in names {
            text(&mut imports, "./portal_bg.js");
            text(&mut imports, name);
            imports.extend([0, 0x81, 0x01]);
        }
        text(&mut imports, "env");
        text(&mut imports, "memory");
        imports.extend([2, 1, 17, 0x80, 0x80, 0x01]);
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.push(2);
        number(&mut module, imports.len());
        module.extend(imports);
        module.extend([5, 3, 1, 0, 1]);
        module
    }

    const LONG: [&str; 2] = ["__wbg_get_d7176cfb76d71114", "__wbindgen_throw"];

    #[test]
    fn module_and_script_agree_on_the_short_names() {
        let script =
            "({ __wbg_get_d7176cfb76d71114: a, __wbindgen_throw: b, x__wbindgen_throw: c })";
        let (shorter, script) = shorten(&module(LONG), script).expect("a module");
        assert_eq!(shorter, module(["w0", "w1"]));
        assert_eq!(script, "({ w0: a, w1: b, x__wbindgen_throw: c })");
    }

    #[test]
    fn a_script_that_lacks_a_function_is_refused() {
        let refusal = shorten(&module(LONG), "({ __wbindgen_throw: b })").expect_err("refused");
        assert!(refusal.to_string().contains("1 of 2"), "{refusal}");
    }

    #[test]
    fn half_a_module_is_refused() {
        let whole = module(LONG);
        for cut in [4, 9, 20, whole.len() - 1] {
            assert!(shorten(&whole[..cut], "").is_err(), "cut at {cut}");
        }
    }
}
