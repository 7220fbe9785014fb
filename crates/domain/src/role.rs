//! What officers may do: roles 角色, permissions 权限, and the table between them.
//!
//! Nobody's role lets them do alone what takes two people; that the two are different people is
//! checked where a reward moves. The administrator of accounts sees no case, and the auditor changes
//! nothing.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::Lang;

named! {
    /// A role of an officer; one officer may have several.
    pub enum Role {
        /// Takes reports in, refuses, merges and passes them on.
        Triage = "triage" "受理员" "triage officer";
        /// Handles a case in the department it was passed to; never sees who reported it.
        Handler = "handler" "办理员" "handler";
        /// Verifies what was done, closes cases, proposes and approves rewards.
        Verifier = "verifier" "核查员" "verifier";
        /// Pays approved rewards against a voucher.
        Payer = "payer" "发放员" "payer";
        /// Moderates texts and photos and publishes them.
        Publisher = "publisher" "发布员" "publisher";
        /// Manages accounts, and nothing else.
        Administrator = "administrator" "系统管理员" "administrator";
        /// Reads everything but identities, changes nothing.
        Auditor = "auditor" "审计员" "auditor";
    }
}

named! {
    /// A thing that an officer may be allowed to do.
    pub enum Permission {
        /// See the inbox and cases.
        ReadCases = "read_cases" "查看案件" "read cases";
        /// Accept, refuse, merge, link and pass on.
        Triage = "triage" "受理分办" "triage";
        /// Handle a case and send it back.
        Handle = "handle" "办理" "handle";
        /// Close with a finding, reopen.
        Verify = "verify" "核查办结" "verify and close";
        /// Redact texts and photos, and take them down.
        Moderate = "moderate" "审核遮盖" "moderate";
        /// Publish a report and take it down.
        Publish = "publish" "公开" "publish";
        /// Propose a reward.
        ProposeReward = "propose_reward" "提出奖励" "propose a reward";
        /// Approve a reward that someone else proposed.
        ApproveReward = "approve_reward" "审批奖励" "approve a reward";
        /// Pay a reward that others proposed and approved.
        PayReward = "pay_reward" "发放奖励" "pay a reward";
        /// Unseal who reported; every time is audited.
        ReadIdentity = "read_identity" "解封身份" "read an identity";
        /// Add, change and lock accounts.
        ManageUsers = "manage_users" "管理用户" "manage users";
        /// Read the audit log.
        ReadAudit = "read_audit" "查看审计" "read the audit log";
        /// See the statistics of times and results.
        Statistics = "statistics" "统计" "statistics";
        /// Record issues of the rectification ledger, put them right, assign them and their deadlines.
        RecordItems = "record_items" "登记交办整改问题" "record and assign issues";
        /// Set measures, report progress, declare an issue done.
        Rectify = "rectify" "整改" "rectify";
        /// Check what another person rectified.
        CheckItems = "check_items" "整改验收" "check rectified issues";
        /// Show issues to the public, answer objections, strike off, open again.
        StrikeOff = "strike_off" "公示销号" "publish and strike off issues";
        /// Change the scorecard's figures and the pages of programmes.
        EditContent = "edit_content" "维护成绩单与专题" "edit the scorecard and programmes";
    }
}

impl Role {
    /// The table of what each role may do.
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Triage => &[P::ReadCases, P::Triage, P::Moderate, P::Statistics, P::RecordItems],
            Self::Handler => &[P::ReadCases, P::Handle, P::ProposeReward, P::Rectify],
            Self::Verifier => &[
                P::ReadCases,
                P::Verify,
                P::ProposeReward,
                P::ApproveReward,
                P::ReadIdentity,
                P::Statistics,
                P::CheckItems,
            ],
            Self::Payer => &[P::ReadCases, P::PayReward, P::ReadIdentity],
            Self::Publisher => &[
                P::ReadCases,
                P::Moderate,
                P::Publish,
                P::Statistics,
                P::StrikeOff,
                P::EditContent,
            ],
            Self::Administrator => &[P::ManageUsers, P::Statistics],
            Self::Auditor => &[P::ReadCases, P::ReadAudit, P::Statistics],
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The roles of one officer. In JSON a list of keys; an unknown key is an error, not a lost role.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RoleSet(u8);

impl RoleSet {
    /// No role: such an account may sign in and do nothing.
    pub const NONE: Self = Self(0);

    /// These roles.
    pub fn of(roles: impl IntoIterator<Item = Role>) -> Self {
        roles.into_iter().collect()
    }

    /// Every role; for the demonstration's officer.
    pub fn all() -> Self {
        Self::of(Role::ALL.iter().copied())
    }

    /// These roles and `role`.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | role.bit())
    }

    /// Whether `role` is among them.
    pub const fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles, in the order of [`Role::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.has(*role))
    }

    /// Whether any of these roles gives `permission`.
    pub fn may(self, permission: Permission) -> bool {
        self.iter().any(|role| role.permissions().contains(&permission))
    }

    /// What these roles may do together, in the order of [`Permission::ALL`].
    pub fn permissions(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.may(*permission))
    }

    /// The names of the roles, for a page.
    pub fn names(self, lang: Lang) -> Vec<&'static str> {
        self.iter().map(|role| role.name(lang)).collect()
    }

    /// From keys between commas, as in the database and on the command line.
    ///
    /// # Errors
    ///
    /// [`UnknownRole`] names the first key that is no role's. An empty text is no role.
    pub fn parse(keys: &str) -> Result<Self, UnknownRole> {
        let keys = keys.split(',').map(str::trim).filter(|key| !key.is_empty());
        keys.map(|key| Role::from_key(key).ok_or_else(|| UnknownRole(key.to_owned()))).collect()
    }
}

/// A key that is no role's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no role; roles are triage, handler, verifier, payer, publisher, administrator, auditor"
)]
pub struct UnknownRole(pub String);

impl FromIterator<Role> for RoleSet {
    fn from_iter<T: IntoIterator<Item = Role>>(roles: T) -> Self {
        roles.into_iter().fold(Self::NONE, Self::with)
    }
}

/// The keys between commas; [`RoleSet::parse`] reads them back.
impl fmt::Display for RoleSet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<_> = self.iter().map(Role::key).collect();
        out.write_str(&keys.join(","))
    }
}

impl fmt::Debug for RoleSet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for RoleSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Role::key))
    }
}

impl<'de> Deserialize<'de> for RoleSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let keys = Vec::<String>::deserialize(deserializer)?;
        keys.iter()
            .map(|key| Role::from_key(key).ok_or_else(|| UnknownRole(key.clone())))
            .collect::<Result<_, _>>()
            .map_err(D::Error::custom)
    }
}
