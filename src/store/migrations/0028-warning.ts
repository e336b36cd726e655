/** Who may originate which warnings; what people were asked, and said, before a warning expires. */
import { migration } from './ddl.ts'

const ddl = `
create table authority (
  id text primary key, agency_id text not null references agency(id), position INT not null, hazard text not null, levels text not null,
  area text not null, originator text references agency(id), station text not null default '', unique (agency_id, position),
  check (originator is not null or station <> ''));
create table expiry_word (
  edition_id text primary key references edition(id), release_id text not null references release(id), due_at text not null,
  told INT not null default 0, answered_by text references member(id), answered_at text);
create index expiry_word_open on expiry_word(due_at) where answered_at is null;
`

export const warning = migration('0028-warning', ddl, [], { sqlite: '', postgres: '' })
