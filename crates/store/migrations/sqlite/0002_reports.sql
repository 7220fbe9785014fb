-- Reports from the public, what became of them, who may act on them, and what is owed for them.
-- Times and amounts as in 0001. History (report_event, reward_ledger, audit_log) is for good and carries
-- no text of a reporter's and no identity; texts, places, photos and contacts lie beside it and may go.

create table staff (
    id               integer primary key autoincrement,    -- never reused: history points here
    name             text    not null unique check (name <> ''),   -- signed in with
    display_name     text    not null check (display_name <> ''),
    department       text,                                 -- null: the bureau itself
    roles            text    not null check (json_valid(roles)),   -- array of role keys
    password_hash    text    not null,                     -- Argon2id, PHC text
    totp_secret      blob    not null,                     -- as the server sealed it
    totp_step        integer not null default 0,           -- the last one used: no code counts twice
    active           integer not null default 1 check (active in (0, 1)),
    failures         integer not null default 0 check (failures >= 0),   -- in a row
    locked_until_us  integer,
    must_change      integer not null check (must_change in (0, 1)),   -- the password is somebody else's
    signed_in_us     integer,                              -- last
    version          integer not null default 1 check (version > 0),
    created_us       integer not null
) strict;

create table session (
    token_hash  blob    not null primary key check (length(token_hash) = 32),   -- SHA-256; the token is nowhere
    staff       integer not null references staff (id),
    created_us  integer not null,                          -- of the first of those that replaced each other
    seen_us     integer not null,
    expires_us  integer not null,
    closed_us   integer                                    -- signed out, replaced, or taken away
) strict, without rowid;
create index session_of_staff on session (staff) where closed_us is null;
create index session_by_end on session (expires_us);

create table report (
    id                 text    not null primary key,       -- UUIDv7 made on the phone; never public
    public_id          text    not null unique,            -- without the dash
    content_hash       blob    not null check (length(content_hash) = 32),
    answer             text    not null check (json_valid(answer)),   -- the receipt, told again as it was
    received_us        integer not null,
    channel            text    not null check (channel <> ''),
    lang               text    not null check (lang <> ''),
    simulated          integer not null check (simulated in (0, 1)),

    category           text    not null check (category <> ''),
    category_group     text    not null check (category_group <> ''),
    from_home          integer not null check (from_home in (0, 1)),

    -- What the reporter told; null once anonymised.
    text               text,
    answers            text    check (answers is null or json_valid(answers)),
    text_simhash       integer,                            -- 64 bits
    lon_micro          integer,                            -- millionths of a degree, WGS 84
    lat_micro          integer,
    accuracy_m         integer,
    place_text         text,
    street             text,
    outfall            text,
    extra              text    check (extra is null or json_valid(extra)),   -- what else came through the channel
    locator            text,
    claim_hash         text,                               -- Argon2id with a salt of its own, PHC text

    queue              text    not null check (queue in ('normal', 'delayed')),
    priority           text    not null check (priority in ('low', 'normal', 'high', 'urgent')),

    -- Folded from the events.
    state              text    not null check (state in ('submitted', 'accepted', 'not_accepted', 'dispatched',
                                   'in_handling', 'closed', 'reopened', 'merged', 'withdrawn')),
    finding            text    check (finding in ('founded', 'partly', 'unfounded')),
    department         text,
    assignee           integer references staff (id),
    merged_into        text    references report (id) check (merged_into <> id),
    due_us             integer,                            -- the deadline that is running; null: none is
    accepted_us        integer,
    closed_us          integer,                            -- null while open
    reopened           integer not null default 0 check (reopened >= 0),

    -- The public copy: columns of its own, so that no public query names a column above.
    publication        text    not null default 'waiting' check (publication in ('waiting', 'published',
                                   'hidden', 'hidden_by_holder', 'never')),
    public_text        text,
    public_note        text,
    public_street      text,
    public_level_m     integer,
    public_x           integer,
    public_y           integer,
    public_at_us       integer,                            -- as coarse as the category demands
    public_changed_us  integer,

    version            integer not null default 1 check (version > 0),   -- counts the changes
    changed_us         integer not null,
    changed_by         text    not null,                   -- for the officer whose page is older
    changed_what       text    not null,
    anonymised_us      integer,

    check ((closed_us is null) = (state in ('submitted', 'accepted', 'dispatched', 'in_handling', 'reopened'))),
    check ((state = 'merged') = (merged_into is not null)),
    check ((lon_micro is null) = (lat_micro is null)),
    check ((public_level_m is null) = (public_x is null) and (public_x is null) = (public_y is null)),
    check (publication <> 'published' or (public_text is not null and public_at_us is not null
                                           and public_changed_us is not null)),
    check (anonymised_us is null or (text is null and answers is null and text_simhash is null
        and lon_micro is null and accuracy_m is null and place_text is null
        and outfall is null and extra is null and locator is null and claim_hash is null))
) strict;
create index report_by_arrival on report (received_us);
create index report_by_change on report (changed_us);
create index report_by_state on report (state, received_us);
create index report_by_deadline on report (due_us) where due_us is not null;
create index report_of_department on report (department, state, received_us);
create index report_of_assignee on report (assignee, state, received_us) where assignee is not null;
create index report_of_category on report (category, received_us);
create index report_of_street on report (street, received_us);
create index report_by_locator on report (locator) where locator is not null;
create index report_by_place on report (lat_micro, lon_micro) where lat_micro is not null;
create index report_waiting on report (queue, received_us) where queue = 'delayed';
create index report_merged on report (merged_into) where merged_into is not null;
create index report_published on report (public_at_us, public_id) where publication = 'published';
create index report_published_by_cell on report (public_level_m, public_y, public_x) where publication = 'published';
create index report_not_anonymised on report (closed_us) where anonymised_us is null;

