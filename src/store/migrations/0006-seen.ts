/** What people see of a fan-out: causes found without reading every row, alarms told again, ended runs in order, the sign that work lives. */
import { migration } from './ddl.ts'

const ddl = `
create index delivery_trouble on delivery(dispatch_id, id) where state in ('failed','gone','unknown','suppressed','deferred');
create index dispatch_run_ended on dispatch_run(done_at, dispatch_id) where done_at is not null;
create index dispatch_run_stopped on dispatch_run(dispatch_id) where state = 'stopped' and why <> 'superseded';
alter table alarm add column told_count INT not null default 0;
alter table alarm add column tell_at text;
create index alarm_cleared on alarm(cleared_at) where cleared_at is not null;
create index alarm_to_tell on alarm(tell_at) where acknowledged_at is null and (cleared_at is null or told_at is null);
create table heartbeat (name text primary key, at text not null);
`

export const seen = migration('0006-seen', ddl, [], {
  // Those told before there was a count were told once, and are told again like any other.
  sqlite: 'update alarm set told_count = 1, tell_at = told_at where told_at is not null;',
  postgres: 'update alarm set told_count = 1, tell_at = told_at where told_at is not null;',
})
