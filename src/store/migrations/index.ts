/** Migrations in order; never edited once released, only added to. */
import { start } from './0001-start.ts'
import { rate } from './0002-rate.ts'
import { store } from './0005-store.ts'
import type { Migration } from './ddl.ts'

export type { Migration }
export const migrations: Migration[] = [start, rate, store]
