/** An incident of an exercise is another thing than a real one: it is marked when it is opened, and stays so. */
import { migration } from './ddl.ts'

const ddl = `
alter table incident add column mode text not null default 'live' check (mode in ('live','exercise','test'));
`

export const exercise = migration(
  '0030-exercise',
  ddl,
  [{ table: 'incident', on: 'update', code: 'incident-mode-is-permanent', when: 'new.mode <> old.mode' }],
  { sqlite: '', postgres: '' },
)
