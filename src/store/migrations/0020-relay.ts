/** Warnings that came from elsewhere, by name, time and hash: what a second copy, an update or a cancel is known by. No words. */
import { migration } from './ddl.ts'

const ddl = `
create table relay (
  release_id text primary key references release(id), agency_id text not null references agency(id), identifier text not null,
  sender text not null, sent text not null, msg_type text not null, refs text not null, expires text, sha256 text not null,
  form text not null, received_at text not null, unique (agency_id, sender, identifier));
create index relay_recent on relay (agency_id, received_at);
`

export const relay = migration('0020-relay', ddl, [], { sqlite: '', postgres: '' })
