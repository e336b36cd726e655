/** The manual outlet: named contacts and what they acknowledged, channels worked by hand and what they carried; and releases that carry another's. */
import { migration } from './ddl.ts'

const ddl = `
create table contact (
  subscriber_id INT primary key references subscriber(id) on delete cascade, agency_id text not null references agency(id),
  name text not null, role text not null, phone text not null, email text not null, created_at text not null, updated_at text not null);
create index contact_agency on contact(agency_id, name);

create table acknowledgement (
  delivery_id INT primary key, release_id text not null, edition_id text not null, subscriber_id INT not null,
  at text not null, recorded_by text, note text not null default '');
create index acknowledgement_edition on acknowledgement(edition_id);
create index acknowledgement_release on acknowledgement(release_id);

create table manual_channel (
  id text primary key, agency_id text not null references agency(id), name text not null, created_at text not null, ended_at text);
create unique index manual_channel_name on manual_channel(agency_id, name) where ended_at is null;

create table manual_record (
  id text primary key, channel_id text not null references manual_channel(id), release_id text not null, edition_id text not null,
  edition INT not null, carried_at text not null, at text not null, member_id text not null, link text not null default '',
  note text not null default '', void_at text, void_by text);
create unique index manual_record_once on manual_record(channel_id, edition_id) where void_at is null;
create index manual_record_release on manual_record(release_id);

create table repost (
  release_id text not null, edition INT not null, source_release text not null, source_edition INT not null, primary key (release_id, edition));
create index repost_source on repost(source_release);
`

export const manual = migration('0012-manual', ddl, [], { sqlite: '', postgres: '' })
