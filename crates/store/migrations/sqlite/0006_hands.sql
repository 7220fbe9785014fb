-- Who gave out an account's credentials in the console: until another administrator confirms that its holder has it, the two
-- are one person wherever a rule asks for two. Null: confirmed, or given out at the server's own command line.
alter table staff add column issued_by integer references staff (id);

-- Every report that an issue is linked with, so that the report's case can name the issue; folded from the events.
create table rectification_report (
    item    text    not null references rectification_item (number),
    report  text    not null,                                 -- the public number
    linked  integer not null check (linked in (0, 1)),     -- 0: not any more
    primary key (item, report)
) strict, without rowid;
create index rectification_report_by_report on rectification_report (report);
insert into rectification_report (item, report, linked)
select number, report, 1 from rectification_item where report is not null;
