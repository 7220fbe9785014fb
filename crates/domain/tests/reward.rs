//! Rewards: amounts to the fen, eligibility item by item, who was first, and who may do what when.

use domain::{
    Lang,
    ledger::Body,
    reward::{
        Amount, AwardFacts, Candidate, Channel, ClaimPeriod, CriterionKey, EligibilityFacts,
        EmergencyLevel, Ground, Identity, Outcome, PayoutIdentity, Reward, RewardAction,
        RewardActor, RewardRefusal, RewardRules, RewardState, RewardStep, RulesError, Verdict,
        VoucherError, VoucherNumber, award, check_amount, eligibility, first_effective, outcome,
        shares,
    },
};
use jiff::civil::{Date, date};
use proptest::{collection::vec, option, prelude::*, sample::select};
use rstest::rstest;

const TODAY: Date = date(2026, 12, 1);
const LATER: Date = date(2027, 6, 1);

fn rules() -> RewardRules {
    RewardRules::default()
}

fn yuan(yuan: i32) -> Amount {
    Amount::from_yuan(yuan)
}

fn fen(fen: i64) -> Amount {
    Amount::from_fen(fen)
}

// 渝环规〔2025〕1号: 500 / 1,000 / 2,000 for a clue; 5 % of a fine; the highest applies; 100,000 at most.
#[rstest]
#[case::lowest_tier(Some(0), None, 50_000, Ground::Clue)]
#[case::highest_tier(Some(2), None, 200_000, Ground::Clue)]
#[case::five_percent(None, Some(10_000_000), 500_000, Ground::Penalty)]
#[case::to_the_fen(None, Some(12_345_678), 617_284, Ground::Penalty)]
#[case::half_a_fen_counts(None, Some(10), 1, Ground::Penalty)]
#[case::fine_beats_clue(Some(2), Some(4_000_020), 200_001, Ground::Penalty)]
#[case::clue_beats_fine(Some(2), Some(3_999_980), 200_000, Ground::Clue)]
#[case::capped(None, Some(300_000_000), 10_000_000, Ground::Penalty)]
#[case::just_below_the_cap(None, Some(199_999_980), 9_999_999, Ground::Penalty)]
fn a_case_is_worth_its_highest_ground(
    #[case] clue_tier: Option<u8>,
    #[case] fine: Option<i64>,
    #[case] expected: i64,
    #[case] ground: Ground,
) {
    let facts = AwardFacts { clue_tier, fine_fen: fine.map(fen), emergency: None };
    let award = award(&facts, &rules()).expect("a ground");
    assert_eq!((award.least_fen, award.most_fen), (fen(expected), fen(expected)));
    assert_eq!(award.grounds, [ground]);
    assert_eq!(award.capped, fine == Some(300_000_000));
}

#[rstest]
#[case::nothing_found(AwardFacts::default())]
#[case::no_such_tier(AwardFacts { clue_tier: Some(3), ..AwardFacts::default() })]
#[case::fine_of_nothing(AwardFacts { fine_fen: Some(Amount::ZERO), ..AwardFacts::default() })]
#[case::fine_below_zero(AwardFacts { fine_fen: Some(Amount::from_fen(-100)), ..AwardFacts::default() })]
#[case::less_than_half_a_fen(AwardFacts { fine_fen: Some(Amount::from_fen(9)), ..AwardFacts::default() })]
fn without_a_ground_nothing_can_be_proposed(#[case] facts: AwardFacts) {
    assert_eq!(award(&facts, &rules()), None);
    assert_eq!(check_amount(yuan(500), &facts, &rules()), Err(RewardRefusal::NoGround));
}

#[test]
fn an_emergency_level_without_an_amount_is_open_up_to_the_maximum() {
    let facts = AwardFacts { emergency: Some(EmergencyLevel::Major), ..AwardFacts::default() };
    let mut rules = rules();
    let open = award(&facts, &rules).expect("a ground");
    assert_eq!((open.least_fen, open.most_fen), (fen(1), yuan(100_000)));
    assert!(check_amount(yuan(100_000), &facts, &rules).is_ok());
    let bounds = RewardRefusal::Amount { least_fen: fen(1), most_fen: yuan(100_000) };
    assert_eq!(check_amount(fen(10_000_001), &facts, &rules), Err(bounds.clone()));
    assert_eq!(check_amount(Amount::ZERO, &facts, &rules), Err(bounds));

    rules.emergency.value.major_fen = Some(yuan(50_000));
    let fixed = award(&facts, &rules).expect("a ground");
    assert_eq!((fixed.least_fen, fixed.most_fen), (yuan(50_000), yuan(50_000)));
}

