/** Somebody on duty reads what is wrong, goes to it, takes it in hand, and the others see whose it is. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MINUTE } from '../../src/lib/clock.ts'
import { clearAlarm, markTold, openAlarms, raiseAlarm } from '../../src/store/alarm.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { mailRegistry, mailRun, published, subscribe } from '../support/going.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'

let at: Workplace
let people: Office
let app: App
let dispatch: string
let release: { id: string; number: string }

beforeEach(async () => {
  const registry = mailRegistry({ send: async (targets) => targets.map(() => ({ state: 'accepted' })) })
  at = await workplace({}, { registry })
  people = await office(at.ctx, { logins: ['league-signer', 'league-drafter', 'league-auditor', 'other-signer'] })
  app = await createApp(at.ctx)
  await subscribe(at, 3)
  const made = await published(at, people)
  release = made
  dispatch = (await mailRun(at, made.id)).dispatch_id
  await raiseAlarm(at.ctx.store.db, at.clock, 'attempts-exhausted', `dispatch:${dispatch}`)
})
afterEach(() => at.close())

const ofLeague = async (who: string) => (await new DeskPerson(app).signIn(who)).get('/desk/alarms?lang=zh')

test('the list says what, where, since when and what to do; the first to take it owns it', async () => {
  at.clock.advance(25 * MINUTE)
  const [alarm] = await openAlarms(at.ctx.store.db)
  await markTold(at.ctx.store.db, alarm?.id ?? '', { at: at.clock.now(), count: 2, next: '9999' })
  const signer = await new DeskPerson(app).signIn('league-signer')
  const before = await signer.get('/desk/alarms?lang=zh')
  expect(before.text).toMatch(/多次尝试后仍未送出 ?邮件.*关于做好牧区饲草储备工作的通知/)
  for (const said of ['查看原因', '25分钟', '已对外告警2次', '还没有人处理']) expect(before.text).toContain(said)
  expect(before.html).toContain(`href="/desk/releases/${release.number}"`)
  const after = await signer.submit(before, /acknowledge$/)
  expect(after.text).toContain('league signer正在处理 · 11-23 14:25')
  const drafter = await ofLeague('league-drafter')
  expect(drafter.text).toContain('league signer正在处理')
  expect(drafter.html).not.toContain('/acknowledge')

  at.clock.advance(10 * MINUTE)
  await clearAlarm(at.ctx.store.db, at.clock, 'attempts-exhausted', `dispatch:${dispatch}`)
  const over = await ofLeague('league-drafter')
  expect(over.text).toMatch(
    /没有告警。 ?最近7天已解除 ?多次尝试后仍未送出.*解除于 11-23 14:35 · 持续35分钟.*league signer认领/,
  )
  at.clock.advance(8 * 24 * 60 * MINUTE)
  expect((await (await new DeskPerson(app).signIn('league-signer')).get('/desk/alarms?lang=zh')).text).toContain(
    '最近7天没有解除的告警',
  )
})

test('an auditor reads and takes nothing; another agency sees nothing of it', async () => {
  const auditor = await ofLeague('league-auditor')
  expect(auditor.text).toContain('多次尝试后仍未送出')
  expect(auditor.html).not.toContain('/acknowledge')
  const stranger = await ofLeague('other-signer')
  expect(stranger.text).not.toContain('多次尝试后仍未送出')
})

test('a reviewer pauses over the API, and the signer finds it on the page and lets it go on', async () => {
  const token = await people.token('league-reviewer')
  const paused = await app.request(`/api/v1/dispatches/${dispatch}/pause`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  })
  expect(paused.status).toBe(200)
  expect(await paused.json()).toMatchObject({ state: 'held', why: 'paused' })
  const signer = await new DeskPerson(app).signIn('league-signer')
  const page = await signer.get(`/desk/releases/${release.number}?lang=zh`)
  expect(page.text).toMatch(/已暂停.*没有人在等待发送。|已暂停.*还有\d+人没有发。/)
  expect(page.text).toContain('暂停：邮件')
  const on = await signer.submit(page, /resume$/)
  expect(on.text).toContain('已继续。')
  expect((await mailRun(at, release.id)).state).toBe('waiting')
  const again = await signer.submit(await signer.get(`/desk/releases/${release.number}?lang=zh`), /pause$/)
  expect(again.text).toContain('已暂停，不会再发给其他人')
})
