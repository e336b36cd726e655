/** Issues of the gazette: which releases an issue holds, by id and in order; never their words, so a purge has nothing to find here. */
import { migration } from './ddl.ts'

const ddl = `
create table gazette_issue (
  id text primary key, number text not null unique, sequence INT not null unique, starts_at text not null, ends_at text not null,
  standard INT not null default 0, release_ids text not null, made_by text not null references member(id), made_at text not null, built_at text);
create table gazette_item (release_id text not null references release(id), sequence INT not null, primary key (release_id, sequence));
`

export const gazette = migration('0016-gazette', ddl, [], { sqlite: '', postgres: '' })
