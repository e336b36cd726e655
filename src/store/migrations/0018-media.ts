/** Access before the hour: accredited journalists, their links and sessions, and what each was shown. */
import { migration } from './ddl.ts'

const ddl = `
create table journalist (
  id text primary key, agency_id text not null references agency(id), name text not null, outlet text not null,
  email text not null unique, language text not null, valid_until text not null, state text not null,
  terms_version text, terms_at text, created_by text not null, created_at text not null);
create index journalist_agency on journalist(agency_id, state);

create table media_link (
  hash text primary key, journalist_id text not null references journalist(id), purpose text not null,
  created_at text not null, expires_at text not null, used_at text);
create index media_link_journalist on media_link(journalist_id, purpose) where used_at is null;
create index media_link_end on media_link(expires_at);

create table media_session (
  hash text primary key, journalist_id text not null references journalist(id),
  created_at text not null, expires_at text not null, ended_at text);
create index media_session_journalist on media_session(journalist_id) where ended_at is null;
create index media_session_end on media_session(expires_at);

create table media_read (
  copy text primary key, journalist_id text not null references journalist(id), release_id text not null,
  revision INT not null, revision_hash text not null, what text not null, language text not null, file_hash text not null default '',
  at text not null);
create index media_read_release on media_read(release_id, at);
create index media_read_journalist on media_read(journalist_id, at);
`

export const media = migration(
  '0018-media',
  ddl,
  [
    // What somebody was shown is not unsaid; only a purge takes the fingerprint of a file away.
    { table: 'media_read', on: 'delete', code: 'media-read-is-permanent', when: '1 = 1' },
    {
      table: 'media_read',
      on: 'update',
      code: 'media-read-is-permanent',
      when: `new.copy <> old.copy or new.journalist_id <> old.journalist_id or new.release_id <> old.release_id or new.revision_hash <> old.revision_hash
        or new.what <> old.what or new.at <> old.at or (new.file_hash <> old.file_hash and new.file_hash <> '')`,
    },
  ],
  { sqlite: '', postgres: '' },
)
