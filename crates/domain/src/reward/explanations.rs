//! The sentences of the criteria.

use super::{CriterionKey, Verdict};
use crate::Text;

/// Why a criterion came out as it did.
pub(super) fn explanation(key: CriterionKey, verdict: Verdict) -> Text {
    let (zh, en) = match verdict {
        Verdict::Met => met(key),
        Verdict::NotMet => not_met(key),
        Verdict::Unclear => unclear(key),
        Verdict::NotRequired => {
            ("本区规则未作此项要求。", "The district's rules do not ask for this.")
        }
    };
    Text::new(zh, en)
}

/// Why a known matter is no obstacle.
pub(super) fn repeat_offence() -> Text {
    Text::new(
        "该违法行为经处理后再次发生，可以再次举报并获得奖励。",
        "The violation was dealt with and committed again; it can be reported and rewarded again.",
    )
}

const fn met(key: CriterionKey) -> (&'static str, &'static str) {
    use CriterionKey as K;
    match key {
        K::Channel => (
            "举报已到达市级公布的举报渠道。",
            "The report reached a channel announced by the municipality.",
        ),
        K::Standing => ("举报已受理且未撤回。", "The report was accepted and not withdrawn."),
        K::Citizen => ("举报人为公民个人。", "The reporter is a private citizen."),
        K::Identity => (
            "举报人的署名方式可以获得奖励。",
            "Reports made in this way, named or anonymous, can be rewarded.",
        ),
        K::DefiniteObject => {
            ("有明确的举报对象和违法事实。", "The report names a definite object and violation.")
        }
        K::Founded => {
            ("举报内容经核查属实或部分属实。", "The report was found true or partly true.")
        }
        K::ListedViolation => {
            ("属于奖励范围内的违法行为。", "The violation is one that rewards are given for.")
        }
        K::FirstEffective => {
            ("为同一问题的首位有效举报。", "This is the first valid report of the problem.")
        }
        K::Staff => (
            "举报人不是生态环境部门工作人员或其亲属。",
            "The reporter is neither on the staff of an ecology authority nor a relative.",
        ),
        K::StatutoryDuty => {
            ("举报人没有法定报告义务。", "The reporter has no statutory duty to report.")
        }
        K::KnownMatter => (
            "举报前该问题未被掌握、处理或公布。",
            "The matter was not known, in handling or published before.",
        ),
        K::Dishonest => {
            ("未发现虚假举报或受雇举报。", "The report is neither false nor paid for by others.")
        }
        K::Dispute => {
            ("涉及违法行为，并非单纯纠纷。", "A law was broken; it is not a mere dispute.")
        }
        K::Wanted => ("举报人未放弃奖励。", "The reporter has not declined a reward."),
    }
}

const fn not_met(key: CriterionKey) -> (&'static str, &'static str) {
    use CriterionKey as K;
    match key {
        K::Channel => (
            "举报未进入市级公布的举报渠道，仅作线索受理、转办。",
            "The report did not enter a channel announced by the municipality; it is handled as a clue.",
        ),
        K::Standing => {
            ("举报未被受理或已撤回。", "The report was not accepted, or it was withdrawn.")
        }
        K::Citizen => ("奖励对象为公民个人。", "Rewards are for private citizens."),
        K::Identity => (
            "现行规则只奖励实名举报。",
            "The rules in force reward only reports under a real name.",
        ),
        K::DefiniteObject => (
            "没有明确的举报对象或违法事实。",
            "The report does not name a definite object and violation.",
        ),
        K::Founded => ("举报内容经核查不属实。", "The report was found to be unfounded."),
        K::ListedViolation => {
            ("不属于奖励范围内的违法行为。", "The violation is not one that rewards are given for.")
        }
        K::FirstEffective => (
            "同一问题已有更早的有效举报，本件作为佐证。",
            "An earlier valid report of the same problem exists; this one supports it.",
        ),
        K::Staff => (
            "举报人为生态环境部门工作人员或其亲属。",
            "The reporter is on the staff of an ecology authority or a relative.",
        ),
        K::StatutoryDuty => {
            ("举报人负有法定报告义务。", "The reporter has a statutory duty to report.")
        }
        K::KnownMatter => (
            "举报前该问题已被掌握、处理或公布。",
            "The matter was known, in handling or published before.",
        ),
        K::Dishonest => ("属于虚假举报或受雇举报。", "The report is false, or others paid for it."),
        K::Dispute => ("属于纠纷，未涉及违法行为。", "It is a dispute in which no law was broken."),
        K::Wanted => ("举报人已放弃奖励。", "The reporter declined a reward."),
    }
}

const fn unclear(key: CriterionKey) -> (&'static str, &'static str) {
    use CriterionKey as K;
    match key {
        K::Channel => {
            ("举报尚未转办至市级渠道。", "The report was not handed to a municipal channel yet.")
        }
        K::Standing => {
            ("举报尚未决定是否受理。", "Whether the report is accepted is not decided yet.")
        }
        K::Citizen => (
            "尚未确认举报人是否为公民个人。",
            "Whether the reporter is a private citizen is not clear yet.",
        ),
        K::Identity => ("尚未确认举报人的署名方式。", "How the reporter appears is not clear yet."),
        K::DefiniteObject => (
            "尚未确认是否有明确的举报对象和违法事实。",
            "Whether the object and the violation are definite is not clear yet.",
        ),
        K::Founded => ("举报内容尚待核查。", "The report is still being verified."),
        K::ListedViolation => (
            "尚未确认是否属于奖励范围。",
            "Whether rewards are given for this violation is not clear yet.",
        ),
        K::FirstEffective => (
            "尚未确认是否为首位有效举报。",
            "Whether this is the first valid report is not clear yet.",
        ),
        K::Staff => (
            "尚未确认举报人是否为生态环境部门工作人员或其亲属。",
            "Whether the reporter is on the staff of an ecology authority or a relative is not clear yet.",
        ),
        K::StatutoryDuty => (
            "尚未确认举报人是否负有法定报告义务。",
            "Whether the reporter has a statutory duty to report is not clear yet.",
        ),
        K::KnownMatter => (
            "尚未确认该问题此前是否已被掌握。",
            "Whether the matter was known before is not clear yet.",
        ),
        K::Dishonest => {
            ("尚未排除虚假举报或受雇举报。", "A false or paid report is not ruled out yet.")
        }
        K::Dispute => ("尚未确认是否涉及违法行为。", "Whether a law was broken is not clear yet."),
        K::Wanted => ("举报人尚未表态。", "The reporter has not said yet."),
    }
}
