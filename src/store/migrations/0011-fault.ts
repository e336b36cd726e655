/** Messages of readers about faults on pages of the site, with their answers. */
import { migration } from './ddl.ts'

const ddl = `
create table fault (
  id text primary key,
  number text not null unique,
  code_hash text not null,
  page text not null,
  release_id text,
  agency_id text not null,
  what text not null,
  body text not null,
  contact text,
  language text not null,
  at text not null,
  due_at text,
  state text not null,
  answer text not null default '',
  answered_by text,
  answered_at text
);
create index fault_state on fault(agency_id, state, at);
create index fault_release on fault(release_id) where release_id is not null;
create index fault_contact on fault(answered_at) where contact is not null;
`

export const fault = migration('0011-fault', ddl, [], { sqlite: '', postgres: '' })
