//! How long what is kept.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Lang;

/// Something that is kept for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Sealed identity and contact, from closing.
    Contact,
    /// The text of a report, its messages and answers, from closing: then it is anonymised.
    ReportText,
    /// The keyed hash of a network address, from arrival.
    NetworkHash,
    /// A photo that was refused or hidden, from the decision.
    RefusedPhoto,
    /// A photo that no report has named, from arrival.
    UnlinkedPhoto,
    /// A spent challenge, from its expiry.
    SpentChallenge,
}

impl Kept {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Contact,
        Self::ReportText,
        Self::NetworkHash,
        Self::RefusedPhoto,
        Self::UnlinkedPhoto,
        Self::SpentChallenge,
    ];

    /// How long.
    pub const fn keep_for(self) -> SignedDuration {
        match self {
            Self::Contact => SignedDuration::from_hours(90 * 24),
            Self::ReportText => SignedDuration::from_hours(365 * 24),
            Self::NetworkHash | Self::UnlinkedPhoto => SignedDuration::from_hours(24),
            Self::RefusedPhoto => SignedDuration::from_hours(7 * 24),
            Self::SpentChallenge => SignedDuration::ZERO,
        }
    }

    /// Whether what began at `since` has to be deleted at `at`.
    pub fn is_due(self, since: Timestamp, at: Timestamp) -> bool {
        at.duration_since(since) >= self.keep_for()
    }

    /// What it is called in the notice on the form.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Contact => lang.pick("身份与联系方式", "identity and contact"),
            Self::ReportText => lang.pick("举报内容", "text of the report"),
            Self::NetworkHash => {
                lang.pick("网络地址的加密摘要", "keyed hash of the network address")
            }
            Self::RefusedPhoto => lang.pick("未采用的照片", "refused photos"),
            Self::UnlinkedPhoto => lang.pick("未提交的照片", "photos of unsent reports"),
            Self::SpentChallenge => lang.pick("已用的验证题", "spent challenges"),
        }
    }
}
