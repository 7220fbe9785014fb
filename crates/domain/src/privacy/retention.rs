//! How long what is kept.

use jiff::{SignedDuration, Timestamp};

named! {
    /// Something that is kept for a while.
    pub enum Kept {
        /// Sealed identity and contact, from closing.
        Contact = "contact" "身份与联系方式" "identity and contact";
        /// The text of a report, its messages and answers, from closing: then it is anonymised.
        ReportText = "report_text" "举报内容" "text of the report";
        /// The keyed hash of a network address, from arrival.
        NetworkHash = "network_hash" "网络地址的加密摘要" "keyed hash of the network address";
        /// A photo that was refused or hidden, from the decision.
        RefusedPhoto = "refused_photo" "未采用的照片" "refused photos";
        /// A photo that no report has named, from arrival.
        UnlinkedPhoto = "unlinked_photo" "未提交的照片" "photos of unsent reports";
        /// A spent challenge, from its expiry.
        SpentChallenge = "spent_challenge" "已用的验证题" "spent challenges";
        /// The words and the contact of an objection, from its answer.
        Objection = "objection" "公示异议的内容与联系方式" "objections during publicity";
    }
}

impl Kept {
    /// How long.
    pub const fn keep_for(self) -> SignedDuration {
        match self {
            Self::Contact | Self::Objection => SignedDuration::from_hours(90 * 24),
            Self::ReportText => SignedDuration::from_hours(365 * 24),
            Self::NetworkHash | Self::UnlinkedPhoto => SignedDuration::from_hours(24),
            Self::RefusedPhoto => SignedDuration::from_hours(7 * 24),
            Self::SpentChallenge => SignedDuration::ZERO,
        }
    }

    /// Whatever began then or before is due at `at`: the bound for a query.
    pub fn due_if_since(self, at: Timestamp) -> Timestamp {
        at.checked_sub(self.keep_for()).unwrap_or(Timestamp::MIN)
    }

    /// Whether what began at `since` has to be deleted at `at`.
    pub fn is_due(self, since: Timestamp, at: Timestamp) -> bool {
        at.duration_since(since) >= self.keep_for()
    }
}
