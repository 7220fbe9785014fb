-- What an API key opens, and what readers of published reports by other programs are told beside the text.

alter table api_key add column scope text not null default 'readings' check (scope in ('readings', 'open311'));

-- As in 0002, with the number of the published report that a duplicate was merged into.
drop view published_report;
create view published_report as
select public_id, simulated, category, category_group, state, finding, department, public_text, public_note,
       public_street, public_level_m, public_x, public_y, public_at_us, public_changed_us,
       (select count(*) from report_link where other = report.id and removed_us is null) as followers,
       (select public_id from report lead where lead.id = report.merged_into and lead.publication = 'published')
           as merged_into
from report where publication = 'published';

-- What was decided about published reports, as other programs are told of it: of what may come from a home, the day alone.
create view published_event as
select r.public_id, e.kind, e.body, e.hash,
       case when r.from_home then e.at_us - (e.at_us + 28800000000) % 86400000000 else e.at_us end as public_us
from report_event e join report r on r.id = e.report
where r.publication = 'published' and r.state <> 'withdrawn';
