//! Accounts of staff: made, changed and shown.

use contract::{
    officer::{NewUser, User, UserChange, UserSecret},
    problem::Code,
};
use domain::{Text, role::RoleSet};
use jiff::Timestamp;
use store::{NewAudit, NewStaff, Staff, StaffEdit, Store};

use super::{Officers, hands, password, session::Officer, totp::TotpSecret, vault::Vault};
use crate::{app::App, problem::Problem};

/// The name that an authenticator shows beside the account.
const ISSUER: &str = "Bilan";

/// What is given to a person once, and kept by nobody.
pub struct Credentials {
    /// The password, to be changed at the first sign-in.
    pub password: String,
    /// What the authenticator is told.
    pub totp: TotpSecret,
}

impl Credentials {
    /// New ones.
    pub fn random() -> std::io::Result<Self> {
        Ok(Self { password: password::generated()?, totp: TotpSecret::random()? })
    }

    /// The address for the authenticator of the account `name`.
    pub fn totp_uri(&self, name: &str) -> String {
        self.totp.uri(ISSUER, name)
    }
}

/// The roles of an account.
pub fn roles(staff: &Staff) -> Result<RoleSet, Problem> {
    serde_json::from_str(&staff.roles).map_err(Problem::internal)
}

/// Whether an account may be called so: 2 to 32 of `a-z 0-9 . _ -`, the first a letter.
pub fn is_name(name: &str) -> bool {
    let letters =
        name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b));
    (2..=32).contains(&name.len()) && letters && name.as_bytes()[0].is_ascii_lowercase()
}

/// Adds an account with those credentials; `by` is who adds it, `None` the command line.
pub async fn add(
    store: &Store,
    vault: &Vault,
    new: &NewUser,
    credentials: &Credentials,
    must_change: bool,
    by: (Option<i64>, Timestamp),
) -> anyhow::Result<Staff> {
    let roles = RoleSet::of(new.roles.iter().copied());
    let staff = NewStaff {
        name: new.name.clone(),
        display_name: new.display_name.clone(),
        department: new.department.clone(),
        roles: serde_json::to_string(&roles)?,
        password_hash: password::hash(&credentials.password)?,
        totp_secret: vault.seal(&new.name, credentials.totp.bytes())?,
        must_change,
    };
    let entry = audit(by, "user_add", &new.name, None, &serde_json::json!({ "roles": roles }));
    let id = store.add_staff(staff, entry).await?;
    store.staff(id).await?.ok_or_else(|| anyhow::anyhow!("the account was not kept"))
}

/// Gives an account new credentials; its sessions end.
pub async fn reset(
    store: &Store,
    vault: &Vault,
    staff: &Staff,
    credentials: &Credentials,
    by: (Option<i64>, Timestamp),
) -> anyhow::Result<Staff> {
    let edit = StaffEdit {
        password: Some((password::hash(&credentials.password)?, true)),
        totp_secret: Some(vault.seal(&staff.name, credentials.totp.bytes())?),
        ..StaffEdit::default()
    };
    let entry = audit(by, "user_reset", &staff.name, Some(staff.version), &serde_json::json!({}));
    Ok(store.update_staff(&staff.name, staff.version, edit, entry).await?)
}

/// A line of the audit log about an account.
pub fn audit(
    (staff, at): (Option<i64>, Timestamp),
    action: &str,
    name: &str,
    version: Option<u32>,
    facts: &serde_json::Value,
) -> NewAudit {
    let (action, subject, body) = (action.to_owned(), name.to_owned(), facts.to_string());
    NewAudit { at, staff, action, subject, version, body }
}

/// Every account as the console shows it.
pub async fn listed(app: &App) -> Result<Vec<User>, Problem> {
    let (staff, now) = (app.store.all_staff().await?, app.clock.now());
    staff.iter().map(|one| shown(one, &staff, now)).collect()
}

