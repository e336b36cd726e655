/** What stands beside an incident, in a real browser: reports upward, public concern, a press conference, and the end of it all. */
import { describe, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { recordFact } from '../../src/desk/record-fact.ts'
import { startByDecision } from '../../src/incident/by-hand.ts'
import { closeIncident } from '../../src/incident/close.ts'
import { collectOpinion } from '../../src/incident/collect-opinion.ts'
import { moveOpinion } from '../../src/incident/move-opinion.ts'
import { openIncident } from '../../src/incident/open.ts'
import { recordReceipt, registerUpward } from '../../src/incident/register-upward.ts'
import { incidents } from '../../src/incident/store.ts'
import { HOUR, MINUTE, plus } from '../../src/lib/clock.ts'
import { decideAndPublish } from '../../src/publication/sign-and-publish.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { staged } from '../support/desk-browser.ts'
import { deskScene, type Scene } from '../support/desk-scene.ts'
import { everyLook } from '../support/every-look.ts'
import { needs } from '../support/needs.ts'
import { CLEAR } from '../support/sample.ts'

describe.skipIf(!needs('chromium'))('beside an incident, in a real browser', () => {
  let fire = { id: '', number: '' }
  let over = { id: '', number: '' }
  let concern = ''
  let conference = ''
  const stage = staged(async () => {
    const scene = await deskScene()
    await happen(scene)
    return scene
  })

  async function happen(scene: Scene): Promise<void> {
    const { ctx, clock } = scene.place
    const { own } = scene.people
    fire = (await incidents(ctx.store.db))[0]!
    const went = { recipient: '示例自治区应急管理厅', means: 'phone', reportedAt: plus(clock.now(), -HOUR) }
    const first = await registerUpward(ctx, own.drafter, fire.id, went)
    await registerUpward(ctx, own.drafter, fire.id, { ...went, means: 'system', supersedes: first.id })
    const second = await registerUpward(ctx, own.drafter, fire.id, {
      ...went,
      reportedAt: plus(clock.now(), -10 * MINUTE),
      number: '示应急〔2026〕12号',
    })
    await recordReceipt(ctx, own.drafter, fire.id, second.id, { receivedAt: clock.now(), number: '厅收0312' })
    const asOf = clock.now()
    await recordFact(ctx, own.drafter, fire.id, { what: 'deaths', value: '2', asOf, source: '旗应急管理局（示例）' })
    for (const title of ['关于起火原因的说法（示例）', '关于自来水停供的说法（示例）']) {
      const item = await collectOpinion(ctx, own.drafter, { title, incidentId: fire.id })
      await moveOpinion(ctx, own.drafter, item.id, { to: 'consulted' })
      concern = item.number
    }
    await moveOpinion(ctx, own.signer, concern, { to: 'judged', decision: 'respond' })
    await announce(scene)
    over = await openIncident(ctx, own.drafter, {
      titleZh: '示例公路沙尘封闭（示例）',
      titleEn: 'Road closed by sand (sample)',
      class: 'natural',
      areas: ['159921'],
      knownAt: clock.now(),
    })
    const source = '值班员甲（示例）电话核实'
    await recordFact(ctx, own.drafter, over.id, { what: 'affected', value: '40', asOf, source })
    await startByDecision(ctx, own.signer, over.id, { rule: 'opinion-response', why: '司机家属询问（示例）' })
    await closeIncident(ctx, own.signer, over.id)
  }

  async function announce(scene: Scene): Promise<void> {
    const { ctx, clock } = scene.place
    const { own } = scene.people
    const made = await createRelease(ctx, own.drafter, {
      core: {
        kind: 'press-conference',
        incidentId: fire.id,
        areas: ['159921'],
        topics: ['fire'],
        conference: { startsAt: plus(clock.now(), HOUR), place: '盟新闻发布厅（示例）', capacity: 30 },
      },
      parts: {
        'zh-CN': { title: '草原火灾新闻发布会（示例）', blocks: { whenWhere: '发布厅' }, body: '<p>请报名。</p>' },
      },
    })
    await submit(ctx, own.drafter, made.id, null)
    const revisionHash = (await currentSubmission(ctx.store.db, made.id))?.revision_hash as string
    const yes = { revisionHash, verdict: 'approve' }
    await decideAndPublish(ctx, own.reviewer, made.id, yes)
    await decideAndPublish(ctx, own.confidentiality, made.id, { ...yes, confidentiality: CLEAR })
    await decideAndPublish(ctx, own.signer, made.id, yes)
    conference = made.number
    clock.advance(2 * HOUR)
  }

  const screens = (): [name: string, path: string][] => [
    ['incident', `/desk/incidents/${fire.number}`],
    ['over', `/desk/incidents/${over.number}`],
    ['opinions', '/desk/opinions'],
    ['opinion', `/desk/opinions/${concern}`],
    ['conferences', '/desk/conferences'],
    ['conference', `/desk/conferences/${conference}`],
  ]

  test('no page keeps anybody out, in both languages, by day and by night', async () => {
    const { scene, as } = stage
    const list = screens().map(([name, path]) => ({ name, who: 'league-signer', path }))
    expect(await everyLook({ file: import.meta.filename, origin: scene.origin, open: as, screens: list })).toEqual([])
    expect(scene.place.logged).toEqual([])
  }, 120_000)

  test('without script, by keyboard: a report upward is registered, a conference confirmed, and at the end what names persons destroyed', async () => {
    const context = await stage.as('league-signer', { javaScriptEnabled: false, viewport: { width: 360, height: 640 } })
    const page = await context.newPage()
    const said = () => page.locator('[role=status]').textContent()
    await page.goto(`${stage.scene.origin}/desk/incidents/${fire.number}?lang=zh`)
    await page.locator('#upward > details > summary').focus()
    await page.keyboard.press('Enter')
    await page.fill('[id="f-recipient"]', '示例自治区人民政府值班室')
    await page.locator('form[action$="/upward"] button[type=submit]:not([disabled])').press('Enter')
    expect(await said()).toContain('上报已登记')
    await page.goto(`${stage.scene.origin}/desk/conferences/${conference}`)
    await page.locator('form[action$="/held"] button.primary').press('Enter')
    expect(await said()).toContain('已登记为举行')
    await page.goto(`${stage.scene.origin}/desk/incidents/${over.number}`)
    await page.locator('#personal select').first().selectOption('archive')
    await page.locator('#personal button.primary').press('Enter')
    expect(await page.locator('#personal').textContent()).toContain('已销毁1项，保留1项')
    await context.close()
  })
})
