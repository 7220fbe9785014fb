//! What the staff console and the server say to each other, below `console/api/v1/`.
//!
//! Every request but signing in carries the session cookie, and every change the header
//! [`CSRF_HEADER`] with the session's own value. Replies are `no-store`.
//!
//! | method and path | body → reply |
//! |---|---|
//! | `POST session` | [`SignIn`] → [`Session`]; 401 alike for unknown names, wrong passwords and wrong codes; 429 when locked |
//! | `GET session` · `DELETE session` | → [`Session`] · signs out |
//! | `GET cases?state=&category=&department=&street=&assignee=&overdue=&q=&queue=&sort=&page=` | → [`Inbox`] |
//! | `GET cases/{public_id}` | → [`Case`] |
//! | `POST cases/{public_id}/actions` | [`CaseAct`] → [`Case`]; 409 with [`StaleFacts`](crate::problem::StaleFacts) in the problem; 403 with the reason |
//! | `POST cases/bulk` | [`BulkAct`] → [`BulkOutcome`] |
//! | `GET cases/{public_id}/photos/{sha256}` | the stored picture |
//! | `POST cases/{public_id}/photos/{sha256}/redaction` | [`Redaction`] → [`CasePhoto`] |
//! | `POST cases/{public_id}/identity` | [`Unsealing`] → [`SealedIdentity`]; audited |
//! | `GET rewards?state=` · `POST rewards/{public_id}/actions` | → [`Rewards`] · [`RewardAct`] → [`RewardCase`] |
//! | `GET ledger` | → [`LedgerView`] |
//! | `GET moderation` | → [`Inbox`] of what waits for a look before it may be public |
//! | `GET record/…` | see [`record`] |
//! | `GET users` · `POST users` · `PATCH users/{name}` | → [`Users`] · [`NewUser`] → [`UserSecret`] · [`UserChange`] → [`User`] |
//! | `POST users/{name}/reset` | → [`UserSecret`]; a new password and authenticator secret, shown once |
//! | `POST users/{name}/handover` | → [`User`]; another administrator than [`User::issued_by`] confirms that the holder has the account |
//! | `GET audit?actor=&subject=&from=&to=&page=` | → [`AuditPage`] |
//! | `GET statistics?from=&to=` | → [`Statistics`] |

pub mod record;

use std::collections::BTreeMap;

use domain::{
    Text,
    report::{ActionKind, Finding, State, category::Answer},
    reward::{RewardAction, RewardState},
    role::{Permission, Role},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    public::Place,
    report::{CriterionView, NamedPlace, OfferedAction, Publication, PublishedReport},
};

/// The header that proves that a change comes from our own page.
pub const CSRF_HEADER: &str = "x-bilan-csrf";

/// Signing in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// The account's name.
    pub name: String,
    /// Its password.
    pub password: String,
    /// The six digits of the authenticator.
    pub totp: String,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The account's name.
    pub name: String,
    /// As shown to colleagues.
    pub display_name: String,
    /// Key of the department whose cases alone it sees; absent: the bureau itself.
    #[serde(default)]
    pub department: Option<String>,
    /// True while the password is somebody else's: it must be changed before anything else.
    #[serde(default)]
    pub must_change_password: bool,
    /// Roles.
    pub roles: Vec<Role>,
    /// What the roles permit.
    pub permissions: Vec<Permission>,
    /// The value of [`CSRF_HEADER`].
    pub csrf: String,
    /// When the session ends without use.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub expires: Timestamp,
    /// The server's clock.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub server_time: Timestamp,
    /// True in a demonstration.
    pub simulated: bool,
    /// Departments, categories and streets for filters and forms.
    pub choices: Choices,
}

/// What filters and forms offer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Choices {
    /// Departments that cases are handed to.
    pub departments: Vec<Choice>,
    /// Categories.
    pub categories: Vec<Choice>,
    /// Streets.
    pub streets: Vec<Choice>,
    /// Accounts that a case may be given to.
    pub officers: Vec<Choice>,
    /// Units that may be made responsible for an issue of the rectification ledger.
    #[serde(default)]
    pub units: Vec<Choice>,
    /// Stations and sections, for links of issues.
    #[serde(default)]
    pub stations: Vec<Choice>,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// As sent.
    pub key: String,
    /// As shown.
    pub name: Text,
}

/// A page of cases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inbox {
    /// The server's clock.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub server_time: Timestamp,
    /// Cases that match.
    pub total: u64,
    /// From 1.
    pub page: u32,
    /// Cases of a page.
    pub page_size: u32,
    /// All cases by state, whatever the filter.
    pub by_state: BTreeMap<State, u64>,
    /// Cases past a deadline.
    pub overdue: u64,
    /// The cases of this page.
    pub cases: Vec<CaseLine>,
}

