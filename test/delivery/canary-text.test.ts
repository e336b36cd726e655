/** What reached a canary against what was signed: real letters and notifications, and ones with one character changed. */
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { render } from '../../channels/email/render.ts'
import { HEAD } from '../../channels/email/splice.ts'
import { payloadOf } from '../../channels/webpush/payload.ts'
import { mailFault, pushFault } from '../../src/delivery/canary-text.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { config, edition } from '../channels/sample-edition.ts'

async function received(e: Edition, language: Language) {
  const { written } = await render(e, language, config())
  const mail = await simpleParser(Buffer.concat([Buffer.from(`${HEAD}reader@mail.example`), written.bytes]), {
    skipTextToHtml: true,
  })
  const header = (name: string) => String(mail.headers.get(name))
  return {
    language: header('content-language'),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
  }
}

const TYPES = ['first', 'erratum', 'correction', 'addition'] as const

test.each(TYPES)('a letter of type %s says what was signed, in both halves and both languages', async (type) => {
  const e = edition({ type })
  for (const language of ['zh-CN', 'en'] as const) expect(mailFault(e, await received(e, language))).toBe('')
})

test('a letter with one character changed anywhere in the text is noticed', async () => {
  const e = edition()
  const mail = await received(e, 'zh-CN')
  const facts = e.content?.parts['zh-CN']?.blocks.facts?.split('\n')[0] as string
  const at = fc.integer({ min: 0, max: facts.length - 1 })
  fc.assert(
    fc.property(at, fc.constantFrom('text' as const, 'html' as const), (i, half) => {
      const wrong = `${facts.slice(0, i)}${facts[i] === '错' ? '误' : '错'}${facts.slice(i + 1)}`
      const changed = { ...mail, [half]: mail[half].replace(facts, wrong) }
      expect(changed[half]).not.toBe(mail[half])
      expect(mailFault(e, changed)).toBe('text')
    }),
    { numRuns: 60 },
  )
  expect(mailFault(e, { ...mail, html: '' })).toBe('text')
  expect(mailFault(e, { ...mail, subject: '另一件事' })).toBe('text')
  expect(mailFault(e, { ...mail, language: 'fr' })).toBe('language')
})

test('a notification that says something else than the release is noticed', () => {
  for (const type of TYPES) {
    const e = edition({ type })
    for (const language of ['zh-CN', 'en'] as const) {
      const { title, body } = payloadOf(e, language, config())
      expect(pushFault(e, { language, title, body })).toBe('')
      expect(pushFault(e, { language, title: `${title.slice(0, 18)}别${title.slice(19)}`, body })).toBe('text')
      expect(pushFault(e, { language, title, body: body.replace(/./u, '别') })).toBe('text')
    }
  }
})
