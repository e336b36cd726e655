/** The round trip: readers of our own who say what reached them and when, and the last look at what stands in public. */
import { migration } from './ddl.ts'

const ddl = `
create table canary (
  subscriber_id INT primary key references subscriber(id) on delete cascade, secret_hash text unique, name text not null, made_by text references member(id), made_at text not null);
create table sighting (
  dispatch_id text not null references dispatch(id), subscriber_id INT not null, expected_by text not null, seen_at text, fault text not null default '',
  primary key (dispatch_id, subscriber_id));
create index sighting_awaited on sighting(expected_by) where seen_at is null;
`

export const canary = migration('0014-canary', ddl, [], { sqlite: '', postgres: '' })