/// A case as a line of the inbox.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseLine {
    /// The tracking number.
    pub public_id: String,
    /// The version, for [`BulkAct::cases`].
    pub version: u64,
    /// Key of the category.
    pub category: String,
    /// Its name.
    pub category_name: Text,
    /// The first characters of the text.
    pub excerpt: String,
    /// The state.
    pub state: State,
    /// What was found, once closed.
    pub finding: Option<Finding>,
    /// When it was received.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub received: Timestamp,
    /// What is due next.
    #[serde(default, deserialize_with = "domain::wire::day_or_none")]
    pub due: Option<Date>,
    /// Working days until then; negative when overdue.
    pub working_days_left: Option<i32>,
    /// Key of the department in charge.
    pub department: Option<String>,
    /// Name of the account it is given to.
    pub assignee: Option<String>,
    /// The street's code.
    pub street: Option<String>,
    /// `normal`, `high`, `urgent`, `low` for what arrived without proof of work or too fast, or `delayed` for what
    /// arrived in a flood and waits for room in the queue.
    pub queue: String,
    /// Whether it is public.
    pub publication: Publication,
    /// Photos.
    pub photos: u32,
    /// Linked reports.
    pub linked: u32,
    /// A message of the holder of the code that nobody answered.
    pub unanswered: bool,
    /// Invented for a demonstration.
    pub simulated: bool,
}

/// Everything an officer may see of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// As in the inbox.
    pub line: CaseLine,
    /// The version, for [`CaseAct::seen_version`].
    pub version: u64,
    /// The server's clock.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub server_time: Timestamp,
    /// The text as written.
    pub text: String,
    /// Answers to the category's questions.
    pub answers: Vec<AnswerLine>,
    /// Where, exactly.
    pub exact: CasePlace,
    /// What was sent with it.
    pub photos: Vec<CasePhoto>,
    /// Addresses of further media that an Open311 client named; never opened by the server.
    pub media_urls: Vec<String>,
    /// `portal`, `no_script`, `open311`.
    pub source: String,
    /// True when a sealed contact is kept.
    pub has_identity: bool,
    /// The course, oldest first.
    pub course: Vec<CaseEvent>,
    /// Questions and answers.
    pub messages: Vec<CaseMessage>,
    /// Reports linked as the same problem.
    pub links: Vec<CaseLink>,
    /// Issues of the rectification ledger that it belongs to.
    #[serde(default)]
    pub items: Vec<record::ItemOfReport>,
    /// Cases that may be the same problem: same category, within 1,000 m, last 30 days.
    pub similar: Vec<CaseLink>,
    /// Departments it has been with.
    pub department: Option<NamedPlace>,
    /// What the public would see or sees.
    pub preview: PublishedReport,
    /// Personal data found in the text: byte ranges in `text` and the kind.
    pub personal: Vec<PersonalMark>,
    /// Whether it is public.
    pub publication: Publication,
    /// Last day on which the holder of the code may contest.
    #[serde(default, deserialize_with = "domain::wire::day_or_none")]
    pub contest_until: Option<Date>,
    /// The reward.
    pub reward: RewardCase,
    /// Every action, with the reason where it may not be taken.
    pub actions: Vec<OfferedAction>,
}

/// A question and its answer in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnswerLine {
    /// The question.
    pub question: Text,
    /// The answer as sent.
    pub answer: Answer,
    /// The answer in words.
    pub words: Text,
}

/// The exact place of a case.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CasePlace {
    /// The point.
    pub point: Option<Place>,
    /// In words.
    pub address: Option<String>,
    /// Street code.
    pub street: Option<String>,
    /// Outfall sign number.
    pub outfall: Option<String>,
}

/// A stored photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CasePhoto {
    /// Its name: SHA-256 of the stored bytes.
    pub sha256: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Name of the copy with black boxes, once made.
    pub redacted: Option<String>,
    /// True when it is among what is or will be published.
    pub publish: bool,
    /// Number of the message it came with; absent for the report's own.
    pub message: Option<u32>,
}

/// Black boxes, burnt into the pixels of a copy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Redaction {
    /// In pixels of the stored picture.
    pub boxes: Vec<RedactionBox>,
}

/// One black box in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedactionBox {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// A step of the course as officers see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseEvent {
    /// Number within the report, from 1.
    pub seq: u32,
    /// When.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub at: Timestamp,
    /// Who: display name of an account; empty for the holder of the code and for the system.
    pub by: String,
    /// What; absent for the reception.
    pub action: Option<ActionKind>,
    /// The state after it.
    pub state: State,
    /// Reason given; public where the action is.
    pub reason: Option<String>,
    /// Further words for the course.
    pub detail: Option<Text>,
}

