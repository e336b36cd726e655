/** Turns: moments at which public pages change though nothing was published, and the times that are still to come. */
import { migration } from './ddl.ts'

const ddl = `
create table turn (
  sequence INT primary key, at text not null, why text not null, mode text not null check (mode in ('live','exercise','test')),
  release_id text references release(id), incident_id text references incident(id),
  done_at text, attempts INT not null default 0, next_at text not null, check ((release_id is null) <> (incident_id is null)));
create index turn_open on turn(sequence) where done_at is null;
create index turn_incident on turn(incident_id, sequence) where incident_id is not null;
create index turn_closing on turn(mode, sequence) where incident_id is not null;
create table turn_due (release_id text not null references release(id), why text not null, due_at text not null, primary key (release_id, why, due_at));
create index turn_due_at on turn_due(due_at);
create index incident_open on incident(created_at) where closed_at is null;
`

/** What was published or closed before there were turns gets its own: an old warning ends too, a closed incident is shown as closed. */
const backfill = (text: (field: string) => string) => `
insert into turn (sequence, at, why, mode, incident_id, next_at)
  select c.value + row_number() over (order by i.closed_at, i.id), i.closed_at, 'incident-closed', 'live', i.id, i.closed_at
  from incident i, counter c where c.name = 'sequence' and i.closed_at is not null;
update counter set value = value + (select count(*) from turn) where name = 'sequence';
insert into turn_due (release_id, why, due_at)
  select e.release_id, 'expired', coalesce(${text('expiresAt')}, ${text('cap.expires')}) from edition e
  where e.content is not null and e.type not in ('withdrawal','takedown')
    and e.number = (select max(l.number) from edition l where l.release_id = e.release_id)
    and coalesce(${text('expiresAt')}, ${text('cap.expires')}) is not null;
`

export const turn = migration(
  '0008-turn',
  ddl,
  [
    { table: 'turn', on: 'delete', code: 'turn-is-permanent', when: '1 = 1' },
    {
      table: 'turn',
      on: 'update',
      code: 'turn-is-permanent',
      when: 'new.sequence <> old.sequence or new.at <> old.at or new.why <> old.why or new.mode <> old.mode',
    },
  ],
  {
    sqlite: backfill((field) => `json_extract(e.content, '$.core.${field}')`),
    postgres: backfill((field) => `(e.content::json #>> '{core,${field.replace('.', ',')}}')`),
  },
)
