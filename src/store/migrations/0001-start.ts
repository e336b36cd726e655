/** The first tables. */
import { type Guard, migration } from './ddl.ts'

const ddl = `
create table agency (
  id text primary key, parent_id text references agency(id), slug text not null unique, name_zh text not null, name_en text not null,
  area_codes text not null, chains text not null, phone_signoff INT not null default 0, word_list text not null default '', created_at text not null);
create table member (
  id text primary key, user_id text unique, agency_id text not null references agency(id), name text not null, email text not null unique,
  phone text not null default '', languages text not null, roles text not null, active INT not null default 1, created_at text not null);
create index member_agency on member(agency_id);
create table roster (
  id text primary key, agency_id text not null references agency(id), member_id text not null references member(id), role text not null,
  backup INT not null default 0, starts_at text not null, ends_at text not null, check (ends_at > starts_at));
create index roster_agency on roster(agency_id, ends_at);
create table api_token (
  id text primary key, hash text not null unique, member_id text not null references member(id), name text not null, scopes text not null,
  created_at text not null, expires_at text not null, last_used_at text, revoked_at text);
create table change_request (
  id text primary key, agency_id text not null references agency(id), kind text not null, payload text not null,
  proposed_by text not null references member(id), proposed_at text not null, decided_by text references member(id), decided_at text,
  state text not null check (state in ('open','applied','refused')), check (decided_by is null or decided_by <> proposed_by or state = 'refused'));
create table one_time_link (
  hash text primary key, purpose text not null, member_id text references member(id), created_at text not null, expires_at text not null, used_at text);

create table auth_user (
  id text primary key, name text not null, email text not null unique, "emailVerified" BOOL not null, image text, "createdAt" TIME not null, "updatedAt" TIME not null);
create table auth_session (
  id text primary key, "expiresAt" TIME not null, token text not null unique, "createdAt" TIME not null, "updatedAt" TIME not null,
  "ipAddress" text, "userAgent" text, "userId" text not null references auth_user(id) on delete cascade);
create index auth_session_user on auth_session("userId");
create table auth_account (
  id text primary key, "accountId" text not null, "providerId" text not null, "userId" text not null references auth_user(id) on delete cascade,
  "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" TIME, "refreshTokenExpiresAt" TIME, scope text, password text,
  "createdAt" TIME not null, "updatedAt" TIME not null);
create index auth_account_user on auth_account("userId");
create table auth_verification (
  id text primary key, identifier text not null, value text not null, "expiresAt" TIME not null, "createdAt" TIME, "updatedAt" TIME);

create table incident (
  id text primary key, number text not null unique, agency_id text not null references agency(id), title_zh text not null, title_en text not null,
  class text not null, grade text, areas text not null, known_at text not null, cause_confirmed INT not null default 0, closed_at text, created_at text not null);
create table clock (
  id text primary key, subject text not null, rule text not null, rule_version text not null, started_at text not null, due_at text not null,
  met_at text, breached_at text, unique (subject, rule));
create index clock_open on clock(due_at) where met_at is null and breached_at is null;

create table release (
  id text primary key, number text not null unique, agency_id text not null references agency(id), kind text not null,
  lane text not null check (lane in ('flash','routine')), mode text not null check (mode in ('live','exercise','test')), incident_id text references incident(id),
  state text not null check (state in ('draft','in-review','approved','scheduled','held','published','withdrawn','taken-down','quarantined','purged')),
  face text not null check (face in ('none','live','withdrawn','taken-down')),
  edition_type text not null check (edition_type in ('first','erratum','correction','addition','withdrawal','takedown')),
  editions INT not null default 0, revision INT not null default 0, version INT not null default 1,
  document_number text, planned_at text, created_by text not null references member(id), created_at text not null, updated_at text not null);
create index release_agency on release(agency_id, state);
create index release_due on release(planned_at) where state = 'scheduled';
create unique index release_document on release(agency_id, document_number) where document_number is not null;
create table revision (
  id text primary key, release_id text not null references release(id), ordinal INT not null, hash text not null, salt text not null, content text,
  part_hashes text not null, cycle INT not null, saved_by text not null references member(id), saved_at text not null, unique (release_id, ordinal));
create table contribution (
  release_id text not null references release(id), cycle INT not null, member_id text not null references member(id), act text not null, at text not null,
  primary key (release_id, cycle, member_id, act));
create table attachment (
  id text primary key, release_id text not null references release(id), sha256 text not null, name text not null, type text not null, bytes INT not null,
  title text not null, added_by text not null references member(id), added_at text not null);
create index attachment_release on attachment(release_id);
create index attachment_hash on attachment(sha256);
create table timeline (
  id ID, release_id text not null references release(id), at text not null, member_id text, act text not null, revision INT, edition INT, note text not null default '');
create index timeline_release on timeline(release_id, id);

create table submission (
  id text primary key, release_id text not null references release(id), cycle INT not null, revision INT not null, revision_hash text not null,
  chain text not null, submitted_by text not null references member(id), submitted_at text not null,
  state text not null check (state in ('open','approved','returned','taken-back','published')), closed_at text);
create unique index submission_one_open on submission(release_id) where state in ('open','approved');
create table decision (
  id text primary key, release_id text not null references release(id), cycle INT not null, submission_id text not null references submission(id),
  revision INT not null, revision_hash text not null, parts text not null, step text not null, duties text not null,
  member_id text not null references member(id), verdict text not null check (verdict in ('approve','return')), opinion text not null default '',
  confidentiality text, at text not null, recorded_by text references member(id), confirm_by text, confirmed_at text, void INT not null default 0,
  unique (submission_id, member_id), check (recorded_by is null or recorded_by <> member_id), check (verdict = 'approve' or opinion <> ''));
create index decision_release on decision(release_id, cycle);
create table hit_resolution (
  release_id text not null references release(id), hit_key text not null, part_hash text not null, action text not null, note text not null,
  member_id text not null references member(id), at text not null, primary key (release_id, hit_key, part_hash));

create table edition (
  id text primary key, sequence INT not null unique, release_id text not null references release(id), number INT not null, type text not null,
  mode text not null, revision INT not null, revision_hash text not null, content text, faces text not null, template_digest text not null,
  seal text not null, published_at text not null, first_published_at text not null, post_review_due text, post_reviewed_at text,
  post_reviewed_by text references member(id), unique (release_id, number), check (content is not null or type in ('takedown') or faces is not null));
create index edition_post_review on edition(post_review_due) where post_review_due is not null and post_reviewed_at is null;
create table dispatch (id text primary key, edition_id text not null references edition(id), outlet text not null, created_at text not null, unique (edition_id, outlet));
create table slot (list text not null, slot INT not null, release_id text not null references release(id), first_sequence INT not null,
  primary key (list, slot), unique (list, release_id));
create index slot_first on slot(list, first_sequence) where slot = 1;
create index slot_release on slot(release_id);
create table list_change (list text not null, sequence INT not null, release_id text not null, primary key (list, sequence));
create table relation (from_release text not null, to_release text not null, sequence INT not null, primary key (to_release, from_release, sequence));
create table counter (name text primary key, value INT not null);

create table dispatch_run (
  dispatch_id text primary key references dispatch(id), release_id text not null, edition_id text not null, outlet text not null, lane text not null,
  sequence INT not null, state text not null check (state in ('waiting','planning','sending','verifying','held','stopping','stopped','done')), why text not null default '',
  audience INT not null default 0, planned INT not null default 0, sending INT not null default 0, accepted INT not null default 0, deferred INT not null default 0,
  failed INT not null default 0, gone INT not null default 0, unknown INT not null default 0, suppressed INT not null default 0,
  superseded INT not null default 0, in_digest INT not null default 0, repeats INT not null default 0, plan_cursor INT not null default 0, plan_end INT not null default -1,
  planned_at text, started_at text, first_accepted_at text, last_accepted_at text, verified_at text, done_at text,
  lease text, lease_until text, next_at text not null, attempts INT not null default 0,
  check (audience = planned + sending + accepted + deferred + failed + gone + unknown + suppressed + superseded + in_digest),
  check (planned >= 0 and sending >= 0 and accepted >= 0 and deferred >= 0 and failed >= 0 and gone >= 0 and unknown >= 0 and suppressed >= 0 and superseded >= 0 and in_digest >= 0));
create index dispatch_run_open on dispatch_run(lane, sequence) where state not in ('done','stopped');
create index dispatch_run_release on dispatch_run(release_id);
create table delivery (
  id ID, dispatch_id text not null references dispatch(id), subscriber_id INT not null, language text not null,
  state text not null check (state in ('planned','sending','accepted','deferred','failed','gone','unknown','suppressed','superseded','in-digest')),
  attempt INT not null default 0, lease text, lease_until text, next_at text, remote_id text, why text, accepted_at text, updated_at text not null,
  unique (dispatch_id, subscriber_id));
create index delivery_open on delivery(dispatch_id, id) where state = 'planned';
create index delivery_deferred on delivery(dispatch_id, next_at) where state = 'deferred';
create index delivery_sending on delivery(lease_until) where state = 'sending';
create index delivery_subscriber on delivery(subscriber_id);

create table subscriber (
  id ID, kind text not null, address text not null, keys text, token text not null unique,
  state text not null check (state in ('pending','active','left','gone','complained')), mode text not null check (mode in ('live','exercise','test')),
  language text not null, urgency text not null, frequency text not null, all_topics INT not null default 0, all_areas INT not null default 0,
  created_at text not null, confirmed_at text, left_at text, unique (kind, address, mode));
create index subscriber_active on subscriber(kind, id) where state = 'active';
create table subscriber_topic (subscriber_id INT not null references subscriber(id) on delete cascade, topic text not null, primary key (subscriber_id, topic));
create table subscriber_area (subscriber_id INT not null references subscriber(id) on delete cascade, area text not null, primary key (subscriber_id, area));
create table topic (slug text primary key, name_zh text not null, name_en text not null, position INT not null);
create table area (code text primary key, name_zh text not null, name_en text not null, parent text);
create index area_parent on area(parent);

create table ledger (seq INT primary key, at text not null, actor text not null, act text not null, subject text not null, fact text not null, prev text not null, hash text not null unique);
create table alarm (id text primary key, cause text not null, subject text not null, since text not null, owner text, acknowledged_at text, cleared_at text, told_at text);
create unique index alarm_open on alarm(cause, subject) where cleared_at is null;
create table idempotency (
  key text not null, member_id text not null, route text not null, request_hash text not null, status INT not null, location text not null, body text not null,
  release_id text not null default '', at text not null, primary key (member_id, key));
create table quarantine (
  id text primary key, release_id text not null references release(id), reported_by text not null references member(id), reported_at text not null, was_public INT not null,
  was_state text not null, settled_by text references member(id), settled_at text, outcome text check (outcome in ('purged','lifted')), instruction text not null default '',
  backups text not null default '[]', check (settled_by is null or settled_by <> reported_by));
create unique index quarantine_open on quarantine(release_id) where settled_at is null;
create table outbox_file (name text primary key, release_id text not null, at text not null);
insert into counter (name, value) values ('sequence', 0);
`

