/** An erratum puts slips right and moves nothing a reader acts on. */
import { describe, expect, test } from 'vitest'
import type { Content } from '../../src/desk/content.ts'
import { placedHtml } from '../../src/lib/placed.ts'
import { erratumViolations } from '../../src/review/erratum.ts'
import { changed, firstReport, notice } from './content.ts'

const codes = (before: Content, change: (c: Content) => void) =>
  erratumViolations(before, changed(before, change)).map((i) => i.code)
const body = (before: string, after: string) =>
  codes(notice({ body: `<p>${before}</p>` }), (c) => {
    c.parts['zh-CN']!.body = `<p>${after}</p>`
  })

describe('an erratum', () => {
  test.each([
    ['各单位要抓紧布署落实', '各单位要抓紧部署落实'],
    ['请大家按排时间', '请大家安排时间'],
    ['道路畅通,秩序良好', '道路畅通，秩序良好'],
    ['The goverment has said so.', 'The government has said so.'],
  ])('may put right: %s → %s', (before, after) => expect(body(before, after)).toEqual([]))

  test.each([
    ['3人受伤', '5人受伤', 'erratum-number-changed'],
    ['过火面积20公顷', '过火面积200公顷', 'erratum-number-changed'],
    ['三人受伤', '五人受伤', 'erratum-number-changed'],
    ['十二户', '二十户', 'erratum-number-changed'],
    ['降雪量达到5％', '降雪量达到５0％', 'erratum-number-changed'],
    ['two people', 'ten people', 'erratum-number-changed'],
    ['今天上午停水', '今天下午停水', 'erratum-time-changed'],
    ['道路将于周一恢复', '道路将于周五恢复', 'erratum-time-changed'],
    ['on Monday', 'on Friday', 'erratum-time-changed'],
    ['哈日诺尔旗起火', '宝日胡硕旗起火', 'erratum-name-changed'],
    ['经盟应急局核实', '经盟公安局核实', 'erratum-name-changed'],
    ['张三局长介绍', '李四局长介绍', 'erratum-name-changed'],
    ['伤者为张三', '伤者为李四', 'erratum-name-changed'],
    ['the fire near Harnuur', 'the fire near Baruun', 'erratum-name-changed'],
    ['可以饮用', '不可以饮用', 'erratum-instruction-changed'],
    ['群众应撤离', '群众应转移', 'erratum-instruction-changed'],
    ['do open the windows', 'do not open the windows', 'erratum-instruction-changed'],
    ['道路封闭', '道路开放', 'erratum-instruction-changed'],
    ['见 a.example', '见 b.example', 'erratum-link-changed'],
    ['发至 x@a.example', '发至 x@b.example', 'erratum-link-changed'],
    ['水质正常', '水质正常，这里新加了一整句与原来无关的话', 'erratum-too-much'],
  ])('may not change %s into %s', (before, after, code) => expect(body(before, after)).toContain(code))

  test('names what stood before and after', () => {
    const before = notice({ body: '<p>3人受伤</p>' })
    const after = changed(before, (c) => {
      c.parts['zh-CN']!.body = '<p>5人受伤</p>'
    })
    expect(erratumViolations(before, after)).toEqual([
      {
        field: 'parts.zh-CN.body',
        code: 'erratum-number-changed',
        severity: 'error',
        params: { before: '3', after: '5' },
      },
    ])
  })

  test.each([
    ['areas', (c: Content) => c.core.areas.push('159922')],
    ['asOf', (c: Content) => Object.assign(c.core, { asOf: '2026-11-23T05:31:00.000Z' })],
    ['contacts', (c: Content) => Object.assign(c.core.contacts[0]!, { phone: '0400-1234568' })],
    ['warningLevel', (c: Content) => Object.assign(c.core, { warningLevel: 'red' })],
    ['outlets', (c: Content) => c.core.outlets.push('email')],
  ])('may not touch the core: %s', (key, change) => {
    const before = firstReport()
    expect(erratumViolations(before, changed(before, change as (c: Content) => void))).toEqual([
      { field: `core.${key}`, code: 'erratum-core-changed', severity: 'error' },
    ])
  })

  test.each([
    ['advice', 'erratum-instruction-changed'],
    ['actions', 'erratum-instruction-changed'],
    ['whenWhere', 'erratum-time-changed'],
  ] as const)('may not change a character of %s', (name, code) => {
    expect(
      codes(firstReport(), (c) => {
        c.parts['zh-CN']!.blocks[name] = c.parts['zh-CN']!.blocks[name]!.replace('。', '!')
      }),
    ).toEqual([code])
  })

  test.each(['signature', 'addressees'] as const)('may not change or add %s', (name) => {
    expect(
      codes(notice({ [name]: '青格勒盟行政公署（示例）' }), (c) => {
        c.parts['zh-CN']![name] = '青格勒盟行署（示例）'
      }),
    ).toEqual(['erratum-name-changed'])
    expect(
      codes(notice(), (c) => {
        c.parts['zh-CN']![name] = '新'
      }),
    ).toEqual(['erratum-name-changed'])
  })

  test('may not change the name in a title', () => {
    expect(
      codes(notice({ title: '哈日诺尔旗道路施工公告' }), (c) => {
        c.parts['zh-CN']!.title = '乌兰图雅县道路施工公告'
      }),
    ).toContain('erratum-name-changed')
  })

  test('may not add, remove or exchange a language or a file', () => {
    expect(codes(notice(), (c) => Object.assign(c.parts, { en: c.parts['zh-CN'] }))).toEqual([
      'erratum-language-changed',
    ])
    const file = { sha256: 'a'.repeat(64), name: '1.pdf', type: 'application/pdf', bytes: 1, title: '名单' }
    expect(codes(notice(), (c) => c.attachments.push(file))).toEqual(['erratum-attachment-changed'])
  })

  test('may put a caption right, and not exchange, move or drop a picture of the text', () => {
    const [a, b] = ['a', 'b'].map((x) => x.repeat(64)) as [string, string]
    const set = (sha256: string, caption = '图1 渠道施工') => placedHtml({ sha256, alt: '渠道', caption })
    const from = (body: string) =>
      codes(notice({ body: `<p>第一段。</p>${set(a)}<p>第二段。</p>` }), (c) => {
        c.parts['zh-CN']!.body = body
      })
    expect(from(`<p>第一段。</p>${set(a, '图1 渠道工程')}<p>第二段。</p>`)).toEqual([])
    for (const body of [
      `<p>第一段。</p>${set(b)}<p>第二段。</p>`,
      `<p>第一段。</p><p>第二段。</p>${set(a)}`,
      '<p>第一段。</p><p>第二段。</p>',
    ])
      expect(from(body)).toEqual(['erratum-picture-changed'])
  })

  test('may not hide a change of address behind the same words', () => {
    const link = (href: string) => `<p><a href="${href}" rel="noopener">详情</a></p>`
    expect(
      codes(notice({ body: link('https://a.example/1') }), (c) => {
        c.parts['zh-CN']!.body = link('https://a.example/2')
      }),
    ).toContain('erratum-link-changed')
  })

  test('says nothing about its own note', () => {
    expect(
      codes(notice(), (c) => {
        c.parts['zh-CN']!.changeNote = '更正3处错字。'
      }),
    ).toEqual([])
  })
})
