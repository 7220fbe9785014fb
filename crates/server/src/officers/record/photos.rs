//! Photos of an issue: named in an event's evidence, covered with black boxes, shown to the public.

use bytes::Bytes;
use contract::{
    officer::{Redaction, record::ItemCasePhoto},
    problem::Code,
};
use domain::{
    Text,
    canonical::hex,
    rectification::{Case, Evidence, EvidenceKind, ItemNumber, Link},
};
use store::{ItemPhoto, ItemRow, NewAudit, PhotoEdit, PhotoOfItem, PhotoState, StoreError, View};

use super::{act::fault, seen, sees};
use crate::{
    app::App,
    officers::{
        cases::pictures::{REDACTED, boxes, checked, covered, digest},
        session::Officer,
    },
    problem::Problem,
};

/// Photos of one event at most.
const MOST: usize = 12;

/// The photos that the evidence names, all of which must be here. A report's photo may only be named by an issue that the
/// report belongs to, one of another issue by who sees that one.
pub(super) async fn attached(
    app: &App,
    officer: &Officer,
    row: &ItemRow,
    evidence: &[Evidence],
) -> Result<Vec<ItemPhoto>, Problem> {
    let named = evidence.iter().filter(|one| one.kind == EvidenceKind::Photo);
    if named.clone().count() > MOST {
        let text = Text::new(
            format!("一次最多 {MOST} 张照片。"),
            format!("At most {MOST} photos at a time."),
        );
        return Err(fault("evidence", text));
    }
    let mut photos = Vec::new();
    for one in named {
        // A name that is none is the ledger's own to refuse.
        let Some(sha256) = one.sha256.as_deref().and_then(digest) else { continue };
        let (item, officer) = (row.number.clone(), officer.clone());
        let looked = app.store.look(move |view| whose(view, &officer, &item, sha256)).await?;
        if let Some(text) = looked.refusal() {
            return Err(fault("evidence", text));
        }
        photos.push(ItemPhoto { sha256, phase: one.phase, note: one.note.clone() });
    }
    Ok(photos)
}

/// Whose a photo is that an event names.
enum Whose {
    /// Nobody's yet, or the issue's, or of another one that the officer sees.
    Free,
    /// It is not kept here.
    Missing,
    /// Of a report that does not belong to the issue.
    OfReport,
    /// Of an issue that the officer does not see: the ledger publishes the photo's digest, which opens nothing.
    OfOthers,
}

impl Whose {
    fn refusal(&self) -> Option<Text> {
        match self {
            Self::Free => None,
            Self::Missing => Some(Text::new(
                "没有这张照片，请重新上传。",
                "This photo is not here; upload it again.",
            )),
            Self::OfReport => Some(Text::new(
                "这是举报人的照片，请先将该举报与本问题关联。",
                "This is a reporter's photo. Link the report with this issue first.",
            )),
            Self::OfOthers => Some(Text::new(
                "这张照片属于其他部门的问题，请由局机关添加。",
                "This photo belongs to an issue of another unit. Ask the bureau to add it.",
            )),
        }
    }
}

fn whose(
    view: &View<'_>,
    officer: &Officer,
    item: &str,
    sha256: [u8; 32],
) -> Result<Whose, StoreError> {
    if view.photo(sha256)?.is_none_or(|photo| photo.name.is_none()) {
        return Ok(Whose::Missing);
    }
    let reports = view.reports_of_photo(sha256)?;
    if !reports.is_empty() {
        let linked = view.case_of_item(item)?.map(|case| of_reports(&case)).unwrap_or_default();
        let own = reports.iter().any(|report| linked.contains(report));
        return Ok(if own { Whose::Free } else { Whose::OfReport });
    }
    let units = view.units_of_photo(sha256)?;
    let seen = units.iter().any(|unit| sees(officer, unit.as_deref()));
    Ok(if seen || units.is_empty() { Whose::Free } else { Whose::OfOthers })
}

fn of_reports(case: &Case) -> Vec<String> {
    let of_report = |link: &Link| match link {
        Link::Report(number) => Some(number.clone()),
        Link::Station(_) => None,
    };
    case.links.iter().filter_map(of_report).collect()
}

/// The photos of an issue that are still kept.
pub(super) fn listed(view: &View<'_>, item: &str) -> Result<Vec<PhotoOfItem>, StoreError> {
    let kept = view.photos_of_item(item)?.into_iter();
    Ok(kept.filter(|photo| photo.photo.name.is_some()).collect())
}