-- Append-only: a correction is a new event.
create table report_event (
    report     text    not null references report (id),
    seq        integer not null check (seq > 0),           -- 1, 2, 3… within one report, no holes
    at_us      integer not null,
    actor      text    not null check (actor in ('reporter', 'officer', 'system')),
    kind       text    not null check (kind <> ''),
    body       text    not null check (json_valid(body)),  -- canonical JSON, exactly the bytes that were hashed
    staff      integer references staff (id),              -- for officers' eyes
    prev_hash  blob    not null check (length(prev_hash) = 32),
    hash       blob    not null unique check (length(hash) = 32),
    primary key (report, seq)
) strict, without rowid;

create trigger report_event_keeps_history before update on report_event
begin select raise(abort, 'report_event is append-only'); end;
create trigger report_event_keeps_rows before delete on report_event
begin select raise(abort, 'report_event is append-only'); end;
create trigger report_event_continues before insert on report_event
when new.seq <> 1 + coalesce((select max(seq) from report_event where report = new.report), 0)
     or new.prev_hash <> (select hash from report_event where report = new.report order by seq desc limit 1)
begin select raise(abort, 'report_event must continue its chain'); end;

-- What was asked and answered. Events name these by number and SHA-256, so that a text can go.
create table report_message (
    report      text    not null references report (id),
    number      integer not null check (number > 0),
    at_us       integer not null,
    sender      text    not null check (sender in ('reporter', 'officer', 'system')),
    kind        text    not null check (kind <> ''),
    text        text,                                      -- null: deleted
    sha256      blob    not null check (length(sha256) = 32),
    to_reporter integer not null check (to_reporter in (0, 1)),   -- shown behind the claim code
    deleted_us  integer,
    primary key (report, number),
    check ((text is null) = (deleted_us is not null))
) strict, without rowid;

-- Sealed to a key that this server does not hold. A row that lost its bytes is the tombstone.
create table reporter_contact (
    report      text    not null primary key references report (id),
    recipient   text    not null,                          -- the public key it was sealed to
    sealed      blob,
    given_us    integer not null,
    deleted_us  integer,
    check ((sealed is null) = (deleted_us is not null))
) strict, without rowid;

create table photo (
    sha256         blob    not null primary key check (length(sha256) = 32),   -- of the bytes the phone sent
    name           text,                                   -- of the cleaned picture in the object store
    width          integer not null check (width > 0),
    height         integer not null check (height > 0),
    bytes          integer not null check (bytes > 0),
    look           integer not null,                       -- perceptual hash, 64 bits
    state          text    not null check (state in ('pending', 'published', 'hidden', 'refused', 'deleted')),
    redactions     text    not null default '[]' check (json_valid(redactions)),
    public_name    text,                                   -- of the copy with the boxes burnt in
    received_us    integer not null,
    changed_us     integer not null,
    check ((state = 'deleted') = (name is null)),
    check ((state = 'published') = (public_name is not null))
) strict, without rowid;
create index photo_by_age on photo (received_us);
create index photo_by_name on photo (name);
create index photo_by_public_name on photo (public_name) where public_name is not null;

create table report_photo (
    report   text    not null references report (id),
    photo    blob    not null references photo (sha256),
    position integer not null check (position >= 0),
    message  integer,                                      -- that it came with; null: the report itself
    sender   text    not null check (sender in ('reporter', 'officer')),
    at_us    integer not null,
    primary key (report, photo)
) strict, without rowid;
create index report_photo_by_photo on report_photo (photo);

create table report_link (
    id          integer primary key,
    report      text    not null references report (id),
    other       text    not null references report (id) check (other <> report),
    kind        text    not null check (kind in ('support', 'duplicate', 'related')),
    at_us       integer not null,
    staff       integer references staff (id),             -- null: the reporter said so
    removed_us  integer
) strict;
create unique index report_link_in_force on report_link (report, other) where removed_us is null;
create index report_link_other on report_link (other) where removed_us is null;

