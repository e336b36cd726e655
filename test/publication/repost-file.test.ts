/** A repost that is taken back does not take its source's attachment away. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { replay } from '../../src/delivery/replay.ts'
import { attach } from '../../src/desk/attach.ts'
import { createRelease } from '../../src/desk/create.ts'
import { sha256 } from '../../src/lib/id.ts'
import { repost } from '../../src/publication/repost.ts'
import { takeDown } from '../../src/publication/takedown.ts'
import { DEFAULT_CHAINS } from '../../src/staff/chain.ts'
import type { Actor } from '../../src/staff/member.ts'
import { insertAgency, insertMember } from '../../src/staff/store.ts'
import { policyDraft } from '../support/sample.ts'
import { agreeAndPublish, type Station, station } from '../support/station.ts'

let s: Station
beforeEach(async () => {
  s = await station()
})
afterEach(() => s.close())

test('the file of the source goes on being offered when the repost goes, and goes with the source', async () => {
  const home = s.people
  const bytes = new TextEncoder().encode('附表。\n')
  const { id } = await createRelease(s.ctx, home['drafter'] as Actor, policyDraft())
  await attach(s.ctx, home['drafter'] as Actor, id, { name: '附表.txt', title: '附表', bytes }, null)
  await agreeAndPublish(s, id)
  await insertAgency(s.ctx.store.db, {
    ...{ id: 'banner', parent_id: 'league', slug: 'hari-nuur', name_zh: '哈日诺尔旗（示例）', name_en: '' },
    ...{ area_codes: '["159921"]', chains: JSON.stringify(DEFAULT_CHAINS), phone_signoff: 0, word_list: '' },
    created_at: s.ctx.clock.now(),
  })
  s.people = {}
  for (const [name, actor] of Object.entries(home)) {
    const { languages, roles } = actor
    s.people[name] = { ...actor, memberId: `${name}-away`, agencyId: 'banner', ancestors: ['league'] }
    await insertMember(s.ctx.store.db, {
      ...{ id: `${name}-away`, user_id: null, agency_id: 'banner', name, email: `${name}@banner.example`, phone: '' },
      ...{ languages: JSON.stringify(languages), roles: JSON.stringify(roles), active: 1 },
      created_at: s.ctx.clock.now(),
    })
  }
  const carried = await repost(s.ctx, s.people['drafter'] as Actor, id)
  await agreeAndPublish(s, carried.id)
  const last = await replay(s.ctx, s.ctx.channels, 0, () => {})
  const status = async () => (await fetch(`${s.url}/files/${sha256(bytes)}/${encodeURIComponent('附表.txt')}`)).status
  expect(await status()).toBe(200)
  await takeDown(s.ctx, s.people['signer'] as Actor, carried.id, { ground: 'law' })
  const then = await replay(s.ctx, s.ctx.channels, last, () => {})
  expect(await status()).toBe(200)
  await takeDown(s.ctx, home['signer'] as Actor, id, { ground: 'law' })
  await replay(s.ctx, s.ctx.channels, then, () => {})
  expect(await status()).toBe(410)
}, 60_000)
