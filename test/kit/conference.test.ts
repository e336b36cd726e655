/** What is carried by hand says when and where a press conference is held, or that it is off. */
import { expect, test } from 'vitest'
import { kitOf } from '../../templates/kit/kit.ts'
import { edition, part } from '../channels/sample-edition.ts'

const CONFIG = { publicUrl: 'https://press.example', site: { nameZh: '', nameEn: '', offset: '+08:00', mark: '' } }

function kit(conference: object, language: 'zh-CN' | 'en' = 'zh-CN') {
  const told = (title: string) => ({ ...part(), title, blocks: {}, body: '<p>请媒体报名。</p>' })
  const made = edition(
    { kind: 'press-conference' },
    { 'zh-CN': told('草原防火新闻发布会'), en: told('Press conference') },
  )
  const core = made.content?.core as object
  Object.assign(core, {
    kind: 'press-conference',
    warningLevel: undefined,
    conference: {
      startsAt: '2026-11-25T06:00:00.000Z',
      endsAt: '2026-11-25T07:30:00.000Z',
      place: '盟新闻发布厅',
      ...conference,
    },
  })
  return kitOf(CONFIG, made, language)
}

test('WeChat, SMS and loudspeaker all carry its hour and its place', () => {
  const { wechat, sms, loudspeaker } = kit({})
  for (const text of [wechat, sms.text]) {
    expect(text).toContain('时间：2026年11月25日 星期三 14:00–15:30')
    expect(text).toContain('地点：盟新闻发布厅')
  }
  expect(loudspeaker).toContain('发布会时间，二零二六年十一月二十五日十四点整。')
  expect(loudspeaker).toContain('地点，盟新闻发布厅。')
})

test('in English too, and without a place none is invented', () => {
  const { wechat, loudspeaker } = kit({ place: undefined }, 'en')
  expect(wechat).toContain('When: Wednesday 25 November 2026 14:00–15:30')
  expect([wechat, loudspeaker].filter((text) => text.includes('Where:') || text.includes('Place:'))).toEqual([])
})

test('one that is called off is said to be, and no hour is carried', () => {
  const { wechat, sms, loudspeaker } = kit({ cancelled: true })
  for (const text of [wechat, sms.text, loudspeaker]) {
    expect(text).toContain('此次发布会已取消')
    expect(text).not.toMatch(/14:00|十四点整/)
  }
})
