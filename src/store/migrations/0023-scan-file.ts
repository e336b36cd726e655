/** Attachments looked into: what was found in each file, which revisions were masked from which, blobs that are to go. */
import { migration } from './ddl.ts'

const ddl = `
create table file_scan (
  release_id text not null references release(id), sha256 text not null, rules INT not null, words text not null,
  findings text not null, table_columns text not null, removed text not null, derived_from text, looked_at text not null,
  primary key (release_id, sha256));
create index file_scan_file on file_scan(sha256);
create table blob_gone (sha256 text primary key, since text not null);
alter table revision add column derived_from INT;
`

export const scanFile = migration('0023-scan-file', ddl, [], { sqlite: '', postgres: '' })
