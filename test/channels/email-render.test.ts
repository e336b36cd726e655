import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { describe, expect, test } from 'vitest'
import { wireAddress } from '../../channels/email/address.ts'
import { compileAll } from '../../channels/email/compile.ts'
import { confirmation } from '../../channels/email/confirm.ts'
import { langOf, subjectOf } from '../../channels/email/letter.ts'
import { isolate } from '../../channels/email/mime-text.ts'
import { render } from '../../channels/email/render.ts'
import { splice } from '../../channels/email/splice.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { config, edition, english, part, tokenOf } from './sample-edition.ts'

const smtp = { url: 'smtp://127.0.0.1:1', from: '青格勒盟新闻办 <news@press.example>', connections: 2 }
const setup = config({ smtp })

async function mailOf(e: Edition, language: Language = 'zh-CN', to = 'reader@mail.example', deliveryId = 42) {
  const template = await render(e, language, setup)
  const raw = splice(template.written, { deliveryId, token: tokenOf(deliveryId) }, to)
  return { raw, text: raw.toString('latin1'), mail: await simpleParser(raw) }
}

const header = (raw: string, name: string): string =>
  new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(raw)?.[1]?.replace(/\r\n/g, '') ?? ''

describe('the templates', () => {
  test('all compile', async () => expect(await compileAll()).toEqual([]))
})

describe('subjects', () => {
  const cases: [string, Partial<Edition>, Language, string][] = [
    ['a first edition', {}, 'zh-CN', '哈日诺尔旗草原火灾：明火东线已控制（示例）'],
    ['a correction', { type: 'correction', number: 2 }, 'zh-CN', '更正：哈日诺尔旗草原火灾：明火东线已控制（示例）'],
    [
      'a correction in English',
      { type: 'correction' },
      'en',
      'Correction: Har Nuur grassland fire: eastern front under control (sample)',
    ],
    ['a withdrawal', { type: 'withdrawal' }, 'zh-CN', '撤稿：发布信息 2026-000042'],
    ['a withdrawal in English', { type: 'withdrawal' }, 'en', 'Withdrawn: release 2026-000042'],
    ['an exercise', { mode: 'exercise' }, 'zh-CN', '演练：哈日诺尔旗草原火灾：明火东线已控制（示例）'],
    [
      'a correction in an exercise',
      { mode: 'exercise', type: 'correction' },
      'zh-CN',
      '演练：更正：哈日诺尔旗草原火灾：明火东线已控制（示例）',
    ],
    ['a test', { mode: 'test' }, 'en', 'TEST: Har Nuur grassland fire: eastern front under control (sample)'],
  ]
  test.each(cases)('a reader sees by the subject that it is %s', async (_name, over, language, subject) => {
    expect(subjectOf(edition(over), language)).toBe(subject)
    expect((await mailOf(edition(over), language)).mail.subject).toBe(subject)
  })

  test.each([['=?UTF-8?B?5pKk56i/?= =?UTF-8?Q?=41?='], ['a'.repeat(2000)], [`${'é'.repeat(30)} =?UTF-8?Q?=41?=`]])(
    'a title arrives as it was signed: %s',
    async (title) => {
      const { text, mail } = await mailOf(edition({}, { 'zh-CN': part({ title }) }))
      expect(mail.subject).toBe(title)
      for (const line of text.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998)
    },
  )

  test('a title of which nothing can be shown is no mail without a subject', async () => {
    expect(subjectOf(edition({}, { 'zh-CN': part({ title: '\u0000\u2028' }) }), 'zh-CN')).toBe('2026-000042')
  })

  test('every encoded word of a long subject is readable by itself', async () => {
    const title = '😀𠮷草原火灾'.repeat(20)
    const { text, mail } = await mailOf(edition({}, { 'zh-CN': part({ title }) }))
    const words = [...header(text, 'Subject').matchAll(/=\?UTF-8\?([BQ])\?(.*?)\?=/g)]
    expect(words.length).toBeGreaterThan(3)
    for (const [word, how, coded] of words) {
      const bytes =
        how === 'B'
          ? Buffer.from(coded!, 'base64')
          : Buffer.from(
              coded!.replace(/=(..)/g, (_x, h) => String.fromCharCode(Number.parseInt(h, 16))),
              'latin1',
            )
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).not.toThrow()
      expect(word!.length).toBeLessThanOrEqual(75)
    }
    expect(mail.subject).toBe(title)
  })
})

