/** 验真: what somebody who holds a number, a seal or a text is told, and what nobody is. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { kitFor } from '../../src/delivery/kit.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { releaseById } from '../../src/desk/store.ts'
import { HOUR, plus } from '../../src/lib/clock.ts'
import { compareText } from '../../src/publication/compare-text.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { genuineText, type Standing, standingOf } from '../../src/publication/genuine.ts'
import { jwks } from '../../src/publication/seal.ts'
import { lastEditionOf } from '../../src/publication/store.ts'
import { takeDown } from '../../src/publication/takedown.ts'
import type { Actor } from '../../src/staff/member.ts'
import { offlineCheck } from '../../templates/page/verify.tsx'
import { policyEdition } from '../support/editions.ts'
import { policyDraft } from '../support/sample.ts'
import { agreeAndPublish, publishNew, type Station, station } from '../support/station.ts'

let s: Station
const who = (name: string) => s.people[name] as Actor
beforeEach(async () => {
  s = await station()
})
afterEach(async () => {
  await s.close()
  expect(s.errors).toEqual([])
})

const numberOf = async (id: string) => (await releaseById(s.ctx.store.db, id))?.number as string
const ask = (claim: string) => standingOf(s.ctx, claim, 'zh')
const compare = (text: string, claim = '') => genuineText(s.ctx, claim, text, 'zh', ['来源', '发布时间', '请这样做'])
const body = '<p>各苏木便民服务中心办理饲草补助，联系电话 0479-0000001。</p><p>申请截止到十二月底。</p>'

async function correct(id: string, to: string): Promise<void> {
  await beginCorrection(s.ctx, who('drafter'), id, { type: 'correction' })
  const fresh = policyDraft({}, to)
  const zh = { ...fresh.parts['zh-CN'], changeNote: '更正联系电话。' } as ContentInput['parts']['zh-CN']
  await saveDraft(s.ctx, who('drafter'), id, { ...fresh, parts: { 'zh-CN': zh } }, null)
  await agreeAndPublish(s, id)
}

test('a number, an address, a fingerprint, a seal and a receipt all say the same of a release', async () => {
  const id = await publishNew(s, policyDraft({}, body))
  const number = await numberOf(id)
  const row = await lastEditionOf(s.ctx.store.db, id)
  const receipt = JSON.stringify({ release: number, seal: row?.seal })
  const claims = [
    ...[number, `https://press.example/releases/${number}/en/`, ' ２０２６'.slice(0, 1) + number, '示政办字[2026]41号'],
    ...[row?.revision_hash, row?.revision_hash.slice(0, 16).replace(/(.{4})/g, '$1 '), row?.seal, receipt],
  ] as string[]
  for (const claim of claims)
    expect([claim, await ask(claim)]).toEqual([claim, expect.objectContaining({ state: 'latest', number, edition: 1 })])
  await correct(id, body.replace('0000001', '0000002'))
  expect(await ask(row?.seal as string)).toMatchObject({
    ...{ state: 'superseded', edition: 1, latest: { number: 2, type: 'correction' } },
    changeNote: { text: '更正联系电话。' },
  })
  expect(await ask(row?.revision_hash as string)).toMatchObject({ state: 'superseded', edition: 1 })
  expect(await ask(number)).toMatchObject({ state: 'latest', edition: 2 })
})

test('what the public may not see answers exactly like what does not exist', async () => {
  const draft = await createRelease(s.ctx, who('drafter'), policyDraft({}, body))
  expect(await ask(draft.number)).toEqual(await ask('2026-999999'))
  expect(await compare('各苏木便民服务中心办理饲草补助，联系电话 0479-0000001。')).toEqual({ state: 'unknown' })
  expect(await compare('申请截止到十二月底。', draft.number)).toEqual({ state: 'unknown' })
  expect(await ask('示政办字〔2026〕41号')).toEqual({ state: 'unknown' })
  await agreeAndPublish(s, draft.id)
  await takeDown(s.ctx, who('signer'), draft.id, { ground: 'privacy' })
  const gone = await ask(draft.number)
  expect(gone).toMatchObject({ state: 'taken-down', number: draft.number, history: [] })
  expect(JSON.stringify(gone)).not.toContain('饲草')
  expect(await compare('各苏木便民服务中心办理饲草补助，联系电话 0479-0000001。', draft.number)).toEqual(gone)
  expect(await compare('各苏木便民服务中心办理饲草补助，联系电话 0479-0000001。')).toEqual({ state: 'unknown' })
})

test('of what was on display for a time nothing is said after it: no title, and no letter of its text by trying', async () => {
  const displayUntil = plus(s.ctx.clock.now(), HOUR)
  const id = await publishNew(s, policyDraft({ kind: 'notice', documentNumber: undefined, displayUntil }, body))
  const number = await numberOf(id)
  expect(await ask(number)).toMatchObject({ state: 'latest', title: expect.anything() })
  expect((await kitFor(s.ctx, who('drafter'), id)).kits[0]?.wechat).toContain('饲草')
  const later = { ...s.ctx, clock: { ...s.ctx.clock, now: () => displayUntil } }
  const gone = await standingOf(later, number, 'zh')
  expect(gone).toMatchObject({ state: 'ended', number, edition: 1 })
  expect(JSON.stringify(gone)).not.toContain('饲草')
  expect(await genuineText(later, number, '各苏木便民服务中心办理饲草补助，联系电话', 'zh', [])).toEqual(gone)
  expect(JSON.stringify((await kitFor(later, who('drafter'), id)).kits)).not.toContain('饲草')
})

test('a seal that is changed in one letter, or by another key, is not ours', async () => {
  const id = await publishNew(s, policyDraft({}, body))
  const seal = (await lastEditionOf(s.ctx.store.db, id))?.seal as string
  const [head, claim, mark] = seal.split('.') as [string, string, string]
  const other = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(claim, 'base64url').toString()), edition: 9 }))
  for (const forged of [
    `${head}.${other.toString('base64url')}.${mark}`,
    `${head}.${claim}.${mark.slice(0, 9)}${mark[9] === 'A' ? 'B' : 'A'}${mark.slice(10)}`,
    'a.b.c',
  ])
    expect(await ask(forged)).toEqual({ state: 'forged' })
  for (const nothing of ['x', '{', '𠮷', 'deadbeefdeadbeef', "' or 1=1 --", '\0', '../'.repeat(900)])
    expect(await ask(nothing)).toEqual({ state: 'unknown' })
})

test('a text is found by its words and told the same, or where it was changed', async () => {
  const id = await publishNew(s, policyDraft({}, body))
  await publishNew(s, policyDraft({ documentNumber: undefined }, '<p>供暖通告，与饲草补助无关。</p>'))
  const number = await numberOf(id)
  const said = '各苏木便民服务中心办理饲草补助，\u3000联系电话\n0479-0000001。'
  expect(await compare(said.replace('\n', ''))).toMatchObject({
    state: 'latest',
    number,
    text: { agrees: true, whole: false },
  })
  const whole = `来源 青格勒盟（示例）\n关于做好牧区饲草储备工作的通知\n补助对象、标准与办理地点。\n各旗人民政府：\n各苏木便民服务中心办理饲草补助，联系电话 0479-0000001。\n申请截止到十二月底。\n青格勒盟（示例）办公室`
  expect(((await compare(whole)) as Standing).text).toMatchObject({ agrees: true, whole: true, lines: 6 })
  const wrong = (await compare(
    '各苏木便民服务中心办理饲草补助，联系电话 0479-0000009。\n申请截止到十二月底。',
  )) as Standing
  expect(wrong).toMatchObject({ number, text: { agrees: false, same: 1, lines: 2 } })
  expect(wrong.text?.first).toMatchObject({ line: 1, given: '9。' })
  expect(wrong.text?.first?.says.startsWith('1。')).toBe(true)
  await correct(id, body.replace('0000001', '0000002'))
  expect(await compare('各苏木便民服务中心办理饲草补助，联系电话 0479-0000001。', number)).toMatchObject({
    ...{ state: 'superseded', edition: 1 },
    text: { agrees: true },
  })
  expect(await compare('完全无关的一段话，没有人发布过。')).toEqual({ state: 'unknown' })
})

test('the commands the page gives verify a real receipt without the service, and refuse a changed one', async () => {
  const id = await publishNew(s, policyDraft({}, body))
  const seal = (await lastEditionOf(s.ctx.store.db, id))?.seal as string
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-offline-'))
  try {
    writeFileSync(join(dir, 'jwks.json'), JSON.stringify(jwks(s.ctx.keys)))
    const script = offlineCheck('https://press.example')
      .split('\n')
      .filter((line) => !line.startsWith('curl'))
      .join('\n')
    const run = (text: string) => {
      writeFileSync(join(dir, 'receipt.json'), JSON.stringify({ seal: text }))
      return execFileSync('sh', ['-c', script], { cwd: dir, encoding: 'utf8' })
    }
    expect(run(seal)).toMatch(/^true[\s\S]*edition: 1/)
    const [head, , mark] = seal.split('.')
    expect(run(`${head}.${Buffer.from('{"edition":2}').toString('base64url')}.${mark}`)).toMatch(/^false/)
  } finally {
    rmSync(dir, { recursive: true })
  }
})

describe('a text held against an edition', () => {
  const content = policyEdition().content as NonNullable<ReturnType<typeof policyEdition>['content']>
  const own = '自本通知印发之日起至2027年1月31日，在所在苏木便民服务中心办理，5个工作日内答复。'

  test('whatever single letter is changed, left out or put in, the line is not the same', () => {
    fc.assert(
      fc.property(fc.nat(own.length - 2), fc.constantFrom('change', 'drop', 'add'), (at, how) => {
        const letter = how === 'drop' ? '' : how === 'add' ? `${own[at]}甲` : '甲'
        const changed = own.slice(0, at) + letter + own.slice(at + 1)
        const found = compareText(changed, content, [])
        // Dropping the first letter leaves words that stand in the text.
        if (how === 'drop' && at === 0) return
        expect(found).toMatchObject({ lines: 1, same: 0 })
        expect(found?.first?.line).toBe(1)
      }),
      { numRuns: 200 },
    )
  })

  test('blanks, line ends and full-width digits do not count, and a table copied cell by cell is the same', () => {
    expect(compareText(own.split('').join(' '), content, [])).toMatchObject({ same: 1, lines: 1 })
    expect(compareText(own.replace('2027', '２０２７'), content, [])).toMatchObject({ same: 1, lines: 1 })
    expect(compareText('类别\t标准\t上限\n甲类\t每吨120元\t30吨', content, [])).toMatchObject({ same: 2, first: null })
  })

  test('no text holds the service up: words of the page made of one another, and ten thousand lines', () => {
    const began = performance.now()
    expect(compareText(`${'撤稿时间'.repeat(90)}甲`, content, ['撤稿', '时间', '撤稿时间'])).toMatchObject({
      lines: 1,
      same: 0,
    })
    expect(compareText(`${'撤稿时间'.repeat(90)}2027-01-01`, content, ['撤稿', '时间', '撤稿时间'])).toMatchObject({
      lines: 0,
    })
    const many = Array.from({ length: 33_000 }, (_, i) => `${String.fromCharCode(0xac00 + (i % 11_000))}${i}`).join(
      '\n',
    )
    expect(compareText(many, content, [])).toMatchObject({ lines: 2001, same: 0 })
    expect(performance.now() - began).toBeLessThan(2000)
  })

  test('no text, however odd, makes it fail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void compareText(text, content, ['来源'])),
    )
  })
})
