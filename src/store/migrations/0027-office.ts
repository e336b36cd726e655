/** Running the office: topics nobody chooses any more, an agency's own words to start from, tests of outlets, two hands for accreditation. */
import { migration } from './ddl.ts'

const ddl = `
alter table topic add column retired_at text;
alter table area add column name_mn text not null default '';
create table start_words (
  agency_id text not null references agency(id), kind text not null, language text not null, title text not null,
  blocks text not null, body text not null, set_by text not null references member(id), set_at text not null,
  primary key (agency_id, kind, language));
create table outlet_test (
  id text primary key, outlet text not null, asked_by text references member(id), at text not null,
  outcome text not null check (outcome in ('accepted','again','never','gone','not-ready')), why text not null default '');
create index outlet_test_latest on outlet_test(outlet, at);
create index ledger_act on ledger(act, seq);
create index ledger_actor on ledger(actor, seq);
create index ledger_subject on ledger(subject, seq);
`

export const office = migration('0027-office', ddl, [], { sqlite: '', postgres: '' })
