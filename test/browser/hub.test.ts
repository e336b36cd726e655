/** Pages about the hub and webhooks in a real browser: everybody can use them, in both languages, day and night, on a phone. */
import { describe, expect, test } from 'vitest'
import { putLease } from '../../src/audience/hub-store.ts'
import { addReceiver, rotateSecret } from '../../src/audience/webhook.ts'
import { DAY, plus } from '../../src/lib/clock.ts'
import { enrolReader } from '../support/crowd.ts'
import { staged } from '../support/desk-browser.ts'
import { deskScene, type Scene } from '../support/desk-scene.ts'
import { everyLook } from '../support/every-look.ts'
import { needs } from '../support/needs.ts'
import { withPublicAssets } from '../support/public-assets.ts'

const PATHS = ['/desk/outlets', '/desk/outlets/websub', '/desk/outlets/webhooks', '/hub', '/api/webhooks']

describe.skipIf(!needs('chromium'))('the hub in a real browser', () => {
  const stage = staged(async () => {
    const scene = await deskScene()
    await furnish(scene)
    return scene
  })

  /** What there is to see: two followers, three receivers, each in another state. */
  async function furnish({ place, people }: Scene): Promise<void> {
    const { ctx } = place
    const delivered = (await ctx.store.db.selectFrom('dispatch_run').select('dispatch_id').executeTakeFirstOrThrow())
      .dispatch_id
    const ends: [topic: string, state: string, why: string | null][] = [
      ['/feeds/all.atom', 'accepted', null],
      ['/feeds/area/159921.json', 'deferred', 'HTTP 503'],
    ]
    for (const [topic, state, why] of ends) {
      const id = await enrolReader(ctx, `https://reader.example/hub#${topic}`, { kind: 'websub' })
      await putLease(ctx.store.db, {
        subscriber_id: id,
        topic,
        host: 'reader.example',
        expires_at: plus(ctx.clock.now(), 10 * DAY),
      })
      const row = {
        dispatch_id: delivered,
        subscriber_id: id,
        language: 'zh-CN',
        state,
        why,
        attempt: 2,
        updated_at: ctx.clock.now(),
      }
      await ctx.store.db
        .insertInto('delivery')
        .values(row as never)
        .execute()
    }
    const admin = people.own.admin
    const one = await addReceiver(ctx, admin, {
      name: '青格勒盟融媒体中心（示例）',
      url: 'https://media.example/in',
      topics: ['fire'],
      lane: 'flash',
    })
    await addReceiver(ctx, admin, {
      name: 'Emergency broadcasting (sample)',
      url: 'https://radio.example/in',
      mode: 'exercise',
    })
    await rotateSecret(ctx, admin, one.id)
    const tested = { tested_at: ctx.clock.now(), tested_as: 'HTTP 401' }
    await ctx.store.db.updateTable('webhook_receiver').set(tested).where('id', '=', one.id).execute()
  }

  test('every page can be used by everybody, in both languages, by day and by night, on a desk and on a phone', async () => {
    const open = async (who: string | null) => withPublicAssets(await stage.as(who))
    const screens = PATHS.map((path) => ({ who: 'league-admin', path }))
    expect(await everyLook({ file: import.meta.filename, origin: stage.scene.origin, open, screens })).toEqual([])
  }, 120_000)
})
