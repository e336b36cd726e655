/** Migrations in order; never edited once released, only added to. */
import { start } from './0001-start.ts'
import { rate } from './0002-rate.ts'
import { seen } from './0006-seen.ts'
import type { Migration } from './ddl.ts'

export type { Migration }
export const migrations: Migration[] = [start, rate, seen]
