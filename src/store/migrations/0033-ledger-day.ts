/** The ledger by an old day, of everybody, of an act or of a person, is found by index however long it is. */
import { migration } from './ddl.ts'

const ddl = `
create index ledger_at on ledger(at, seq);
create index ledger_act_at on ledger(act, at, seq);
create index ledger_actor_at on ledger(actor, at, seq);
`

export const ledgerDay = migration('0033-ledger-day', ddl, [], { sqlite: '', postgres: '' })
