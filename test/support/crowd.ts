/** Crowds: as many confirmed readers as one likes, in one statement a hundred thousand. */
import { sql } from 'kysely'
import { insertSubscriber } from '../../src/audience/store.ts'
import { hashRange } from '../../src/audience/suppression.ts'
import type { Ctx } from '../../src/context.ts'
import { newToken } from '../../src/lib/id.ts'

type Row = Parameters<typeof insertSubscriber>[1]

/** One confirmed reader of everything by mail, but for what is said otherwise. @returns the id */
export const enrolReader = (ctx: Ctx, address: string, over: Partial<Row> = {}): Promise<number> =>
  insertSubscriber(ctx.store.db, {
    kind: 'email',
    address,
    keys: null,
    token: newToken(),
    state: 'active',
    mode: 'live',
    language: 'zh-CN',
    urgency: 'normal',
    frequency: 'at-once',
    all_topics: 1,
    all_areas: 1,
    created_at: ctx.clock.now(),
    confirmed_at: ctx.clock.now(),
    left_at: null,
    ...over,
  })

/** `n` confirmed readers of everything: <prefix>0@mail.example and so on. */
export async function enrolMany(ctx: Ctx, n: number, prefix: string, urgency = 'normal'): Promise<void> {
  const at = ctx.clock.now()
  const columns = sql`kind, address, keys, token, state, mode, language, urgency, frequency, all_topics, all_areas, created_at, confirmed_at, left_at`
  for (let from = 0; from < n; from += 100_000) {
    const to = Math.min(n, from + 100_000)
    const numbers =
      ctx.store.dialect === 'postgres'
        ? sql`(select generate_series(${sql.lit(from)}, ${sql.lit(to - 1)}) as i) g`
        : sql`(with recursive g(i) as (select ${sql.lit(from)} union all select i + 1 from g where i < ${sql.lit(to - 1)}) select i from g) g`
    const token =
      ctx.store.dialect === 'postgres'
        ? sql`lpad(i::text, 32, ${sql.lit(prefix.padEnd(20, '-'))})`
        : sql`substr(${sql.lit(prefix.padEnd(32, '-'))}, 1, 20) || printf('%012d', i)`
    await sql`insert into subscriber (${columns})
      select 'email', ${sql.lit(prefix)} || i || '@mail.example', null, ${token}, 'active', 'live', 'zh-CN', ${sql.lit(urgency)}, 'at-once', 1, 1,
        ${sql.lit(at)}, ${sql.lit(at)}, null from ${numbers}`.execute(ctx.store.db)
  }
  // As subscribing does, so that no plan has it to do.
  const { top } = await ctx.store.db
    .selectFrom('subscriber')
    .select((e) => e.fn.max('id').as('top'))
    .executeTakeFirstOrThrow()
  for (let from = 0; from < Number(top); from += 20_000)
    await ctx.store.tx((trx) => hashRange(ctx, trx, 'email', from, from + 20_000))
}
