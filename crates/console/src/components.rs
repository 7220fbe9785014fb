//! Parts of more than one page.

mod badges;
mod case_line;
mod deeds;
mod dialog;
mod failed;
mod fields;
mod frame;
mod opened;
mod pager;
mod photos_picked;

pub(crate) use self::{
    badges::{DueBadge, PublicationBadge, StateBadge, publication_name},
    case_line::{CaseTable, queue_name, shown_number},
    deeds::deed_name,
    dialog::Dialog,
    failed::Failed,
    fields::{Area, Input, Select, options_of},
    frame::{Frame, Preferences},
    opened::OpenedHeading,
    pager::Pager,
    photos_picked::PhotosPicked,
};
