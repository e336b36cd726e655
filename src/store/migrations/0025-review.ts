/** Reviewing: comments on passages, officials by date, absences with their delegates, review deadlines and who was called, who read a draft. */
import { migration } from './ddl.ts'

const ddl = `
create table comment (
  id text primary key, release_id text not null references release(id), revision INT not null, revision_hash text not null, field text not null,
  quote text not null, body text not null, member_id text not null references member(id), at text not null,
  state text not null check (state in ('open','answered','settled')), settled_by text references member(id), settled_at text);
create index comment_release on comment(release_id, at);
create table comment_answer (
  id ID, comment_id text not null references comment(id), release_id text not null references release(id), member_id text not null references member(id),
  at text not null, body text not null);
create index comment_answer_release on comment_answer(release_id, id);

create table official (
  agency_id text not null references agency(id), position INT not null, name text not null, title text not null, from_day text not null,
  until_day text, primary key (agency_id, position));

create table absence (
  id text primary key, member_id text not null references member(id), delegate_id text not null references member(id), starts_at text not null, ends_at text not null,
  entered_by text not null references member(id), entered_at text not null, ended_at text, check (member_id <> delegate_id));
create index absence_member on absence(member_id, ends_at);
create index absence_delegate on absence(delegate_id, ends_at);
alter table decision add column on_behalf_of text references member(id);

create table review_limit (
  agency_id text not null references agency(id), lane text not null check (lane in ('flash','routine')), role text not null, amount INT not null,
  primary key (agency_id, lane, role));
create table summons (
  id ID, release_id text not null references release(id), submission_id text not null, step text not null,
  member_id text not null references member(id), how text not null check (how in ('told','called')), rank INT not null, called_by text references member(id),
  at text not null);
create index summons_submission on summons(submission_id, id);
create unique index summons_told on summons(submission_id, step, member_id) where how = 'told';

create table draft_reading (
  id ID, release_id text not null references release(id), revision INT not null, member_id text not null references member(id), at text not null,
  place text not null);
create index draft_reading_release on draft_reading(release_id, id);
create table limited_release (release_id text primary key references release(id), set_by text not null references member(id), set_at text not null);
create table limited_reader (
  release_id text not null references limited_release(release_id), member_id text not null references member(id), primary key (release_id, member_id));
`

export const review = migration(
  '0025-review',
  ddl,
  [
    { table: 'draft_reading', on: 'update', code: 'reading-is-permanent', when: '1 = 1' },
    { table: 'draft_reading', on: 'delete', code: 'reading-is-permanent', when: '1 = 1' },
    { table: 'summons', on: 'update', code: 'summons-is-permanent', when: '1 = 1' },
  ],
  { sqlite: '', postgres: '' },
)
