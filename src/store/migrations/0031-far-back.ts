/** What screens of an incident, of exercises and of conferences ask stays as quick when there are a hundred thousand releases. */
import { migration } from './ddl.ts'

const ddl = `
create index release_incident on release(incident_id, kind);
create index release_mode on release(mode, created_at);
create index release_kind on release(agency_id, kind, updated_at);
create index edition_mode on edition(mode, sequence);
create index clock_paused on clock(id) where paused_at is not null and ended_at is null;
`

export const farBack = migration('0031-far-back', ddl, [], { sqlite: '', postgres: '' })
