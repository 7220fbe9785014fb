//! The table of roles and permissions.

use domain::{
    Lang,
    role::{Permission, Role, RoleSet},
};
use proptest::{prelude::*, sample::select};

/// Which roles give each permission.
const TABLE: [(Permission, &[Role]); 18] = [
    (
        Permission::ReadCases,
        &[Role::Triage, Role::Handler, Role::Verifier, Role::Payer, Role::Publisher, Role::Auditor],
    ),
    (Permission::Triage, &[Role::Triage]),
    (Permission::Handle, &[Role::Handler]),
    (Permission::Verify, &[Role::Verifier]),
    (Permission::Moderate, &[Role::Triage, Role::Publisher]),
    (Permission::Publish, &[Role::Publisher]),
    (Permission::ProposeReward, &[Role::Handler, Role::Verifier]),
    (Permission::ApproveReward, &[Role::Verifier]),
    (Permission::PayReward, &[Role::Payer]),
    (Permission::ReadIdentity, &[Role::Verifier, Role::Payer]),
    (Permission::ManageUsers, &[Role::Administrator]),
    (Permission::ReadAudit, &[Role::Auditor]),
    (
        Permission::Statistics,
        &[Role::Triage, Role::Verifier, Role::Publisher, Role::Administrator, Role::Auditor],
    ),
    (Permission::RecordItems, &[Role::Triage]),
    (Permission::Rectify, &[Role::Handler]),
    (Permission::CheckItems, &[Role::Verifier]),
    (Permission::StrikeOff, &[Role::Publisher]),
    (Permission::EditContent, &[Role::Publisher]),
];

#[test]
fn every_role_has_the_permissions_of_the_table_and_no_other() {
    assert!(TABLE.iter().map(|(permission, _)| permission).eq(Permission::ALL));
    for (permission, roles) in TABLE {
        for role in Role::ALL {
            let may = RoleSet::of([*role]).may(permission);
            assert_eq!(may, roles.contains(role), "{} {}", role.key(), permission.key());
        }
        assert!(!RoleSet::NONE.may(permission) && RoleSet::all().may(permission));
    }
}

#[test]
fn who_handles_a_case_never_learns_who_reported_it() {
    assert!(!RoleSet::of([Role::Handler]).may(Permission::ReadIdentity));
    assert!(!RoleSet::of([Role::Administrator]).may(Permission::ReadCases));
}

#[test]
fn nobody_pays_by_the_role_that_approves() {
    for role in Role::ALL {
        let roles = RoleSet::of([*role]);
        assert!(!(roles.may(Permission::ApproveReward) && roles.may(Permission::PayReward)));
    }
}

#[test]
fn roles_are_kept_as_keys() {
    let roles = RoleSet::of([Role::Payer, Role::Triage, Role::Payer]);
    assert_eq!(roles.to_string(), "triage,payer");
    assert_eq!(serde_json::to_string(&roles).unwrap(), r#"["triage","payer"]"#);
    assert_eq!(RoleSet::parse(" payer, triage,"), Ok(roles));
    assert_eq!(RoleSet::parse(""), Ok(RoleSet::NONE));
    assert_eq!(roles.names(Lang::Zh), ["受理员", "发放员"]);
    assert_eq!(format!("{roles:?}"), "{Triage, Payer}");
}

#[test]
fn an_unknown_role_is_an_error_and_not_a_lost_role() {
    let error = RoleSet::parse("triage,boss").unwrap_err();
    assert!(error.to_string().starts_with("`boss` is no role"), "{error}");
    assert!(serde_json::from_str::<RoleSet>(r#"["triage","boss"]"#).is_err());
}

proptest! {
    #[test]
    fn roles_are_read_back(roles in prop::collection::vec(select(Role::ALL), 0..8)) {
        let set = RoleSet::of(roles.clone());
        prop_assert!(roles.iter().all(|role| set.has(*role)));
        prop_assert_eq!(set.is_empty(), roles.is_empty());
        prop_assert_eq!(RoleSet::parse(&set.to_string()), Ok(set));
        let json = serde_json::to_string(&set).unwrap();
        prop_assert_eq!(serde_json::from_str::<RoleSet>(&json).unwrap(), set);
        for permission in Permission::ALL {
            prop_assert_eq!(set.may(*permission), set.permissions().any(|given| given == *permission));
        }
    }
}
