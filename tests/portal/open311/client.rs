//! The client `georeport` of PyPI, unmodified, against this server.

use std::{path::Path, process::Output};

use tokio::process::Command;

use super::*;

/// What a program in that city's language asks, and what it must be told.
const PROGRAM: &str = r#"
import sys, requests
from georeport import GeoReport

endpoint, ours, open_one, closed_one, old_one = sys.argv[1:]
for output_format in ("json", "xml"):
    for address in (endpoint, endpoint + "/"):
        client = GeoReport(address, jurisdiction=ours, output_format=output_format)
        services = client.get_service_list()
        assert [s["service_code"] for s in services] == ["AIR01", "NOISE01", "TIP01", "BATCH01"], services
        definition = client.get_service_definition("AIR01")
        assert definition["service_code"] == "AIR01", definition
        rows = client.get_service_requests()
        assert [r["service_request_id"] for r in rows] == [open_one, closed_one], rows
        both = client.get_service_requests(service_request_id=f"{old_one},{open_one}")
        assert [r["service_request_id"] for r in both] == [open_one, old_one], both

client = GeoReport(endpoint, output_format="json")
assert [r["service_request_id"] for r in client.get_service_requests(status="open")] == [open_one]
assert [r["service_request_id"] for r in client.get_service_requests(service_code="NOISE01")] == [closed_one]
assert client.get_service_requests(start_date="2026-01-01T00:00:00Z", end_date="2026-02-01T00:00:00+08:00") == []
single = client.get_service_request(open_one)
assert single["service_request_id"] == open_one, single
assert client.get_service_definition("AIR01")["attributes"][0]["values"][0] == {"key": "rubber", "name": "橡胶味"}
for ask in (lambda: client.get_service_request("R00000XXX"), lambda: client.get_service_definition("NOPE"),
            lambda: GeoReport(endpoint, jurisdiction="boston.gov").get_service_list()):
    try:
        ask()
    except requests.HTTPError as error:
        assert error.response.status_code == 404 and error.response.json()[0]["code"] == 404
    else:
        raise AssertionError("404 is an HTTP error")
print("georeport is content")
"#;

async fn run(program: &Path, arguments: &[&str]) -> std::io::Result<Output> {
    Command::new(program).args(arguments).env_remove("PYTHONPATH").output().await
}

/// A Python with the client in it, in `folder`; or why there is none.
async fn python(folder: &Path) -> Result<std::path::PathBuf, String> {
    let text = folder.display().to_string();
    let made = run(Path::new("python3"), &["-m", "venv", &text]).await;
    if !made.is_ok_and(|made| made.status.success()) {
        return Err("there is no python3 with venv".to_owned());
    }
    let python = folder.join("bin/python");
    let install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--retries",
        "1",
        "georeport==0.3.1",
    ];
    let installed = run(&python, &install).await.map_err(|error| error.to_string())?;
    match installed.status.success() {
        true => Ok(python),
        false => Err("the package index did not give georeport 0.3.1".to_owned()),
    }
}

#[tokio::test]
async fn the_python_client_lists_reads_and_filters_unmodified() {
    let folder = tempfile::tempdir().unwrap();
    let python = match python(folder.path()).await {
        Ok(python) => python,
        Err(why) => {
            println!("SKIPPED the_python_client_lists_reads_and_filters_unmodified: {why}");
            return;
        }
    };
    let city = City::start().await;
    let endpoint = city.portal.url("open311/v2");
    let done = run(&python, &["-c", PROGRAM, &endpoint, OURS, R1001, R1002, R0900]).await.unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    assert!(String::from_utf8_lossy(&done.stdout).contains("georeport is content"));
}
