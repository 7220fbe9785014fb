//! What a resident sends and reads: the report form, reports, receipts, tracking, published reports.
//!
//! No type here names who reported. A contact travels sealed ([`Submission::sealed_contact`]): bytes that
//! the public server cannot read.

use domain::{
    Text,
    report::{
        ActionKind, Finding, State,
        category::{Answer, Category},
    },
    reward::RewardState,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::public::{Meta, Place};
#[cfg(feature = "openapi")]
use crate::schema;

/// `GET api/v1/report/form`: everything the form needs, also to be kept for use without a connection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportForm {
    /// About this reply.
    pub meta: Meta,
    /// Why the form is closed; absent while it is open. It stays closed until the handler of personal
    /// information is configured (个人信息保护法 art. 17).
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Text>))]
    pub closed: Option<Text>,
    /// The collection notice.
    pub notice: Notice,
    /// What can be reported, in the order shown.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<serde_json::Value>))]
    pub categories: Vec<Category>,
    /// Streets and towns to choose a place from.
    pub streets: Vec<NamedPlace>,
    /// Outfalls by sign number.
    pub outfalls: Vec<NamedPlace>,
    /// The district's outline, rings of longitude and latitude; where it is configured.
    pub outline: Vec<Vec<[f64; 2]>>,
    /// Limits that form and server share.
    pub limits: Limits,
    /// The prefix of claim codes.
    pub code_prefix: String,
    /// The `age` recipient that contacts are sealed to; absent where identities are not taken.
    pub identity_recipient: Option<String>,
    /// Whether and how a reward may follow.
    pub reward: RewardNotice,
}

/// The collection notice of the personal-information law, art. 17.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    /// Who handles personal information.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub controller: Text,
    /// How to reach them.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub controller_contact: Text,
    /// What for, which kinds, and how; one sentence each.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Text>))]
    pub sentences: Vec<Text>,
    /// Days after closing until a contact is deleted.
    pub contact_days: u32,
    /// Days after closing until the report itself is made anonymous.
    pub report_days: u32,
}

/// Whether and how a reward may follow (渝环规〔2025〕1号 art. 3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RewardNotice {
    /// `none`, `handover` or `announced`.
    pub channel: String,
    /// What this means for the reader; never a promise of payment unless the portal is an announced channel.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Text>))]
    pub sentences: Vec<Text>,
    /// The official channels, shown beside the form.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Text>))]
    pub official_channels: Vec<Text>,
}

/// A place that can be chosen by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedPlace {
    /// Street code or sign number.
    pub code: String,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub name: Text,
    /// Its middle, where known.
    pub place: Option<Place>,
}

/// Limits that form and server share; lengths in Unicode scalar values, sizes in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Limits {
    /// Of the description.
    pub text: u32,
    /// Of an address.
    pub address: u32,
    /// Photos of one report.
    pub photos: u32,
    /// Of one photo as sent.
    pub photo_bytes: u32,
}

/// `GET api/v1/report/challenge`: a proof of work. Find a `number` in `0..=max_number` such that SHA-256 of `salt`
/// followed by its decimal digits is `challenge`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Challenge {
    /// `SHA-256`.
    pub algorithm: String,
    /// Lower-case hexadecimal.
    pub challenge: String,
    /// The largest number to try.
    pub max_number: u64,
    /// Begins with the purpose and the expiry, and ends with a delimiter, so that nothing can be spliced in.
    pub salt: String,
    /// The server's signature over all of the above, lower-case hexadecimal.
    pub signature: String,
}

/// A solved [`Challenge`]. Each is taken once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proof {
    /// As given.
    pub challenge: Challenge,
    /// The number found.
    pub number: u64,
}

/// `PUT api/v1/reports/{report_id}`: a report as the phone sends it, again and again until it is acknowledged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Submission {
    /// Key of a category.
    pub category: String,
    /// Answers to the category's questions.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<serde_json::Value>))]
    pub answers: Vec<Answer>,
    /// What happened.
    pub text: String,
    /// Where.
    pub location: Location,
    /// SHA-256 of the photos as uploaded, lower-case hexadecimal, at most [`Limits::photos`].
    #[serde(default)]
    pub photos: Vec<String>,
    /// The claim code made on the phone. The server keeps a slow salted hash of it alone.
    pub claim_code: String,
    /// A contact, sealed to [`ReportForm::identity_recipient`] (`age`, armored); absent for anonymous reports.
    #[serde(default)]
    pub sealed_contact: Option<String>,
    /// `zh-CN` or `en`: the language of notices to this report.
    pub lang: String,
    /// Public id of a published report that this one adds to, if the writer said so.
    #[serde(default)]
    pub follows: Option<String>,
    /// The proof of work; without one the report is looked at later.
    #[serde(default)]
    pub proof: Option<Proof>,
    /// Milliseconds from first sight of the form to sending.
    #[serde(default)]
    pub written_ms: Option<u64>,
    /// A field that people do not see; programs fill it in.
    #[serde(default)]
    pub website: String,
}