describe('headers', () => {
  test('a reader can leave with one click, and a machine sees that a machine wrote', async () => {
    const { text, mail } = await mailOf(edition())
    const leave = `https://press.example/subscriptions/${tokenOf(42)}/leave`
    expect(header(text, 'List-Unsubscribe')).toBe(`<${leave}>`)
    expect(header(text, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
    expect(header(text, 'List-Id')).toBe('<releases.press.example>')
    expect(header(text, 'Auto-Submitted')).toBe('auto-generated')
    expect(header(text, 'Precedence')).toBe('')
    expect(header(text, 'Content-Language')).toBe('zh-CN')
    expect(header(text, 'Feedback-ID').split(':')).toHaveLength(4)
    expect(header(text, 'X-Ortoo-Release')).toBe('2026-000042')
    expect(mail.date?.toISOString()).toBe('2026-11-23T06:12:03.000Z')
    expect(mail.from?.value).toEqual([{ address: 'news@press.example', name: '青格勒盟新闻办' }])
    expect(mail.to).toMatchObject({ value: [{ address: 'reader@mail.example' }] })
  })

  test('the Message-ID names the delivery, and a correction hangs on the same thread', async () => {
    const first = await mailOf(edition())
    const fixed = await mailOf(edition({ type: 'correction', id: '01jd00000000000000000000e2', number: 2 }))
    expect(first.mail.messageId).toBe('<d0000000000000042.01jd00000000000000000000e1@press.example>')
    expect(first.mail.references).toBe('<2026-000042@press.example>')
    expect(first.mail.inReplyTo).toBeUndefined()
    expect(fixed.mail.inReplyTo).toBe('<2026-000042@press.example>')
    expect(fixed.mail.references).toBe('<2026-000042@press.example>')
  })

  test('the same mail made again after a restart is the same, byte for byte', async () => {
    expect((await mailOf(edition())).raw.equals((await mailOf(edition())).raw)).toBe(true)
  })

  test.each([
    'x@y.example\r\nBcc: all@z.example',
    '"a b"@y.example',
    '草@y.example',
    'a@[127.0.0.1]',
    'a@b@c',
    '@y',
    'a..b@y',
    `${'a'.repeat(65)}@y`,
    'a@y>',
    '',
  ])('an address that could break out or cannot be written is refused: %j', (address) =>
    expect(wireAddress(address)).toBeNull(),
  )
  test('a domain in Chinese goes out in ASCII', () => {
    expect(wireAddress('news@例子.中国')).toBe('news@xn--fsqu00a.xn--fiqs8s')
  })
})

describe('what the mail says', () => {
  test('text comes first and says all that the HTML says', async () => {
    const { text, mail } = await mailOf(edition())
    expect(text.indexOf('text/plain')).toBeLessThan(text.indexOf('text/html'))
    for (const words of [
      '示例 · SAMPLE',
      '紧急发布',
      '▲ 橙色 · Ⅱ级',
      '青格勒盟（示例）',
      '2026-11-23 14:10',
      '2026-11-23 16:00',
      '哈日诺尔旗',
      '请这样做',
      '关好门窗',
      '东线明火已扑灭',
      '412 人',
      '旗第二中学',
      '230',
      '000-00012345',
      'press@qinggele.example',
      '火场示意图',
      '第1版',
      '2026-000042',
      `https://press.example/subscriptions/${tokenOf(42)}/leave`,
      'https://press.example/releases/2026-000042/',
    ]) {
      expect(mail.text).toContain(words)
      expect(mail.html).toContain(words)
    }
    expect(mail.text!.indexOf('请这样做')).toBeLessThan(mail.text!.indexOf('东线明火已扑灭'))
    expect((mail.html as string).indexOf('请这样做')).toBeLessThan((mail.html as string).indexOf('东线明火已扑灭'))
    expect(mail.attachments).toEqual([])
  })

  test('a reader of a correction first reads what has changed', async () => {
    const e = edition({ type: 'correction' }, { 'zh-CN': part({ changeNote: '转移人数原误为 142 人。' }) })
    const { mail } = await mailOf(e)
    for (const body of [
      mail.text!,
      (mail.html as string).replace(/^[\s\S]*<\/head>/, '').replace(/display:none[^<]*</, '<'),
    ]) {
      expect(body.indexOf('原误为 142 人')).toBeGreaterThan(0)
      expect(body.indexOf('原误为 142 人')).toBeLessThan(body.indexOf('请这样做'))
    }
    expect(mail.text).toContain('更正')
  })

  test('a withdrawal gives the reason and repeats nothing of the text', async () => {
    const e = edition({ type: 'withdrawal' }, { 'zh-CN': part({ withdrawalReason: '地点有误。' }) })
    const { mail } = await mailOf(e)
    expect(mail.text).toContain('地点有误。')
    for (const words of ['草原火灾', '关好门窗', '412', '旗第二中学', '火场示意图']) {
      expect(mail.text).not.toContain(words)
      expect(mail.html).not.toContain(words)
    }
  })

  test('an exercise says so at the top of both parts', async () => {
    const { mail } = await mailOf(edition({ mode: 'exercise' }))
    expect(mail.text!.indexOf('不是真实事件')).toBeLessThan(mail.text!.indexOf('草原火灾'))
    expect(mail.html).toContain('演练 · 以下内容不是真实事件')
  })

  test('no script, picture or slot of a hostile text comes alive', async () => {
    const hostile = part({
      title: '<script>alert(1)</script> {{leave}} {{#mark}}',
      body: '<p onclick="x()">a</p><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">b</a>',
      signature: '</td></table><iframe src="//evil.example">',
    })
    const html = (await mailOf(edition({}, { 'zh-CN': hostile }))).mail.html as string
    expect(html).not.toMatch(/<script|<img|<iframe|onclick=|href="javascript/i)
    expect(html).toContain('{{leave}} {{#mark}}')
  })

  test('who asks to subscribe is asked to confirm, with the address only in the link and the words', async () => {
    const asked = await confirmation(setup, {
      language: 'zh-CN',
      email: 'a@b.example',
      confirmUrl: 'https://press.example/confirm/x',
    })
    expect(asked.subject).toBe('请确认订阅 青格勒盟新闻办（示例）')
    expect(asked.text).toContain('https://press.example/confirm/x')
    expect(asked.html).toContain('href="https://press.example/confirm/x"')
    expect(langOf('mn-Mong-CN')).toBe('zh')
  })
})

describe('splicing', () => {
  test("whatever the text, every mail parses back to it with the reader's own links", async () => {
    const odd = fc.string({
      unit: fc.constantFrom(
        'a',
        '=',
        '.',
        ' ',
        '\t',
        '\r\n',
        '\n',
        '草',
        '😀',
        '\u0000',
        'ᠮ',
        '-',
        '_',
        '\u2028',
        '\ud800',
        '<',
        '"',
      ),
    })
    const title = fc.tuple(fc.constantFrom('题', 'T'), odd).map((p) => p.join(''))
    await fc.assert(
      fc.asyncProperty(
        title,
        odd,
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 1, max: 9_999_999 }),
        async (name, facts, pad, id) => {
          const e = edition(
            { address: `/releases/${'r'.repeat(pad)}/` },
            { 'zh-CN': part({ title: name, blocks: { facts: `${facts}末` } }) },
          )
          const { text, mail } = await mailOf(e, 'zh-CN', 'reader+tag@mail.example', id)
          const leave = `https://press.example/subscriptions/${tokenOf(id)}/leave`
          expect(header(text, 'List-Unsubscribe')).toBe(`<${leave}>`)
          expect(mail.text).toContain(`\n${leave}\n`)
          expect(mail.text).toContain(`https://press.example/subscriptions/${tokenOf(id)}/\n`)
          expect(mail.html).toContain(`href="${leave}"`)
          expect(mail.html).toContain(`href="https://press.example/subscriptions/${tokenOf(id)}/"`)
          expect(mail.messageId).toBe(`<d${String(id).padStart(16, '0')}.${e.id}@press.example>`)
          expect(mail.headers.get('bcc')).toBeUndefined()
          const [head = '', body = ''] = [text.slice(0, text.indexOf('\r\n\r\n')), text.slice(text.indexOf('\r\n\r\n'))]
          expect(head).toMatch(/^[\x20-\x7e\t\r\n]+$/)
          for (const line of body.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76)
          expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
        },
      ),
      { numRuns: 150 },
    )
  })

  test('a token broken over a line end is made whole, wherever it was broken', () => {
    const token = 'abcdefghijklmnop-rstuvwxyz_12345'
    for (let at = 0; at <= 32; at++) {
      const broken = `${token.slice(0, at)}=\r\n${token.slice(at)}`
      const fixed = isolate(`H: x\r\n\r\nsee https://x/${broken}/leave`, token)
      expect(fixed).toContain(token)
      expect(fixed.replaceAll('=\r\n', '')).toBe(`H: x\r\n\r\nsee https://x/${token}/leave`)
    }
  })

  test('a token of another length is refused, because it would move what follows', async () => {
    const template = await render(edition({}, { en: english() }), 'en', setup)
    expect(() => splice(template.written, { deliveryId: 1, token: 'short' }, 'a@b.example')).toThrow(/32 letters/)
  })
})
