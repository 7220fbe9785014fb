//! Where a report stands.

named! {
    /// The state of a report 办理状态.
    #[derive(Default)]
    pub enum State {
        /// Stored, and nobody has looked at it yet.
        #[default]
        Submitted = "submitted" "已提交" "submitted";
        /// Taken up.
        Accepted = "accepted" "已受理" "accepted";
        /// Not taken up, with a reason.
        NotAccepted = "not_accepted" "不予受理" "not accepted";
        /// Passed on to the department in charge.
        Dispatched = "dispatched" "已转办" "passed on";
        /// The department is at work.
        InHandling = "in_handling" "办理中" "being handled";
        /// Finished with a finding.
        Closed = "closed" "已办结" "closed";
        /// Open again after it was closed or merged.
        Reopened = "reopened" "已重新办理" "reopened";
        /// A duplicate that is answered by the report it was merged into.
        Merged = "merged" "已并案" "merged";
        /// Taken back by the reporter.
        Withdrawn = "withdrawn" "已撤回" "withdrawn";
    }
}

impl State {
    /// Whether something is still to be done.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Submitted
            | Self::Accepted
            | Self::Dispatched
            | Self::InHandling
            | Self::Reopened => true,
            Self::NotAccepted | Self::Closed | Self::Merged | Self::Withdrawn => false,
        }
    }

    /// The word of Open311 GeoReport v2 for it.
    pub const fn open311(self) -> &'static str {
        if self.is_open() { "open" } else { "closed" }
    }
}

named! {
    /// What a closed report turned out to be 查处结果.
    pub enum Finding {
        /// It was as reported.
        Founded = "founded" "属实" "founded";
        /// Some of it was as reported.
        Partly = "partly" "部分属实" "partly founded";
        /// It was not as reported.
        Unfounded = "unfounded" "不属实" "unfounded";
    }
}
