//! Everything the report form needs, also to be kept on a phone for use without a connection.

use contract::report::{Limits, Notice, ReportForm, RewardNotice};
use domain::{Text, privacy::retention::Kept, report::wording, reward::Channel};

use super::check::MOST_PHOTOS;
use crate::app::App;

/// Of one photo as it is sent.
pub const MOST_PHOTO_BYTES: u32 = 10 * 1_024 * 1_024;

/// What form and server share.
#[expect(clippy::cast_possible_truncation, reason = "small constants")]
pub const LIMITS: Limits = Limits {
    text: wording::DESCRIPTION as u32,
    address: wording::LINE as u32,
    photos: MOST_PHOTOS as u32,
    photo_bytes: MOST_PHOTO_BYTES,
};

/// The form as it is now.
pub fn form(app: &App) -> ReportForm {
    let (district, config) = (&app.profile.reports, &app.config.reports);
    let recipient = config.identity_recipient.trim();
    ReportForm {
        meta: app.meta(false),
        closed: app.reports.closed.clone(),
        notice: Notice {
            controller: config.controller.clone(),
            controller_contact: config.controller_contact.clone(),
            sentences: district.notice.clone(),
            contact_days: days(Kept::Contact),
            report_days: days(Kept::ReportText),
        },
        categories: district.categories.clone(),
        streets: district.streets.clone(),
        outfalls: district.outfalls.clone(),
        outline: district.outline.clone(),
        limits: LIMITS,
        code_prefix: district.code_prefix.clone(),
        identity_recipient: (!recipient.is_empty()).then(|| recipient.to_owned()),
        reward: RewardNotice {
            channel: key(district.reward.channel).to_owned(),
            sentences: reward(district.reward.channel),
            official_channels: district.official_channels.clone(),
        },
    }
}

fn days(kept: Kept) -> u32 {
    u32::try_from(kept.keep_for().as_hours() / 24).unwrap_or(0)
}

const fn key(channel: Channel) -> &'static str {
    match channel {
        Channel::None => "none",
        Channel::Handover => "handover",
        Channel::Announced => "announced",
    }
}

/// What may be said of a reward: never that one will be paid (渝环规〔2025〕1号 arts. 2, 3).
fn reward(channel: Channel) -> Vec<Text> {
    match channel {
        Channel::None => Vec::new(),
        Channel::Handover => vec![Text::new(
            "本站受理线索并转办；是否奖励、奖励多少由市级部门依规决定。符合条件的，凭查询码领取，可以匿名。",
            "This site receives clues and passes them on; whether and how much is rewarded is decided by the municipality under its rule. An eligible reporter collects with the claim code, without a name if wished.",
        )],
        Channel::Announced => vec![Text::new(
            "本站是公布的有奖举报渠道；是否奖励由受理部门依规决定。凭查询码领取，可以匿名。",
            "This site is an announced channel for rewarded reports; whether a reward is due is decided under the rule. It is collected with the claim code, without a name if wished.",
        )],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_promises_no_money() {
        assert!(reward(Channel::None).is_empty());
        for channel in [Channel::Handover, Channel::Announced] {
            let sentence = &reward(channel)[0];
            assert!(sentence.zh.contains("依规决定") && sentence.en.contains("decided"));
        }
    }

    #[test]
    fn the_notice_states_the_periods_that_deletion_follows() {
        assert_eq!((days(Kept::Contact), days(Kept::ReportText)), (90, 365));
    }
}
