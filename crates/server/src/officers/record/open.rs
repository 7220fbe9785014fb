//! An officer records a new issue, from an inspection or from a report.

use contract::{
    officer::record::{ItemCase, NewItem},
    problem::Code,
};
use domain::{
    Text,
    rectification::{Body, Facts, ItemNumber, Origin, check_found},
};
use store::StoreError;

use super::{
    act::{self, Acting},
    actor, of_the_bureau, view,
};
use crate::{app::App, officers::session::Officer, problem::Problem};

/// Records the issue; as it then is.
pub async fn open(app: &App, officer: &Officer, new: NewItem) -> Result<ItemCase, Problem> {
    of_the_bureau(officer)?;
    let number = ItemNumber::parse(&new.number).map_err(|_other_characters| {
        let text = Text::new(
            "编号由 1 至 40 个字母、数字和中间的 . _ - 组成，如 D2CQ-0017。",
            "A number is 1 to 40 letters and digits, with . _ - inside, such as D2CQ-0017.",
        );
        act::fault("number", text)
    })?;
    let report = match new.facts.report.as_deref().map(str::trim).filter(|r| !r.is_empty()) {
        Some(report) => Some(act::report(app, officer, report).await?),
        None => None,
    };
    let facts = Facts { origin: Origin::Recorded, report, ..new.facts };
    let body = Body::Found { facts };
    let (on, now) = (new.on, app.clock.now());
    check_found(&body, &actor(officer), on, now).map_err(act::refused)?;
    let acting = Acting::of(app, officer, Some(on), body, Vec::new())?;
    let (audit, by) = (acting.audit(number.as_str(), 0), officer.staff.display_name.clone());
    let events = vec![(number.clone(), acting.event())];
    app.store.record_items(events, &by, audit).await.map_err(|error| match error {
        StoreError::ItemNumberInUse(_) => {
            let text = Text::new("台账中已有此编号。", "The ledger has this number already.");
            act::fault("number", text)
        }
        StoreError::Unlawful(refusal) => act::refused(refusal),
        other => other.into(),
    })?;
    view::shown(app, officer, &number).await
}

/// The number in an address, or 404.
pub fn number(text: &str) -> Result<ItemNumber, Problem> {
    ItemNumber::parse(text).map_err(|_no_number| Problem::new(Code::NotFound))
}