/// Where something was seen: at least one of the four.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Location {
    /// A point, WGS-84.
    #[serde(default)]
    pub place: Option<Place>,
    /// In words.
    #[serde(default)]
    pub address: Option<String>,
    /// A street's code.
    #[serde(default)]
    pub street: Option<String>,
    /// An outfall's sign number.
    #[serde(default)]
    pub outfall: Option<String>,
}

/// The answer to an upload that is complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoredPhoto {
    /// SHA-256 as sent, by which the report names it.
    pub sha256: String,
    /// Width in pixels as stored.
    pub width: u32,
    /// Height in pixels as stored.
    pub height: u32,
}

/// The answer to a report: the same for every repetition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The tracking number.
    pub public_id: String,
    /// When it was received: what the first-report rule goes by.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub received: Timestamp,
    /// Accepted, but looked at later because of the number of reports arriving.
    pub delayed: bool,
    /// When acceptance is to be told at the latest.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::CalendarDay))]
    #[serde(deserialize_with = "domain::wire::day")]
    pub accept_by: Date,
    /// The signed filing receipt: canonical text, see [`SignedReceipt`].
    pub signed: SignedReceipt,
    /// True when this is a demonstration.
    pub simulated: bool,
}

/// A filing receipt that anyone can verify with the published key and without a connection. It tells nothing of the content
/// but its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedReceipt {
    /// The signed bytes as text: lines `bilan-receipt-1`, public id, receive time, SHA-256 of the canonical content, category.
    pub text: String,
    /// Ed25519 signature over `text`, base64url without padding.
    pub signature: String,
    /// Which of the published keys signed.
    pub key_id: String,
}

/// `GET api/v1/report/receipt-keys`: keys that receipts were and are signed with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptKeys {
    /// About this reply.
    pub meta: Meta,
    /// The keys, the one in use first.
    pub keys: Vec<ReceiptKey>,
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptKey {
    /// Its name.
    pub key_id: String,
    /// Ed25519 public key, base64url without padding.
    pub public_key: String,
}

/// `POST api/v1/track`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Track {
    /// The claim code in any spelling.
    pub code: String,
}

/// `POST api/v1/track/act`: what the holder of a claim code does.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrackAct {
    /// The claim code.
    pub code: String,
    /// The version seen; another one is a conflict.
    pub version: u64,
    /// A UUIDv7 made on the phone: the same act sent again does nothing twice.
    pub act_id: String,
    /// What is done.
    pub act: HolderAct,
}

/// What the holder of a claim code may do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum HolderAct {
    /// Answers a question, or writes without being asked; photos as in [`Submission::photos`].
    Answer {
        /// What is said.
        text: String,
        /// Further evidence.
        #[serde(default)]
        photos: Vec<String>,
    },
    /// Contests the closing within 14 days.
    NotFixed {
        /// What is still wrong.
        text: String,
        /// Evidence.
        #[serde(default)]
        photos: Vec<String>,
    },
    /// Withdraws the report before it is closed.
    Withdraw,
    /// Keeps it from being published, or ends its publication.
    Hide,
    /// Asks for the one-time voucher with which a reward is collected.
    Claim,
    /// Declines a reward.
    Decline,
    /// Adds a contact, sealed.
    Contact {
        /// As [`Submission::sealed_contact`].
        sealed: String,
    },
}

/// The state of a report as its claim code shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tracked {
    /// About this reply.
    pub meta: Meta,
    /// The tracking number.
    pub public_id: String,
    /// The version, for [`TrackAct::version`].
    pub version: u64,
    /// Key of the category.
    pub category: String,
    /// What was written.
    pub text: String,
    /// Photos as stored, to be shown to the holder alone: their number.
    pub photos: u32,
    /// The state.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: State,
    /// What was found, once closed.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub finding: Option<Finding>,
    /// The public reason of the last change.
    pub reason: Option<String>,
    /// The department in charge, by its public name.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Text>))]
    pub department: Option<Text>,
    /// When it was received.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub received: Timestamp,
    /// What is due next and when.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::CalendarDay>))]
    #[serde(default, deserialize_with = "domain::wire::day_or_none")]
    pub due: Option<Date>,
    /// The last day on which "not fixed" can be said.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::CalendarDay>))]
    #[serde(default, deserialize_with = "domain::wire::day_or_none")]
    pub contest_until: Option<Date>,
    /// Its course, oldest first.
    pub course: Vec<Step>,
    /// Questions and answers, oldest first.
    pub messages: Vec<Message>,
    /// Whether it is public, and why not.
    pub publication: Publication,
    /// The reward.
    pub reward: TrackedReward,
    /// What may be done now, and why not what may not.
    pub actions: Vec<OfferedAction>,
}