/// A message of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseMessage {
    /// Number within the report, from 1.
    pub number: u32,
    /// When.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub at: Timestamp,
    /// True when it came with the claim code.
    pub from_holder: bool,
    /// True when only officers see it.
    #[serde(default)]
    pub internal: bool,
    /// What it says; absent once it was deleted on schedule.
    pub text: Option<String>,
}

/// Another case beside this one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseLink {
    /// The other case.
    pub line: CaseLine,
    /// Metres between the two, where both have a point.
    pub distance_m: Option<u32>,
    /// Bits in which the texts' hashes differ, of 64.
    pub text_distance: Option<u32>,
    /// Bits in which the nearest photos' hashes differ, of 64.
    pub photo_distance: Option<u32>,
}

/// Where personal data stands in a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonalMark {
    /// First byte.
    pub from: usize,
    /// One past the last byte.
    pub to: usize,
    /// What it looks like.
    pub kind: Text,
}

/// An action on a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseAct {
    /// The version on screen.
    pub seen_version: u64,
    /// What is done.
    pub action: ActionKind,
    /// The reason; public for `refuse`, `close`, `reopen`, `merge` and `hide`.
    #[serde(default)]
    pub reason: Option<String>,
    /// Of `close`.
    #[serde(default)]
    pub finding: Option<Finding>,
    /// Of `dispatch`.
    #[serde(default)]
    pub department: Option<String>,
    /// Of `dispatch` and `note`: the account it is given to. Of `prioritise`: `normal`, `high` or `urgent`.
    #[serde(default)]
    pub assignee: Option<String>,
    /// Of `merge`, `link` and `unlink`: the other case.
    #[serde(default)]
    pub other: Option<String>,
    /// Of `ask`, `note` and `add_evidence`.
    #[serde(default)]
    pub text: Option<String>,
    /// Of `add_evidence` and `close`: photos uploaded before.
    #[serde(default)]
    pub photos: Vec<String>,
    /// Of `publish`: the text the public sees; the masked original if absent.
    #[serde(default)]
    pub public_text: Option<String>,
    /// Of `publish`: photos, by the names of their copies or originals.
    #[serde(default)]
    pub public_photos: Vec<String>,
}

/// The same action on several cases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BulkAct {
    /// The cases and the version seen of each.
    pub cases: Vec<(String, u64)>,
    /// What is done; `seen_version` is not looked at.
    pub act: CaseAct,
}

/// What became of each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BulkOutcome {
    /// Cases it was done to.
    pub done: Vec<String>,
    /// The others, and why.
    pub refused: Vec<(String, Text)>,
}

/// Asking for a sealed contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsealing {
    /// Why; kept in the audit log.
    pub reason: String,
}

/// A contact as stored. Only the officers' key opens it, in the browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedIdentity {
    /// `age`, armored.
    pub sealed: String,
}

/// Cases with a reward.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rewards {
    /// The server's clock.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub server_time: Timestamp,
    /// By state.
    pub by_state: BTreeMap<RewardState, u64>,
    /// The cases.
    pub rewards: Vec<RewardCase>,
}

/// The reward of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RewardCase {
    /// The case.
    pub public_id: String,
    /// The version of the reward, for [`RewardAct::seen_version`].
    pub version: u64,
    /// The state.
    pub state: RewardState,
    /// Before tax, in fen.
    pub amount_fen: Option<i64>,
    /// How the amount came about.
    pub basis: Option<Text>,
    /// The rule edition.
    pub edition: Option<Text>,
    /// The conditions.
    pub criteria: Vec<CriterionView>,
    /// Display names of who proposed, approved and paid.
    pub proposed_by: Option<String>,
    /// As above.
    pub approved_by: Option<String>,
    /// As above.
    pub paid_by: Option<String>,
    /// The last day to collect.
    #[serde(default, deserialize_with = "domain::wire::day_or_none")]
    pub claim_until: Option<Date>,
    /// Actions, with the reason where one may not be taken.
    pub actions: Vec<OfferedReward>,
}

/// An action on a reward and whether it may be taken now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfferedReward {
    /// Which.
    pub action: RewardAction,
    /// Why it may not.
    pub refusal: Option<Text>,
}

/// An action on a reward.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RewardAct {
    /// The version on screen.
    pub seen_version: u64,
    /// What is done.
    pub action: RewardAction,
    /// Of a proposal: `clue` with `tier_fen`, `penalty` with `fine_fen`, or `emergency` with `level`.
    #[serde(default)]
    pub basis: Option<String>,
    /// One of the rule's clue tiers.
    #[serde(default)]
    pub tier_fen: Option<i64>,
    /// The fine imposed.
    #[serde(default)]
    pub fine_fen: Option<i64>,
    /// The level of the emergency: `general`, `larger`, `major` or `extreme`.
    #[serde(default)]
    pub level: Option<String>,
    /// The amount, where the rules leave it open.
    #[serde(default)]
    pub amount_fen: Option<i64>,
    /// What an officer found of each condition that facts cannot decide: key and verdict.
    #[serde(default)]
    pub verdicts: BTreeMap<String, String>,
    /// Of a payment: the voucher presented.
    #[serde(default)]
    pub voucher: Option<String>,
    /// Of a rejection.
    #[serde(default)]
    pub reason: Option<String>,
}

