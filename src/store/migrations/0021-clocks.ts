/** Clocks with all that happened to them; figures of an incident with their source; corrections two people made; its grades. */
import { migration } from './ddl.ts'

const ddl = `
alter table clock rename to clock_before;
drop index clock_open;
create table clock (
  id text primary key, subject text not null, rule text not null, rule_version text not null, agency_id text not null,
  started_at text not null, due_at text, paused_at text, met_at text, breached_at text, ended_at text,
  look_at text not null, told INT not null default 0, unique (subject, rule));
insert into clock (id, subject, rule, rule_version, agency_id, started_at, due_at, met_at, breached_at, look_at, told)
  select c.id, c.subject, c.rule, c.rule_version, coalesce(
    (select i.agency_id from incident i where c.subject = 'incident:' || i.id),
    (select r.agency_id from release r where c.subject = 'release:' || r.id or c.subject like 'release:' || r.id || ':%'),
    (select r.agency_id from edition e join release r on r.id = e.release_id where c.subject = 'edition:' || e.id),
    (select f.agency_id from fault f where c.subject = 'fault:' || f.id), ''),
    c.started_at, c.due_at, c.met_at, c.breached_at, c.started_at, case when c.breached_at is null then 0 else 9 end
  from clock_before c;
create index clock_look on clock(look_at) where met_at is null and ended_at is null and breached_at is null and paused_at is null;
create index clock_standing on clock(agency_id, due_at) where met_at is null and ended_at is null;
create index clock_late on clock(agency_id, breached_at) where breached_at is not null;
create table clock_event (
  id ID, clock_id text not null references clock(id), at text not null,
  kind text not null check (kind in ('started','moved','paused','resumed','met','breached','ended')),
  started_at text, due_at text, member_id text, why text not null default '');
create index clock_event_clock on clock_event(clock_id, id);
insert into clock_event (clock_id, at, kind, started_at, due_at) select id, started_at, 'started', started_at, due_at from clock_before order by id;
insert into clock_event (clock_id, at, kind) select id, breached_at, 'breached' from clock_before where breached_at is not null order by id;
insert into clock_event (clock_id, at, kind) select id, met_at, 'met' from clock_before where met_at is not null order by id;
update alarm set subject = 'clock:' || (select min(c.id) from clock c where c.subject = alarm.subject and c.breached_at is not null and c.met_at is null)
  where cause = 'clock-breached' and cleared_at is null
  and exists (select 1 from clock c where c.subject = alarm.subject and c.breached_at is not null and c.met_at is null);
drop table clock_before;

create table incident_fact (
  id ID, incident_id text not null references incident(id), what text not null, value text not null, as_of text not null,
  source text not null, explanation text not null default '', recorded_by text not null references member(id), recorded_at text not null);
create index incident_fact_incident on incident_fact(incident_id, as_of);
create table incident_grade (
  id text primary key, incident_id text not null references incident(id), before_grade text, grade text not null, suggested text,
  set_by text not null references member(id), set_at text not null);
create index incident_grade_incident on incident_grade(incident_id, set_at);
create table known_correction (
  id text primary key, incident_id text not null references incident(id), old_at text not null, new_at text not null, why text not null,
  proposed_by text not null references member(id), proposed_at text not null, decided_by text references member(id), decided_at text,
  state text not null check (state in ('open','applied','refused')), check (decided_by is null or decided_by <> proposed_by or state = 'refused'));
create unique index known_correction_open on known_correction(incident_id) where state = 'open';
`

export const clocks = migration(
  '0021-clocks',
  ddl,
  [
    { table: 'clock_event', on: 'update', code: 'clock-event-is-permanent', when: '1 = 1' },
    { table: 'clock_event', on: 'delete', code: 'clock-event-is-permanent', when: '1 = 1' },
    {
      table: 'clock',
      on: 'update',
      code: 'clock-keeps-its-rule',
      when: 'new.rule <> old.rule or new.rule_version <> old.rule_version or new.subject <> old.subject',
    },
    { table: 'incident_fact', on: 'update', code: 'incident-fact-is-permanent', when: '1 = 1' },
    { table: 'incident_fact', on: 'delete', code: 'incident-fact-is-permanent', when: '1 = 1' },
    { table: 'incident_grade', on: 'update', code: 'incident-grade-is-permanent', when: '1 = 1' },
  ],
  { sqlite: '', postgres: '' },
)
