/** Backups that were made, so that a purge can name them; work processes, so that the doctor sees who writes where. */
import { migration } from './ddl.ts'

const ddl = `
create table backup (id text primary key, name text not null, begun_at text not null, done_at text);
create index backup_begun on backup(begun_at);
create table worker (id text primary key, files text not null, keys text not null, seen_at text not null);
`

export const store = migration('0005-store', ddl, [], { sqlite: '', postgres: '' })
