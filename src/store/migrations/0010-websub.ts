/** Whom the hub posts feeds to and until when, what it has yet to ask them, and the receivers of signed webhooks. */
import { migration } from './ddl.ts'

const ddl = `
create table hub_lease (
  subscriber_id INT primary key references subscriber(id) on delete cascade, topic text not null, host text not null, expires_at text not null);
create index hub_lease_topic on hub_lease(topic, subscriber_id);
create index hub_lease_host on hub_lease(host);
create index hub_lease_end on hub_lease(expires_at);

create table hub_request (
  id text primary key, mode text not null check (mode in ('subscribe','unsubscribe','denied')), callback text not null, topic text not null,
  topic_url text not null, host text not null, lease_seconds INT not null, secret text, reason text not null default '',
  asked_at text not null, attempts INT not null default 0, next_at text not null, lease_until text, unique (callback, topic));
create index hub_request_due on hub_request(next_at, id);
create index hub_request_host on hub_request(host);

create table webhook_receiver (
  id text primary key, subscriber_id INT not null unique references subscriber(id) on delete cascade, agency_id text not null references agency(id),
  name text not null, host text not null, kinds text not null default '', lane text not null default '',
  state text not null check (state in ('proposed','active','ended')), created_by text not null, created_at text not null,
  approved_by text, rotated_at text, old_until text, tested_at text, tested_as text,
  check (approved_by is null or approved_by <> created_by));
create index webhook_receiver_agency on webhook_receiver(agency_id, id);
`

export const websub = migration('0010-websub', ddl, [], { sqlite: '', postgres: '' })
