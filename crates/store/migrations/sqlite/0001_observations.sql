-- Times are Unix microseconds, UTC (*_us); amounts are millionths of the item's unit (*_micro).
-- Device and channel configuration stays in the configuration file; nothing of it is stored.

create table station (
    code    text    not null primary key check (code <> ''),
    kind    text    not null,
    body    text    not null check (json_valid(body)),
    active  integer not null check (active in (0, 1))   -- 0: no longer in the profile; its history stays
) strict, without rowid;

-- What a value's identity is, less its time. Never deleted: blocks and corrections name it for good.
create table series (
    id          integer primary key,
    station     text    not null references station (code),
    item        text    not null,
    averaging   text    not null,
    source      text    not null,
    provenance  integer not null,                       -- of the feed, so that no payload can claim another
    unique (station, item, averaging, source, provenance)
) strict;

create table raw_frame (
    id           integer primary key autoincrement,     -- never reused: observations point here
    feed         text    not null,
    source       text    not null,
    received_us  integer not null,
    packing      text    not null check (packing in ('plain', 'deflate')),
    bytes        blob    not null
) strict;
create index raw_frame_by_age on raw_frame (received_us);

create trigger raw_frame_keeps_history before update on raw_frame
begin select raise(abort, 'raw_frame is append-only'); end;

-- The last days only. Time first: a tick of every series lands on neighbouring pages. Time in steps
-- (bucket_s seconds long, by averaging): one series is found by one seek per step, without a second index.
create table observation (
    bucket_s         integer not null check (bucket_s > 0),
    bucket           integer not null check (bucket = period_start_us / (bucket_s * 1000000)),
    series           integer not null references series (id),
    period_start_us  integer not null check (period_start_us >= 0),
    length_s         integer not null check (length_s >= 0),
    value_micro      integer,                           -- null: a gap, whose reason is the flag
    device_flag      integer not null,
    qc               integer not null,
    revision         integer not null check (revision >= 0),
    raw              integer not null,                  -- raw_frame.id; 0: none was kept
    received_us      integer not null,
    primary key (bucket_s, bucket, series, period_start_us)
) strict, without rowid;

-- Observations that start before this instant are in blocks, all others in observation.
create table sealed_until (
    only_row  integer primary key check (only_row = 1),
    at_us     integer not null
) strict;

-- One month of one series. The key puts a series' months side by side.
create table block (
    id       integer primary key check (id = series * 4096 + month),
    series   integer not null references series (id),
    month    integer not null check (month between 0 and 4095),   -- since January 1970, Beijing time
    version  integer not null check (version > 0),                -- counts the rewritings
    rows     integer not null check (rows > 0),
    raw_max  integer not null,                                    -- newest frame pointed at; 0: none left
    packed   blob    not null
) strict;
create index block_pointing_at_frames on block (raw_max) where raw_max > 0;

create table correction (
    id               integer primary key autoincrement,
    series           integer not null references series (id),
    period_start_us  integer not null,
    rows             integer not null check (rows > 0),
    why              text    not null check (why in ('revised', 'withdrawn', 'late')),
    old_micro        integer,
    old_flag         integer,
    new_micro        integer,
    new_flag         integer,
    sealed           integer not null check (sealed in (0, 1)),
    raw              integer,
    at_us            integer not null,
    check (why = 'late' or (rows = 1 and old_flag is not null and new_flag is not null)),
    check (why <> 'withdrawn' or (old_micro is not null and new_micro is null))
) strict;
create index correction_by_period on correction (series, period_start_us);

create trigger correction_keeps_history before update on correction
begin select raise(abort, 'correction is append-only'); end;
create trigger correction_keeps_rows before delete on correction
begin select raise(abort, 'correction is append-only'); end;

-- Derived: the newest period of every series.
create table latest (
    series           integer primary key references series (id),
    period_start_us  integer not null,
    length_s         integer not null,
    value_micro      integer,
    device_flag      integer not null,
    qc               integer not null,
    revision         integer not null,
    received_us      integer not null
) strict;

-- Derived: an index as it was computed with the observations it rests on.
create table air_index (
    station    text    not null references station (code),
    averaging  text    not null,
    start_us   integer not null,
    edition    text    not null,
    aqi        integer,                                 -- null: none may be given, the body says why
    body       text    not null check (json_valid(body)),
    primary key (station, averaging, start_us, edition)
) strict, without rowid;

create table feed_event (
    id    integer primary key autoincrement,            -- commit order: there is one writer
    kind  text    not null,
    body  text    not null check (json_valid(body)),
    at_us integer not null
) strict;
create index feed_event_by_age on feed_event (at_us);

create trigger feed_event_keeps_history before update on feed_event
begin select raise(abort, 'feed_event is append-only'); end;

create table feed_status (
    feed             text not null primary key,
    last_try_us      integer not null,
    last_success_us  integer,
    last_error_us    integer,
    last_error       text,
    failures         integer not null check (failures >= 0)   -- in a row, up to the last try
) strict, without rowid;

create table api_key (
    id          integer primary key autoincrement,
    name        text    not null check (name <> ''),
    hash        blob    not null unique check (length(hash) = 32),   -- SHA-256 of the key; the key is nowhere
    stations    text    not null check (json_valid(stations)),       -- array of codes; empty: every station
    created_us  integer not null,
    revoked_us  integer
) strict;
create unique index api_key_name_in_use on api_key (name) where revoked_us is null;
