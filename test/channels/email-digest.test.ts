/** A digest as a mail program reads it: both parts whole, both languages, one reader's own links. */
import { simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { digest } from '../../channels/email/digest.ts'
import { splice } from '../../channels/email/splice.ts'
import type { DigestPeriod } from '../../src/delivery/channel.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { MONGOLIAN } from '../support/editions.ts'
import { config, edition, english, part, tokenOf } from './sample-edition.ts'

const setup = config({
  smtp: { url: 'smtp://127.0.0.1:1', from: '青格勒盟新闻办 <news@press.example>', connections: 2 },
})
const period: DigestPeriod = { every: 'daily', date: '2026-11-25', until: '2026-11-25T00:00:00.000Z' }
const second = (over: Partial<Edition> = {}, parts?: Edition['content']) =>
  edition(
    {
      id: '01jd00000000000000000000e2',
      releaseId: 'r2',
      releaseNumber: '2026-000043',
      address: '/releases/2026-000043/',
      lane: 'routine',
      kind: 'policy',
      ...over,
    },
    parts?.parts ?? {
      'zh-CN': part({
        title: '关于饲草储备的通知（示例）',
        summary: '',
        blocks: {},
        body: `<p>${'牧区饲草。'.repeat(80)}</p>`,
      }),
    },
  )

async function mailOf(items: Edition[], language: Language = 'zh-CN', over: Partial<DigestPeriod> = {}, id = 42) {
  const made = await digest(items, language, { ...period, ...over }, setup)
  const raw = splice(made.written, { deliveryId: id, token: tokenOf(id) }, `reader${id}@mail.example`)
  return { made, raw: raw.toString('latin1'), mail: await simpleParser(raw) }
}

test('a reader finds every release of the day with its words, its place and its link, in text as in HTML', async () => {
  const { mail, raw } = await mailOf([edition(), second()])
  expect(mail.subject).toBe('每日摘要 2026-11-25：哈日诺尔旗草原火灾：明火东线已控制（示例）等2条')
  for (const words of [
    '哈日诺尔旗草原火灾：明火东线已控制（示例）',
    '火场面积约 11 平方公里，无人员伤亡。',
    '下风向 10 公里内居民听从转移安排，关好门窗。',
    '关于饲草储备的通知（示例）',
    '青格勒盟（示例）',
    '2026-11-23 14:12',
    'https://press.example/releases/2026-000042/',
    'https://press.example/releases/2026-000043/',
    '示例 · SAMPLE',
  ]) {
    expect(mail.text).toContain(words)
    expect(mail.html).toContain(words)
  }
  // A text without a summary is begun, and not told whole.
  expect(mail.text).toMatch(/(牧区饲草。){44}…/)
  expect(raw.indexOf('text/plain')).toBeLessThan(raw.indexOf('text/html'))
  for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998)
})

test('one reads in English, with what is not translated in Chinese', async () => {
  const bilingual = edition({}, { 'zh-CN': part(), en: english() })
  const { mail } = await mailOf([bilingual, second()], 'en', { every: 'weekly' })
  expect(mail.subject).toBe(
    'Weekly digest 2026-11-25: Har Nuur grassland fire: eastern front under control (sample) and 1 more',
  )
  expect(mail.text).toContain('Urgent releases do not wait')
  expect(mail.text).toContain('WHAT TO DO')
  expect(mail.html).toMatch(/lang="zh-CN"[^>]*>.*关于饲草储备的通知/)
})

test('Mongolian text runs in columns under Chinese labels', async () => {
  const mongolian = edition({}, { 'mn-Mong-CN': part({ title: MONGOLIAN, summary: MONGOLIAN, blocks: {}, body: '' }) })
  const { mail } = await mailOf([mongolian], 'mn-Mong-CN')
  expect(mail.subject).toBe(`每日摘要 2026-11-25：${MONGOLIAN}`)
  expect(mail.html).toMatch(new RegExp(`class="mong">.*${MONGOLIAN}`))
  expect(mail.text).toContain(MONGOLIAN)
})

test('one click leaves, a bounce names the delivery, and two readers differ in nothing but what is theirs', async () => {
  const { mail, raw, made } = await mailOf([edition(), second()])
  const other = splice(made.written, { deliveryId: 7, token: tokenOf(7) }, 'reader42@mail.example').toString('latin1')
  const leave = `https://press.example/subscriptions/${tokenOf(42)}/leave`
  expect(mail.headers.get('list')).toMatchObject({ unsubscribe: { url: leave } })
  expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
  expect(mail.messageId).toMatch(/^<d0{14}42\.digest-[0-9a-f]{24}@press\.example>$/)
  expect(raw).toContain('Auto-Submitted: auto-generated')
  expect(mail.text).toContain(`https://press.example/subscriptions/${tokenOf(42)}/`)
  expect(mail.date?.toISOString()).toBe(period.until)
  expect(mail.inReplyTo).toBeUndefined()
  const plain = (text: string, n: number) =>
    text.replaceAll(tokenOf(n), 'T').replaceAll(String(n).padStart(16, '0'), 'D')
  expect(plain(other, 7)).toBe(plain(raw, 42))
})

test('the same releases give the same bytes, so that a mail tried again is the same mail', async () => {
  expect((await mailOf([edition(), second()])).raw).toBe((await mailOf([edition(), second()])).raw)
})

test('an exercise says so in the subject and above everything; what is over says so and asks nothing', async () => {
  const { mail } = await mailOf([edition({ mode: 'exercise' })])
  expect(mail.subject).toMatch(/^演练：每日摘要/)
  expect(mail.text?.indexOf('以下内容不是真实事件')).toBeLessThan(mail.text?.indexOf('每日摘要') as number)
  const over = edition()
  over.content!.core.expiresAt = '2026-11-24T12:00:00.000Z'
  const late = await mailOf([over])
  expect(late.mail.text).toContain('已过有效期')
  expect(late.mail.text).not.toContain('听从转移安排')
})

test('whatever a title holds, it stays one subject line and no markup', async () => {
  const nasty = second(
    {},
    { ...edition().content!, parts: { 'zh-CN': part({ title: '甲<script>x</script>\r\nBcc: a@b.example' }) } },
  )
  const { mail, raw } = await mailOf([nasty])
  expect(mail.headers.has('bcc')).toBe(false)
  expect(raw.match(/^Bcc:/im)).toBeNull()
  expect(mail.html).not.toContain('<script>')
})

test('a digest of nothing is refused', async () => {
  await expect(digest([edition({ content: null })], 'zh-CN', period, setup)).rejects.toThrow('nothing')
})
