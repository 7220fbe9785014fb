//! Photos of a case: listed, covered with black boxes, chosen for the public.

use bytes::Bytes;
use contract::{
    officer::{CasePhoto, Redaction, RedactionBox},
    problem::Code,
};
use domain::{
    Text,
    canonical::hex,
    report::{ActionKind, ActorRole, EventBody, EventKind},
};
use store::{
    NewAudit, NewReportEvent, Photo, PhotoEdit, PhotoState, ReportChange, ReportPhoto, ReportRow,
    Seen, StoreError, View,
};

use super::file::CaseFile;
use crate::{app::App, officers::session::Officer, photos::Kept, problem::Problem};

/// Boxes of one photo at most.
const MOST_BOXES: usize = 50;
/// Ends the name of the copy with boxes.
pub const REDACTED: &str = "-redacted";

/// The photos of a case that are still kept.
pub fn listed(file: &CaseFile) -> Vec<CasePhoto> {
    file.photos.iter().filter(|photo| photo.photo.name.is_some()).map(shown).collect()
}

fn shown(photo: &ReportPhoto) -> CasePhoto {
    let (sha256, kept) = (hex(&photo.photo.sha256), &photo.photo);
    CasePhoto {
        redacted: (!boxes(kept).is_empty()).then(|| format!("{sha256}{REDACTED}")),
        sha256,
        width: kept.width,
        height: kept.height,
        publish: kept.state == PhotoState::Published,
        message: photo.message,
    }
}

/// The boxes drawn on a photo.
pub fn boxes(photo: &Photo) -> Vec<RedactionBox> {
    serde_json::from_str(&photo.redactions).unwrap_or_default()
}

/// A photo's digest from its name, with or without the ending of its copy.
pub fn digest(name: &str) -> Option<[u8; 32]> {
    let text = name.strip_suffix(REDACTED).unwrap_or(name);
    let plain = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..64).step_by(2).map(byte).collect();
    bytes.filter(|_| plain)?.try_into().ok()
}

/// The photo of `report` with that name, or 404.
pub async fn found(app: &App, report: &ReportRow, name: &str) -> Result<ReportPhoto, Problem> {
    let no_such = || Problem::new(Code::NotFound);
    let sha256 = digest(name).ok_or_else(no_such)?;
    let photos = app.store.report_photos(&report.id).await?;
    let found = photos.into_iter().find(|photo| photo.photo.sha256 == sha256);
    found.filter(|photo| photo.photo.name.is_some()).ok_or_else(no_such)
}

/// Refuses boxes that lie outside of the picture, or too many.
pub fn checked(redaction: &Redaction, photo: &Photo) -> Result<(), Problem> {
    let outside = |b: &RedactionBox| {
        b.width == 0 || b.height == 0 || b.x >= photo.width || b.y >= photo.height
    };
    if redaction.boxes.len() <= MOST_BOXES && !redaction.boxes.iter().any(outside) {
        return Ok(());
    }
    let text = Text::new(
        format!(
            "遮盖框须在照片范围内（{} × {}），最多 {MOST_BOXES} 个。",
            photo.width, photo.height
        ),
        format!(
            "Boxes lie within the photo ({} × {}), {MOST_BOXES} at most.",
            photo.width, photo.height
        ),
    );
    Err(Problem::fields(vec![("boxes".to_owned(), text)]))
}

/// What a publication decides about photos. What it keeps must live until the decision is written, or the copies count as
/// nobody's.
#[derive(Default)]
pub struct Decided {
    /// The decisions.
    pub edits: Vec<PhotoEdit>,
    kept: Vec<Kept>,
}

/// The photos named become public, with their boxes burnt in, the others of `report` do not.
pub async fn published(
    app: &App,
    report: &ReportRow,
    names: &[String],
) -> Result<Decided, Problem> {
    let mut decided = Decided::default();
    for name in names {
        let photo = found(app, report, name).await?.photo;
        let public_name = decided.copy(app, &photo, &boxes(&photo)).await?;
        let (sha256, state) = (photo.sha256, PhotoState::Published);
        let public_name = Some(public_name);
        decided.edits.push(PhotoEdit { sha256, state, redactions: None, public_name });
    }
    let chosen: Vec<[u8; 32]> = decided.edits.iter().map(|edit| edit.sha256).collect();
    for photo in app.store.report_photos(&report.id).await? {
        let public = photo.photo.state == PhotoState::Published;
        if public && !chosen.contains(&photo.photo.sha256) {
            let (sha256, state) = (photo.photo.sha256, PhotoState::Hidden);
            decided.edits.push(PhotoEdit { sha256, state, redactions: None, public_name: None });
        }
    }
    Ok(decided)
}

