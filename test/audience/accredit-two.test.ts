/** Accreditation by two people: one administrator proposes, another agrees; until then there is no way in. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accredit, decideAccreditation, inviteAgain } from '../../src/audience/accredit.ts'
import { journalistById } from '../../src/audience/journalist-store.ts'
import { reinstateJournalist, suspendJournalist } from '../../src/audience/suspend-journalist.ts'
import { createApp } from '../../src/web/app.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'

let place: Workplace
let people: Office
const who = new Map<string, DeskPerson>()

beforeAll(async () => {
  place = await workplace()
  people = await office(place.ctx, { logins: ['league-admin'] })
})
afterAll(() => place.close())

const person = (n: number) => ({
  name: `记者${n}（示例）`,
  outlet: '示例报',
  email: `r${n}@paper.example`,
  validUntil: '2027-03-01',
  by: 'hand',
})
const state = async (id: string) => (await journalistById(place.ctx.store.db, id))?.state

test('an administrator alone accredits at once', async () => {
  const made = await accredit(place.ctx, people.own.admin, person(1))
  expect([made.journalist.state, typeof made.link]).toEqual(['invited', 'string'])
})

test('with two, one proposes and cannot agree; no link, no suspending round it', async () => {
  const { ctx } = place
  await people.login('region-admin')
  const { admin } = people.own
  const made = await accredit(ctx, admin, person(2))
  const { id } = made.journalist
  expect([await state(id), made.link, made.expiresAt]).toEqual(['proposed', undefined, undefined])
  await expect(decideAccreditation(ctx, admin, id, { verdict: 'apply' })).rejects.toMatchObject({ code: 'own-change' })
  await expect(inviteAgain(ctx, admin, id, {})).rejects.toMatchObject({ kind: 'invalid' })
  for (const act of [suspendJournalist, reinstateJournalist])
    await expect(act(ctx, admin, id)).rejects.toMatchObject({ code: 'journalist-proposed' })
  const other = people.actors.region.admin
  await expect(decideAccreditation(ctx, people.actors.other.admin, id, { verdict: 'apply' })).rejects.toMatchObject({
    code: 'other-agency',
  })
  const agreed = await decideAccreditation(ctx, other, id, { verdict: 'apply', by: 'hand' })
  expect([await state(id), typeof agreed?.link]).toEqual(['invited', 'string'])
  await expect(decideAccreditation(ctx, other, id, { verdict: 'refuse' })).rejects.toMatchObject({
    code: 'change-decided',
  })
})

test('at the desk both see what waits, and what is refused leaves no name behind', async () => {
  const app = await createApp(place.ctx)
  for (const id of ['league-admin', 'region-admin']) who.set(id, await new DeskPerson(app).signIn(id))
  const mine = who.get('league-admin')!
  const page = await mine.get('/desk/media?lang=zh')
  const sent = await mine.submit(page, /media$/, { ...person(3) })
  expect(sent.text).toContain('等待另一位系统管理员同意')
  expect(sent.text).toContain('待同意')
  expect(sent.html).not.toContain('value="apply"')
  const theirs = await who.get('region-admin')!.get('/desk/media?lang=zh')
  const done = await who.get('region-admin')!.submit(theirs, /decision$/, {}, { name: 'verdict', value: 'refuse' })
  expect(done.text).toContain('备案没有同意')
  expect(done.text).not.toContain('记者3')
  const again = await mine.submit(await mine.get('/desk/media'), /media$/, { ...person(3) })
  const shown = await who.get('region-admin')!.get('/desk/media')
  expect(again.text).toContain('记者3')
  const agreed = await who
    .get('region-admin')!
    .submit(shown, /decision$/, { by: 'hand' }, { name: 'verdict', value: 'apply' })
  expect([agreed.status, /\/media\/\S+/.test(agreed.html)]).toEqual([201, true])
  expect(place.logged).toEqual([])
})
