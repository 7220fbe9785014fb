-- Where the ledger of rewards ended when a day was over: published, so that no other history can be told later.
create table ledger_root (
    day     text    not null primary key check (length(day) = 10),   -- of Beijing, 2026-11-23
    count   integer not null check (count > 0),                      -- entries up to then
    hash    blob    not null check (length(hash) = 32),              -- of the last of them
    at_us   integer not null
) strict, without rowid;

create trigger ledger_root_keeps_history before update on ledger_root
begin select raise(abort, 'ledger_root is append-only'); end;
create trigger ledger_root_keeps_rows before delete on ledger_root
begin select raise(abort, 'ledger_root is append-only'); end;