/// A photo as officers see it.
pub(super) fn shown(of_item: &PhotoOfItem) -> ItemCasePhoto {
    let (sha256, kept) = (hex(&of_item.photo.sha256), &of_item.photo);
    let boxes = boxes(kept);
    ItemCasePhoto {
        redacted: (!boxes.is_empty()).then(|| format!("{sha256}{REDACTED}")),
        sha256,
        phase: of_item.phase,
        note: of_item.note.clone(),
        width: kept.width,
        height: kept.height,
        boxes,
        published: of_item.public,
        refusal: of_item.of_report.then(reports_own),
    }
}

fn reports_own() -> Text {
    Text::new(
        "举报人的照片随举报公开，请在举报的“公开”中审核；举报公开后本问题页面同时显示。",
        "A reporter's photo is published with the report. Look at it there; once it is published, this issue shows it too.",
    )
}

async fn found(
    app: &App,
    officer: &Officer,
    number: &ItemNumber,
    name: &str,
) -> Result<PhotoOfItem, Problem> {
    let no_such = || Problem::new(Code::NotFound);
    let row = seen(officer, app.store.item(number.as_str()).await?)?;
    let sha256 = digest(name).ok_or_else(no_such)?;
    let photos = app.store.look(move |view| listed(view, &row.number)).await?;
    photos.into_iter().find(|photo| photo.photo.sha256 == sha256).ok_or_else(no_such)
}

/// The picture of that name: as it was cleaned, or with the boxes as the public would see it.
pub async fn picture(
    app: &App,
    officer: &Officer,
    number: &ItemNumber,
    name: &str,
) -> Result<Bytes, Problem> {
    let found = found(app, officer, number, name).await?;
    if name.ends_with(REDACTED) {
        return covered(app, &found.photo, &boxes(&found.photo)).await;
    }
    let kept = found.photo.name.as_deref().unwrap_or_default();
    app.photos.read(kept).await?.ok_or_else(|| Problem::new(Code::NotFound))
}

/// Draws boxes on a photo; one that is public is covered there, too.
pub async fn redacted(
    app: &App,
    officer: &Officer,
    number: &ItemNumber,
    name: &str,
    redaction: Redaction,
) -> Result<ItemCasePhoto, Problem> {
    let photo = own(found(app, officer, number, name).await?)?;
    checked(&redaction, &photo.photo)?;
    let publish = photo.photo.state == PhotoState::Published;
    decided(app, officer, number, photo, redaction, publish, "item_redact").await
}

/// Shows the photo to the public with its boxes burnt in, or takes it back.
pub async fn published(
    app: &App,
    officer: &Officer,
    number: &ItemNumber,
    name: &str,
    publish: bool,
) -> Result<ItemCasePhoto, Problem> {
    let photo = own(found(app, officer, number, name).await?)?;
    let redaction = Redaction { boxes: boxes(&photo.photo) };
    decided(app, officer, number, photo, redaction, publish, "item_photo").await
}

/// What was decided with a report stays decided there.
fn own(photo: PhotoOfItem) -> Result<PhotoOfItem, Problem> {
    if photo.of_report { Err(Problem::new(Code::Conflict).with(reports_own())) } else { Ok(photo) }
}

async fn decided(
    app: &App,
    officer: &Officer,
    number: &ItemNumber,
    of_item: PhotoOfItem,
    redaction: Redaction,
    publish: bool,
    action: &str,
) -> Result<ItemCasePhoto, Problem> {
    let photo = &of_item.photo;
    // The copy counts as nobody's until the decision is written.
    let mut copy = None;
    if publish && !redaction.boxes.is_empty() {
        copy = Some(app.photos.keep(covered(app, photo, &redaction.boxes).await?).await?);
    }
    let public = copy.as_ref().map(|kept| kept.name.clone()).or_else(|| photo.name.clone());
    let state = match (publish, photo.state) {
        (true, _) => PhotoState::Published,
        (false, PhotoState::Published) => PhotoState::Hidden,
        (false, other) => other,
    };
    let edit = PhotoEdit {
        sha256: photo.sha256,
        state,
        redactions: Some(serde_json::to_string(&redaction.boxes).map_err(Problem::internal)?),
        public_name: public.filter(|_| publish),
    };
    let facts = serde_json::json!({ "photo": hex(&photo.sha256), "published": publish,
        "boxes": redaction.boxes.len() });
    let entry = NewAudit {
        at: app.clock.now(),
        staff: Some(officer.staff.id),
        action: action.to_owned(),
        subject: number.to_string(),
        version: None,
        body: facts.to_string(),
    };
    app.store.edit_photo(edit, entry).await?;
    drop(copy);
    let now = found(app, officer, number, &hex(&photo.sha256)).await?;
    Ok(shown(&now))
}
