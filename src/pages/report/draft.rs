//! A report being written, as it is kept on this device.

use contract::{
    public::Place,
    report::{Location, ReportForm, Submission},
};
use domain::{
    Lang,
    place::Point,
    report::{Answer, ClaimCode, ReportId},
};
use serde::{Deserialize, Serialize};

use crate::{device::random, outbox::Parcel};

/// Everything that was entered so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Draft {
    /// The report's id, made with the draft: whatever is sent again is sent under it.
    pub(super) id: String,
    /// The claim code, made with the draft so that it can be shown without a connection.
    pub(super) code: String,
    /// When it was begun, Unix milliseconds.
    pub(super) begun_ms: i64,
    /// Key of the group whose categories are shown; empty before it is chosen.
    pub(super) group: String,
    /// Key of the category; empty before it is chosen.
    pub(super) category: String,
    /// Answers to its questions.
    pub(super) answers: Vec<Answer>,
    /// What happened.
    pub(super) text: String,
    /// The point, and how it came about.
    pub(super) place: Option<ChosenPlace>,
    /// Where in words.
    pub(super) address: String,
    /// A street's code.
    pub(super) street: String,
    /// An outfall's sign number.
    pub(super) outfall: String,
    /// Cleaned photos.
    pub(super) photos: Vec<DraftPhoto>,
    /// Who wrote it, if they wish to say.
    pub(super) contact: Contact,
    /// A published report that this one adds to.
    pub(super) follows: Option<String>,
}

/// A point on the map, WGS-84, in micro-degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ChosenPlace {
    /// Where.
    pub(super) point: Point,
    /// Who said so.
    pub(super) source: PlaceSource,
    /// How far off it may be, in metres; 0 where that is not known.
    pub(super) accuracy_m: u32,
}

/// How a point came about. None comes about without the writer asking for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PlaceSource {
    /// The phone's position, asked for by a button.
    Device,
    /// A point on the map, or moved by the buttons beside it.
    Map,
    /// Where a photo was taken, taken over by a button.
    Photo,
    /// The page or sign that led here.
    Link,
}

/// A photo that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DraftPhoto {
    /// SHA-256 of the cleaned bytes.
    pub(super) digest: String,
    /// Size of the cleaned bytes.
    pub(super) bytes: u32,
    /// Where the camera says it was taken. It stays on this device unless the writer takes it over as the place.
    pub(super) taken_at: Option<Point>,
}

/// What a writer who is not anonymous leaves; sealed before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Contact {
    /// False for an anonymous report, whatever was entered before.
    pub(super) given: bool,
    /// A name.
    pub(super) name: String,
    /// A telephone number or another way.
    pub(super) reach: String,
    /// Agreed that it is taken (个人信息保护法 art. 13, 14).
    pub(super) agreed: bool,
}

impl Draft {
    /// An empty one; `None` where the browser has no randomness for its secrets.
    pub(super) fn new(now_ms: i64, code_prefix: &str) -> Option<Self> {
        let id = ReportId::new(u64::try_from(now_ms).unwrap_or(0), random()?);
        Some(Self {
            id: id.to_string(),
            code: ClaimCode::from_random(random()?).shown(code_prefix),
            begun_ms: now_ms,
            group: String::new(),
            category: String::new(),
            answers: vec![],
            text: String::new(),
            place: None,
            address: String::new(),
            street: String::new(),
            outfall: String::new(),
            photos: vec![],
            contact: Contact::default(),
            follows: None,
        })
    }

    /// A report that the server has refused, to be put right under its own id; `blank` stands for what is not known.
    pub(super) fn again(blank: Self, parcel: &Parcel, sent: Submission, form: &ReportForm) -> Self {
        let category = form.categories.iter().find(|category| category.key == sent.category);
        let point = sent.location.place.and_then(|place| point(place.lon, place.lat));
        Self {
            id: parcel.id.clone(),
            code: sent.claim_code,
            begun_ms: parcel.made_ms,
            group: category.map(|category| category.group.key().to_owned()).unwrap_or_default(),
            category: sent.category,
            answers: sent.answers,
            text: sent.text,
            place: point.map(|point| ChosenPlace {
                point,
                source: PlaceSource::Map,
                accuracy_m: 0,
            }),
            address: sent.location.address.unwrap_or_default(),
            street: sent.location.street.unwrap_or_default(),
            outfall: sent.location.outfall.unwrap_or_default(),
            photos: sent
                .photos
                .into_iter()
                .map(|digest| DraftPhoto { digest, bytes: 0, taken_at: None })
                .collect(),
            // It was sealed: who sent it gives it again, or does not.
            follows: sent.follows,
            ..blank
        }
    }

