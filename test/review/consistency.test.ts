/** Figures that do not agree are shown; they stop nothing by themselves. */
import { describe, expect, test } from 'vitest'
import type { Content, Part } from '../../src/desk/content.ts'
import { checkContent } from '../../src/review/checks.ts'
import { disagreements } from '../../src/review/consistency.ts'
import { context, firstReport, notice, part } from './content.ts'

const odd = (content: Content) => disagreements(content).map((d) => `${d.rule} ${d.field} ${d.values.join(' ')}`)
const both = (zh: Partial<Part>, en: Partial<Part>): Content => ({
  ...notice(zh),
  parts: { 'zh-CN': part({ title: '公告', ...zh }), en: part({ title: 'Notice', ...en }) },
})

describe('figures', () => {
  test('a title that says another number than its text is named', () => {
    expect(odd(notice({ title: '草原火灾致5人受伤', body: '<p>草原火灾致3人受伤。</p>' }))).toEqual([
      'title-figures-differ parts.zh-CN.title 5',
    ])
  })

  test('the same number in another way of writing is the same', () => {
    const zh = { body: '<p>11月23日下午2时，1.2万人、三户，损失3500万元，28.3%，拨打0471-1234567。</p>' }
    const en = {
      body: '<p>At 2 p.m. on 23 November, 12,000 people, three homes, 35 million yuan, 28.3 per cent, call 0471 1234567.</p>',
    }
    expect(odd(both(zh, en))).toEqual([])
  })

  test('a translator who mistypes a number, a day, an hour or a phone is told which', () => {
    const zh = { body: '<p>11月23日15时，120人，拨打0471-1234567。</p>' }
    const en = { body: '<p>At 16:00 on November 24, 210 people, call 0471-1234568.</p>' }
    expect(odd(both(zh, en))).toEqual([
      'numbers-differ parts.zh-CN.body 120',
      'dates-differ parts.zh-CN.body 11-23',
      'times-differ parts.zh-CN.body 15:00',
      'phones-differ parts.zh-CN.body 04711234567',
      'numbers-differ parts.en.body 210',
      'dates-differ parts.en.body 11-24',
      'times-differ parts.en.body 16:00',
      'phones-differ parts.en.body 04711234568',
    ])
  })

  test('Mongolian digits are held against the Chinese ones', () => {
    const content = (mn: string): Content => ({
      ...notice(),
      parts: {
        'zh-CN': part({ title: '公告', body: '<p>11月23日，120人。</p>' }),
        'mn-Mong-CN': part({ title: 'ᠮᠡᠳᠡᠭᠳᠡᠯ', body: `<p>${mn}</p>` }),
      },
    })
    expect(odd(content('᠑᠑ ᠰᠠᠷ᠎ᠠ ᠶᠢᠨ ᠒᠓, ᠑᠒᠐ ᠬᠦᠮᠦᠨ'))).toEqual([])
    expect(odd(content('᠑᠑ ᠰᠠᠷ᠎ᠠ ᠶᠢᠨ ᠒᠓, ᠒᠑᠐ ᠬᠦᠮᠦᠨ'))).toEqual([
      'numbers-differ parts.zh-CN.body 120',
      'numbers-differ parts.mn-Mong-CN.body 210',
    ])
  })

  test('an attachment’s title is held against the text, its running number is not', () => {
    const attachment = (title: string) => [
      { sha256: 'a'.repeat(64), name: '1.pdf', type: 'application/pdf', bytes: 1, title },
    ]
    expect(odd({ ...notice(), attachments: attachment('附件2 名单') })).toEqual([])
    expect(odd({ ...notice(), attachments: attachment('附件2 补助35户名单') })).toEqual([
      'attachment-figures-differ attachments.0.title 35',
    ])
  })

  test('a phone one digit away from the declared contact is named with it', () => {
    const content = firstReport({}, { ...firstReport().parts['zh-CN']!, body: '<p>电话0400-1234576。</p>' })
    expect(disagreements(content)).toMatchObject([
      { rule: 'phone-near-contact', values: ['04001234576'], other: '04001234567' },
    ])
  })

  test('issues of this kind are warnings with the values in them', () => {
    const content = notice({ title: '5人受伤', body: '<p>3人受伤。</p>' })
    expect(checkContent(content, context())).toEqual([
      { field: 'parts.zh-CN.title', code: 'title-figures-differ', severity: 'warning', params: { values: '5' } },
    ])
  })
})
