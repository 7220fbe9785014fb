//! The server as a process of its own, and its database between two of its lives.

pub(crate) mod senders;

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
};

use domain::{Averaging, Item};
use jiff::Timestamp;
use store::{Options, Store};
use tempfile::TempDir;

/// Station, item, averaging and start of a reading, in Unix microseconds.
pub(crate) type Key = (String, Item, Averaging, i64);

const BILAN: &str = env!("CARGO_BIN_EXE_bilan");

/// The stations that are written to.
const STATIONS: [&str; 2] = [senders::GATEWAY_STATION, senders::DEVICE_STATION];

/// Where the server lives: the same folder and ports in every life.
pub(crate) struct Place {
    folder: TempDir,
    pub(crate) http: SocketAddr,
    pub(crate) hj212: SocketAddr,
    /// The gateway's API key.
    pub(crate) key: String,
}

impl Place {
    pub(crate) fn new() -> Arc<Self> {
        let folder = TempDir::new().unwrap();
        let [http, hj212] = free_addresses();
        let profiles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../profiles");
        let profile = std::fs::read_dir(profiles).unwrap().next().unwrap().unwrap().path();
        let config = format!(
            "[server]\nlisten = \"{http}\"\ndata_dir = {:?}\nprofile = {:?}\n\
             [site]\nallow_missing_identifiers = true\n\
             [log]\nfilter = \"off\"\n\
             [ingest.hj212_tcp]\nenabled = true\nlisten = \"{hj212}\"\n{}",
            folder.path().join("data"),
            profile.canonicalize().unwrap(),
            senders::DEVICE_ROW,
        );
        std::fs::write(folder.path().join("bilan.toml"), config).unwrap();
        let mut place = Self { folder, http, hj212, key: String::new() };
        let made = place.command(&["key", "add"]).arg("gateway").output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        place.key = String::from_utf8(made.stdout).unwrap().trim().to_owned();
        Arc::new(place)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(BILAN);
        command.args(words).arg("--config").arg(self.folder.path().join("bilan.toml"));
        command
    }

    /// A new life of the server.
    pub(crate) fn spawn(&self) -> Child {
        self.command(&["serve"]).stdout(Stdio::piped()).spawn().unwrap()
    }

    pub(crate) fn wait_until_it_listens(&self, server: &mut Child) {
        let mut line = String::new();
        let mut output = BufReader::new(server.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        assert!(line.starts_with(&format!("listening on http://{}/", self.http)), "{line:?}");
    }

    /// Stops the server as an operator does.
    pub(crate) fn stop(&self, mut server: Child) {
        let told = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
        assert!(told.success());
        assert!(server.wait().unwrap().success());
    }

    fn database(&self) -> PathBuf {
        server::commands::database(&self.folder.path().join("data"))
    }

    fn opened<T>(&self, ask: impl AsyncFnOnce(&Store) -> T) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = Store::open(Options::at(self.database())).await.unwrap();
            let answer = ask(&store).await;
            store.close().await.unwrap();
            answer
        })
    }

    /// Every stored value in millionths, after a check of the whole file. Two of one key are one
    /// here; [`Place::rows`] counts both.
    pub(crate) fn stored(&self) -> BTreeMap<Key, i64> {
        self.opened(async |store| {
            store.integrity_check().await.unwrap();
            let mut found = BTreeMap::new();
            for (station, averaging) in pairs() {
                let all = store.observed(station, averaging, &[], Timestamp::MIN, Timestamp::MAX);
                for of_series in all.await.unwrap() {
                    for observation in of_series.observations {
                        let item = of_series.series.item;
                        let key = (station.to_owned(), item, averaging, observation.start_us);
                        found.insert(key, observation.value.unwrap().millionths());
                    }
                }
            }
            found
        })
    }

    /// Rows in the file, however they are keyed.
    pub(crate) fn rows(&self) -> usize {
        let size = self.opened(async |store| store.size().await.unwrap());
        usize::try_from(size.hot_rows + size.sealed_rows).unwrap()
    }
}

fn pairs() -> impl Iterator<Item = (&'static str, Averaging)> {
    STATIONS.into_iter().flat_map(|station| {
        [Averaging::Instant, Averaging::Hour].map(|averaging| (station, averaging))
    })
}

/// Two ports that were free a moment ago.
fn free_addresses() -> [SocketAddr; 2] {
    let listeners = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    listeners.map(|listener| listener.local_addr().unwrap())
}
