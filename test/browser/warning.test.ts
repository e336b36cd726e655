/** 03:41 in a real browser, on a phone: two presses put a wrong alert right; and the other screens of warnings, for everybody. */
import { describe, expect, test } from 'vitest'
import type { Registry } from '../../src/context.ts'
import type { Channel } from '../../src/delivery/channel.ts'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import type { ReleaseRow } from '../../src/desk/store.ts'
import { openIncident } from '../../src/incident/open.ts'
import { HOUR, MINUTE, plus } from '../../src/lib/clock.ts'
import { watchExpiry } from '../../src/publication/expiry.ts'
import { decideAndPublish } from '../../src/publication/sign-and-publish.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { changeAuthority } from '../../src/staff/authority.ts'
import { addDuty } from '../../src/staff/roster.ts'
import { startWork } from '../../src/work.ts'
import { violations } from '../support/browser-site.ts'
import { staged } from '../support/desk-browser.ts'
import { everyLook } from '../support/every-look.ts'
import { subscribe } from '../support/going.ts'
import { needs } from '../support/needs.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, fireDraft } from '../support/sample.ts'
import { served } from '../support/served.ts'

/** A far end that takes the first twenty and asks the rest for patience, until it is told to take all. */
let patient = true
const registry: Registry = () => ({
  channels: (['website', 'feeds', 'email'] as const).map(
    (name): Channel => ({
      name,
      audience: name === 'email' ? 'subscribers' : 'everyone',
      ...(name === 'email' ? { serves: name } : {}),
      ready: () => null,
      variants: () => ['all'],
      prepare: async () => null,
      send: async (_p, targets) =>
        targets.map((t) =>
          name === 'email' && patient && t.subscriberId > 20
            ? { state: 'again' as const, why: '450 4.2.0 later', after: 60_000 }
            : { state: 'accepted' as const },
        ),
    }),
  ),
  notReady: {},
})

