/** What a question asks of the database: the queries it is made of, and how the database goes about each. */
import type { Kysely, RootOperationNode } from 'kysely'
import type { Store } from '../../src/store/open.ts'
import type { Tables } from '../../src/store/tables.ts'

type Db = Kysely<Tables>

/** A database that notes what it is asked. */
export function watched(store: Store): { db: Db; asked: RootOperationNode[] } {
  const asked: RootOperationNode[] = []
  const db = store.db.withPlugin({
    transformQuery: ({ node }) => {
      asked.push(node)
      return node
    },
    transformResult: async ({ result }) => result,
  })
  return { db, asked }
}

/** The plans of all queries a question asks, as the database tells them. */
export async function plansOf(store: Store, ask: (db: Db) => Promise<unknown>): Promise<string> {
  const { db, asked } = watched(store)
  await ask(db)
  const explain = store.dialect === 'postgres' ? 'explain' : 'explain query plan'
  const plans: string[] = []
  for (const node of asked) {
    const compiled = store.db.getExecutor().compileQuery(node, { queryId: `plan-${plans.length}` })
    const { rows } = await store.db.executeQuery<Record<string, string>>({
      ...compiled,
      sql: `${explain} ${compiled.sql}`,
    })
    plans.push(rows.map((r) => r['detail'] ?? r['QUERY PLAN']).join('\n'))
  }
  return plans.join('\n')
}
