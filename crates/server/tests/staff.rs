//! Accounts, keys and the ledger from the command line, as an operator does.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail by panicking, as tests do")]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use domain::{
    ledger::{Body, LedgerActor},
    report::{ActorRole, EventBody, EventKind, PublicId, ReportId},
    reward::{CriterionKey, Outcome},
};
use jiff::Timestamp;
use store::{NewLedgerEntry, NewReport, NewReportEvent, Options, Standing, Store, Submitted, Told};
use tempfile::TempDir;

/// A folder with a configuration.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let profiles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../profiles");
        let profile = fs::read_dir(profiles).unwrap().next().unwrap().unwrap().path();
        let config = format!(
            "[server]\ndata_dir = {:?}\nprofile = {:?}\n[site]\nallow_missing_identifiers = true\n",
            folder.path().join("data"),
            profile.canonicalize().unwrap(),
        );
        fs::write(folder.path().join("bilan.toml"), config).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bilan"));
        command.current_dir(self.0.path()).args(words).args(["--config", "bilan.toml"]);
        command.output().unwrap()
    }

    /// What a command prints that must succeed.
    fn says(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{words:?}: {complaint}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command complains about that must fail with status 1.
    fn refuses(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}

#[test]
fn keys_are_made_once_for_their_owner_alone() {
    let place = Place::new();
    let first = place.says(&["keygen"]);
    assert!(first.starts_with("reports.identity_recipient = \"age1"), "{first}");
    let names = [
        "data/keys/receipt.ed25519",
        "data/keys/pepper",
        "data/keys/session.key",
        "officers-identity.txt",
    ];
    let contents = || names.map(|name| fs::read_to_string(place.path(name)).unwrap());
    for name in names {
        let mode = fs::metadata(place.path(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let made = contents();
    assert!(made[3].contains("AGE-SECRET-KEY-1"));
    assert_eq!(place.says(&["keygen"]), first);
    assert_eq!(contents(), made, "never overwritten");
}

#[test]
fn accounts_are_added_listed_disabled_and_reset() {
    let place = Place::new();
    let without = place.refuses(&["user", "add", "li", "--role", "triage"]);
    assert!(without.contains("bilan keygen"), "{without}");
    place.says(&["keygen"]);
    let added = place.says(&["user", "add", "li", "--role", "triage", "--role", "verifier"]);
    assert!(
        added.contains("password\t") && added.contains("otpauth://totp/Bilan:li?secret="),
        "{added}"
    );
    assert!(place.refuses(&["user", "add", "li", "--role", "payer"]).contains("\"li\" exists"));
    assert!(place.refuses(&["user", "add", "wu", "--role", "king"]).contains("`king` is no role"));
    assert!(place.refuses(&["user", "add", "Wu", "--role", "payer"]).contains("cannot be a name"));
    let nowhere = ["user", "add", "wu", "--role", "handler", "--department", "nowhere"];
    assert!(place.refuses(&nowhere).contains("not a department"));
    let listed = place.says(&["user", "list"]);
    assert!(listed.contains("li\tli\ttriage,verifier\t-\tactive\t-"), "{listed}");
    assert!(!listed.contains("argon2"), "{listed}");
    place.says(&["user", "disable", "li"]);
    assert!(place.says(&["user", "list"]).contains("\tdisabled\t"));
    let reset = place.says(&["user", "reset", "li"]);
    assert_ne!(reset, added);
    assert!(place.says(&["user", "list"]).contains("\tactive\t"));
    assert!(place.refuses(&["user", "reset", "nobody"]).contains("\"nobody\""));
}

/// A ledger of some entries.
fn ledger(place: &Place) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        fs::create_dir_all(place.path("data")).unwrap();
        let store = Store::open(Options::at(place.path("data/bilan.sqlite"))).await.unwrap();
        for number in 0..5_u8 {
            assert_eq!(store.submit_report(report(number)).await.unwrap(), Submitted::New);
        }
        store.close().await.unwrap();
    });
}

fn report(number: u8) -> NewReport {
    let now = Timestamp::from_second(1_790_000_000).unwrap();
    let (actor, joint) = (LedgerActor::Reporter, None);
    let received = NewLedgerEntry { at: now, actor, body: Body::Received { joint } };
    let reasons = vec![CriterionKey::Standing];
    let body = Body::Eligibility { outcome: Outcome::NotEligible, reasons };
    let refused = NewLedgerEntry { at: now, actor: LedgerActor::Officer("41".into()), body };
    let event = NewReportEvent {
        at: now,
        actor: ActorRole::Reporter,
        staff: None,
        kind: EventKind::Received,
        body: EventBody::default(),
    };
    NewReport {
        id: ReportId::new(1_790_000_000_000, [number; 10]).to_string(),
        public_id: PublicId::new(u64::from(number)).as_str().to_owned(),
        content_hash: [number; 32],
        answer: "{}".into(),
        received: now,
        channel: "portal".into(),
        lang: "zh-CN".into(),
        simulated: false,
        category: "noise".into(),
        category_group: "noise".into(),
        from_home: true,
        told: Told::default(),
        claim: None,
        standing: Standing::submitted(),
        events: vec![event],
        messages: Vec::new(),
        photos: Vec::new(),
        links: Vec::new(),
        contact: None,
        ledger: vec![received, refused],
        jobs: Vec::new(),
    }
}

/// Changes the first place in the database's file that reads `from`.
fn tamper(place: &Place, from: &str, to: &str) {
    let path = place.path("data/bilan.sqlite");
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes());
    let at = at.unwrap_or_else(|| panic!("{from} is not in the database"));
    bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    fs::write(&path, bytes).unwrap();
}

