//! Reports as tests file them.

use domain::report::{ActorRole, EventBody, EventKind, ReportId};
use store::{Claim, NewReport, NewReportEvent, Point, Standing, Told};

use crate::support::now;

/// The id of the report with that number.
pub(crate) fn id(number: u16) -> String {
    let [high, low] = number.to_be_bytes();
    let made_ms = u64::try_from(now().as_millisecond()).unwrap();
    ReportId::new(made_ms, [0, 0, 0, 0, 0, 0, 0, 0, high, low]).to_string()
}

/// Something that somebody did at [`now`].
pub(crate) fn event(actor: ActorRole, kind: EventKind) -> NewReportEvent {
    NewReportEvent { at: now(), actor, staff: None, kind, body: EventBody::default() }
}

/// A report of noise from somebody's home.
pub(crate) fn new_report(number: u16) -> NewReport {
    NewReport {
        id: id(number),
        public_id: format!("R{number:08}"),
        content_hash: [number.to_be_bytes()[1]; 32],
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
