/** Changes a single administrator has to wait for, logins that were closed, and signing keys that took another's place. */
import { migration } from './ddl.ts'

/** `locked`: what the key is, under the installation's secret, so that every machine takes it up; gone with the next of its name. */
const ddl = `
create table change_wait (change_id text primary key references change_request(id), wait_ms INT not null, told_at text);
create table login_reset (member_id text primary key references member(id), at text not null);
create table key_turn (
  id text primary key, name text not null check (name in ('seal','seal-exercise','bounce')), kid text not null,
  old_kid text not null, old_locked text not null, locked text, at text not null, unique (name, kid));
`

export const secondHands = migration('0032-second-hands', ddl, [], { sqlite: '', postgres: '' })