#[test]
fn a_changed_row_of_the_ledger_is_named() {
    let place = Place::new();
    ledger(&place);
    let head = place.says(&["verify-ledger"]);
    let (rewards, issues) = head.trim().split_once('\n').unwrap();
    assert!(rewards.starts_with("10 ") && rewards.len() == 67, "{head}");
    assert_eq!(issues, format!("rectification 0 {}", "00".repeat(32)));
    fs::write(place.path("heads.txt"), format!("# published\n{head}")).unwrap();
    assert_eq!(place.says(&["verify-ledger", "--published", "heads.txt"]), head);
    // Entry 6 is the refusal of the third report; another officer is put in its author's place.
    let of_third = |officer: &str| {
        format!(
            "{{\"actor\":{{\"officer\":\"{officer}\"}},\"at_us\":1790000000000000,\"case\":\"{}\"",
            PublicId::new(2).as_str()
        )
    };
    tamper(&place, &of_third("41"), &of_third("42"));
    let found = place.refuses(&["verify-ledger"]);
    assert!(found.contains("entry 6: its content is not what was hashed"), "{found}");
}

#[test]
fn a_change_of_any_row_is_found_by_the_command() {
    let place = Place::new();
    ledger(&place);
    let head = place.says(&["verify-ledger"]);
    let path = place.path("data/bilan.sqlite");
    let whole = fs::read(&path).unwrap();
    let start = b"\"at_us\":1790000000000000,\"case\":\"R";
    let entries: Vec<usize> =
        (0..whole.len()).filter(|at| whole[*at..].starts_with(start)).collect();
    assert_eq!(entries.len(), 10, "one place for each entry");
    let mut named = std::collections::BTreeSet::new();
    for at in entries {
        // Another time, another case.
        for place_of_change in [at + 12, at + start.len() + 3] {
            let mut changed = whole.clone();
            changed[place_of_change] = if changed[place_of_change] == b'1' { b'2' } else { b'1' };
            fs::write(&path, changed).unwrap();
            let found = place.refuses(&["verify-ledger"]);
            let (_, entry) = found
                .split_once("the reward ledger is broken: entry ")
                .unwrap_or_else(|| panic!("{found}"));
            let (number, why) = entry.trim().split_once(": ").unwrap();
            assert_eq!(why, "its content is not what was hashed");
            named.insert(number.parse::<u32>().unwrap());
        }
    }
    assert!(named.into_iter().eq(1..=10));
    fs::write(&path, whole).unwrap();
    assert_eq!(place.says(&["verify-ledger"]), head);
}

#[test]
fn a_ledger_that_is_shorter_than_one_published_is_found() {
    let place = Place::new();
    ledger(&place);
    let head = place.says(&["verify-ledger"]);
    let hash = head.lines().next().unwrap().split_once(' ').unwrap().1;
    fs::write(place.path("heads.txt"), format!("11 {hash}\n")).unwrap();
    let found = place.refuses(&["verify-ledger", "--published", "heads.txt"]);
    assert!(found.contains("entry 11"), "{found}");
    fs::write(place.path("heads.txt"), format!("10 {}\n", "00".repeat(32))).unwrap();
    let found = place.refuses(&["verify-ledger", "--published", "heads.txt"]);
    assert!(found.contains("entry 10"), "{found}");
    fs::write(place.path("heads.txt"), "ten\n").unwrap();
    assert!(place.refuses(&["verify-ledger", "--published", "heads.txt"]).contains("line 1"));
}
