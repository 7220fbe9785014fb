//! Commands that run and end: configuration, import, backup and restore, keys.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail by panicking, as tests do")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn bilan(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bilan")).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complained(output: &Output) -> String {
    assert!(!output.status.success());
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn profile() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../profiles/jiulongpo")
}

/// A configuration file with a folder for data beside it.
fn configuration(folder: &Path, more: &str) -> String {
    let path = folder.join("bilan.toml");
    let text = format!(
        "[server]\ndata_dir = {:?}\nprofile = {:?}\n{more}",
        folder.join("data"),
        profile()
    );
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_portal_without_its_identifiers_does_not_start_and_says_which() {
    let folder = tempfile::tempdir().unwrap();
    let config = configuration(folder.path(), "");
    let refusal = complained(&bilan(&["serve", "--config", &config]));
    for key in ["icp", "police", "site_code", "organiser"] {
        assert!(refusal.contains(&format!("footer.{key}")), "{refusal}");
    }
    let trial = configuration(folder.path(), "[site]\nallow_missing_identifiers = true");
    assert!(said(&bilan(&["check-config", "--config", &trial])).contains("ready to serve"));
    let generated = configuration(
        folder.path(),
        "[site]\nallow_missing_identifiers = true\n[ingest.demonstration]\nenabled = true",
    );
    let refusal = complained(&bilan(&["check-config", "--config", &generated]));
    assert!(refusal.contains("use `bilan demo`"), "{refusal}");
}

#[test]
fn an_unknown_key_is_named_with_the_one_that_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    let config = configuration(folder.path(), "listn = \"127.0.0.1:1\"");
    let refusal = complained(&bilan(&["check-config", "--config", &config]));
    assert!(refusal.contains("server.listn is not a known key; did you mean listen?"), "{refusal}");
}

#[test]
fn a_key_is_shown_once_and_can_be_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let config = configuration(folder.path(), "");
    let key = said(&bilan(&["key", "add", "gateway", "--station", "1424A", "--config", &config]));
    assert!(key.trim().len() > 40);
    let listed = said(&bilan(&["key", "list", "--config", &config]));
    assert!(listed.contains("gateway\treadings\t1424A") && !listed.contains(key.trim()));
    assert!(complained(&bilan(&["key", "add", "gateway", "--config", &config])).contains("in use"));
    said(&bilan(&["key", "revoke", "gateway", "--config", &config]));
    assert!(
        complained(&bilan(&["key", "revoke", "gateway", "--config", &config])).contains("no key")
    );
}

const TABLE: &str = "station,item,value,unit,start,averaging\n\
    1424A,pm2_5,35,µg/m³,2026-03-01T08:00:00+08:00,hour\n\
    1424A,pm2_5,36,µg/m³,2026-03-01T09:00:00+08:00,hour\n\
    0000X,pm2_5,36,µg/m³,2026-03-01T09:00:00+08:00,hour\n\
    1424A,pm2_5,dirty,µg/m³,2026-03-01T10:00:00+08:00,hour\n";

#[test]
fn what_was_imported_survives_backup_and_restore() {
    let folder = tempfile::tempdir().unwrap();
    let config = configuration(folder.path(), "");
    let table = folder.path().join("table.csv");
    fs::write(&table, TABLE).unwrap();
    let table = table.to_str().unwrap();
    let import = ["import", "--config", &config, "--format", "readings", table];
    let report = said(&bilan(&import));
    assert!(
        report.starts_with("rows 4, read 2, stored 2, duplicate 0, revised 0, rejected 2"),
        "{report}"
    );
    assert!(report.contains("1 unknown_station") && report.contains("1 not_a_number"), "{report}");
    assert!(said(&bilan(&import)).contains("stored 0, duplicate 2"));

    let copy = folder.path().join("copy.sqlite");
    let copy = copy.to_str().unwrap();
    assert!(said(&bilan(&["backup", "--config", &config, copy])).contains("2 observations"));
    assert!(complained(&bilan(&["restore", "--config", &config, copy])).contains("exists"));
    fs::remove_dir_all(folder.path().join("data")).unwrap();
    assert!(said(&bilan(&["restore", "--config", &config, copy])).contains("2 observations"));
    assert!(said(&bilan(&import)).contains("stored 0, duplicate 2"));
    assert!(said(&bilan(&["rebuild", "--config", &config])).contains("sound"));
}

#[test]
fn the_recorded_national_files_are_imported_as_they_are() {
    let Some(data) = std::env::var_os("BILAN_TEST_DATA").map(PathBuf::from) else {
        eprintln!(
            "SKIPPED the_recorded_national_files_are_imported_as_they_are: BILAN_TEST_DATA is not set"
        );
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let config = configuration(folder.path(), "");
    for (format, file) in [
        ("cnemc-air", "cnemc_2019-07-18.csv"),
        ("national-water", "water_raw/getRealDatas_2020-05-08.json"),
        ("national-water", "water_sections.csv.gz"),
    ] {
        let path = data.join(file);
        let report = said(&bilan(&[
            "import",
            "--config",
            &config,
            "--format",
            format,
            path.to_str().unwrap(),
        ]));
        let first = report.lines().next().unwrap();
        println!("{file}: {first}");
        assert!(!first.contains("stored 0,"), "{report}");
    }
}

#[test]
fn the_description_of_the_api_can_be_printed() {
    let document: serde_json::Value = serde_json::from_str(&said(&bilan(&["openapi"]))).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
}