const barred = `exists (select 1 from contribution c where c.release_id = new.release_id and c.cycle = new.cycle and c.member_id = new.member_id)`
const signed = `exists (select 1 from decision d where d.release_id = new.release_id and d.revision_hash = new.revision_hash and d.revision = new.revision
  and d.verdict = 'approve' and d.void = 0 and d.duties like '%"sign"%'
  and not exists (select 1 from contribution c where c.release_id = d.release_id and c.cycle = d.cycle and c.member_id = d.member_id))`

const guards: Guard[] = [
  { table: 'decision', on: 'insert', code: 'own-work', when: barred },
  { table: 'decision', on: 'delete', code: 'decision-is-permanent', when: '1 = 1' },
  {
    table: 'decision',
    on: 'update',
    code: 'decision-is-permanent',
    when: 'new.verdict <> old.verdict or new.revision_hash <> old.revision_hash or new.parts <> old.parts or new.member_id <> old.member_id or new.at <> old.at',
  },
  { table: 'edition', on: 'insert', code: 'unsigned', when: `new.type <> 'takedown' and not ${signed}` },
  { table: 'edition', on: 'delete', code: 'edition-is-permanent', when: '1 = 1' },
  {
    table: 'edition',
    on: 'update',
    code: 'edition-is-frozen',
    when: `new.sequence <> old.sequence or new.number <> old.number or new.type <> old.type or new.published_at <> old.published_at
      or new.revision_hash <> old.revision_hash or (new.content is not null and (old.content is null or new.content <> old.content))`,
  },
  { table: 'revision', on: 'delete', code: 'revision-is-permanent', when: '1 = 1' },
  {
    table: 'revision',
    on: 'update',
    code: 'revision-is-immutable',
    when: `new.hash <> old.hash or new.ordinal <> old.ordinal or new.part_hashes <> old.part_hashes or (new.content is not null and (old.content is null or new.content <> old.content))`,
  },
  { table: 'dispatch', on: 'update', code: 'dispatch-is-immutable', when: '1 = 1' },
  { table: 'dispatch', on: 'delete', code: 'dispatch-is-immutable', when: '1 = 1' },
  { table: 'ledger', on: 'update', code: 'ledger-is-append-only', when: '1 = 1' },
  { table: 'ledger', on: 'delete', code: 'ledger-is-append-only', when: '1 = 1' },
  {
    table: 'ledger',
    on: 'insert',
    code: 'ledger-order',
    when: 'new.seq <> coalesce((select max(seq) from ledger), 0) + 1',
  },
  { table: 'slot', on: 'update', code: 'slot-never-moves', when: '1 = 1' },
  {
    table: 'release',
    on: 'update',
    code: 'release-identity',
    when: 'new.number <> old.number or new.agency_id <> old.agency_id or new.mode <> old.mode',
  },
]

export const start = migration('0001-start', ddl, guards, { sqlite: '', postgres: '' })