impl Decided {
    /// The name of the picture that the public sees: a copy with the boxes, or the cleaned picture itself.
    async fn copy(
        &mut self,
        app: &App,
        photo: &Photo,
        boxes: &[RedactionBox],
    ) -> Result<String, Problem> {
        if boxes.is_empty() {
            return photo.name.clone().ok_or_else(|| Problem::new(Code::NotFound));
        }
        let kept = app.photos.keep(covered(app, photo, boxes).await?).await?;
        let name = kept.name.clone();
        self.kept.push(kept);
        Ok(name)
    }
}

/// The picture with the boxes burnt in.
pub async fn covered(app: &App, photo: &Photo, boxes: &[RedactionBox]) -> Result<Bytes, Problem> {
    let no_such = || Problem::new(Code::NotFound);
    let name = photo.name.as_deref().ok_or_else(no_such)?;
    let rectangle = |b: &RedactionBox| photo::Rectangle {
        left: b.x,
        top: b.y,
        width: b.width,
        height: b.height,
    };
    let boxes = boxes.iter().map(rectangle).collect();
    app.photos.redacted(name, boxes).await?.ok_or_else(no_such)
}

/// The picture of that name: as it was cleaned, or with the boxes as the public would see it.
pub async fn picture(app: &App, report: &ReportRow, name: &str) -> Result<Bytes, Problem> {
    let photo = found(app, report, name).await?.photo;
    if name.ends_with(REDACTED) {
        return covered(app, &photo, &boxes(&photo)).await;
    }
    let kept = photo.name.as_deref().unwrap_or_default();
    app.photos.read(kept).await?.ok_or_else(|| Problem::new(Code::NotFound))
}

/// Draws boxes on a photo; one that is public is covered there, too.
pub async fn redacted(
    app: &App,
    officer: &Officer,
    report: &ReportRow,
    name: &str,
    redaction: Redaction,
) -> Result<CasePhoto, Problem> {
    let photo = found(app, report, name).await?.photo;
    checked(&redaction, &photo)?;
    let mut decided = Decided::default();
    let public_name = match photo.state {
        PhotoState::Published => Some(decided.copy(app, &photo, &redaction.boxes).await?),
        _ => None,
    };
    let redactions = serde_json::to_string(&redaction.boxes).map_err(Problem::internal)?;
    let (sha256, state, redactions) = (photo.sha256, photo.state, Some(redactions));
    let edit = PhotoEdit { sha256, state, redactions, public_name };
    let (by, staff, at) = (officer.staff.display_name.clone(), officer.staff.id, app.clock.now());
    let decide = move |_: &View<'_>, report: &ReportRow| {
        let mut change = ReportChange::of(report, &by, ActionKind::Redact.key(), at);
        let body = EventBody { photos: vec![hex(&sha256)], ..EventBody::default() };
        let (actor, kind) = (ActorRole::Officer, EventKind::Redacted);
        change.events.push(NewReportEvent { at, actor, staff: Some(staff), kind, body });
        change.photo_edits.push(edit);
        change.audit.push(NewAudit {
            at,
            staff: Some(staff),
            action: ActionKind::Redact.key().to_owned(),
            subject: report.public_id.clone(),
            version: Some(report.version),
            body: serde_json::json!({ "photo": hex(&sha256) }).to_string(),
        });
        Ok::<_, StoreError>(change)
    };
    app.store.act_on_report(&report.id, Seen::Any, decide).await?;
    Ok(shown(&found(app, report, name).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_digests_name_photos() {
        let name = "ab".repeat(32);
        assert_eq!(digest(&name), Some([0xab; 32]));
        assert_eq!(digest(&format!("{name}{REDACTED}")), Some([0xab; 32]));
        for wrong in ["", "ab", &"+a".repeat(32), &"é".repeat(32), &"ab".repeat(33)] {
            assert_eq!(digest(wrong), None, "{wrong}");
        }
    }
}
