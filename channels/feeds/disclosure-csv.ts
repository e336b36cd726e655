/** The catalogue as a table for office programs: UTF-8 with a mark, CRLF (RFC 4180), and no cell that a program would take for a formula. */
import { cleanText } from '../../src/lib/xml.ts'
import type { Disclosure, Item } from './disclosure.ts'
import { VALIDITY_ZH } from './disclosure-json.ts'

const HEAD = [
  '索引号',
  '名称',
  '内容概述',
  '生成日期',
  '发文字号',
  '发布机构',
  '发布时间',
  '有效性',
  '公开属性',
  '编号',
  '状态',
  '链接',
]
const STATES = { public: '公开', withdrawn: '已撤稿', 'taken-down': '已下线', 'display-ended': '公示期已满' } as const

export const disclosureCsv = (d: Disclosure): string =>
  `\ufeff${[HEAD, ...d.items.map(row)].map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`

function row({ release, state, url, shown }: Item): string[] {
  const rest = [release, STATES[state], url]
  if (!shown) return ['', '', '', '', '', '', '', '', '', ...rest]
  const { validity } = shown
  return [
    shown.index ?? '',
    shown.title,
    shown.summary,
    shown.formed,
    shown.document ?? '',
    shown.agency.name,
    shown.published,
    validity ? VALIDITY_ZH[validity.state] + (validity.since ? `（${validity.since}）` : '') : '',
    '主动公开',
    ...rest,
  ]
}

/** A title beginning with = + - @ would be run by a spreadsheet: a quote before it makes it text. */
function cell(value: string): string {
  const text = cleanText(value).replace(/\n/g, ' ')
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}