describe.skipIf(!needs('chromium'))('warnings in a real browser', () => {
  let place: Workplace
  let people: Office
  let work: { stop(): Promise<void> }
  let alert: ReleaseRow
  let warned: ReleaseRow
  let against: ReleaseRow

  const hash = async (id: string) => (await currentSubmission(place.ctx.store.db, id))?.revision_hash as string
  const sent = async (draft: ContentInput) =>
    submit(place.ctx, people.own.drafter, (await createRelease(place.ctx, people.own.drafter, draft)).id, null)
  const agree = async (id: string, who: 'reviewer' | 'confidentiality' | 'signer', more: object = {}) =>
    decideAndPublish(place.ctx, people.own[who], id, { revisionHash: await hash(id), verdict: 'approve', ...more })
  const settle = async (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      place.clock.advance(1000)
      await new Promise((r) => setTimeout(r, 20))
    }
  }
  const warning = (title: string, advice: string, over: Partial<ContentInput['core']> = {}): ContentInput => ({
    core: {
      kind: 'warning',
      areas: ['159921'],
      topics: ['weather'],
      urgency: 'critical',
      warningLevel: 'orange',
      expiresAt: plus(place.clock.now(), 50 * MINUTE),
      outlets: ['website', 'feeds'],
      contacts: [{ label: '值班电话', phone: '0479-0000000', audience: 'public' }],
      cap: {
        actNow: true,
        category: 'Fire',
        eventCode: '11G05',
        urgency: 'Expected',
        severity: 'Severe',
        certainty: 'Likely',
        onset: place.clock.now(),
      },
      ...over,
    },
    parts: { 'zh-CN': { title, blocks: { facts: '草原火险等级高。', advice }, body: '' } },
    attachments: [],
  })

  const stage = staged(async () => {
    place = await workplace({}, { registry })
    const { ctx } = place
    people = await office(ctx, {
      logins: ['league-drafter', 'league-signer', 'league-admin', 'league-confidentiality', 'league-reviewer'],
    })
    await subscribe(place, 50)
    await addDuty(ctx, people.own.admin, {
      memberId: 'league-drafter',
      role: 'drafter',
      startsAt: plus(place.clock.now(), -HOUR),
      endsAt: plus(place.clock.now(), 12 * HOUR),
    })
    const incident = await openIncident(ctx, people.own.drafter, {
      titleZh: '草原火灾',
      class: 'natural',
      areas: ['159921'],
      knownAt: place.clock.now(),
    })
    alert = await sent(fireDraft(incident.id, place.clock.now()))
    await agree(alert.id, 'signer', { confidentiality: CLEAR })
    const first = await sent(warning('青格勒盟发布草原火险橙色预警（示例）', '请勿野外用火，就地避险，不要外出。'))
    warned = first
    for (const hit of await hitsOf(first.id)) await settleHit(first.id, hit)
    await agree(first.id, 'reviewer')
    await agree(first.id, 'confidentiality', { confidentiality: CLEAR })
    await agree(first.id, 'signer')
    work = await startWork(ctx)
    await settle(30)
    against = await sent(
      warning('青格勒盟发布草原火险红色预警（示例）', '请立即撤离到镇中学。', {
        warningLevel: 'red',
        areas: ['159900'],
      }),
    )
    await agree(against.id, 'reviewer')
    await changeAuthority(ctx, people.own.admin, 'league', {
      rules: [
        { hazard: '11B', levels: [], area: '159900', originator: null, station: '青格勒盟气象台（示例）' },
        { hazard: '11G', levels: ['red', 'orange'], area: '159900', originator: 'league', station: '' },
      ],
    })
    await watchExpiry(ctx)
    const site = await served(ctx)
    const close = async () => {
      await work.stop()
      await site.close()
      await place.close()
    }
    return { origin: site.origin, close }
  })

  const hitsOf = async (id: string) => {
    const { judge } = await import('../../src/review/judge.ts')
    const { releaseById, revisionOf } = await import('../../src/desk/store.ts')
    const { db } = place.ctx.store
    const row = (await releaseById(db, id))!
    return (await judge(place.ctx, db, row, (await revisionOf(db, id, row.revision))!)).hits
  }
  const settleHit = async (id: string, hit: { key: string }) => {
    const { resolveHit } = await import('../../src/review/resolve.ts')
    await resolveHit(place.ctx, people.own.drafter, id, hit.key, { action: 'keep', note: '已核实。' })
  }

  const screens = (): [who: string, path: string][] => [
    ['league-drafter', '/desk/releases/new?kind=warning&lane=flash'],
    ['league-drafter', '/desk/flash'],
    ['league-drafter', `/desk/releases/${alert.number}`],
    ['league-drafter', `/desk/releases/${alert.number}/false-alarm`],
    ['league-drafter', `/desk/releases/${warned.number}/expiry`],
    ['league-drafter', `/desk/releases/${warned.number}/ending`],
    ['league-reviewer', `/desk/releases/${alert.number}/post-review`],
    ['league-drafter', '/desk'],
    ['league-signer', `/desk/releases/${against.number}/sign`],
    ['league-admin', '/desk/office/authority'],
  ]

  test('every screen of warnings can be used by everybody, in both languages, by day and by night', async () => {
    const list = screens().map(([who, path]) => ({ who, path }))
    const walk = { origin: stage.scene.origin, open: stage.as, screens: list }
    expect(await everyLook({ file: import.meta.filename, ...walk })).toEqual([])
    expect(place.logged).toEqual([])
  }, 120_000)

  test('whoever is on duty puts a wrong alert right in two presses on a phone, sees the time tick, and who is told', async () => {
    const { db } = place.ctx.store
    const context = await stage.as('league-drafter', { viewport: { width: 360, height: 640 } })
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk/releases/${alert.number}?lang=zh`)
    const button = await page.locator('#false-alarm').boundingBox()
    expect(button && button.y + button.height).toBeLessThanOrEqual(640)
    await page.click('#false-alarm')
    await page.waitForURL('**/false-alarm')
    // What will happen, and the second press, in reach of a thumb.
    expect(await page.locator('main').textContent()).toContain('已收到的20人')
    expect(await page.locator('main').textContent()).toContain('还没发到的30人')
    const confirm = await page.locator('#confirm-false-alarm').boundingBox()
    expect(confirm && confirm.y + confirm.height).toBeLessThanOrEqual(640)
    const ticking = page.locator('[data-since]')
    const before = await ticking.textContent()
    await expect.poll(() => ticking.textContent(), { timeout: 5000 }).not.toBe(before)
    patient = false
    await page.click('#confirm-false-alarm')
    await page.waitForURL(`**/desk/releases/${alert.number}?said=false-alarm`)
    await expect
      .poll(
        async () => {
          place.clock.advance(1000)
          return page.locator('#progress').textContent()
        },
        { timeout: 20_000, interval: 200 },
      )
      .toMatch(/20 \/ 20/)
    await expect
      .poll(
        async () => {
          place.clock.advance(1000)
          await page.reload()
          return page.locator('#progress').textContent()
        },
        { timeout: 20_000, interval: 200 },
      )
      .toMatch(/已更正.*用时/)
    const runs = (await runsOfRelease(db, alert.id)).filter((r) => r.outlet === 'email')
    expect(runs.map((r) => [r.audience, r.accepted, r.superseded])).toEqual([
      [50, 20, 30],
      [20, 20, 0],
    ])
    expect(await page.locator('#false-alarm').count()).toBe(0)
    expect(await violations(page)).toEqual([])
    await context.close()
  }, 60_000)
})
