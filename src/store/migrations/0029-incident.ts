/**
 * Reports that went up, items of public concern, numbers of a series, who attends a conference and that it was held; and what is
 * destroyed once an incident is over: words people wrote beside figures and deadlines may then be emptied, nothing else of those rows.
 */
import { type Guard, migration } from './ddl.ts'

const ddl = `
create table upward_report (
  id text primary key, incident_id text not null references incident(id), ordinal INT not null, recipient text not null,
  means text not null check (means in ('phone','fax','system','written','in-person')), reported_at text not null, number text not null default '',
  supersedes text unique references upward_report(id), met text not null default '[]',
  recorded_by text not null references member(id), recorded_at text not null);
create index upward_report_incident on upward_report(incident_id, ordinal);
create unique index upward_report_ordinal on upward_report(incident_id, ordinal) where supersedes is null;
create table upward_receipt (
  report_id text primary key references upward_report(id), received_at text not null, number text not null default '',
  recorded_by text not null references member(id), recorded_at text not null);

create table opinion (
  id text primary key, number text not null unique, agency_id text not null references agency(id), incident_id text references incident(id),
  topic text references topic(slug), title text not null,
  state text not null check (state in ('collected','consulted','judged','responded','assessed')),
  decision text check (decision in ('respond','merge','transfer','none')), merged_into text references opinion(id), transferred_to text not null default '',
  answered_by text check (answered_by in ('release','conference','interview')), release_id text references release(id),
  created_at text not null, check (state in ('collected','consulted') or decision is not null));
create index opinion_agency on opinion(agency_id, created_at);
create index opinion_incident on opinion(incident_id) where incident_id is not null;
create index opinion_release on opinion(release_id) where release_id is not null;
create table opinion_step (
  id ID, opinion_id text not null references opinion(id), state text not null, decision text, at text not null, member_id text references member(id));
create index opinion_step_opinion on opinion_step(opinion_id, id);

create table series_number (
  release_id text primary key references release(id), incident_id text not null references incident(id), mode text not null, number INT not null);
create index series_number_series on series_number(incident_id, mode, number);
insert into series_number (release_id, incident_id, mode, number)
  select r.id, r.incident_id, r.mode, row_number() over (partition by r.incident_id, r.mode order by e.first_published_at, r.id)
  from release r join edition e on e.release_id = r.id and e.number = 1
  where r.kind = 'incident-update' and r.incident_id is not null;

create table conference_attendance (
  release_id text not null references release(id), journalist_id text not null references journalist(id), asked_at text not null, ended_at text,
  primary key (release_id, journalist_id));
create table conference_link (
  release_id text not null references release(id), conference_id text not null references release(id), relation text not null,
  primary key (release_id, conference_id, relation));
create index conference_link_conference on conference_link(conference_id);
create table conference_held (
  release_id text primary key references release(id), held_at text not null, confirmed_by text not null references member(id), confirmed_at text not null);

create table retention_keep (
  incident_id text not null references incident(id), ref text not null, basis text not null check (basis in ('archive','investigation','litigation')),
  kept_by text not null references member(id), kept_at text not null, primary key (incident_id, ref));
create table retention (
  id ID, incident_id text not null references incident(id), destroyed INT not null, kept INT not null, backups text not null,
  destroyed_by text not null references member(id), destroyed_at text not null);
create index retention_incident on retention(incident_id, id);
`

const same = (columns: string[]) => columns.map((c) => `coalesce(new.${c}, '') <> coalesce(old.${c}, '')`).join(' or ')
const emptied = (column: string) => `(new.${column} <> old.${column} and new.${column} <> '')`
const CLOSED = `exists (select 1 from incident i where i.id = old.incident_id and i.closed_at is not null)`
const CLOCK_CLOSED = `exists (select 1 from clock c left join opinion o on c.subject = 'opinion:' || o.id
  join incident i on c.subject = 'incident:' || i.id or i.id = o.incident_id where c.id = old.clock_id and i.closed_at is not null)`

/** After the end an empty word may take a word's place; until then, and for the rest for ever, nothing changes. */
const guards: Guard[] = [
  {
    table: 'incident_fact',
    on: 'update',
    code: 'incident-fact-is-permanent',
    when: `new.id <> old.id or ${same(['incident_id', 'what', 'value', 'as_of', 'recorded_by', 'recorded_at'])}
      or ${emptied('source')} or ${emptied('explanation')} or not ${CLOSED}`,
  },
  {
    table: 'clock_event',
    on: 'update',
    code: 'clock-event-is-permanent',
    when: `new.id <> old.id or ${same(['clock_id', 'at', 'kind', 'started_at', 'due_at', 'member_id'])} or ${emptied('why')} or not ${CLOCK_CLOSED}`,
  },
  { table: 'upward_report', on: 'update', code: 'upward-report-is-permanent', when: '1 = 1' },
  { table: 'upward_report', on: 'delete', code: 'upward-report-is-permanent', when: '1 = 1' },
  { table: 'upward_receipt', on: 'update', code: 'upward-receipt-is-permanent', when: '1 = 1' },
  { table: 'upward_receipt', on: 'delete', code: 'upward-receipt-is-permanent', when: '1 = 1' },
  { table: 'opinion_step', on: 'update', code: 'opinion-step-is-permanent', when: '1 = 1' },
  { table: 'opinion_step', on: 'delete', code: 'opinion-step-is-permanent', when: '1 = 1' },
  { table: 'conference_held', on: 'update', code: 'conference-held-is-permanent', when: '1 = 1' },
  { table: 'retention', on: 'update', code: 'retention-is-permanent', when: '1 = 1' },
  { table: 'retention', on: 'delete', code: 'retention-is-permanent', when: '1 = 1' },
]

/** The two guards that are drawn narrower here. */
const BEFORE = [
  ['incident_fact', 'guard_incident_fact_update_incident_fact_is_permanent'],
  ['clock_event', 'guard_clock_event_update_clock_event_is_permanent'],
] as const

export const incident = migration('0029-incident', ddl, guards, {
  sqlite: BEFORE.map(([, name]) => `drop trigger ${name};`).join('\n'),
  postgres: BEFORE.map(([table, name]) => `drop trigger ${name} on ${table}; drop function ${name}();`).join('\n'),
})
