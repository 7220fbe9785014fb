//! A posted form read as a report: everything that is wrong with it at once, or what the report form would have sent.

use contract::{
    public::Place,
    report::{Location, Submission},
};
use domain::{
    Text,
    report::{
        Category, ClaimCode,
        category::{Answer, Question, QuestionKind},
        wording::{self, WordingFault},
    },
};

use super::{
    area::micro,
    contact::{self, Sealed},
    dates,
    fault::{Refusal, shown},
    params::Params,
    services,
};
use crate::{
    app::App,
    reports::{check::Taken, submit::PARTNER_TEXT},
};

/// Addresses of media in one report; more than anybody looks at.
const MOST_MEDIA: usize = 20;
/// Characters of one.
const LONGEST_ADDRESS: usize = 2_000;

/// A report in the making.
#[derive(Debug)]
pub(super) struct Order<'a> {
    pub(super) category: &'a Category,
    pub(super) submission: Submission,
    pub(super) contact_dropped: bool,
    /// Addresses of media: never opened by this server.
    pub(super) media: Vec<String>,
    pub(super) extended: bool,
}

impl<'a> Order<'a> {
    /// Reads `params`; `photos` came with them.
    ///
    /// # Errors
    ///
    /// 404 for an unknown service, else every fault at once.
    pub(super) fn read(app: &'a App, params: &Params, code: &ClaimCode) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        let service = params.one("service_code", &mut faults);
        let category = match service {
            Some(code) => {
                Some(services::of_code(app, code).ok_or_else(|| services::unknown(code))?)
            }
            None => {
                faults.push(missing("service_code", "服务代码，见 services"));
                None
            }
        };
        let location = location(app, params, &mut faults);
        let answers = category.map(|category| answers(category, params, &mut faults));
        let media = media(params, &mut faults);
        let text = params.one("description", &mut faults).unwrap_or_default();
        let recipient = &app.config.reports.identity_recipient;
        let sealed = contact::seal(params, recipient);
        let submission = Submission {
            category: category.map(|category| category.key.clone()).unwrap_or_default(),
            answers: answers.unwrap_or_default(),
            text: text.replace("\r\n", "\n"),
            location,
            photos: Vec::new(),
            claim_code: code.shown(&app.profile.reports.code_prefix),
            sealed_contact: match &sealed {
                Sealed::To(sealed) => Some(sealed.clone()),
                Sealed::Absent | Sealed::Dropped => None,
            },
            lang: "zh-CN".to_owned(),
            follows: None,
            proof: None,
            written_ms: None,
            website: String::new(),
        };
        let extended = params.extended(&mut faults);
        of_portal(app, &submission, params, &mut faults);
        Refusal::of(faults)?;
        let category = category.ok_or_else(|| services::unknown(""))?;
        let contact_dropped = sealed == Sealed::Dropped;
        Ok(Self { category, submission, contact_dropped, media, extended })
    }
}

fn missing(name: &str, what: &str) -> String {
    format!("缺少参数：{name}（{what}）")
}

/// What the report form would find, in the words of this interface; what was found already is not said twice.
fn of_portal(app: &App, submission: &Submission, params: &Params, faults: &mut Vec<String>) {
    let taken = Taken {
        district: &app.profile.reports,
        territory: &app.reports.territory,
        contacts: submission.sealed_contact.is_some(),
        text: PARTNER_TEXT,
    };
    let said = faults.join("\n");
    let Err(found) = taken.check(submission) else { return };
    for (field, text) in found {
        let (name, value) = named(&field, params);
        let twice = match field.as_str() {
            "category" => true,
            "location" => {
                ["lat = ", "long = ", "address_id = "].iter().any(|name| said.contains(name))
            }
            _ => said.contains(&format!("{name} = ")),
        };
        if !twice {
            faults.push(worded(&name, value.as_deref(), &text));
        }
    }
}

fn worded(name: &str, value: Option<&str>, text: &Text) -> String {
    match value {
        Some(value) => format!("{name} = {}：{}", shown(value), text.zh),
        None => format!("{name}：{}", text.zh),
    }
}

/// The parameter that a field of the report form stands for, and what was sent in it.
fn named(field: &str, params: &Params) -> (String, Option<String>) {
    let sent = |name: &str| params.all(name).next().map(str::to_owned);
    match field {
        "text" => ("description".to_owned(), sent("description")),
        "location" => ("lat、long、address_string 或 address_id".to_owned(), None),
        "location.place" => {
            let both = sent("lat").zip(sent("long"));
            ("lat, long".to_owned(), both.map(|(lat, long)| format!("{lat}, {long}")))
        }
        "location.address" => ("address_string".to_owned(), sent("address_string")),
        other => match other.strip_prefix("answers.") {
            Some(code) => {
                let name = format!("attribute[{code}]");
                let values: Vec<_> = values_of(params, code).collect();
                (name, (!values.is_empty()).then(|| values.join(", ")))
            }
            None => (other.to_owned(), None),
        },
    }
}

