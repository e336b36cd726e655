/** The ledger by an old day, of everybody, of an act or of a person, and the newest releases, are found by index however many there are. */
import { migration } from './ddl.ts'

const ddl = `
create index ledger_at on ledger(at, seq);
create index ledger_act_at on ledger(act, at, seq);
create index ledger_actor_at on ledger(actor, at, seq);
create index release_newest on release(updated_at, id, agency_id, state);
`

export const newest = migration('0033-newest', ddl, [], { sqlite: '', postgres: '' })
