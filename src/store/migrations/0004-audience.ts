/** What a subscriber may ask for besides topics and areas, digests, and the list of addresses nothing is sent to. */
import { migration } from './ddl.ts'

const ddl = `
alter table subscriber add column every_topic INT not null default 0;
alter table subscriber add column zone text not null default '';
alter table subscriber add column address_hash text;
create index subscriber_kind on subscriber(kind, mode, id);
create index subscriber_digest on subscriber(frequency, zone, id) where frequency <> 'at-once';
create index subscriber_unhashed on subscriber(kind, id) where address_hash is null;
create index subscriber_hash on subscriber(kind, address_hash) where address_hash is not null;
create index subscriber_topic_topic on subscriber_topic(topic, subscriber_id);
create index subscriber_area_area on subscriber_area(area, subscriber_id);

create table suppression (
  id text primary key, kind text not null, hash text not null, reason text not null check (reason in ('complained','bounced','asked','office')),
  since text not null, member_id text, unique (kind, hash));
create index suppression_since on suppression(since, id);

create table digest (
  id ID, subscriber_id INT not null, period text not null, frequency text not null, zone text not null, due_at text not null,
  state text not null check (state in ('planned','sending','accepted','deferred','failed','gone','unknown','suppressed','superseded')),
  items INT not null default 0, delivery_id INT, attempt INT not null default 0, lease text, lease_until text, next_at text,
  remote_id text, why text, accepted_at text, updated_at text not null, unique (subscriber_id, period));
create unique index digest_one_open on digest(subscriber_id) where state in ('planned','sending','deferred');
create index digest_due on digest(next_at, id) where state in ('planned','deferred');
create index digest_sending on digest(lease_until) where state = 'sending';
create table digest_mark (frequency text not null, zone text not null, period text not null, primary key (frequency, zone));
create table digest_call (subscriber_id INT primary key, since text not null);

alter table delivery add column digest_id INT;
create index delivery_digest on delivery(digest_id) where digest_id is not null;
create index delivery_waiting on delivery(subscriber_id, id) where state = 'in-digest';
create index delivery_waiting_run on delivery(dispatch_id, id) where state = 'in-digest';
create index delivery_in_hand on delivery(dispatch_id) where state = 'in-digest' and lease is not null;
create index dispatch_run_waiting on dispatch_run(dispatch_id) where in_digest > 0;
create table outbox_release (name text not null, release_id text not null, primary key (release_id, name));
`

export const audience = migration('0004-audience', ddl, [], { sqlite: '', postgres: '' })