/// Every value of an attribute, also as clients send several.
fn values_of<'a>(params: &'a Params, code: &str) -> impl Iterator<Item = &'a str> {
    let names = [format!("attribute[{code}]"), format!("attribute[{code}][]")];
    params
        .iter()
        .filter(move |(name, _)| names.iter().any(|known| known == name))
        .map(|(_, value)| value)
}

fn answers(category: &Category, params: &Params, faults: &mut Vec<String>) -> Vec<Answer> {
    let answer = |question: &Question| {
        let mut values: Vec<String> = Vec::new();
        for value in values_of(params, &question.code) {
            let value = match question.kind {
                QuestionKind::Datetime => zoned(question, value, faults),
                _ => Some(value.to_owned()),
            };
            values.extend(value.filter(|value| !values.contains(value)));
        }
        (!values.is_empty()).then(|| Answer { code: question.code.clone(), values })
    };
    category.questions.iter().filter_map(answer).collect()
}

fn zoned(question: &Question, value: &str, faults: &mut Vec<String>) -> Option<String> {
    let at = dates::parse(value).map(dates::shown);
    if at.is_none() {
        faults.push(dates::fault(&format!("attribute[{}]", question.code), value));
    }
    at
}

fn location(app: &App, params: &Params, faults: &mut Vec<String>) -> Location {
    let (lat, long) = (params.one("lat", faults), params.one("long", faults));
    let mut location = Location {
        place: place(lat, long, faults),
        address: params.one("address_string", faults).map(str::to_owned),
        ..Location::default()
    };
    if let Some(id) = params.one("address_id", faults) {
        let district = &app.profile.reports;
        if let Some(outfall) = district.outfall(id) {
            location.outfall = Some(outfall.code.clone());
        } else if let Some(street) = district.street(id) {
            location.street = Some(street.code.clone());
        } else {
            faults.push(format!(
                "未知的地点编号：address_id = {}，请填写排污口标志牌编号或街道代码",
                shown(id)
            ));
        }
    }
    location
}

fn place(lat: Option<&str>, long: Option<&str>, faults: &mut Vec<String>) -> Option<Place> {
    if lat.is_none() && long.is_none() {
        return None;
    }
    let degrees = |name: &str, text: Option<&str>, most: f64, faults: &mut Vec<String>| {
        let Some(text) = text else {
            faults
                .push(format!("缺少参数：{name} = “”，lat 和 long 须同时填写（WGS-84 十进制度）"));
            return None;
        };
        let found = micro(text, most);
        if found.is_none() {
            faults.push(format!(
                "坐标有误：{name} = {}，请填写 WGS-84 十进制度，绝对值不超过 {most}",
                shown(text)
            ));
        }
        found.map(|micro| micro as f64 / 1e6)
    };
    let lat = degrees("lat", lat, 90.0, faults);
    let lon = degrees("long", long, 180.0, faults);
    lon.zip(lat).map(|(lon, lat)| Place { lon, lat })
}

/// Addresses of media: kept as text for the officers and never opened here.
pub(super) fn media(params: &Params, faults: &mut Vec<String>) -> Vec<String> {
    let names = ["media_url", "media_url[]"];
    let sent: Vec<_> =
        params.iter().filter(|(name, _)| names.contains(name)).map(|(_, url)| url).collect();
    if sent.len() > MOST_MEDIA {
        faults.push(format!("media_url 过多：共 {} 个，最多 {MOST_MEDIA} 个", sent.len()));
    }
    for url in &sent {
        if !is_web(url) {
            faults.push(format!(
                "网址有误：media_url = {}，须以 http:// 或 https:// 开头",
                shown(url)
            ));
        }
    }
    sent.into_iter().map(str::to_owned).collect()
}

fn is_web(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
        && url.chars().count() <= LONGEST_ADDRESS
        && !url.chars().any(|c| c.is_control() || c.is_whitespace())
}

/// What is wrong with a text of several lines.
pub(super) fn wrong_text(name: &str, text: &str, most: usize) -> Option<String> {
    let sentence = |wrong: WordingFault| wrong.sentence(domain::Lang::Zh);
    wording::paragraph(text, most)
        .err()
        .map(|wrong| format!("{name} = {}：{}", shown(text), sentence(wrong)))
}
