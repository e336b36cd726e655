/** Words not saved yet: a key for each writer of each draft, and their last copy locked with it. Who has a draft open. */
import { migration } from './ddl.ts'

const ddl = `
create table draft_keep (
  id text primary key, release_id text references release(id), member_id text not null references member(id), kind text not null,
  locked_key text not null, kept text, kept_at text, used_at text not null, unique (release_id, member_id));
create index draft_keep_member on draft_keep(member_id, used_at);
create table draft_open (
  release_id text not null references release(id), member_id text not null references member(id), since text not null,
  seen_at text not null, primary key (release_id, member_id));
`

export const editor = migration('0024-editor', ddl, [], { sqlite: '', postgres: '' })
