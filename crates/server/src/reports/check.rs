//! A submission looked at as a whole: everything that is wrong with it, each beside its field, or what it means.

use contract::report::Submission;
use domain::{
    Lang, Text,
    place::Point,
    report::{ClaimCode, PublicId, category::Category, wording},
};

use super::{
    challenge::unhex,
    district::{District, Territory, point},
};

/// Photos of one report.
pub const MOST_PHOTOS: usize = 4;
/// A sealed contact, armored; what the form can seal is a tenth of it.
const MOST_SEALED: usize = 8_192;
/// How armored age files begin.
const ARMOR: &str = "-----BEGIN AGE ENCRYPTED FILE-----";

/// One field at fault.
pub type Fault = (String, Text);

/// What a submission means.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked<'a> {
    /// What it is about.
    pub category: &'a Category,
    /// Its claim code.
    pub code: ClaimCode,
    /// Where exactly, if that was given: a point, or that of an outfall.
    pub point: Option<Point>,
    /// The photos, by SHA-256 as sent.
    pub photos: Vec<[u8; 32]>,
    /// The report it adds to.
    pub follows: Option<PublicId>,
    /// The writer's language.
    pub lang: Lang,
}

/// What a portal takes.
#[derive(Debug, Clone, Copy)]
pub struct Taken<'a> {
    /// The district's categories and places.
    pub district: &'a District,
    /// What lies in it.
    pub territory: &'a Territory,
    /// Whether contacts are taken.
    pub contacts: bool,
    /// What the text must be like.
    pub text: TextRule,
}

/// What is asked of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextRule {
    /// Characters at most.
    pub most: usize,
    /// Whether there must be one where there is no photo.
    pub needed: bool,
}

impl TextRule {
    /// Of the report form.
    pub const FORM: Self = Self { most: wording::DESCRIPTION, needed: true };
}

impl<'a> Taken<'a> {
    /// What `submission` means.
    ///
    /// # Errors
    ///
    /// Every fault at once, in the order of the form.
    pub fn check(&self, submission: &Submission) -> Result<Checked<'a>, Vec<Fault>> {
        let mut faults = Vec::new();
        let category = self.district.category(&submission.category);
        match category {
            Some(category) => faults.extend(answers(category, submission)),
            None => faults.push(fault("category", "请选择问题类别。", "Choose what it is about.")),
        }
        faults.extend(text(submission, self.text));
        faults.extend(self.location(submission));
        let photos = photos(submission).unwrap_or_else(|found| {
            faults.extend(found);
            Vec::new()
        });
        faults.extend(self.contact(submission));
        let code = ClaimCode::parse(&submission.claim_code, &self.district.code_prefix);
        if let Err(wrong) = &code {
            let text = Text::new(wrong.sentence(Lang::Zh), wrong.sentence(Lang::En));
            faults.push(("claim_code".to_owned(), text));
        }
        let follows = submission.follows.as_deref().map(PublicId::parse).transpose();
        if follows.is_err() {
            faults.push(fault(
                "follows",
                "举报编号有误，例如 R7K3M-9QXD。",
                "This is not a report's number, such as R7K3M-9QXD.",
            ));
        }
        match (category, code, follows) {
            (Some(category), Ok(code), Ok(follows)) if faults.is_empty() => Ok(Checked {
                category,
                code,
                point: self.point(submission),
                photos,
                follows,
                lang: Lang::from_tag(&submission.lang).unwrap_or_default(),
            }),
            _ => Err(faults),
        }
    }

    /// The point given, or that of the outfall named.
    fn point(&self, submission: &Submission) -> Option<Point> {
        let location = &submission.location;
        let outfall = location.outfall.as_deref().and_then(|code| self.district.outfall(code));
        location.place.or_else(|| outfall.and_then(|outfall| outfall.place)).and_then(point)
    }

    fn location(&self, submission: &Submission) -> Vec<Fault> {
        let location = &submission.location;
        let mut faults = Vec::new();
        let given = |text: &Option<String>| text.as_deref().is_some_and(|t| !t.trim().is_empty());
        let words = [&location.address, &location.street, &location.outfall];
        if location.place.is_none() && !words.into_iter().any(given) {
            faults.push(fault(
                "location",
                "请给出地点：在地图上选点、填写地址、选择街道或填写排污口编号，任选其一。",
                "Say where: a point on the map, an address, a street, or an outfall's number; one is enough.",
            ));
        }
        match location.place.map(point) {
            Some(None) => faults.push(fault(
                "location.place",
                "经纬度不正确，请重新选点。",
                "This is no place on earth. Choose the point again.",
            )),
            Some(Some(point)) if !self.territory.contains(point) => faults.push(outside()),
            _ => {}
        }
        for (field, text) in [("address", &location.address), ("outfall", &location.outfall)] {
            let wrong = text.as_deref().and_then(|text| wording::line(text, wording::LINE).err());
            faults.extend(wrong.map(|wrong| worded(&format!("location.{field}"), wrong)));
        }
        let street = location.street.as_deref().filter(|code| !code.is_empty());
        if street.is_some_and(|code| self.district.street(code).is_none()) {
            faults.push(fault(
                "location.street",
                "请从列表中选择街道或镇。",
                "Choose a street or town from the list.",
            ));
        }
        faults
    }

    fn contact(&self, submission: &Submission) -> Option<Fault> {
        let sealed = submission.sealed_contact.as_deref()?;
        (!self.contacts || !is_sealed(sealed)).then(|| {
            fault(
                "sealed_contact",
                "联系方式未能加密，因此没有发送；可以不留联系方式直接提交。",
                "The contact was not sealed, so it is not taken. You can send the report without one.",
            )
        })
    }
}

