/** How often somebody has asked lately, by a hash of who they are: no address and no network number is kept. */
import { migration } from './ddl.ts'

const ddl = `
create table rate (key text primary key, since text not null, n INT not null);
create index rate_since on rate(since);
`

export const rate = migration('0002-rate', ddl, [], { sqlite: '', postgres: '' })
