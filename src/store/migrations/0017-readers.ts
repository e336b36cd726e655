/** The address a reader of browser notifications names for the day their browser can no longer be reached. */
import { migration } from './ddl.ts'

const ddl = `
create table standby (
  push_id INT primary key references subscriber(id) on delete cascade, address text not null, token text not null unique, language text not null,
  asked_at text not null, confirmed_at text, died_at text, email_id INT references subscriber(id) on delete set null, next_at text);
create index standby_address on standby(address);
create index standby_email on standby(email_id) where email_id is not null;
create index standby_due on standby(next_at) where died_at is not null;
`

export const readers = migration('0017-readers', ddl, [], { sqlite: '', postgres: '' })
