//! Reports as tests file them.

use domain::report::{ActorRole, EventBody, EventKind, ReportId, State};
use jiff::Timestamp;
use store::{
    Cell, Claim, NewAudit, NewPhoto, NewReport, NewReportEvent, NewStaff, Page, Point, PublicCopy,
    Publication, ReportChange, ReportRow, Seen, Standing, Store, StoreError, Submitted, Told,
};

use crate::support::{Scene, now};

/// The id of the report with that number.
pub(crate) fn id(number: u32) -> String {
    let [a, b, c, d] = number.to_be_bytes();
    let made_ms = u64::try_from(now().as_millisecond()).unwrap();
    ReportId::new(made_ms, [0, 0, 0, 0, 0, 0, a, b, c, d]).to_string()
}

/// The public number of the report with that number.
pub(crate) fn public_id(number: u32) -> String {
    format!("R{number:08}")
}

/// Something that somebody did at [`now`].
pub(crate) fn event(actor: ActorRole, kind: EventKind) -> NewReportEvent {
    NewReportEvent { at: now(), actor, staff: None, kind, body: EventBody::default() }
}

/// A line of the audit log.
pub(crate) fn audit(action: &str, subject: &str) -> NewAudit {
    NewAudit {
        at: now(),
        staff: None,
        action: action.to_owned(),
        subject: subject.to_owned(),
        version: None,
        body: "{}".to_owned(),
    }
}

/// A report of noise from somebody's home.
pub(crate) fn new_report(number: u32) -> NewReport {
    NewReport {
        id: id(number),
        public_id: public_id(number),
        content_hash: [number.to_be_bytes()[3]; 32],
        answer: format!(r#"{{"public_id":"R{number:08}"}}"#),
        received: now(),
        channel: "app".to_owned(),
        lang: "zh-CN".to_owned(),
        simulated: false,
        category: "noise_night".to_owned(),
        category_group: "noise".to_owned(),
        from_home: true,
        told: Told {
            text: Some("夜里施工，桩机很响".to_owned()),
            answers: Some(r#"{"since":"22:00"}"#.to_owned()),
            simhash: Some(u64::MAX - 7),
            place: Some(Point { lon_micro: 106_510_000, lat_micro: 29_500_000 }),
            accuracy_m: Some(12),
            place_text: Some("3 栋楼下".to_owned()),
            street: Some("yangjiaping".to_owned()),
            outfall: None,
            extra: None,
        },
        claim: Some(Claim { locator: "7K3M".to_owned(), hash: format!("$argon2id${number}") }),
        standing: Standing::submitted(),
        events: vec![event(ActorRole::Reporter, EventKind::Received)],
        messages: Vec::new(),
        photos: Vec::new(),
        links: Vec::new(),
        contact: None,
        ledger: Vec::new(),
        jobs: Vec::new(),
    }
}

/// A picture in the object store.
pub(crate) fn new_photo(number: u8) -> NewPhoto {
    NewPhoto {
        sha256: [number; 32],
        name: format!("{number:03}.jpg"),
        width: 1_600,
        height: 1_200,
        bytes: 240_000,
        look: u64::from(number) << 60,
        received: now(),
    }
}

/// An officer called so.
pub(crate) fn new_staff(name: &str) -> NewStaff {
    NewStaff {
        name: name.to_owned(),
        display_name: name.to_uppercase(),
        department: None,
        roles: r#"["triage"]"#.to_owned(),
        password_hash: "$argon2id$p".to_owned(),
        totp_secret: vec![7; 20],
        must_change: true,
    }
}

/// What may be shown of a report.
pub(crate) fn public_copy() -> PublicCopy {
    PublicCopy {
        text: "夜里施工".to_owned(),
        note: None,
        street: None,
        cell: Some(Cell { level_m: 500, x: 21_302, y: 6_555 }),
        at: now(),
        changed: now(),
    }
}

impl Scene {
    /// Files reports that are new.
    pub(crate) async fn file(&self, reports: impl IntoIterator<Item = NewReport>) {
        for report in reports {
            assert_eq!(self.store.submit_report(report).await.unwrap(), Submitted::New);
        }
    }

    /// The report with that number.
    pub(crate) async fn filed(&self, number: u32) -> ReportRow {
        self.store.report(&id(number)).await.unwrap().unwrap()
    }

    /// Brings a report into a state, whatever it was.
    pub(crate) async fn bring(&self, number: u32, state: State, at: Timestamp) -> ReportRow {
        change(&self.store, number, at, move |change| change.standing.state = state).await.unwrap()
    }

    /// Publishes a report.
    pub(crate) async fn publish(&self, number: u32) -> ReportRow {
        change(&self.store, number, now(), |change| {
            change.standing.public = Some(public_copy());
            change.standing.publication = Publication::Published;
            change.events.push(event(ActorRole::Officer, EventKind::Published));
        })
        .await
        .unwrap()
    }

    /// Runs SQL beside the store, as nothing of ours would.
    pub(crate) fn tamper(&self, sql: &str) -> rusqlite::Result<()> {
        let db = rusqlite::Connection::open(self.path()).unwrap();
        db.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
        db.execute_batch(sql)
    }

    /// Rows of a table.
    pub(crate) fn rows(&self, table: &str) -> i64 {
        let db = rusqlite::Connection::open(self.path()).unwrap();
        db.query_row(&format!("select count(*) from {table}"), [], |row| row.get(0)).unwrap()
    }
}

/// Changes a report whatever it is now.
pub(crate) async fn change(
    store: &Store,
    number: u32,
    at: Timestamp,
    edit: impl FnOnce(&mut ReportChange) + Send + 'static,
) -> Result<ReportRow, StoreError> {
    store
        .act_on_report(&id(number), Seen::Any, move |_, report| {
            let mut change = ReportChange::of(report, "李工", "accept", at);
            edit(&mut change);
            Ok(change)
        })
        .await
}

/// The first of pages that hold so many.
pub(crate) fn first(size: u32) -> Page {
    Page { number: 0, size }
}