/// Whether a contact is sealed, as far as that can be told without the key.
pub fn is_sealed(sealed: &str) -> bool {
    sealed.len() <= MOST_SEALED && sealed.trim_start().starts_with(ARMOR)
}

fn fault(field: &str, zh: &str, en: &str) -> Fault {
    (field.to_owned(), Text::new(zh, en))
}

fn worded(field: &str, wrong: wording::WordingFault) -> Fault {
    (field.to_owned(), Text::new(wrong.sentence(Lang::Zh), wrong.sentence(Lang::En)))
}

/// Out of the district: a soft refusal that says where to go.
fn outside() -> Fault {
    fault(
        "location.place",
        "该地点不在本区范围内，本站不能受理。请改选地点，或拨打 12345 向当地反映。",
        "This place lies outside the district, where we cannot act. Choose another, or call 12345.",
    )
}

fn answers(category: &Category, submission: &Submission) -> Vec<Fault> {
    let faults = category.check(&submission.answers).into_iter();
    faults.map(|wrong| (format!("answers.{}", wrong.code), wrong.problem.text())).collect()
}

/// A photo may speak for itself; without one, words are needed.
fn text(submission: &Submission, rule: TextRule) -> Option<Fault> {
    let text = &submission.text;
    if rule.needed && text.trim().is_empty() && submission.photos.is_empty() {
        return Some(fault(
            "text",
            "请写几句发生了什么，或至少添加一张照片。",
            "Say in a few words what happened, or add a photo.",
        ));
    }
    wording::paragraph(text, rule.most).err().map(|wrong| worded("text", wrong))
}

fn photos(submission: &Submission) -> Result<Vec<[u8; 32]>, Vec<Fault>> {
    if submission.photos.len() > MOST_PHOTOS {
        let count = submission.photos.len();
        let text = Text::new(
            format!("共 {count} 张照片，最多 {MOST_PHOTOS} 张，请删去几张；其余内容已保留。"),
            format!("{count} photos; {MOST_PHOTOS} at most. Remove some; the rest is kept."),
        );
        return Err(vec![("photos".to_owned(), text)]);
    }
    let (mut photos, mut faults) = (Vec::new(), Vec::new());
    for (at, name) in submission.photos.iter().enumerate() {
        match unhex(name).and_then(|bytes| bytes.try_into().ok()) {
            Some(sha256) if !photos.contains(&sha256) => photos.push(sha256),
            Some(_) => faults.push(fault(
                &format!("photos.{at}"),
                "同一张照片添加了两次，请删去一张。",
                "The same photo was added twice. Remove one.",
            )),
            None => faults.push(photo_missing(at)),
        }
    }
    if faults.is_empty() { Ok(photos) } else { Err(faults) }
}

/// A photo that the report names and the server does not have.
pub fn photo_missing(at: usize) -> Fault {
    fault(
        &format!("photos.{at}"),
        "这张照片还没有传到，请重新上传。",
        "This photo has not arrived. Send it again.",
    )
}

/// A photo that the report names and that belongs to the rectification ledger.
pub fn photo_of_issue(at: usize) -> Fault {
    fault(
        &format!("photos.{at}"),
        "这张照片已是整改问题的佐证，不能再附在举报上，请去掉后提交。",
        "This photo is evidence of a rectification issue already. Leave it out, and send the rest.",
    )
}

