//! The demonstration as it is started by hand.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail by panicking, as tests do")]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::Instant,
};

use jiff::{ToSpan, civil::Date};
use serde_json::Value;

struct Demo(Child, String);

impl Demo {
    fn start(folder: &Path, more: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_bilan"))
            .args(["demo", "--listen", "127.0.0.1:0", "--history-days", "3", "--data-dir"])
            .arg(folder)
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").expect(&line);
        Self(process, address.trim_end_matches('/').to_owned())
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.1).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: t\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.get(path)).unwrap()
    }

    /// SIGTERM, as a supervisor ends it.
    fn end(mut self) {
        let status = Command::new("kill").arg(self.0.id().to_string()).status().unwrap();
        assert!(status.success());
        assert!(self.0.wait().unwrap().success(), "a clean end");
    }
}

/// The hours of a day that every run has, even if a midnight lies between them.
fn history(demo: &Demo, day: Date) -> Vec<Value> {
    let path = "/api/v1/stations/1424A/series?item=pm2_5&step=hour";
    let next = day.tomorrow().unwrap();
    demo.json(&format!("{path}&from={day}&to={next}"))["value"].as_array().unwrap().clone()
}

#[test]
fn the_same_seed_gives_the_same_numbers_and_all_of_them_say_simulated() {
    let [first, second, other] = [0; 3].map(|_| tempfile::tempdir().unwrap());
    let demo = Demo::start(first.path(), &["--seed", "7"]);
    let today = domain::period::beijing_day(jiff::Timestamp::now());
    let day = today.checked_sub(2.days()).unwrap();
    let values = history(&demo, day);
    assert!(values.iter().filter(|value| value.is_number()).count() > 15);
    for path in ["stations", "air/summary", "water/sections", "feeds", "stations/1424A/latest"] {
        assert_eq!(demo.json(&format!("/api/v1/{path}"))["meta"]["simulated"], true, "{path}");
    }
    let latest = demo.json("/api/v1/stations/1424A/latest");
    for figure in latest["figures"].as_array().unwrap() {
        assert_eq!(figure["provenance"], "simulated");
    }
    assert_eq!(latest["station"]["status"]["freshness"], "fresh");
    assert!(demo.get("/?lang=zh-CN").contains("演示数据"));
    demo.end();

    // Started again in the same folder it continues, quickly.
    let began = Instant::now();
    let again = Demo::start(first.path(), &[]);
    println!("restarted in {:?}", began.elapsed());
    assert!(began.elapsed().as_secs() < 10);
    assert_eq!(history(&again, day), values);
    again.end();

    let twin = Demo::start(second.path(), &["--seed", "7"]);
    assert_eq!(history(&twin, day), values);
    twin.end();
    let stranger = Demo::start(other.path(), &["--seed", "8"]);
    assert_ne!(history(&stranger, day), values);
    stranger.end();
}

#[test]
fn a_folder_belongs_to_one_seed_and_one_process() {
    let folder = tempfile::tempdir().unwrap();
    let run = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_bilan"))
            .args(["demo", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(folder.path())
            .args(more)
            .output()
            .unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let demo = Demo::start(folder.path(), &["--seed", "1"]);
    assert!(run(&[]).contains("in use by another bilan"));
    demo.end();
    assert!(run(&["--seed", "2"]).contains("choose another --data-dir"));

    let real = tempfile::tempdir().unwrap();
    fs::write(real.path().join("bilan.sqlite"), "").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_bilan"))
        .args(["demo", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(real.path())
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("a portal's data"));
}