/// The account as the console shows it, with the names of `colleagues`.
fn shown(staff: &Staff, colleagues: &[Staff], now: Timestamp) -> Result<User, Problem> {
    let issuer = colleagues.iter().find(|colleague| Some(colleague.id) == staff.issued_by);
    Ok(User {
        name: staff.name.clone(),
        display_name: staff.display_name.clone(),
        department: staff.department.clone(),
        roles: roles(staff)?.iter().collect(),
        active: staff.active,
        last_sign_in: staff.signed_in,
        locked_until: staff.locked_until.filter(|until| *until > now),
        issued_by: issuer.map(|issuer| issuer.display_name.clone()),
        version: u64::from(staff.version),
    })
}

/// Adds the account that `officer` wishes.
pub async fn created(app: &App, officer: &Officer, new: NewUser) -> Result<UserSecret, Problem> {
    checked(app, &new)?;
    let (credentials, now) = (Credentials::random().map_err(Problem::internal)?, app.clock.now());
    let by = (Some(officer.staff.id), now);
    let staff = add(&app.store, app.officers()?.vault(), &new, &credentials, true, by).await;
    secret(officer, &staff.map_err(taken)?, credentials, now)
}

/// Gives the account of that name new credentials.
pub async fn renewed(app: &App, officer: &Officer, name: &str) -> Result<UserSecret, Problem> {
    let staff = named(app, name).await?;
    let (credentials, now) = (Credentials::random().map_err(Problem::internal)?, app.clock.now());
    let by = (Some(officer.staff.id), now);
    let staff = reset(&app.store, app.officers()?.vault(), &staff, &credentials, by).await;
    secret(officer, &staff.map_err(Problem::internal)?, credentials, now)
}

fn secret(
    officer: &Officer,
    staff: &Staff,
    credentials: Credentials,
    now: Timestamp,
) -> Result<UserSecret, Problem> {
    let totp_uri = credentials.totp_uri(&staff.name);
    let user = shown(staff, std::slice::from_ref(&officer.staff), now)?;
    Ok(UserSecret { user, password: credentials.password, totp_uri })
}

/// Confirms, as another administrator than who gave out the credentials, that the holder has the account.
pub async fn handed_over(app: &App, officer: &Officer, name: &str) -> Result<User, Problem> {
    let staff = named(app, name).await?;
    let (own, account, version) = (officer.staff.id, staff.id, staff.version);
    let one = app.store.look(move |view| hands::are_one(view, own, account)).await?;
    if staff.issued_by.is_some() && one {
        return Err(Problem::new(Code::NotPermitted).with(hands::confirm_by_another()));
    }
    let edit = StaffEdit { handed_over: true, ..StaffEdit::default() };
    let by = (Some(officer.staff.id), app.clock.now());
    let entry = audit(by, "user_handover", name, Some(staff.version), &serde_json::json!({}));
    let staff = app.store.update_staff(name, staff.version, edit, entry).await;
    let staff = staff.map_err(|error| super::stale::problem(error, u64::from(version) + 1));
    shown(&staff?, &[], app.clock.now())
}

/// Whether the change touches only what is one's own: the name shown and the password.
pub const fn is_personal(change: &UserChange) -> bool {
    change.roles.is_none() && change.active.is_none() && change.department.is_none()
}

/// Changes the account of that name.
pub async fn changed(
    app: &App,
    officer: &Officer,
    name: &str,
    change: UserChange,
) -> Result<User, Problem> {
    let staff = named(app, name).await?;
    let own = staff.id == officer.staff.id;
    if own && (change.active == Some(false) || change.roles.is_some()) {
        return Err(not_oneself());
    }
    // Whoever knows the old password overwrites nobody's change; the page of one's own account has no version to send.
    let seen = match &change.old_password {
        Some(_) if own && is_personal(&change) => staff.version,
        _ => u32::try_from(change.seen_version).unwrap_or(u32::MAX),
    };
    let facts = serde_json::json!({ "roles": change.roles, "active": change.active,
        "display_name": change.display_name, "department": change.department,
        "password": change.new_password.is_some() });
    let edit = edited(app.officers()?, &staff, own, change).await?;
    let by = (Some(officer.staff.id), app.clock.now());
    let entry = audit(by, "user_change", name, Some(staff.version), &facts);
    let staff = app.store.update_staff(name, seen, edit, entry).await;
    let staff = staff.map_err(|error| super::stale::problem(error, u64::from(seen) + 1))?;
    shown(&staff, &app.store.all_staff().await?, app.clock.now())
}

