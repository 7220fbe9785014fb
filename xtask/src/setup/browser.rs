//! A Chromium and fonts that draw Chinese, for the browser tests.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};

use super::apt;
use crate::process::answer;

const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The browser the tests drive: `BILAN_CHROMIUM`, or the first one on the path.
pub(crate) fn chromium() -> Result<PathBuf> {
    find_chromium().ok_or_else(|| {
        anyhow!("no Chromium found; install one or set BILAN_CHROMIUM to its program")
    })
}

pub(super) fn install() -> Result<()> {
    if find_chromium().is_none() {
        apt::install("Chromium is", &["chromium"])?;
    }
    if !draws_chinese() {
        apt::install("a font with Chinese characters is", &["fonts-noto-cjk"])?;
    }
    Ok(())
}

fn find_chromium() -> Option<PathBuf> {
    if let Some(stated) = std::env::var_os("BILAN_CHROMIUM") {
        return Some(PathBuf::from(stated)).filter(|path| path.is_file());
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| NAMES.map(|name| folder.join(name)))
        .find(|candidate| candidate.is_file())
}

/// Without such a font every Chinese character is the same empty box, and no test would notice.
fn draws_chinese() -> bool {
    match answer("fc-list", &[":lang=zh-cn", "family"]) {
        Some(families) => !families.is_empty(),
        None => Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file(),
    }
}
