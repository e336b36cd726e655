/** scratch */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { test } from 'vitest'
import { createRelease } from '../src/desk/create.ts'
import { searchInside } from '../src/publication/search-inside.ts'
import { newestWithin } from '../src/desk/scan-store.ts'
import { office, workplace } from './support/office.ts'

test('speed', async () => {
  const place = await workplace()
  const people = await office(place.ctx)
  const text = '为做好牧区饲草储备工作，现就有关事项通知如下。各旗县要加强组织领导，落实责任，确保冬春季节饲草供应充足，及时上报进展。'.repeat(40)
  const body = `<p>${text}</p>`
  const t0 = performance.now()
  const { db } = place.ctx.store
  const first = await createRelease(place.ctx, people.own.drafter, { core: { kind: 'notice', areas: ['159921'], topics: ['farming'] }, parts: { 'zh-CN': { title: '样稿', body, blocks: {} } }, attachments: [] } as never)
  const rel = await db.selectFrom('release').selectAll().where('id', '=', first.id).executeTakeFirstOrThrow()
  const rev = await db.selectFrom('revision').selectAll().where('release_id', '=', first.id).executeTakeFirstOrThrow()
  const N = Number(process.env['N'] ?? 2000)
  await place.ctx.store.tx(async (trx) => {
    for (let i = 1; i < N; i++) {
      const id = `r${String(i).padStart(10, '0')}`
      await trx.insertInto('release').values({ ...rel, id, number: `2026-${String(i + 1).padStart(6, '0')}`, updated_at: new Date(Date.parse(rel.updated_at) + i).toISOString() }).execute()
      await trx.insertInto('revision').values({ ...rev, release_id: id, ...('id' in rev ? { id: undefined } : {}) } as never).execute()
    }
  })
  console.log('made', N, performance.now() - t0, 'stored', rev.content!.length)
  for (const q of ['不存在词', '饲草', '牧区饲草', '42']) {
    const h = monitorEventLoopDelay({ resolution: 1 }); h.enable()
    const a = performance.now()
    const found = await searchInside(place.ctx, people.own.reviewer, q, 'zh')
    const ms = performance.now() - a
    await new Promise((r) => setTimeout(r, 30)); h.disable()
    console.log(q, found.hits.length, found.more, ms.toFixed(0), 'ms; longest hold', (h.max / 1e6).toFixed(1))
  }
  const a = performance.now()
  await newestWithin(db, [{ agencyIds: ['league'], states: ['draft'] }], 2001)
  console.log('newest', performance.now() - a)
  await place.close()
}, 300_000)