async fn edited(
    officers: &Officers,
    staff: &Staff,
    own: bool,
    change: UserChange,
) -> Result<StaffEdit, Problem> {
    let roles = change.roles.map(RoleSet::of);
    let roles = roles.map(|roles| serde_json::to_string(&roles)).transpose();
    let password = match (own, change.new_password) {
        (true, Some(new)) => {
            Some((chosen(officers, staff, change.old_password, new).await?, false))
        }
        (false, Some(_)) => return Err(not_others()),
        (_, None) => None,
    };
    Ok(StaffEdit {
        display_name: change.display_name,
        department: change.department.map(|key| Some(key).filter(|key| !key.is_empty())),
        roles: roles.map_err(Problem::internal)?,
        password,
        totp_secret: None,
        active: change.active,
        handed_over: false,
    })
}

/// The hash of a new password that its owner chose and the old one confirms.
async fn chosen(
    officers: &Officers,
    staff: &Staff,
    old: Option<String>,
    new: String,
) -> Result<String, Problem> {
    let old = old.unwrap_or_default();
    let known = officers.passwords.matches(old, Some(staff.password_hash.clone())).await;
    if !known.map_err(Problem::internal)? {
        let text = Text::new("现有密码不正确。", "The present password is not right.");
        return Err(Problem::fields(vec![("old_password".into(), text)]));
    }
    if let Some(objection) = password::objection(&new, &staff.name) {
        return Err(Problem::fields(vec![("new_password".into(), objection)]));
    }
    officers.passwords.hashed(new).await.map_err(Problem::internal)
}

/// The account of that name, or 404.
pub async fn named(app: &App, name: &str) -> Result<Staff, Problem> {
    let staff = app.store.staff_by_name(name).await?;
    staff.ok_or_else(|| Problem::new(Code::NotFound))
}

fn checked(app: &App, new: &NewUser) -> Result<(), Problem> {
    let mut faults = Vec::new();
    if !is_name(&new.name) {
        faults.push((
            "name".to_owned(),
            Text::new(
                "用户名为 2 至 32 个字符，只能用小写字母、数字和 . _ -，以字母开头。",
                "A name has 2 to 32 characters of a-z, 0-9 and . _ -, and begins with a letter.",
            ),
        ));
    }
    if new.display_name.trim().is_empty() || new.display_name.chars().count() > 40 {
        faults.push((
            "display_name".to_owned(),
            Text::new(
                "请填写显示姓名，不超过 40 个字。",
                "Give the name shown to colleagues, at most 40 characters.",
            ),
        ));
    }
    let department = new.department.as_deref();
    if department.is_some_and(|key| super::names::Names::of(app).department(key).is_none()) {
        faults.push((
            "department".to_owned(),
            Text::new("没有这个部门。", "There is no such department."),
        ));
    }
    if faults.is_empty() { Ok(()) } else { Err(Problem::fields(faults)) }
}

fn taken(error: anyhow::Error) -> Problem {
    match error.downcast::<store::StoreError>() {
        Ok(store::StoreError::StaffNameInUse(_)) => {
            let text = Text::new("已有同名账户。", "An account of that name exists.");
            Problem::fields(vec![("name".into(), text)])
        }
        Ok(other) => other.into(),
        Err(error) => Problem::internal(error),
    }
}

fn not_oneself() -> Problem {
    Problem::new(Code::NotPermitted).with(Text::new(
        "不能停用本人账户或更改本人角色，请由另一位管理员操作。",
        "Nobody changes their own roles or locks themselves out; another administrator must.",
    ))
}

fn not_others() -> Problem {
    Problem::new(Code::NotPermitted).with(Text::new(
        "不能替他人设置密码；可重置账户，由本人首次登录后修改。",
        "Nobody sets another's password. Reset the account; its owner chooses one at the first sign-in.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_plain() {
        for name in ["li", "li.wei", "a-b_c.9", &"x".repeat(32)] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "l", "Li", "9li", "李伟", "a b", "a@b", &"x".repeat(33)] {
            assert!(!is_name(name), "{name}");
        }
    }
}
