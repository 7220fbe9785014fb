//! The server as it is installed, with a day of data.

use std::{
    fmt::Write,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::Command,
};

use anyhow::{Context, Result, ensure};
use hj212::{Data, Item, Segment, command};
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::process::Process;

const BILAN: &str = env!("CARGO_BIN_EXE_bilan");
const MN: &str = "5001070000001424A";
const STATIONS: [&str; 3] = ["1422A", "1424A", "3014A"];
/// The station whose changes the readers of live events watch.
const WATCHED: &str = "1424A";

pub(crate) struct Portal {
    pub(crate) process: Process,
    pub(crate) http: SocketAddr,
    hj212: SocketAddr,
    key: String,
    _folder: TempDir,
}

impl Portal {
    pub(crate) async fn start() -> Result<Self> {
        let folder = TempDir::new()?;
        let listeners = [TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?];
        let [http, hj212] = [listeners[0].local_addr()?, listeners[1].local_addr()?];
        drop(listeners);
        let file = folder.path().join("bilan.toml");
        std::fs::write(&file, configuration(folder.path(), http, hj212)?)?;
        let made =
            Command::new(BILAN).args(["key", "add", "gateway", "--config"]).arg(&file).output()?;
        ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let key = String::from_utf8(made.stdout)?.trim().to_owned();
        let mut process =
            Process::start(Command::new(BILAN).args(["serve", "--config"]).arg(&file))?;
        let line = process.line()?;
        ensure!(line.starts_with("listening on"), "the server says {line:?}");
        let portal = Self { process, http, hj212, key, _folder: folder };
        portal.push(&a_day()?).await?;
        Ok(portal)
    }

    /// Pushes rows and waits until they are acknowledged.
    async fn push(&self, rows: &[String]) -> Result<()> {
        let body = format!("{{\"readings\":[{}]}}", rows.join(","));
        let mut stream = TcpStream::connect(self.http).await?;
        let head = format!(
            "POST /{} HTTP/1.1\r\nhost: portal\r\nconnection: close\r\nauthorization: Bearer {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            contract::paths::READINGS,
            self.key,
            body.len()
        );
        stream.write_all(head.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        ensure!(
            answer.starts_with("HTTP/1.1 200") && answer.contains("\"rejected\":[]"),
            "{answer}"
        );
        Ok(())
    }

    /// A value of this moment through the gateway.
    pub(crate) async fn push_now(&self, value: u32) -> Result<()> {
        self.push(&[row(WATCHED, "pm2_5", value, Timestamp::now(), "instant")]).await
    }

    /// An instrument's connection.
    pub(crate) async fn instrument(&self) -> Result<TcpStream> {
        let stream = TcpStream::connect(self.hj212).await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    /// A value of this moment through an instrument, until its 9014.
    pub(crate) async fn report_now(instrument: &mut TcpStream, value: u32) -> Result<()> {
        let now = domain::period::BEIJING.to_datetime(Timestamp::now());
        let mut label = String::new();
        write!(label, "{:04}{:02}{:02}", now.year(), now.month(), now.day())?;
        write!(label, "{:02}{:02}{:02}", now.hour(), now.minute(), now.second())?;
        let item = Item::new("a34002", &[("Rtd", &value.to_string()), ("Flag", "N")]);
        let segment = Segment {
            qn: Some(format!("{label}{:03}", value % 1_000)),
            pw: Some("tk-1424".to_owned()),
            flag: Some(5),
            data: Data { items: vec![item], ..Data::of_fields(&[("DataTime", &label)]) },
            ..Segment::new("22", command::REALTIME, MN)
        };
        instrument.write_all(&segment.encode()?).await?;
        let mut bytes = [0; 1_024];
        let count = instrument.read(&mut bytes).await?;
        let answer = String::from_utf8_lossy(&bytes[..count]);
        ensure!(answer.contains("CN=9014"), "the collector answers {answer:?}");
        Ok(())
    }
}

fn configuration(folder: &Path, http: SocketAddr, hj212: SocketAddr) -> Result<String> {
    let profiles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../profiles");
    let profile = std::fs::read_dir(profiles)?.next().context("profiles/ is empty")??.path();
    Ok(format!(
        "[server]\nlisten = \"{http}\"\ndata_dir = {:?}\nprofile = {:?}\n\
         [site]\nallow_missing_identifiers = true\n[log]\nfilter = \"off\"\n\
         [ingest.hj212_tcp]\nenabled = true\nlisten = \"{hj212}\"\n\
         [[ingest.hj212_tcp.devices]]\nmn = \"{MN}\"\npassword = \"tk-1424\"\nstation = \"{WATCHED}\"\n\
         units = {{ a34002 = \"µg/m³\" }}\n",
        folder.join("data"),
        profile.canonicalize()?,
    ))
}

/// The last 24 hours of six pollutants at every air station.
fn a_day() -> Result<Vec<String>> {
    let hour = Timestamp::now().as_second().div_euclid(3_600);
    let mut rows = Vec::new();
    for (place, station) in STATIONS.into_iter().enumerate() {
        for back in 1..=24_u32 {
            let start = Timestamp::from_second((hour - i64::from(back)) * 3_600)?;
            for (number, item) in ["pm2_5", "pm10", "so2", "no2", "o3"].into_iter().enumerate() {
                let value = 10 + u32::try_from(place * 7 + number * 5)? + back;
                rows.push(row(station, item, value, start, "hour"));
            }
            rows.push(row(station, "co", 1, start, "hour").replace("µg/m³", "mg/m³"));
        }
    }
    Ok(rows)
}

fn row(station: &str, item: &str, value: u32, start: Timestamp, averaging: &str) -> String {
    let start = start.round(jiff::Unit::Second).unwrap_or(start);
    format!(
        "{{\"station\":\"{station}\",\"item\":\"{item}\",\"value\":{value},\"unit\":\"µg/m³\",\
         \"start\":\"{start}\",\"averaging\":\"{averaging}\"}}"
    )
}