    /// True while there is nothing worth keeping.
    pub(super) fn is_blank(&self) -> bool {
        let words = [&self.text, &self.address, &self.contact.name, &self.contact.reach];
        words.iter().all(|text| text.trim().is_empty())
            && self.category.is_empty()
            && self.photos.is_empty()
            && self.place.is_none()
            && self.street.is_empty()
            && self.outfall.is_empty()
    }

    /// The values of an answer.
    pub(super) fn answer(&self, code: &str) -> Vec<String> {
        let of = self.answers.iter().find(|answer| answer.code == code);
        of.map(|answer| answer.values.clone()).unwrap_or_default()
    }

    /// Replaces an answer; no values take it away.
    pub(super) fn set_answer(&mut self, code: &str, values: Vec<String>) {
        self.answers.retain(|answer| answer.code != code);
        if values.iter().any(|value| !value.trim().is_empty()) {
            self.answers.push(Answer { code: code.to_owned(), values });
        }
    }

    /// What is sent. The place of a photo is in it only if it was taken over as the place of the report.
    pub(super) fn submission(
        &self,
        lang: Lang,
        now_ms: i64,
        website: String,
        sealed_contact: Option<String>,
    ) -> Submission {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        Submission {
            category: self.category.clone(),
            answers: self.answers.clone(),
            text: self.text.trim().to_owned(),
            location: Location {
                place: self.place.map(|chosen| degrees(chosen.point)),
                address: given(&self.address),
                street: given(&self.street),
                outfall: given(&self.outfall),
            },
            photos: self.photos.iter().map(|photo| photo.digest.clone()).collect(),
            claim_code: self.code.clone(),
            sealed_contact,
            lang: lang.tag().to_owned(),
            follows: self.follows.clone(),
            proof: None,
            written_ms: u64::try_from(now_ms - self.begun_ms).ok(),
            website,
        }
    }
}

/// A point as the contract has it.
pub(super) fn degrees(point: Point) -> Place {
    Place { lon: f64::from(point.lon) / 1e6, lat: f64::from(point.lat) / 1e6 }
}

/// A point from degrees; `None` off the globe.
pub(super) fn point(lon: f64, lat: f64) -> Option<Point> {
    let micro = |degrees: f64| {
        let micro = (degrees * 1e6).round();
        (micro.abs() <= 180e6).then_some(micro as i32)
    };
    Point::new(micro(lon)?, micro(lat)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft {
            id: ReportId::new(1, [7; 10]).to_string(),
            code: ClaimCode::from_random([9; 13]).shown("JLP"),
            begun_ms: 1_000,
            group: "air".into(),
            category: "air_odour".into(),
            answers: vec![],
            text: "  smoke \n".into(),
            place: None,
            address: " ".into(),
            street: "yjp".into(),
            outfall: String::new(),
            photos: vec![DraftPhoto {
                digest: "ab".into(),
                bytes: 3,
                taken_at: point(106.511_234, 29.502_345),
            }],
            contact: Contact { given: true, name: "Li".into(), reach: "139".into(), agreed: true },
            follows: None,
        }
    }

    #[test]
    fn a_photos_place_and_a_contact_are_not_in_what_is_sent() {
        let sent = draft().submission(Lang::Zh, 61_000, String::new(), None);
        let json = serde_json::to_string(&sent).expect("a submission is JSON");
        for secret in ["106.51", "106511", "29.50", "Li", "139"] {
            assert!(!json.contains(secret), "{secret} in {json}");
        }
        assert_eq!((sent.text.as_str(), sent.written_ms), ("smoke", Some(60_000)));
        assert_eq!((sent.location.address, sent.location.street.as_deref()), (None, Some("yjp")));
    }

    #[test]
    fn a_place_that_was_taken_over_is_sent() {
        let mut draft = draft();
        let point = draft.photos[0].taken_at.expect("a place");
        draft.place = Some(ChosenPlace { point, source: PlaceSource::Photo, accuracy_m: 0 });
        let sent = draft.submission(Lang::En, 0, String::new(), None);
        assert_eq!(sent.location.place, Some(Place { lon: 106.511_234, lat: 29.502_345 }));
        assert_eq!(sent.written_ms, None, "a clock that was set back measures nothing");
    }

    #[test]
    fn an_answer_replaces_the_one_before_and_an_empty_one_takes_it_away() {
        let mut draft = draft();
        draft.set_answer("SMELL", vec!["acid".into()]);
        draft.set_answer("SMELL", vec!["rotten".into()]);
        assert_eq!(draft.answer("SMELL"), ["rotten"]);
        draft.set_answer("SMELL", vec![" ".into()]);
        assert!(draft.answers.is_empty());
    }

    #[test]
    fn a_point_off_the_globe_is_none() {
        assert_eq!(point(106.511, 29.502), Point::new(106_511_000, 29_502_000));
        assert_eq!(point(f64::NAN, 0.0), None);
        assert_eq!(point(0.0, 91.0), None);
        assert_eq!(point(1e300, 0.0), None);
    }
}