-- All that a public query may read.
create view published_report as
select public_id, simulated, category, category_group, state, finding, department, public_text, public_note,
       public_street, public_level_m, public_x, public_y, public_at_us, public_changed_us,
       (select count(*) from report_link where other = report.id and removed_us is null) as followers
from report where publication = 'published';

create view published_photo as
select r.public_id, p.public_name, l.position, p.width, p.height
from report r join report_photo l on l.report = r.id join photo p on p.sha256 = l.photo
where r.publication = 'published' and p.state = 'published';

create table spent_challenge (
    id          blob    not null primary key,
    expires_us  integer not null
) strict, without rowid;
create index spent_challenge_by_end on spent_challenge (expires_us);

-- The answer to a request that may be sent again.
create table idempotency (
    key           text    not null primary key check (key <> ''),
    request_hash  blob    not null check (length(request_hash) = 32),
    answer        text    not null,
    at_us         integer not null
) strict, without rowid;
create index idempotency_by_age on idempotency (at_us);

create table audit_log (
    id       integer primary key autoincrement,
    at_us    integer not null,
    staff    integer references staff (id),                -- null: the server, or nobody known
    action   text    not null check (action <> ''),
    subject  text    not null,                             -- a report's public id, a colleague's name, …
    version  integer,                                      -- of the subject, as it was seen
    body     text    not null check (json_valid(body))
) strict;
create index audit_log_by_time on audit_log (at_us);
create index audit_log_of_staff on audit_log (staff, id);
create index audit_log_of_subject on audit_log (subject, id);

create trigger audit_log_keeps_history before update on audit_log
begin select raise(abort, 'audit_log is append-only'); end;
create trigger audit_log_keeps_rows before delete on audit_log
begin select raise(abort, 'audit_log is append-only'); end;

-- One award per report; folded from the ledger.
create table reward (
    report        text    not null primary key references report (id),
    state         text    not null check (state <> ''),
    amount_fen    integer check (amount_fen >= 0),
    edition       text    not null,                        -- of the rules, by the day of arrival
    tier          text,
    proposer      integer references staff (id),
    approver      integer references staff (id) check (approver <> proposer),
    payer         integer references staff (id) check (payer <> proposer and payer <> approver),
    voucher       text    unique,
    claim_due_us  integer,
    body          text    not null check (json_valid(body)),
    changed_us    integer not null
) strict, without rowid;
create index reward_by_state on reward (state, changed_us);
create index reward_by_deadline on reward (claim_due_us) where claim_due_us is not null;

-- Append-only: one chain over all awards. A wrong entry is answered by another.
create table reward_ledger (
    number     integer primary key check (number > 0),     -- 1, 2, 3…, no holes
    report     text    not null references report (id),
    at_us      integer not null,
    kind       text    not null check (kind <> ''),
    body       text    not null check (json_valid(body)),  -- canonical JSON, exactly the bytes that were hashed
    prev_hash  blob    not null check (length(prev_hash) = 32),
    hash       blob    not null unique check (length(hash) = 32)
) strict;
create index reward_ledger_of_report on reward_ledger (report, number);

create trigger reward_ledger_keeps_history before update on reward_ledger
begin select raise(abort, 'reward_ledger is append-only'); end;
create trigger reward_ledger_keeps_rows before delete on reward_ledger
begin select raise(abort, 'reward_ledger is append-only'); end;
create trigger reward_ledger_continues before insert on reward_ledger
when new.number <> 1 + coalesce((select max(number) from reward_ledger), 0)
     or new.prev_hash <> (select hash from reward_ledger order by number desc limit 1)
begin select raise(abort, 'reward_ledger must continue its chain'); end;

-- Written in the transaction that causes it; done at least once, so whoever does it can do it twice.
create table job (
    id          integer primary key autoincrement,
    kind        text    not null check (kind <> ''),
    body        text    not null check (json_valid(body)),
    key         text    unique,                            -- a second job of the same key is the same job
    run_us      integer not null,                          -- not before
    attempts    integer not null default 0 check (attempts >= 0),
    leased_us   integer,                                   -- another may claim it after this
    last_error  text,
    done_us     integer,
    given_up_us integer
) strict;
create index job_waiting on job (run_us) where done_us is null and given_up_us is null;
create index job_done on job (done_us) where done_us is not null;

create table webhook (
    id            integer primary key autoincrement,
    department    text,                                    -- null: reports of every department
    url           text    not null check (url <> ''),
    secret        blob    not null,                        -- as the server sealed it
    kinds         text    not null check (json_valid(kinds)),   -- array of event kinds; empty: all
    active        integer not null default 1 check (active in (0, 1)),
    created_us    integer not null,
    last_try_us   integer,
    last_error    text,
    failures      integer not null default 0 check (failures >= 0)   -- in a row
) strict;
