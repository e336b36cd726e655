/** SMS of a kit: counted as networks count, shortened by whole sentences, never inside a figure or a name. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kitOf } from '../../templates/kit/kit.ts'
import { sentencesOf } from '../../templates/kit/sentences.ts'
import { MOST_SEGMENTS } from '../../templates/kit/sms.ts'
import { segmentsOf } from '../../templates/kit/sms-segments.ts'
import { edition, english, part } from '../channels/sample-edition.ts'

const CONFIG = { publicUrl: 'https://press.example', site: { nameZh: '', nameEn: '', offset: '+08:00', mark: '' } }

describe('segments', () => {
  test.each([
    ['', 'GSM-7', 0, 0],
    ['a'.repeat(160), 'GSM-7', 160, 1],
    ['a'.repeat(161), 'GSM-7', 161, 2],
    ['a'.repeat(306), 'GSM-7', 306, 2],
    ['a'.repeat(307), 'GSM-7', 307, 3],
    ['€'.repeat(80), 'GSM-7', 160, 1],
    ['€'.repeat(81), 'GSM-7', 162, 2],
    // The escape and its letter stay together: 152 septets and then one of two.
    [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 306, 3],
    ['火'.repeat(70), 'UCS-2', 70, 1],
    ['火'.repeat(71), 'UCS-2', 71, 2],
    ['火'.repeat(134), 'UCS-2', 134, 2],
    ['火'.repeat(135), 'UCS-2', 135, 3],
    ['😀'.repeat(35), 'UCS-2', 70, 1],
    // 33 pairs fill 66 of 67: the 34th begins the next.
    ['😀'.repeat(67), 'UCS-2', 134, 3],
  ])('of %j', (text, alphabet, units, segments) => {
    expect(segmentsOf(text)).toMatchObject({ alphabet, units, segments })
  })

  /** Another way to count: cut the text piece by piece, as a phone joins it. */
  function cut(text: string): number {
    const gsm = segmentsOf(text).alphabet === 'GSM-7'
    const encoded = [...text].map((c) => (gsm && '\f^{}\\[~]|€'.includes(c) ? `\u001b${c}` : c))
    if (encoded.join('').length <= (gsm ? 160 : 70)) return text === '' ? 0 : 1
    const pieces = ['']
    for (const c of encoded) {
      const whole = pieces.at(-1) + c
      if (whole.length > (gsm ? 153 : 67)) pieces.push(c)
      else pieces[pieces.length - 1] = whole
    }
    return pieces.length
  }

  const texts = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'abcXYZ019 .,€[]{}éÅ\n'), maxLength: 700 }),
    fc.string({ unit: fc.constantFrom(...'火灾1点a', '😀', '𠮷'), maxLength: 400 }),
  )
  test('are as many as cutting the text gives', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(segmentsOf(text).segments).toBe(cut(text))
      }),
      { numRuns: 2_000 },
    )
  })
  test('one letter outside the alphabet makes the whole text UCS-2', () => {
    expect(segmentsOf('Fire at Harinur').alphabet).toBe('GSM-7')
    expect(segmentsOf('Fire at Harinur ё').alphabet).toBe('UCS-2')
  })
})

describe('the text', () => {
  const smsOf = (advice: string, title = '哈日诺尔旗草原火灾', over = {}) =>
    kitOf(CONFIG, edition(over, { 'zh-CN': part({ title, changeNote: undefined, blocks: { advice } }) }), 'zh-CN').sms

  test('says who, what, what to do, whom to ring, and where it stands', () => {
    expect(smsOf('关好门窗。给救援车辆让路。').text).toBe(
      '【青格勒盟（示例）】哈日诺尔旗草原火灾。关好门窗。给救援车辆让路。咨询电话 000-00012345。详见 https://press.example/releases/2026-000042/',
    )
  })
  test('says that it puts an earlier one right, and how', () => {
    const corrected = kitOf(
      CONFIG,
      edition(
        { type: 'correction', number: 2 },
        { 'zh-CN': part({ title: '停水公告', changeNote: '电话应为0479-0000001。' }) },
      ),
      'zh-CN',
    ).sms.text
    expect(corrected).toMatch(/^【青格勒盟（示例）】更正：停水公告。电话应为0479-0000001。/)
  })
  test('of a withdrawal names no title, of an exercise says so first', () => {
    const withdrawn = kitOf(
      CONFIG,
      edition(
        { type: 'withdrawal', number: 2 },
        { 'zh-CN': part({ title: '错误的标题', withdrawalReason: '内容有误。' }) },
      ),
      'zh-CN',
    )
    expect(withdrawn.sms.text).toContain('2026-000042号稿件已撤稿')
    expect(JSON.stringify(withdrawn)).not.toContain('错误的标题')
    expect(withdrawn.poster).toBeNull()
    expect(smsOf('不要围观。', '【演练】草原火灾', { mode: 'exercise' }).text).toMatch(
      /^【演练】【青格勒盟（示例）】草原火灾。/,
    )
  })
  test('of what was taken down carries number and address alone', () => {
    const gone = kitOf(CONFIG, edition({ type: 'takedown', content: null }), 'zh-CN')
    expect(gone.sms.text).toContain('2026-000042号稿件已下线')
    expect(gone.wechat).toContain('请删除或撤下')
  })
  test('in English stays in the cheap alphabet', () => {
    const found = kitOf(CONFIG, edition({}, { 'zh-CN': part(), en: english() }), 'en').sms
    expect(found.alphabet).toBe('GSM-7')
    expect(found.text).toMatch(/^Qinggele League \(sample\): Har Nuur grassland fire/)
  })

  const word = fc.constantFrom(
    '哈日诺尔旗',
    '国道331',
    '0479-1234567',
    '18户',
    '3.5公里',
    '12月1日14:30',
    '撤离',
    '不要围观',
    '巴特尔',
  )
  const sentence = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => `${words.join('')}。`)
  test('keeps whole sentences in order, and as many as four segments hold', () => {
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 30 }), (sentences) => {
        const sms = smsOf(sentences.join(''))
        const kept = sentences.slice(0, sentences.length - sms.left)
        expect(sms.text.startsWith(`【青格勒盟（示例）】哈日诺尔旗草原火灾。${kept.join('')}咨询电话`)).toBe(true)
        expect(sms.text.endsWith(' https://press.example/releases/2026-000042/')).toBe(true)
        expect(sms.segments).toBeLessThanOrEqual(MOST_SEGMENTS)
        const next = sentences[kept.length]
        if (next) expect(segmentsOf(sms.text + next).segments).toBeGreaterThan(MOST_SEGMENTS)
      }),
      { numRuns: 500 },
    )
  })
  test('a title longer than all of them is still whole', () => {
    const title = '关于'.repeat(150)
    expect(smsOf('关好门窗。', title).text).toContain(title)
  })
})

test('a sentence ends at its mark, not inside a number, a name or an abbreviation', () => {
  expect(sentencesOf('Mr. Bat said no. Use road No. 331 at 3.5 km. Stay away!')).toEqual([
    'Mr. Bat said no.',
    'Use road No. 331 at 3.5 km.',
    'Stay away!',
  ])
  expect(sentencesOf('他说：“快走。”大家都走了。\n3.5公里；18户')).toEqual([
    '他说：“快走。”',
    '大家都走了。',
    '3.5公里；',
    '18户',
  ])
})
