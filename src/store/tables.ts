/** The tables, one type each. Columns are text, integer or blob: JSON and UTC ISO times as text, truth values as 0 or 1. */
import type { Generated } from 'kysely'

export type Tables = {
  // staff
  agency: {
    id: string
    parent_id: string | null
    slug: string
    name_zh: string
    name_en: string
    /** JSON string[] of GB/T 2260 codes the agency speaks for. */
    area_codes: string
    /** JSON Chains: lane → steps. */
    chains: string
    /** 1 when two admins have enabled sign-off by telephone. */
    phone_signoff: number
    /** CSV of the agency's own word list. */
    word_list: string
    created_at: string
  }
  member: {
    id: string
    /** better-auth user id; null for a member who has not yet set a password. */
    user_id: string | null
    agency_id: string
    name: string
    email: string
    phone: string
    /** JSON Language[] the member may approve. */
    languages: string
    /** JSON Role[]. */
    roles: string
    active: number
    created_at: string
  }
  roster: {
    id: string
    agency_id: string
    member_id: string
    role: string
    backup: number
    starts_at: string
    ends_at: string
  }
  api_token: {
    id: string
    hash: string
    member_id: string
    name: string
    scopes: string
    created_at: string
    expires_at: string
    last_used_at: string | null
    revoked_at: string | null
  }
  /** A dangerous change waiting for its second person. */
  change_request: {
    id: string
    agency_id: string
    kind: string
    payload: string
    proposed_by: string
    proposed_at: string
    decided_by: string | null
    decided_at: string | null
    state: 'open' | 'applied' | 'refused'
  }
  /** A change one administrator proposed alone: it holds back `wait_ms` from when the alarm about it was told. */
  change_wait: { change_id: string; wait_ms: number; told_at: string | null }
  /** A login that was closed and not yet opened again. */
  login_reset: { member_id: string; at: string }
  /** A key that took the place of another; both locked under the installation's secret, the older only as far as it still verifies. */
  key_turn: {
    id: string
    name: 'seal' | 'seal-exercise' | 'bounce'
    kid: string
    old_kid: string
    old_locked: string
    locked: string | null
    at: string
  }
  /** One-time links: first administrator, invitation, password. Only the hash is kept. */
  one_time_link: {
    hash: string
    purpose: string
    member_id: string | null
    created_at: string
    expires_at: string
    used_at: string | null
  }
  // office: running it
  /** An agency's own words to start a kind from; `blocks` is JSON Record<block, text>. */
  start_words: {
    agency_id: string
    kind: string
    language: string
    title: string
    blocks: string
    body: string
    set_by: string
    set_at: string
  }
  /** What an outlet answered to a test that went to an address of our own; nobody asked for the weekly ones. */
  outlet_test: {
    id: string
    outlet: string
    asked_by: string | null
    at: string
    outcome: 'accepted' | 'again' | 'never' | 'gone' | 'not-ready'
    /** A code or the far end's own words, cut short. */
    why: string
  }

  // accounts; the rows of the sign-in library itself are asked in staff/factor-store.ts
  /** One-time codes printed on paper; the codes themselves lie encrypted with the library. */
  paper_codes: { user_id: string; made_at: string; total: number; used: Generated<number> }
  /** The second factor a session has shown last. */
  factor_proof: { session_id: string; member_id: string; how: 'code' | 'paper' | 'passkey'; at: string }
  /** Codes that were taken lately, by hash: none is taken twice (RFC 6238 §5.2). */
  code_seen: { mark: string; at: string }
  /** Failed sign-ins since the last good one; `subject` names a login, a network or both by hash. */
  sign_in_tally: { subject: string; failures: number; rounds: Generated<number>; last_at: string; until: string | null }
  /** Agencies whose flash releases need a second factor. */
  flash_factor_rule: { agency_id: string; since: string }

  // warnings: who may originate them
  authority: {
    id: string
    /** Whose rule it is: it binds the agency and those below it. */
    agency_id: string
    position: number
    /** Beginning of GB/T 35561 codes; '' is every hazard. */
    hazard: string
    /** JSON WarningLevel[]; empty is every level. */
    levels: string
    area: string
    /** null: nobody here; `station` issues, and is relayed. */
    originator: string | null
    station: string
  }

  // incident
  incident: {
    id: string
    number: string
    agency_id: string
    title_zh: string
    title_en: string
    class: string
    grade: string | null
    areas: string
    known_at: string
    cause_confirmed: number
    closed_at: string | null
    created_at: string
    /** live, exercise or test; never changes. */
    mode: string
  }
  /** How a clock stands: what its events add up to. Rule and version never change. */
  clock: {
    id: string
    subject: string
    rule: string
    rule_version: string
    agency_id: string
    started_at: string
    /** Null while the working days of its year are not known. */
    due_at: string | null
    paused_at: string | null
    met_at: string | null
    breached_at: string | null
    ended_at: string | null
    /** When the sweep looks at it again. */
    look_at: string
    /** How many of its moments somebody was told of. */
    told: number
  }
  clock_event: {
    id: Generated<number>
    clock_id: string
    at: string
    kind: 'started' | 'moved' | 'paused' | 'resumed' | 'met' | 'breached' | 'ended'
    started_at: string | null
    due_at: string | null
    member_id: string | null
    why: string
  }
  incident_fact: {
    id: Generated<number>
    incident_id: string
    what: string
    value: string
    as_of: string
    source: string
    explanation: string
    recorded_by: string
    recorded_at: string
  }
  incident_grade: {
    id: string
    incident_id: string
    before_grade: string | null
    grade: string
    suggested: string | null
    set_by: string
    set_at: string
  }
  /** 知悉时间 proposed anew, waiting for its second person. */
  known_correction: {
    id: string
    incident_id: string
    old_at: string
    new_at: string
    why: string
    proposed_by: string
    proposed_at: string
    decided_by: string | null
    decided_at: string | null
    state: 'open' | 'applied' | 'refused'
  }

  // incident: reports that went up, public concern, series, conferences, what is destroyed at the end
  /** 上报登记: that a report went up, never what it said. A correcting entry names the one it takes the place of. */
  upward_report: {
    id: string
    incident_id: string
    /** 1 the first, then its follow-ups; a correcting entry keeps the number of what it corrects. */
    ordinal: number
    /** The body it went to. */
    recipient: string
    means: 'phone' | 'fax' | 'system' | 'written' | 'in-person'
    reported_at: string
    /** Its number in the paper register. */
    number: string
    supersedes: string | null
    /** JSON string[]: clocks it met. */
    met: string
    recorded_by: string
    recorded_at: string
  }
  /** 回执 */
  upward_receipt: {
    report_id: string
    received_at: string
    number: string
    recorded_by: string
    recorded_at: string
  }
  /** 舆情: state and decision with their times; nothing that was said. */
  opinion: {
    id: string
    number: string
    agency_id: string
    incident_id: string | null
    topic: string | null
    title: string
    state: 'collected' | 'consulted' | 'judged' | 'responded' | 'assessed'
    decision: 'respond' | 'merge' | 'transfer' | 'none' | null
    merged_into: string | null
    transferred_to: string
    answered_by: 'release' | 'conference' | 'interview' | null
    /** The release that is to answer it, or has. */
    release_id: string | null
    created_at: string
  }
  opinion_step: {
    id: Generated<number>
    opinion_id: string
    state: string
    decision: string | null
    at: string
    /** Null where publication answered it. */
    member_id: string | null
  }
  /** 续报（n）: a release's number in the series of its incident. */
  series_number: { release_id: string; incident_id: string; mode: string; number: number }
  conference_attendance: { release_id: string; journalist_id: string; asked_at: string; ended_at: string | null }
  /** Which releases are papers of a press conference, or its record, as they were last written. */
  conference_link: { release_id: string; conference_id: string; relation: string }
  /** That a press conference was held, as a member says. */
  conference_held: { release_id: string; held_at: string; confirmed_by: string; confirmed_at: string }
  /** What is not destroyed at the end, and on what ground; `ref` names a row and a column, never a word. */
  retention_keep: {
    incident_id: string
    ref: string
    basis: 'archive' | 'investigation' | 'litigation'
    kept_by: string
    kept_at: string
  }
  retention: {
    id: Generated<number>
    incident_id: string
    destroyed: number
    kept: number
    /** JSON string[]: names of backups that may still hold what was destroyed. */
    backups: string
    destroyed_by: string
    destroyed_at: string
  }

  // desk
  release: {
    id: string
    number: string
    agency_id: string
    kind: string
    lane: string
    mode: string
    incident_id: string | null
    state: string
    /** What the public sees: none, live, withdrawn, taken-down. */
    face: string
    /** Type of the edition being prepared, or last published when state is published. */
    edition_type: string
    /** Editions published so far. */
    editions: number
    /** Current revision: its ordinal, 第n稿. */
    revision: number
    /** Rises with every change: the ETag of a draft. */
    version: number
    document_number: string | null
    planned_at: string | null
    created_by: string
    created_at: string
    updated_at: string
  }
  revision: {
    id: string
    release_id: string
    ordinal: number
    hash: string
    salt: string
    /** JSON Content with part salts; null after purge. */
    content: string | null
    /** JSON Record<part, hash>. */
    part_hashes: string
    /** Editions there were when it was saved: the cycle it belongs to. */
    cycle: number
    saved_by: string
    saved_at: string
    /** Ordinal of the revision it was masked from. */
    derived_from: number | null
  }
  /** Who had a hand in a release since which edition: barred from deciding in that cycle. */
  contribution: { release_id: string; cycle: number; member_id: string; act: string; at: string }
  attachment: {
    id: string
    release_id: string
    sha256: string
    name: string
    type: string
    bytes: number
    title: string
    added_by: string
    added_at: string
  }
  // scan-file
  /** What was found in a file of a release. */
  file_scan: {
    release_id: string
    sha256: string
    /** RULES_VERSION it was looked at under, and SHA-256 of the agency's word list. */
    rules: number
    words: string
    /** JSON Finding[], Column[], string[]. */
    findings: string
    table_columns: string
    removed: string
    /** SHA-256 of the file it was masked from. */
    derived_from: string | null
    looked_at: string
  }
  /** Files no release names any more, until their bytes are deleted. */
  blob_gone: { sha256: string; since: string }
  timeline: {
    id: Generated<number>
    release_id: string
    at: string
    member_id: string | null
    act: string
    revision: number | null
    edition: number | null
    note: string
  }

  // editor
  /** A writer's key to what they typed and did not save; `release_id` null while it has no number. Dropped, nothing locked with it can be read. */
  draft_keep: {
    id: string
    release_id: string | null
    member_id: string
    kind: string
    /** AES-256 key, itself locked under the installation's secret. */
    locked_key: string
    /** The last copy a browser handed over, as it locked it. */
    kept: string | null
    kept_at: string | null
    used_at: string
  }
  draft_open: { release_id: string; member_id: string; since: string; seen_at: string }

  // review
  submission: {
    id: string
    release_id: string
    cycle: number
    revision: number
    revision_hash: string
    /** JSON Step[]: the chain as it stood. */
    chain: string
    submitted_by: string
    submitted_at: string
    state: 'open' | 'approved' | 'returned' | 'taken-back' | 'published'
    closed_at: string | null
  }
  decision: {
    id: string
    release_id: string
    cycle: number
    submission_id: string
    revision: number
    revision_hash: string
    /** JSON Record<part, hash> the verdict covers. */
    parts: string
    step: string
    /** JSON Duty[]. */
    duties: string
    member_id: string
    verdict: 'approve' | 'return'
    opinion: string
    /** JSON ConfidentialityRecord, where the step carries that duty. */
    confidentiality: string | null
    at: string
    /** Telephone sign-off: who recorded it, until when it must be confirmed, when it was. */
    recorded_by: string | null
    confirm_by: string | null
    confirmed_at: string | null
    /** 1 when the verdict no longer counts (phone sign-off denied). */
    void: number
    /** Who was away, where a delegate decided. */
    on_behalf_of: string | null
  }
  /** A hit that a person has resolved; good while the part hash it was found in stands. */
  hit_resolution: {
    release_id: string
    hit_key: string
    part_hash: string
    action: string
    note: string
    member_id: string
    at: string
  }

  // review: comments, officials, absences, deadlines, readers
  /** On a passage of one field of one revision. Its words go with a purge. */
  comment: {
    id: string
    release_id: string
    revision: number
    revision_hash: string
    field: string
    quote: string
    body: string
    member_id: string
    at: string
    state: 'open' | 'answered' | 'settled'
    settled_by: string | null
    settled_at: string | null
  }
  comment_answer: {
    id: Generated<number>
    comment_id: string
    release_id: string
    member_id: string
    at: string
    body: string
  }
  /** Who bears which title between which local days; `position` is the order of rank. */
  official: {
    agency_id: string
    position: number
    name: string
    title: string
    from_day: string
    until_day: string | null
  }
  absence: {
    id: string
    member_id: string
    delegate_id: string
    starts_at: string
    ends_at: string
    entered_by: string
    entered_at: string
    /** Ended before its time. */
    ended_at: string | null
  }
  /** How long a step may wait: minutes in the flash lane, working days in the routine lane. No row: the default. */
  review_limit: { agency_id: string; lane: 'flash' | 'routine'; role: string; amount: number }
  /** Who was told that a step waits for them, and who was rung up by a colleague. */
  summons: {
    id: Generated<number>
    release_id: string
    submission_id: string
    step: string
    member_id: string
    how: 'told' | 'called'
    rank: number
    called_by: string | null
    at: string
  }
  /** Each time a member opened a text that was not public. */
  draft_reading: {
    id: Generated<number>
    release_id: string
    revision: number
    member_id: string
    at: string
    place: string
  }
  limited_release: { release_id: string; set_by: string; set_at: string }
  limited_reader: { release_id: string; member_id: string }

  // publication
  edition: {
    id: string
    sequence: number
    release_id: string
    number: number
    type: string
    mode: string
    revision: number
    revision_hash: string
    /** JSON Content as published; null when taken down or purged. */
    content: string | null
    /** JSON of names at publication: agency, topics, areas, incident. */
    faces: string
    template_digest: string
    seal: string
    published_at: string
    first_published_at: string
    /** Telephone or flash: review falls due after publication. */
    post_review_due: string | null
    post_reviewed_at: string | null
    post_reviewed_by: string | null
  }
  dispatch: { id: string; edition_id: string; outlet: string; created_at: string }
  /** A release's place in a public list; never moves. */
  slot: { list: string; slot: number; release_id: string; first_sequence: number }
  /** Every edition in every list it stands in: the newest changes of a list are its newest rows. */
  list_change: { list: string; sequence: number; release_id: string }
  relation: { from_release: string; to_release: string; sequence: number }
  /** A moment at which public pages change though nothing was published; numbered with the editions. */
  turn: {
    sequence: number
    at: string
    why: string
    mode: string
    /** One of the two: what it is about. */
    release_id: string | null
    incident_id: string | null
    /** Every outlet has its files. */
    done_at: string | null
    attempts: number
    /** Taken up again then, unless it is done. */
    next_at: string
  }
  /** Times to come at which a release's pages will turn. */
  turn_due: { release_id: string; why: string; due_at: string }
  /** 政报: ids of releases in the order of the issue; no words. */
  gazette_issue: {
    id: string
    number: string
    sequence: number
    starts_at: string
    ends_at: string
    standard: number
    release_ids: string
    made_by: string
    made_at: string
    /** When its pages first stood on the site. */
    built_at: string | null
  }
  /** Issues by what they hold: a later edition of it renders them again. */
  gazette_item: { release_id: string; sequence: number }
  /** Warnings relayed: what a message is known by, never its words. Times as they stand in the file. */
  relay: {
    release_id: string
    agency_id: string
    identifier: string
    sender: string
    sent: string
    msg_type: string
    /** JSON: {sender, identifier, sent}[] */
    refs: string
    expires: string | null
    sha256: string
    form: string
    received_at: string
  }
  // warnings: what was asked before one expires, and what a member answered
  expiry_word: {
    edition_id: string
    release_id: string
    due_at: string
    /** How often somebody was told. */
    told: number
    answered_by: string | null
    answered_at: string | null
  }
  counter: { name: string; value: number }
  /**
   * What a search hit shows of a live release. `id` is the sequence of its first edition, and its row in `search_index`, which
   * each database keeps in its own way. JSON: `card` is what stands beside a title, `parts` title and text by language.
   */
  search_doc: { id: number; release_id: string; published_at: string; card: string; parts: string }

  // delivery
  dispatch_run: {
    dispatch_id: string
    release_id: string
    edition_id: string
    outlet: string
    lane: string
    sequence: number
    state: string
    /** Why it is held or stopped: a code. */
    why: string
    audience: number
    planned: number
    sending: number
    accepted: number
    deferred: number
    failed: number
    gone: number
    unknown: number
    suppressed: number
    superseded: number
    in_digest: number
    repeats: number
    /** Highest subscriber id planned so far, and the one to plan up to. */
    plan_cursor: number
    plan_end: number
    planned_at: string | null
    started_at: string | null
    first_accepted_at: string | null
    last_accepted_at: string | null
    verified_at: string | null
    done_at: string | null
    lease: string | null
    lease_until: string | null
    next_at: string
    attempts: number
    /** Mails the relay had taken and that came back; outside the equation, they stay accepted. */
    bounced: number
    /** Removal of its rows by age began, ended, and how many rows it has taken. */
    retiring_at: string | null
    retired_at: string | null
    retired_rows: number
  }
  delivery: {
    id: Generated<number>
    dispatch_id: string
    subscriber_id: number
    language: string
    state: string
    attempt: number
    lease: string | null
    lease_until: string | null
    next_at: string | null
    remote_id: string | null
    why: string | null
    accepted_at: string | null
    updated_at: string
    bounced_at: string | null
    /** The digest that carries it or carried it. */
    digest_id: Generated<number | null>
  }
  /** One mail of what has waited, per subscriber and period (daily:2026-11-24, weekly:2026-11-23, now:<time>). */
  digest: {
    id: Generated<number>
    subscriber_id: number
    period: string
    frequency: string
    /** Time zone the period was reckoned in. */
    zone: string
    /** The hour the period ends: what was planned by then is in it. */
    due_at: string
    state: string
    /** How many releases the mail holds. */
    items: Generated<number>
    /** The first delivery it carries: its number is in the return path. */
    delivery_id: Generated<number | null>
    attempt: Generated<number>
    lease: Generated<string | null>
    lease_until: Generated<string | null>
    next_at: string | null
    remote_id: Generated<string | null>
    why: Generated<string | null>
    accepted_at: Generated<string | null>
    updated_at: string
  }
  /** The last period whose digests are all planned, per frequency and time zone. */
  digest_mark: { frequency: string; zone: string; period: string }
  /** Subscribers whose waiting releases are looked at now: they switched to at once, left, or were deleted. */
  digest_call: { subscriber_id: number; since: string }

  // audience
  subscriber: {
    id: Generated<number>
    kind: string
    address: string
    keys: string | null
    token: string
    state: string
    mode: string
    language: string
    urgency: string
    frequency: string
    all_topics: number
    all_areas: number
    created_at: string
    confirmed_at: string | null
    left_at: string | null
    /** 1: a release must name every topic chosen; 0: one of them is enough. */
    every_topic: Generated<number>
    /** Offset or IANA name for digests; '' is the site's. */
    zone: Generated<string>
    /** Keyed hash, to hold against the suppression list; null until somebody needs it. */
    address_hash: Generated<string | null>
  }
  /** Addresses nothing is sent to, by keyed hash alone; outlives the subscriber. */
  suppression: {
    id: string
    kind: string
    hash: string
    reason: 'complained' | 'bounced' | 'asked' | 'office'
    since: string
    /** Who added it; null when the mail system did. */
    member_id: string | null
  }
  /** One mail that failed for the moment: too many in a row end the subscription. */
  soft_bounce: { subscriber_id: number; delivery_id: number; at: string }
  /** A reader of our own: the office's mailbox (no secret), or a browser that says what reached it. */
  canary: {
    subscriber_id: number
    secret_hash: string | null
    name: string
    made_by: string | null
    made_at: string
  }
  /** What one canary is waiting for, and what reached it. `fault` is empty where the text was the edition's. */
  sighting: { dispatch_id: string; subscriber_id: number; expected_by: string; seen_at: string | null; fault: string }
  /**
   * 备用邮箱: where a browser's releases go by mail once it cannot be reached any more. Nothing is sent there but one letter until
   * its owner confirms. `died_at`: since when the browser is unreachable; `email_id`: the mail subscription that took over.
   */
  standby: {
    push_id: number
    address: string
    token: string
    language: string
    asked_at: string
    confirmed_at: string | null
    died_at: string | null
    email_id: number | null
    next_at: string | null
  }
  subscriber_topic: { subscriber_id: number; topic: string }
  subscriber_area: { subscriber_id: number; area: string }
  /** A WebSub callback that confirmed: the path of the public file it follows, and when its lease is over. Secrets lie locked in `subscriber.keys`. */
  hub_lease: { subscriber_id: number; topic: string; host: string; expires_at: string }
  /** What the hub has yet to ask a callback, or to tell it; `secret` is locked. */
  hub_request: {
    id: string
    mode: 'subscribe' | 'unsubscribe' | 'denied'
    callback: string
    topic: string
    /** The topic as it was asked for. */
    topic_url: string
    host: string
    lease_seconds: number
    secret: string | null
    reason: string
    asked_at: string
    attempts: number
    next_at: string
    lease_until: string | null
  }
  /** A receiver of signed webhooks; address and locked secrets stand in its subscriber. `kinds` is ,a,b, and '' is all; so is `lane`. */
  webhook_receiver: {
    id: string
    subscriber_id: number
    agency_id: string
    name: string
    host: string
    kinds: string
    lane: string
    state: 'proposed' | 'active' | 'ended'
    created_by: string
    created_at: string
    /** The second administrator; null where there was but one. */
    approved_by: string | null
    /** When the secret was last changed, and until when the one before is still signed with. */
    rotated_at: string | null
    old_until: string | null
    /** The last test, and what was answered. */
    tested_at: string | null
    tested_as: string | null
  }
  topic: { slug: string; name_zh: string; name_en: string; position: number; retired_at: Generated<string | null> }
  area: { code: string; name_zh: string; name_en: string; parent: string | null; name_mn: Generated<string> }

  /** Whom a subscriber of kind `contact` is: the only place their name, telephone and address stand. */
  contact: {
    subscriber_id: number
    agency_id: string
    name: string
    role: string
    phone: string
    email: string
    created_at: string
    updated_at: string
  }

  // what people did by hand
  /** 签收: who was asked by a delivery of the manual outlet has said yes, or a member wrote down that they did. */
  acknowledgement: {
    delivery_id: number
    release_id: string
    edition_id: string
    subscriber_id: number
    at: string
    recorded_by: string | null
    note: string
  }
  /** 电视台, 大喇叭 …: a channel an agency works by hand. */
  manual_channel: { id: string; agency_id: string; name: string; created_at: string; ended_at: string | null }
  /** 人工登记: a channel carried an edition, as a member says. */
  manual_record: {
    id: string
    channel_id: string
    release_id: string
    edition_id: string
    edition: number
    /** When it was carried, as they say; `at` is when they said so. */
    carried_at: string
    at: string
    member_id: string
    link: string
    note: string
    void_at: string | null
    void_by: string | null
  }
  /** 转载: which edition of which release an edition carries unchanged. */
  repost: { release_id: string; edition: number; source_release: string; source_edition: number }

  // access before the hour
  /** Accredited by an agency to read what is under embargo there and in the agencies below it; no member. */
  journalist: {
    id: string
    agency_id: string
    name: string
    /** 媒体 */
    outlet: string
    email: string
    language: string
    /** The first instant after their accreditation. */
    valid_until: string
    /** `proposed`: another administrator has yet to agree, and there is no way in. */
    state: 'proposed' | 'invited' | 'active' | 'suspended'
    terms_version: string | null
    terms_at: string | null
    created_by: string
    created_at: string
  }
  media_link: {
    hash: string
    journalist_id: string
    purpose: 'invitation' | 'sign-in'
    created_at: string
    expires_at: string
    used_at: string | null
  }
  media_session: {
    hash: string
    journalist_id: string
    created_at: string
    expires_at: string
    ended_at: string | null
  }
  /** One copy of one thing, by its number: ids and hashes, no words. */
  media_read: {
    copy: string
    journalist_id: string
    release_id: string
    revision: number
    revision_hash: string
    what: 'page' | 'attachment'
    language: string
    /** SHA-256 of the file as it was approved; '' for a page, and after a purge. */
    file_hash: string
    at: string
  }

  // ledger
  ledger: {
    seq: number
    at: string
    actor: string
    act: string
    subject: string
    fact: string
    prev: string
    hash: string
  }

  // store
  alarm: {
    id: string
    cause: string
    subject: string
    since: string
    owner: string | null
    acknowledged_at: string | null
    cleared_at: string | null
    /** When it last left by its outward path, how often it did, and when it is to leave again. */
    told_at: string | null
    told_count: Generated<number>
    tell_at: string | null
  }
  /** Signs of life of what runs beside the web: `work`. */
  heartbeat: { name: string; at: string }
  idempotency: {
    key: string
    member_id: string
    route: string
    request_hash: string
    status: number
    location: string
    body: string
    release_id: string
    at: string
  }
  /** Content-free record of a suspicion: who, when, what was ordered. */
  quarantine: {
    id: string
    release_id: string
    reported_by: string
    reported_at: string
    was_public: number
    was_state: string
    settled_by: string | null
    settled_at: string | null
    outcome: 'purged' | 'lifted' | null
    instruction: string
    backups: string
  }
  /** 找错: what a reader wrote about a page, and the answer. Words go with the release they are about; `contact` goes some days after the answer. */
  fault: {
    id: string
    number: string
    code_hash: string
    page: string
    release_id: string | null
    agency_id: string
    what: string
    body: string
    contact: string | null
    language: string
    at: string
    /** null: the working days of that year are not known here. */
    due_at: string | null
    state: 'open' | 'answered' | 'refused'
    answer: string
    answered_by: string | null
    answered_at: string | null
  }
  /** Askings within a window that began at `since`; `key` is a hash. */
  rate: { key: string; since: string; n: number }
  outbox_file: { name: string; release_id: string; at: string }
  /** Further releases a kept letter speaks of: a digest holds several. */
  outbox_release: { name: string; release_id: string }
  /** Backups begun; one that was never done may still lie about in part. */
  backup: { id: string; name: string; begun_at: string; done_at: string | null }
  /** Processes that work on this database: which files they write and whose keys they hold, by fingerprint. */
  worker: { id: string; files: string; keys: string; seen_at: string }
}