#[test]
fn an_open_emergency_is_never_worth_less_than_a_certain_ground() {
    let facts =
        AwardFacts { clue_tier: Some(1), fine_fen: None, emergency: Some(EmergencyLevel::General) };
    let award = award(&facts, &rules()).expect("two grounds");
    assert_eq!((award.least_fen, award.most_fen), (yuan(1_000), yuan(100_000)));
}

#[test]
fn grounds_are_added_only_where_stacking_is_allowed() {
    let facts = AwardFacts { clue_tier: Some(1), fine_fen: Some(yuan(100_000)), emergency: None };
    let mut rules = rules();
    assert_eq!(award(&facts, &rules).expect("grounds").most_fen, yuan(5_000));
    rules.no_stacking.enabled = false;
    let added = award(&facts, &rules).expect("grounds");
    assert_eq!((added.most_fen, added.grounds), (yuan(6_000), vec![Ground::Clue, Ground::Penalty]));
    rules.penalty_permille.enabled = false;
    assert_eq!(award(&facts, &rules).expect("a ground").grounds, [Ground::Clue]);
    rules.cap_fen.value = yuan(300);
    let capped = award(&facts, &rules).expect("a ground");
    assert_eq!((capped.least_fen, capped.most_fen, capped.capped), (yuan(300), yuan(300), true));
    rules.cap_fen.enabled = false;
    assert_eq!(award(&facts, &rules).expect("a ground").most_fen, yuan(1_000));
}

#[test]
fn amounts_are_written_in_yuan_and_sent_in_fen() {
    assert_eq!(fen(123_456_789).to_string(), "1234567.89");
    assert_eq!(fen(-5).to_string(), "-0.05");
    assert_eq!(serde_json::to_string(&yuan(2_000)).expect("a number"), "200000");
    assert!(serde_json::from_str::<Amount>("0.5").is_err());
    assert_eq!(fen(i64::MAX).permille(1_001), None);
    assert_eq!(fen(i64::MAX).permille(1_000), Some(fen(i64::MAX)));
    assert_eq!(fen(i64::MAX).plus(fen(1)), None);
}

