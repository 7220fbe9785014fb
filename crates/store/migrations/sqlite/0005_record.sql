-- The district's record: the rectification ledger, objections to it, the scorecard, pages of programmes.
-- Times as in 0001; days are texts like 2026-11-27, Beijing. What the public writes lies beside the ledger and may go.

create table rectification_item (
    id              integer primary key autoincrement,
    number          text    not null unique check (number <> ''),

    -- Folded from the events, so that lists need not read them; `verify-ledger` compares.
    stage           text    not null check (stage in ('open', 'assigned', 'measures_set', 'in_progress', 'phase_done',
                                'done', 'accepted', 'publicity', 'closed')),
    source          text    not null check (source in ('central', 'municipal', 'yangtze_film', 'self_found',
                                'public_report', 'unstated')),
    batch           text    not null,
    medium          text    not null check (medium in ('water', 'air', 'soil', 'noise', 'ecology', 'waste', 'other')),
    title           text    not null check (title <> ''),
    title_en        text,
    origin          text    not null check (origin in ('recorded', 'imported', 'quoted', 'simulated')),
    unit            text,
    term            text    check (term in ('immediate', 'dated', 'long_term')),
    found_on        text    not null,
    due_on          text,
    closed_on       text,
    until_on        text,                                  -- the last day of publicity
    open_objections integer not null check (open_objections >= 0),
    report          text,                                  -- the public number it was opened from
    simulated       integer not null check (simulated in (0, 1)),
    events          integer not null check (events > 0),   -- the version: every change is an event

    changed_us      integer not null,
    changed_by      text    not null,                      -- for the officer whose page is older
    changed_what    text    not null,
    check ((closed_on is null) = (stage <> 'closed'))
) strict;
create index rectification_item_by_stage on rectification_item (stage, due_on);
create index rectification_item_of_unit on rectification_item (unit, stage);
create index rectification_item_of_report on rectification_item (report) where report is not null;

-- Append-only, one chain over all issues: a correction is a new event.
create table rectification_event (
    number     integer primary key check (number > 0),     -- 1, 2, 3…, no holes
    item       text    not null references rectification_item (number),
    seq        integer not null check (seq > 0),           -- 1, 2, 3… within one issue, no holes
    at_us      integer not null,
    on_day     text    not null,
    kind       text    not null check (kind <> ''),
    body       text    not null check (json_valid(body)),  -- canonical JSON, exactly the bytes that were hashed
    staff      integer references staff (id),              -- for officers' eyes; the body holds its hash with the salt
    salt       blob    check (length(salt) = 16),
    prev_hash  blob    not null check (length(prev_hash) = 32),
    hash       blob    not null unique check (length(hash) = 32),
    unique (item, seq),
    check ((staff is null) = (salt is null))
) strict;

create trigger rectification_event_keeps_history before update on rectification_event
begin select raise(abort, 'rectification_event is append-only'); end;
create trigger rectification_event_keeps_rows before delete on rectification_event
begin select raise(abort, 'rectification_event is append-only'); end;
create trigger rectification_event_continues before insert on rectification_event
when new.number <> 1 + coalesce((select max(number) from rectification_event), 0)
     or new.prev_hash <> (select hash from rectification_event order by number desc limit 1)
     or new.seq <> 1 + coalesce((select max(seq) from rectification_event where item = new.item), 0)
begin select raise(abort, 'rectification_event must continue its chain'); end;

-- Where the ledger ended on a day, as it was published.
create table rectification_head (
    day    text    not null primary key,
    count  integer not null check (count >= 0),
    hash   blob    not null check (length(hash) = 32)
) strict, without rowid;
create trigger rectification_head_keeps_history before update on rectification_head
begin select raise(abort, 'rectification_head is append-only'); end;
create trigger rectification_head_keeps_rows before delete on rectification_head
begin select raise(abort, 'rectification_head is append-only'); end;

-- Events name these by number and SHA-256, so that a text can go.
create table rectification_objection (
    item         text    not null references rectification_item (number),
    number       integer not null check (number > 0),
    at_us        integer not null,
    text         text,                                     -- null: deleted
    salt         blob    check (length(salt) = 16),        -- deleted with the text, which nobody can then guess
    sha256       blob    not null check (length(sha256) = 32),  -- of salt and text
    recipient    text,                                     -- the public key the contact was sealed to
    sealed       blob,
    upheld       integer check (upheld in (0, 1)),         -- null: not answered yet
    answered_us  integer,
    deleted_us   integer,
    primary key (item, number),
    check ((text is null) = (deleted_us is not null)),
    check ((salt is null) = (text is null)),
    check (sealed is null or recipient is not null),
    check (deleted_us is null or sealed is null),
    check ((upheld is null) = (answered_us is null))
) strict, without rowid;
create index rectification_objection_answered on rectification_objection (answered_us) where deleted_us is null;

create table rectification_photo (
    item   text    not null references rectification_item (number),
    photo  blob    not null references photo (sha256),
    seq    integer not null,                               -- of the event it came with
    phase  text    not null check (phase in ('before', 'during', 'after')),
    note   text    not null,
    primary key (item, photo)
) strict, without rowid;
create index rectification_photo_by_photo on rectification_photo (photo);

-- Append-only: the newest entry of a key and year counts, the older ones stay.
create table scorecard_entry (
    id     integer primary key autoincrement,
    key    text    not null check (key <> ''),
    at_us  integer not null,
    staff  integer references staff (id),                  -- null: from the district's profile
    body   text    not null check (json_valid(body))
) strict;
create index scorecard_entry_of_key on scorecard_entry (key, id);
create trigger scorecard_entry_keeps_history before update on scorecard_entry
begin select raise(abort, 'scorecard_entry is append-only'); end;
create trigger scorecard_entry_keeps_rows before delete on scorecard_entry
begin select raise(abort, 'scorecard_entry is append-only'); end;

-- Append-only: the newest revision of a page counts.
create table programme_revision (
    id     integer primary key autoincrement,
    slug   text    not null check (slug <> ''),
    at_us  integer not null,
    staff  integer references staff (id),                  -- null: from the district's profile
    body   text    not null check (json_valid(body))
) strict;
create index programme_revision_of_slug on programme_revision (slug, id);
create trigger programme_revision_keeps_history before update on programme_revision
begin select raise(abort, 'programme_revision is append-only'); end;
create trigger programme_revision_keeps_rows before delete on programme_revision
begin select raise(abort, 'programme_revision is append-only'); end;