/// One step of a report's course.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CourseStep))]
pub struct Step {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub at: Timestamp,
    /// What.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub action: Option<ActionKind>,
    /// The state after it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: State,
    /// Its public reason.
    pub reason: Option<String>,
    /// The department concerned.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Text>))]
    pub department: Option<Text>,
}

/// One message between the holder of the code and the officers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub at: Timestamp,
    /// True when it came with the claim code, false when an office wrote it.
    pub from_holder: bool,
    /// What it says.
    pub text: String,
    /// Photos sent with it.
    pub photos: u32,
}

/// Whether a report is public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Publication {
    /// Nobody has looked at it yet.
    Waiting,
    /// It is.
    Published,
    /// Officers keep it from the public.
    Hidden,
    /// The holder of the code does.
    HiddenByHolder,
    /// Its kind is never published.
    Never,
}

/// A reward as its claim code shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrackedReward {
    /// The state.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: RewardState,
    /// Before tax, in fen.
    pub amount_fen: Option<i64>,
    /// The rule it rests on.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Text>))]
    pub edition: Option<Text>,
    /// Why, condition by condition.
    pub criteria: Vec<CriterionView>,
    /// The one-time voucher, once asked for.
    pub voucher: Option<String>,
    /// The last day to collect it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::CalendarDay>))]
    #[serde(default, deserialize_with = "domain::wire::day_or_none")]
    pub claim_until: Option<Date>,
}

/// One condition of a reward.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CriterionView {
    /// Stable key.
    pub key: String,
    /// `met`, `not_met`, `unclear` or `not_required`.
    pub verdict: String,
    /// What it means here.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub explanation: Text,
    /// False when the rule behind it could not be checked against its full text.
    pub confirmed: bool,
}

/// An action and whether it may be taken now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferedAction {
    /// Which.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub action: ActionKind,
    /// Why it may not; absent when it may.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Text>))]
    pub refusal: Option<Text>,
}

/// `GET api/v1/reports`: published reports, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedReports {
    /// About this reply.
    pub meta: Meta,
    /// Reports that match.
    pub total: u64,
    /// The page, from 1.
    pub page: u32,
    /// Reports of a page.
    pub page_size: u32,
    /// The reports of this page.
    pub reports: Vec<PublishedReport>,
}

/// `GET api/v1/reports/{public_id}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OnePublishedReport {
    /// About this reply.
    pub meta: Meta,
    /// The report.
    pub report: PublishedReport,
    /// Its course, oldest first.
    pub course: Vec<Step>,
}

/// A report as moderated: masked text, a cell instead of a point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedReport {
    /// The tracking number.
    pub public_id: String,
    /// Key of the category.
    pub category: String,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub category_name: Text,
    /// The public text, personal data masked; absent where only category and area are public.
    pub text: Option<String>,
    /// The state.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: State,
    /// What was found, once closed.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub finding: Option<Finding>,
    /// The public reason of the last change.
    pub reason: Option<String>,
    /// The department in charge.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Text>))]
    pub department: Option<Text>,
    /// The day it was received, Beijing time.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::CalendarDay))]
    #[serde(deserialize_with = "domain::wire::day")]
    pub received: Date,
    /// The day of its last public change.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::CalendarDay))]
    #[serde(deserialize_with = "domain::wire::day")]
    pub updated: Date,
    /// The middle of its public cell; absent where the cell may not be published.
    pub place: Option<Place>,
    /// The width of that cell in metres.
    pub cell_m: Option<u32>,
    /// The street, by its public name.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Text>))]
    pub street: Option<Text>,
    /// Published photos, paths relative to the base.
    pub photos: Vec<String>,
    /// Further reports of the same problem.
    pub followers: u32,
    /// True when it is invented for a demonstration.
    pub simulated: bool,
}

/// `GET api/v1/reports/nearby`: published reports like the one being written; offered, never forced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NearbyReports {
    /// About this reply.
    pub meta: Meta,
    /// At most five, nearest first.
    pub reports: Vec<PublishedReport>,
}
