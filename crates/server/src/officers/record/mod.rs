//! What officers do to the district's record: issues of the rectification ledger, the scorecard, pages of programmes.

pub mod act;
pub mod bulk;
pub mod content;
mod desk;
pub mod import;
pub mod inbox;
pub mod objections;
pub mod open;
pub mod photos;
pub mod upload;
pub mod view;

pub use self::desk::Imports;
use contract::problem::Code;
use domain::{Text, rectification::Actor};
use store::ItemRow;

use super::session::Officer;
use crate::problem::Problem;

/// Whether the issue is among those that the officer sees: of a department, its own alone.
pub fn sees(officer: &Officer, unit: Option<&str>) -> bool {
    let own = officer.staff.department.as_deref();
    own.is_none_or(|own| unit == Some(own))
}

/// The officer as the ledger's rules know one.
pub fn actor(officer: &Officer) -> Actor {
    Actor::Officer {
        roles: officer.roles,
        staff: officer.staff.id,
        unit: officer.staff.department.clone(),
    }
}

/// Refuses what is the bureau's to an account of a department, which would not see what it recorded.
pub fn of_the_bureau(officer: &Officer) -> Result<(), Problem> {
    if officer.staff.department.is_none() {
        return Ok(());
    }
    Err(Problem::new(Code::NotPermitted).with(Text::new(
        "问题由局机关登记和导入；部门账户办理交办给本部门的问题。",
        "The bureau records and imports issues; an account of a department acts on those assigned to it.",
    )))
}

/// The row if the officer may see it, or 404.
pub fn seen(officer: &Officer, row: Option<ItemRow>) -> Result<ItemRow, Problem> {
    let row = row.filter(|row| sees(officer, row.unit.as_deref()));
    row.ok_or_else(|| Problem::new(Code::NotFound))
}