#[cfg(test)]
pub(crate) mod tests {
    use contract::{
        public::Place,
        report::{Location, Submission},
    };
    use domain::report::category::Answer;

    use super::*;
    use crate::profile::Profile;

    pub(crate) fn submission() -> Submission {
        Submission {
            category: "air_odour".into(),
            answers: vec![Answer { code: "SMELL".into(), values: vec!["rubber".into()] }],
            text: "橡胶味，晚上十点以后最重".into(),
            location: Location {
                place: Some(Place { lon: 106.511, lat: 29.502 }),
                ..Location::default()
            },
            photos: Vec::new(),
            claim_code: ClaimCode::from_random([7; 13]).shown("JLP"),
            sealed_contact: None,
            lang: "zh-CN".into(),
            follows: None,
            proof: None,
            written_ms: None,
            website: String::new(),
        }
    }

    fn faults(change: impl Fn(&mut Submission)) -> Vec<String> {
        let profile = Profile::demonstration().unwrap();
        let territory = profile.reports.territory(profile.bounds);
        let taken = Taken {
            district: &profile.reports,
            territory: &territory,
            contacts: true,
            text: TextRule::FORM,
        };
        let mut submission = submission();
        change(&mut submission);
        match taken.check(&submission) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.into_iter().map(|(field, _)| field).collect(),
        }
    }

    #[test]
    fn a_whole_report_has_no_fault() {
        assert_eq!(faults(|_| {}), [""; 0]);
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_in_the_order_of_the_form() {
        let found = faults(|s| {
            s.answers[0].values = vec!["roses".into()];
            s.text = "x".repeat(5_000);
            s.location.place = Some(Place { lon: 121.47, lat: 31.23 });
            s.photos = vec!["no hash".into()];
            s.claim_code = "JLP-0000".into();
            s.follows = Some("7".into());
        });
        let expected =
            ["answers.SMELL", "text", "location.place", "photos.0", "claim_code", "follows"];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_photo_may_take_the_place_of_words_but_something_must_be_said() {
        assert_eq!(faults(|s| s.text = "  \n".into()), ["text"]);
        let photo = |s: &mut Submission| {
            s.text.clear();
            s.photos = vec!["ab".repeat(32)];
        };
        assert_eq!(faults(photo), [""; 0]);
    }

    #[test]
    fn a_place_is_needed_in_any_of_four_ways() {
        let with = |location: Location| faults(move |s| s.location = location.clone());
        assert_eq!(with(Location::default()), ["location"]);
        let blank = Location { address: Some(" ".into()), ..Location::default() };
        assert_eq!(with(blank), ["location"]);
        for location in [
            Location { address: Some("桃花溪步道".into()), ..Location::default() },
            Location { street: Some("erlang".into()), ..Location::default() },
            Location { outfall: Some("demo-0001".into()), ..Location::default() },
        ] {
            assert_eq!(with(location), [""; 0]);
        }
        let unknown = Location { street: Some("nowhere".into()), ..Location::default() };
        assert_eq!(with(unknown), ["location.street"]);
    }

    #[test]
    fn tricks_with_characters_are_named_and_markup_is_only_text() {
        assert_eq!(faults(|s| s.text = "a\u{202e}b".into()), ["text"]);
        assert_eq!(faults(|s| s.text = "a\0b".into()), ["text"]);
        assert_eq!(faults(|s| s.location.address = Some("a\nb".into())), ["location.address"]);
        assert_eq!(faults(|s| s.text = "<script>alert(1)</script>".into()), [""; 0]);
    }

    #[test]
    fn a_contact_that_is_not_sealed_is_not_taken() {
        assert_eq!(faults(|s| s.sealed_contact = Some("13812345678".into())), ["sealed_contact"]);
        let sealed = format!("{ARMOR}\nYWdl\n-----END AGE ENCRYPTED FILE-----\n");
        assert_eq!(faults(move |s| s.sealed_contact = Some(sealed.clone())), [""; 0]);
    }

    #[test]
    fn five_photos_are_too_many_and_one_is_not_two() {
        let photos = |n: usize| (0..n).map(|at| format!("{at:064x}")).collect::<Vec<_>>();
        assert_eq!(faults(|s| s.photos = photos(4)), [""; 0]);
        assert_eq!(faults(|s| s.photos = photos(5)), ["photos"]);
        assert_eq!(faults(|s| s.photos = vec!["ab".repeat(32); 2]), ["photos.1"]);
    }
}