/// The reward ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerView {
    /// Entries, oldest first.
    pub entries: Vec<LedgerLine>,
    /// SHA-256 of the last entry, lower-case hexadecimal.
    pub head: String,
    /// The first broken entry and why, if the chain does not hold.
    pub broken: Option<(u64, String)>,
}

/// One entry of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerLine {
    /// Its number, from 1.
    pub seq: u64,
    /// When.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub at: Timestamp,
    /// Kind of entry.
    pub kind: String,
    /// The case.
    pub public_id: String,
    /// The canonical bytes that were hashed.
    pub body: String,
    /// SHA-256, lower-case hexadecimal.
    pub hash: String,
}

/// Accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Users {
    /// The accounts.
    pub users: Vec<User>,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Its name.
    pub name: String,
    /// As shown to colleagues.
    pub display_name: String,
    /// Key of the department whose cases alone it sees; absent: the bureau itself.
    #[serde(default)]
    pub department: Option<String>,
    /// Roles.
    pub roles: Vec<Role>,
    /// False when it can no longer sign in.
    pub active: bool,
    /// When it last signed in.
    #[serde(default, deserialize_with = "domain::wire::instant_or_none")]
    pub last_sign_in: Option<Timestamp>,
    /// Until when it is locked after wrong passwords.
    #[serde(default, deserialize_with = "domain::wire::instant_or_none")]
    pub locked_until: Option<Timestamp>,
    /// Display name of the administrator who gave out its credentials in the console. Until another administrator
    /// confirms that its holder has it, the two count as one person wherever a rule asks for two.
    #[serde(default)]
    pub issued_by: Option<String>,
    /// The version, for [`UserChange::seen_version`].
    pub version: u64,
}

/// A new account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUser {
    /// Its name: 2 to 32 of `a-z 0-9 . _ -`.
    pub name: String,
    /// As shown to colleagues.
    pub display_name: String,
    /// Key of the department whose cases alone it sees; absent: the bureau itself.
    #[serde(default)]
    pub department: Option<String>,
    /// Roles.
    pub roles: Vec<Role>,
}

/// Shown once to whoever made or reset an account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserSecret {
    /// The account.
    pub user: User,
    /// A password to be changed at the first sign-in.
    pub password: String,
    /// `otpauth://` address for the authenticator.
    pub totp_uri: String,
}

/// A change of an account; absent fields stay.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UserChange {
    /// The version on screen.
    pub seen_version: u64,
    /// As shown to colleagues.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Key of the department; empty: the bureau itself.
    #[serde(default)]
    pub department: Option<String>,
    /// Roles.
    #[serde(default)]
    pub roles: Option<Vec<Role>>,
    /// Whether it may sign in.
    #[serde(default)]
    pub active: Option<bool>,
    /// Of one's own account: the present password…
    #[serde(default)]
    pub old_password: Option<String>,
    /// … and the new one.
    #[serde(default)]
    pub new_password: Option<String>,
}

/// A page of the audit log, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// Entries that match.
    pub total: u64,
    /// From 1.
    pub page: u32,
    /// Entries of a page.
    pub page_size: u32,
    /// The entries.
    pub entries: Vec<AuditLine>,
}

/// Who did what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Its number.
    pub id: u64,
    /// When.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub at: Timestamp,
    /// Name of the account; `system` for the server itself.
    pub actor: String,
    /// What, as a stable key.
    pub action: String,
    /// To what: a tracking number or an account.
    pub subject: String,
    /// Further facts, never a secret and never an identity.
    pub detail: String,
}

/// What became of the reports of a period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// First day.
    #[serde(deserialize_with = "domain::wire::day")]
    pub from: Date,
    /// Last day.
    #[serde(deserialize_with = "domain::wire::day")]
    pub to: Date,
    /// All of them.
    pub all: Group,
    /// By category.
    pub by_category: Vec<(Choice, Group)>,
    /// By street.
    pub by_street: Vec<(Choice, Group)>,
}

/// Figures of a group of reports.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Group {
    /// Received.
    pub received: u64,
    /// Closed.
    pub closed: u64,
    /// Closed as founded or partly founded.
    pub founded: u64,
    /// Closed without a fix: refused or unfounded.
    pub without_fix: u64,
    /// Contested and reopened.
    pub reopened: u64,
    /// Past a deadline now.
    pub overdue: u64,
    /// Median hours from reception to acceptance.
    pub median_accept_h: Option<u32>,
    /// Median hours from reception to closing.
    pub median_close_h: Option<u32>,
}
