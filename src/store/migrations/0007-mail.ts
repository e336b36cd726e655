/** What comes back by mail: the mark on a delivery, its count on the run, failures of the moment; and what retention has removed. */
import { migration } from './ddl.ts'

const ddl = `
alter table delivery add column bounced_at text;
alter table dispatch_run add column bounced INT not null default 0 check (bounced >= 0);
create table soft_bounce (
  subscriber_id INT not null references subscriber(id) on delete cascade, delivery_id INT not null, at text not null, primary key (subscriber_id, delivery_id));

alter table dispatch_run add column retiring_at text;
alter table dispatch_run add column retired_at text;
alter table dispatch_run add column retired_rows INT not null default 0;
create index dispatch_run_retirable on dispatch_run(done_at) where retiring_at is null and done_at is not null;
create index dispatch_run_retiring on dispatch_run(retiring_at) where retiring_at is not null and retired_at is null;
create index subscriber_over on subscriber(left_at) where state in ('left','gone');
create index outbox_file_at on outbox_file(at);
`

export const mail = migration('0007-mail', ddl, [], { sqlite: '', postgres: '' })