proptest! {
    #[test]
    fn shares_are_equal_to_the_fen_and_lose_none(amount in 0_i64..1_000_000_000_000, persons in 1_u32..200) {
        let shares = shares(fen(amount), persons);
        prop_assert_eq!(shares.len(), persons as usize);
        prop_assert_eq!(shares.iter().map(|share| share.fen()).sum::<i64>(), amount);
        let (most, least) = (shares.iter().max().unwrap(), shares.iter().min().unwrap());
        prop_assert!(most.fen() - least.fen() <= 1);
        prop_assert!(shares.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn a_share_of_a_fine_is_exact_to_half_a_fen(fine in 0_i64..1_000_000_000_000, permille in 0_u32..1_001) {
        let share = i128::from(fen(fine).permille(permille).unwrap().fen());
        let exact = i128::from(fine) * i128::from(permille);
        prop_assert!((share * 1_000 - exact).abs() <= 500);
    }
}

#[test]
fn nobody_and_nothing_have_no_shares() {
    assert!(shares(yuan(500), 0).is_empty());
    assert!(shares(fen(-1), 2).is_empty());
    assert_eq!(shares(Amount::ZERO, 2), [Amount::ZERO; 2]);
}

/// A report that can be rewarded.
fn eligible() -> EligibilityFacts {
    EligibilityFacts {
        identity: Identity::Anonymous,
        reached_channel: Some(true),
        standing: Some(true),
        citizen: Some(true),
        definite_object: Some(true),
        founded: Some(true),
        listed_violation: Some(true),
        first_effective: Some(true),
        repeat_offence: false,
        staff: Some(false),
        statutory_duty: Some(false),
        known_matter: Some(false),
        dishonest: Some(false),
        dispute: Some(false),
        declined: false,
    }
}

fn verdict(facts: &EligibilityFacts, rules: &RewardRules, key: CriterionKey) -> Verdict {
    let criteria = eligibility(facts, rules);
    criteria.iter().find(|criterion| criterion.key == key).expect("every criterion").verdict
}

#[test]
fn an_anonymous_report_that_meets_everything_is_eligible() {
    let criteria = eligibility(&eligible(), &rules());
    assert_eq!(outcome(&criteria), Outcome::Eligible);
    let keys: Vec<_> = criteria.iter().map(|criterion| criterion.key).collect();
    assert_eq!(keys, CriterionKey::ALL);
}

/// Changes one fact of a report.
type Change = fn(&mut EligibilityFacts);

#[rstest]
#[case(CriterionKey::Channel, |f: &mut EligibilityFacts| f.reached_channel = Some(false), |f: &mut EligibilityFacts| f.reached_channel = None)]
#[case(CriterionKey::Standing, |f: &mut EligibilityFacts| f.standing = Some(false), |f: &mut EligibilityFacts| f.standing = None)]
#[case(CriterionKey::Citizen, |f: &mut EligibilityFacts| f.citizen = Some(false), |f: &mut EligibilityFacts| f.citizen = None)]
#[case(CriterionKey::DefiniteObject, |f: &mut EligibilityFacts| f.definite_object = Some(false), |f: &mut EligibilityFacts| f.definite_object = None)]
#[case(CriterionKey::Founded, |f: &mut EligibilityFacts| f.founded = Some(false), |f: &mut EligibilityFacts| f.founded = None)]
#[case(CriterionKey::ListedViolation, |f: &mut EligibilityFacts| f.listed_violation = Some(false), |f: &mut EligibilityFacts| f.listed_violation = None)]
#[case(CriterionKey::FirstEffective, |f: &mut EligibilityFacts| f.first_effective = Some(false), |f: &mut EligibilityFacts| f.first_effective = None)]
#[case(CriterionKey::Staff, |f: &mut EligibilityFacts| f.staff = Some(true), |f: &mut EligibilityFacts| f.staff = None)]
#[case(CriterionKey::StatutoryDuty, |f: &mut EligibilityFacts| f.statutory_duty = Some(true), |f: &mut EligibilityFacts| f.statutory_duty = None)]
#[case(CriterionKey::KnownMatter, |f: &mut EligibilityFacts| f.known_matter = Some(true), |f: &mut EligibilityFacts| f.known_matter = None)]
#[case(CriterionKey::Dishonest, |f: &mut EligibilityFacts| f.dishonest = Some(true), |f: &mut EligibilityFacts| f.dishonest = None)]
#[case(CriterionKey::Dispute, |f: &mut EligibilityFacts| f.dispute = Some(true), |f: &mut EligibilityFacts| f.dispute = None)]
fn each_criterion_alone_refuses_or_leaves_open(
    #[case] key: CriterionKey,
    #[case] fails: Change,
    #[case] unknown: Change,
) {
    for (change, one, all) in [
        (fails, Verdict::NotMet, Outcome::NotEligible),
        (unknown, Verdict::Unclear, Outcome::Undecided),
    ] {
        let mut facts = eligible();
        change(&mut facts);
        let criteria = eligibility(&facts, &rules());
        let different: Vec<_> =
            criteria.iter().filter(|criterion| criterion.verdict != Verdict::Met).collect();
        assert_eq!(different.len(), 1, "{different:?}");
        assert_eq!((different[0].key, different[0].verdict), (key, one));
        assert_eq!(outcome(&criteria), all);
    }
}

#[test]
fn one_criterion_that_fails_outweighs_others_that_are_open() {
    let facts = EligibilityFacts { founded: Some(false), ..EligibilityFacts::default() };
    assert_eq!(outcome(&eligibility(&facts, &rules())), Outcome::NotEligible);
}

#[test]
fn a_declined_reward_is_not_eligible() {
    let facts = EligibilityFacts { declined: true, ..eligible() };
    assert_eq!(verdict(&facts, &rules(), CriterionKey::Wanted), Verdict::NotMet);
}

#[test]
fn without_anonymous_payment_a_real_name_is_needed() {
    let named = EligibilityFacts { identity: Identity::RealName, ..eligible() };
    let (mut not_allowed, mut only_named) = (rules(), rules());
    not_allowed.anonymous_allowed.enabled = false;
    only_named.payout_identity.value = PayoutIdentity::RealNameOnly;
    for rules in [not_allowed, only_named] {
        assert_eq!(verdict(&eligible(), &rules, CriterionKey::Identity), Verdict::NotMet);
        assert_eq!(verdict(&named, &rules, CriterionKey::Identity), Verdict::Met);
    }
}

#[test]
fn the_channel_decides_before_anything_else() {
    let facts = EligibilityFacts { reached_channel: None, ..eligible() };
    for (channel, expected) in [
        (Channel::None, Verdict::NotMet),
        (Channel::Handover, Verdict::Unclear),
        (Channel::Announced, Verdict::Met),
    ] {
        let rules = RewardRules { channel, ..rules() };
        assert_eq!(verdict(&facts, &rules, CriterionKey::Channel), expected);
    }
}

#[test]
fn a_repeated_offence_excuses_that_the_matter_was_known() {
    let facts = EligibilityFacts { known_matter: Some(true), repeat_offence: true, ..eligible() };
    let mut rules = rules();
    assert_eq!(verdict(&facts, &rules, CriterionKey::KnownMatter), Verdict::Met);
    rules.repeat_offence.enabled = false;
    assert_eq!(verdict(&facts, &rules, CriterionKey::KnownMatter), Verdict::NotMet);
}

#[test]
fn a_rule_that_is_switched_off_is_not_required() {
    let mut rules = rules();
    for switch in [
        &mut rules.citizens_only,
        &mut rules.definite_object,
        &mut rules.listed_violation,
        &mut rules.first_effective_only,
        &mut rules.exclusions.staff,
        &mut rules.exclusions.statutory_duty,
        &mut rules.exclusions.known_matter,
        &mut rules.exclusions.dishonest,
        &mut rules.exclusions.dispute,
    ] {
        switch.enabled = false;
    }
    let criteria = eligibility(&EligibilityFacts::default(), &rules);
    let free = criteria.iter().filter(|criterion| criterion.verdict == Verdict::NotRequired);
    assert_eq!(free.count(), 9);
}

#[test]
fn every_verdict_is_explained_in_both_languages_and_names_its_source() {
    for facts in [eligible(), EligibilityFacts::default(), against()] {
        for criterion in eligibility(&facts, &rules()) {
            for lang in Lang::ALL {
                assert!(criterion.explanation.get(lang).len() > 10, "{criterion:?}");
                assert!(criterion.source.get(lang).len() > 10, "{criterion:?}");
            }
            assert!(criterion.explanation.zh.ends_with('。'), "{criterion:?}");
            assert!(criterion.explanation.en.ends_with('.'), "{criterion:?}");
        }
    }
}

/// Everything speaks against it.
fn against() -> EligibilityFacts {
    EligibilityFacts {
        identity: Identity::Anonymous,
        reached_channel: Some(false),
        standing: Some(false),
        citizen: Some(false),
        definite_object: Some(false),
        founded: Some(false),
        listed_violation: Some(false),
        first_effective: Some(false),
        repeat_offence: false,
        staff: Some(true),
        statutory_duty: Some(true),
        known_matter: Some(true),
        dishonest: Some(true),
        dispute: Some(true),
        declined: true,
    }
}

#[test]
fn what_nobody_confirmed_says_so() {
    let listed = rules().listed();
    assert_eq!(listed.len(), 20);
    for rule in listed {
        let assumed = rule.label.zh.starts_with("推定") && rule.label.en.starts_with("assumed");
        assert_eq!(assumed, !rule.confirmed, "{rule:?}");
        assert!(rule.enabled, "{rule:?}");
    }
}

#[test]
fn rules_come_from_configuration_and_survive_it() {
    let json = serde_json::to_string(&rules()).expect("JSON");
    assert_eq!(serde_json::from_str::<RewardRules>(&json).expect("rules"), rules());
    let partly = r#"{"channel":"announced","claim_period":{"label":{"zh":"甲","en":"a"},"value":{"working_days":15}}}"#;
    let partly: RewardRules = serde_json::from_str(partly).expect("rules");
    assert_eq!(partly.channel, Channel::Announced);
    assert!(partly.claim_period.enabled && !partly.claim_period.confirmed);
    assert_eq!(partly.clue_tiers_fen, rules().clue_tiers_fen);
    assert!(serde_json::from_str::<RewardRules>(r#"{"chanel":"none"}"#).is_err());
}

#[rstest]
#[case(|r: &mut RewardRules| r.clue_tiers_fen.value.clear(), RulesError::ClueTiers)]
#[case(|r: &mut RewardRules| r.clue_tiers_fen.value.reverse(), RulesError::ClueTiers)]
#[case(|r: &mut RewardRules| r.clue_tiers_fen.value[0] = Amount::ZERO, RulesError::ClueTiers)]
#[case(|r: &mut RewardRules| r.penalty_permille.value = 1_001, RulesError::Penalty(1_001))]
#[case(|r: &mut RewardRules| r.emergency.value.extreme_fen = Some(Amount::from_yuan(100_001)), RulesError::Emergency(10_000_000))]
#[case(|r: &mut RewardRules| r.emergency.value.general_fen = Some(Amount::ZERO), RulesError::Emergency(10_000_000))]
#[case(|r: &mut RewardRules| r.cap_fen.value = Amount::ZERO, RulesError::Cap(0))]
#[case(|r: &mut RewardRules| r.claim_period.value = ClaimPeriod::Months(0), RulesError::ClaimPeriod)]
fn rules_that_make_no_sense_are_refused(
    #[case] spoil: fn(&mut RewardRules),
    #[case] expected: RulesError,
) {
    assert_eq!(rules().check(), Ok(()));
    let mut rules = rules();
    spoil(&mut rules);
    assert_eq!(rules.check(), Err(expected));
}

#[rstest]
#[case::plain(date(2026, 1, 15), date(2026, 7, 15))]
#[case::over_the_year(date(2026, 8, 31), date(2027, 2, 28))]
#[case::into_a_leap_year(date(2027, 8, 31), date(2028, 2, 29))]
#[case::end_of_a_short_month(date(2026, 12, 31), date(2027, 6, 30))]
fn six_months_end_on_the_same_day_or_the_last_one(#[case] notified: Date, #[case] last: Date) {
    assert_eq!(rules().claim_until(notified, |_, _| unreachable!()), Some(last));
}

#[test]
fn a_claim_period_in_working_days_asks_the_calendar() {
    let mut rules = rules();
    rules.claim_period.value = ClaimPeriod::WorkingDays(15);
    let calendar = domain::calendar::WorkCalendar::default();
    let last = rules.claim_until(TODAY, |day, count| calendar.add_working_days(day, count.into()));
    assert_eq!(last, Some(date(2026, 12, 22)));
    rules.claim_period.enabled = false;
    assert_eq!(rules.claim_until(TODAY, |_, _| unreachable!()), None);
}

fn candidate(report: &str, received_us: i64, effective: bool, joint: Option<&str>) -> Candidate {
    let (report, joint) = (report.to_owned(), joint.map(str::to_owned));
    Candidate { report, received_us, effective, joint }
}

#[test]
fn the_first_valid_report_wins_and_shares_with_its_joint_ones() {
    let candidates = [
        candidate("R1", 10, false, None),
        candidate("R2", 30, true, None),
        candidate("R3", 20, true, Some("family")),
        candidate("R4", 40, true, Some("family")),
        candidate("R5", 25, false, Some("family")),
        candidate("R6", 35, true, Some("others")),
    ];
    let first = first_effective(&candidates).expect("valid reports");
    assert_eq!(first.report, "R3");
    assert_eq!(first.sharing, ["R3", "R4"]);
    assert_eq!(first.supporting, ["R2", "R6"]);
    let paid = first.payouts(fen(100_001), &rules());
    let paid: Vec<_> = paid.iter().map(|p| (p.report.as_str(), p.amount_fen.fen())).collect();
    assert_eq!(paid, [("R3", 50_001), ("R4", 50_000)]);
    let mut alone = rules();
    alone.equal_shares.enabled = false;
    let paid = first.payouts(fen(100_001), &alone);
    assert_eq!((paid.len(), paid[0].amount_fen), (1, fen(100_001)));
}

#[test]
fn without_a_valid_report_nobody_is_first() {
    assert_eq!(first_effective(&[]), None);
    assert_eq!(first_effective(&[candidate("R1", 1, false, None)]), None);
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let one = ("[A-F]{1,2}", 0_i64..4, any::<bool>(), option::of("[xyz]"));
    let one = one.prop_map(|(report, received_us, effective, joint)| Candidate {
        report,
        received_us,
        effective,
        joint,
    });
    vec(one, 0..10)
}

proptest! {
    #[test]
    fn the_order_of_arrival_in_one_moment_changes_nothing(
        (before, after) in candidates().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        prop_assert_eq!(first_effective(&before), first_effective(&after));
    }

    #[test]
    fn nobody_is_earlier_than_the_first(all in candidates()) {
        let earliest = all.iter().filter(|c| c.effective).map(|c| c.received_us).min();
        let first = first_effective(&all);
        prop_assert_eq!(first.is_some(), earliest.is_some());
        if let Some(first) = first {
            let mut winner = all.iter().filter(|c| c.effective && c.report == first.report);
            prop_assert!(winner.any(|c| Some(c.received_us) == earliest));
            prop_assert!(first.sharing.contains(&first.report));
            prop_assert!(first.sharing.iter().all(|report| !first.supporting.contains(report)));
        }
    }

    #[test]
    fn payouts_add_up_to_the_amount(all in candidates(), amount in 0_i64..10_000_000) {
        if let Some(first) = first_effective(&all) {
            let paid = first.payouts(fen(amount), &rules());
            prop_assert_eq!(paid.iter().map(|p| p.amount_fen.fen()).sum::<i64>(), amount);
        }
    }
}

// Every pair of state and action that leads on; all others are refused.
const WAYS: [(RewardState, RewardAction, RewardState); 17] = {
    use RewardAction as A;
    use RewardState as S;
    [
        (S::None, A::FindNotEligible, S::NotEligible),
        (S::NotEligible, A::Reconsider, S::None),
        (S::None, A::Propose, S::Proposed),
        (S::Rejected, A::Propose, S::Proposed),
        (S::Rejected, A::FindNotEligible, S::NotEligible),
        (S::Proposed, A::Approve, S::Approved),
        (S::Proposed, A::Reject, S::Rejected),
        (S::Approved, A::Notify, S::AwaitingClaim),
        (S::AwaitingClaim, A::Claim, S::Claimed),
        (S::Claimed, A::Pay, S::Paid),
        (S::AwaitingClaim, A::Expire, S::Expired),
        (S::None, A::Decline, S::Declined),
        (S::Proposed, A::Decline, S::Declined),
        (S::Approved, A::Decline, S::Declined),
        (S::Rejected, A::Decline, S::Declined),
        (S::AwaitingClaim, A::Decline, S::Declined),
        (S::Claimed, A::Decline, S::Declined),
    ]
};

#[test]
fn a_reward_goes_only_these_ways() {
    for &state in RewardState::ALL {
        for &action in RewardAction::ALL {
            let way = WAYS.iter().find(|way| (way.0, way.1) == (state, action));
            assert_eq!(state.apply(action).ok(), way.map(|way| way.2), "{state:?} {action:?}");
            assert_eq!(state.allows(action), way.is_some());
        }
        assert_eq!(RewardState::from_key(state.key()), Some(state));
    }
}

const LI: RewardActor<'_> = RewardActor::Officer("li");
const WANG: RewardActor<'_> = RewardActor::Officer("wang");
const ZHAO: RewardActor<'_> = RewardActor::Officer("zhao");

fn voucher() -> VoucherNumber {
    VoucherNumber::new(0x0FED_CBA9_8765_4321)
}

fn proposal() -> RewardStep {
    let facts = AwardFacts { clue_tier: Some(1), ..AwardFacts::default() };
    RewardStep::Propose { amount_fen: yuan(1_000), facts, outcome: Outcome::Eligible }
}

fn step(reward: &Reward, step: RewardStep, actor: RewardActor<'_>) -> Reward {
    reward.act(step, actor, TODAY, &rules()).expect("an allowed step").0
}

/// Proposed by Li, approved by Wang, announced, claimed.
fn claimed() -> Reward {
    let reward = step(&Reward::default(), proposal(), LI);
    let reward = step(&reward, RewardStep::Approve, WANG);
    let reward =
        step(&reward, RewardStep::Notify { claim_until: Some(LATER) }, RewardActor::System);
    step(&reward, RewardStep::Claim(voucher()), RewardActor::Reporter)
}

#[test]
fn three_people_bring_a_reward_to_the_reporter() {
    let (paid, body) = claimed()
        .act(RewardStep::Pay(voucher()), ZHAO, TODAY, &rules())
        .expect("a third officer pays");
    assert_eq!(body, Body::Paid { voucher: voucher(), amount_fen: yuan(1_000) });
    assert_eq!(paid.state, RewardState::Paid);
    let persons = [paid.proposer, paid.approver, paid.payer];
    assert_eq!(persons, ["li", "wang", "zhao"].map(|id| Some(id.to_owned())));
}

#[rstest]
#[case(RewardStep::Approve)]
#[case(RewardStep::Reject)]
fn nobody_decides_on_the_own_proposal(#[case] decision: RewardStep) {
    let proposed = step(&Reward::default(), proposal(), LI);
    let refused = proposed.act(decision, LI, TODAY, &rules());
    assert_eq!(refused, Err(RewardRefusal::OwnProposal));
}

#[rstest]
#[case(LI)]
#[case(WANG)]
fn whoever_proposed_or_approved_does_not_pay(#[case] officer: RewardActor<'_>) {
    let refused = claimed().act(RewardStep::Pay(voucher()), officer, TODAY, &rules());
    assert_eq!(refused, Err(RewardRefusal::OwnDecision));
}

#[test]
fn a_reward_without_known_persons_cannot_be_decided_or_paid() {
    let proposed = Reward { state: RewardState::Proposed, ..Reward::default() };
    let approving = proposed.may(RewardAction::Approve, LI, TODAY, &rules());
    assert_eq!(approving, Err(RewardRefusal::OwnProposal));
    let unapproved = Reward { approver: None, ..claimed() };
    let paying = unapproved.may(RewardAction::Pay, ZHAO, TODAY, &rules());
    assert_eq!(paying, Err(RewardRefusal::OwnDecision));
}

#[test]
fn proposing_again_makes_the_new_person_the_proposer() {
    let proposed = step(&Reward::default(), proposal(), LI);
    let rejected = step(&proposed, RewardStep::Reject, WANG);
    let again = step(&rejected, proposal(), WANG);
    let own = again.may(RewardAction::Approve, WANG, TODAY, &rules());
    assert_eq!(own, Err(RewardRefusal::OwnProposal));
    assert_eq!(again.may(RewardAction::Approve, LI, TODAY, &rules()), Ok(()));
}

#[test]
fn each_action_belongs_to_somebody() {
    let awaiting =
        Reward { state: RewardState::AwaitingClaim, claim_until: Some(LATER), ..Reward::default() };
    for (action, actor) in [
        (RewardAction::Claim, LI),
        (RewardAction::Decline, LI),
        (RewardAction::Expire, LI),
        (RewardAction::Claim, RewardActor::System),
        (RewardAction::Expire, RewardActor::Reporter),
    ] {
        let refused = awaiting.may(action, actor, TODAY, &rules());
        assert_eq!(refused, Err(RewardRefusal::WrongActor { action }));
    }
    for &action in RewardAction::ALL {
        let by_officer =
            ![RewardAction::Claim, RewardAction::Decline, RewardAction::Expire].contains(&action);
        assert_eq!(action.permission().is_some(), by_officer, "{action:?}");
    }
}

#[rstest]
#[case::last_day(LATER, None, Some(RewardRefusal::TooEarly { last_day: LATER }))]
#[case::day_after(date(2027, 6, 2), Some(RewardRefusal::TooLate { last_day: LATER }), None)]
fn a_reward_can_be_claimed_through_its_last_day(
    #[case] today: Date,
    #[case] claiming: Option<RewardRefusal>,
    #[case] expiring: Option<RewardRefusal>,
) {
    let awaiting =
        Reward { state: RewardState::AwaitingClaim, claim_until: Some(LATER), ..Reward::default() };
    let claim = awaiting.act(RewardStep::Claim(voucher()), RewardActor::Reporter, today, &rules());
    assert_eq!(claim.err(), claiming);
    let expire = awaiting.act(RewardStep::Expire, RewardActor::System, today, &rules());
    assert_eq!(expire.err(), expiring);
}

#[test]
fn a_reward_without_a_deadline_does_not_expire() {
    let awaiting = Reward { state: RewardState::AwaitingClaim, ..Reward::default() };
    let expire = awaiting.may(RewardAction::Expire, RewardActor::System, LATER, &rules());
    assert_eq!(expire, Err(RewardRefusal::NoDeadline));
}

#[test]
fn a_proposal_needs_an_eligible_report_an_allowed_amount_and_a_channel() {
    let facts = AwardFacts { clue_tier: Some(1), ..AwardFacts::default() };
    let propose = |amount_fen, outcome, rules: &RewardRules| {
        let step = RewardStep::Propose { amount_fen, facts, outcome };
        Reward::default().act(step, LI, TODAY, rules).err()
    };
    let rules = rules();
    for outcome in [Outcome::Undecided, Outcome::NotEligible] {
        assert_eq!(propose(yuan(1_000), outcome, &rules), Some(RewardRefusal::NotEligible));
    }
    let exact = RewardRefusal::Amount { least_fen: yuan(1_000), most_fen: yuan(1_000) };
    assert_eq!(propose(fen(100_001), Outcome::Eligible, &rules), Some(exact));
    assert_eq!(propose(yuan(1_000), Outcome::Eligible, &rules), None);
    let off = RewardRules { channel: Channel::None, ..rules };
    assert_eq!(propose(yuan(1_000), Outcome::Eligible, &off), Some(RewardRefusal::NoChannel));
}

#[test]
fn a_finding_needs_a_reason_and_can_be_taken_back() {
    let find = |reasons| RewardStep::FindNotEligible(reasons);
    let refused = Reward::default().act(find(Vec::new()), LI, TODAY, &rules());
    assert_eq!(refused, Err(RewardRefusal::NoReason));
    let found = step(&Reward::default(), find(vec![CriterionKey::Founded]), LI);
    assert_eq!(found.reasons, [CriterionKey::Founded]);
    let back = step(&found, RewardStep::Reconsider, LI);
    assert_eq!((back.state, back.reasons.len()), (RewardState::None, 0));
}

#[test]
fn another_voucher_is_not_paid() {
    let other = VoucherNumber::new(1);
    let refused = claimed().act(RewardStep::Pay(other), ZHAO, TODAY, &rules());
    assert_eq!(refused, Err(RewardRefusal::WrongVoucher));
}

/// Any step by anybody.
fn any_step() -> impl Strategy<Value = (RewardStep, RewardActor<'static>)> {
    let steps = vec![
        RewardStep::FindNotEligible(vec![CriterionKey::Founded]),
        RewardStep::Reconsider,
        proposal(),
        RewardStep::Approve,
        RewardStep::Reject,
        RewardStep::Notify { claim_until: Some(LATER) },
        RewardStep::Claim(voucher()),
        RewardStep::Pay(voucher()),
    ];
    (select(steps), select(vec![LI, WANG, ZHAO, RewardActor::Reporter, RewardActor::System]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_way_leads_to_money_past_three_different_officers(steps in vec(any_step(), 0..60)) {
        let mut reward = Reward::default();
        for (step, actor) in steps {
            if let Ok((next, _)) = reward.act(step, actor, TODAY, &rules()) {
                reward = next;
            }
            if [RewardState::Approved, RewardState::AwaitingClaim, RewardState::Claimed, RewardState::Paid]
                .contains(&reward.state)
            {
                prop_assert!(reward.proposer.is_some() && reward.approver.is_some());
                prop_assert_ne!(&reward.proposer, &reward.approver);
            }
            if reward.state == RewardState::Paid {
                prop_assert!(reward.payer.is_some());
                prop_assert_ne!(&reward.payer, &reward.proposer);
                prop_assert_ne!(&reward.payer, &reward.approver);
            }
        }
    }
}

#[test]
fn every_refusal_is_a_sentence_in_both_languages() {
    let refusals = [
        RewardRefusal::State { state: RewardState::Paid, action: RewardAction::Pay },
        RewardRefusal::WrongActor { action: RewardAction::Claim },
        RewardRefusal::WrongActor { action: RewardAction::Expire },
        RewardRefusal::WrongActor { action: RewardAction::Approve },
        RewardRefusal::OwnProposal,
        RewardRefusal::OwnDecision,
        RewardRefusal::NotEligible,
        RewardRefusal::NoReason,
        RewardRefusal::NoGround,
        RewardRefusal::Amount { least_fen: fen(1), most_fen: yuan(100_000) },
        RewardRefusal::TooLate { last_day: LATER },
        RewardRefusal::TooEarly { last_day: LATER },
        RewardRefusal::NoDeadline,
        RewardRefusal::WrongVoucher,
        RewardRefusal::NoChannel,
    ];
    let mut seen = std::collections::BTreeSet::new();
    for refusal in refusals {
        let (zh, en) = (refusal.sentence(Lang::Zh), refusal.sentence(Lang::En));
        assert!(zh.ends_with('。') && en.ends_with('.'), "{zh} {en}");
        assert!(seen.insert(zh) && seen.insert(en), "{refusal:?} is worded like another");
    }
    let amounts = RewardRefusal::Amount { least_fen: fen(1), most_fen: yuan(100_000) };
    assert_eq!(amounts.sentence(Lang::Zh), "按规则金额应在 0.01 元至 100000.00 元之间。");
}

proptest! {
    #[test]
    fn a_voucher_number_is_read_as_people_write_it(random in any::<u64>()) {
        let voucher = VoucherNumber::new(random);
        let shown = voucher.to_string();
        prop_assert_eq!(shown.len(), "V-7K3M-9QXD-2FHB-C".len());
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('-', ""),
            voucher.as_str().to_owned(), shown.replace('1', "l").replace('0', "O")] {
            prop_assert_eq!(VoucherNumber::parse(&typed), Ok(voucher.clone()), "{}", typed);
        }
        prop_assert_eq!(VoucherNumber::new(random | 0xF << 60), voucher);
    }

    #[test]
    fn one_wrong_or_swapped_character_is_noticed(random in any::<u64>(), place in 0_usize..13, other in select(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".to_vec())) {
        let voucher = VoucherNumber::new(random);
        let right = voucher.as_str().as_bytes().to_vec();
        let mut wrong = right.clone();
        wrong[place] = other;
        let read = VoucherNumber::parse(std::str::from_utf8(&wrong).unwrap());
        prop_assert_eq!(read.err(), (wrong != right).then_some(VoucherError::Check));
        if place > 0 {
            let mut swapped = right.clone();
            swapped.swap(place - 1, place);
            let read = VoucherNumber::parse(std::str::from_utf8(&swapped).unwrap());
            prop_assert_eq!(read.err(), (swapped != right).then_some(VoucherError::Check));
        }
    }
}

#[rstest]
#[case("", VoucherError::Length(0))]
#[case("V-1234", VoucherError::Length(5))]
#[case("V-7K3M-9QXU-2FHB-C", VoucherError::Character('U'))]
fn what_is_no_voucher_number_says_why(#[case] typed: &str, #[case] expected: VoucherError) {
    assert_eq!(VoucherNumber::parse(typed), Err(expected));
}
