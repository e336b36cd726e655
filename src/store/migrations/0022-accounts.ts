/** Passkeys, codes and paper codes of members (rows of the sign-in library), what a session has proved, failed sign-ins, whose flash needs a factor. */
import { migration } from './ddl.ts'

/** Names in quotes are the library's own columns. */
const ddl = `
alter table auth_user add column "twoFactorEnabled" BOOL;
create table auth_two_factor (
  id text primary key, secret text not null, "backupCodes" text not null, "userId" text not null unique references auth_user(id) on delete cascade,
  verified BOOL, "failedVerificationCount" INT, "lockedUntil" TIME);
create table auth_passkey (
  id text primary key, name text, "publicKey" text not null, "userId" text not null references auth_user(id) on delete cascade,
  "credentialID" text not null unique, counter INT not null, "deviceType" text not null, "backedUp" BOOL not null, transports text,
  "createdAt" TIME, aaguid text);
create index auth_passkey_user on auth_passkey("userId");

create table paper_codes (
  user_id text primary key references auth_user(id) on delete cascade, made_at text not null, total INT not null, used INT not null default 0);
create table factor_proof (
  session_id text primary key, member_id text not null references member(id), how text not null check (how in ('code','paper','passkey')), at text not null);
create table code_seen (mark text primary key, at text not null);
create table sign_in_tally (
  subject text primary key, failures INT not null, rounds INT not null default 0, last_at text not null, until text);
create index sign_in_tally_old on sign_in_tally(last_at);
create table flash_factor_rule (agency_id text primary key references agency(id), since text not null);
`

export const accounts = migration('0022-accounts', ddl, [], { sqlite: '', postgres: '' })
