/** The text for WeChat: plain, whole, with the address at its end. */
import { plainText } from '../../src/lib/html.ts'
import type { BlockName } from '../../src/publication/edition.ts'
import { changeWordOf } from '../page/change-word.ts'
import { t } from '../words/index.ts'
import { conferenceLines, type KitSource, moment, named, takenBack } from './source.ts'

const BLOCKS: readonly BlockName[] = ['claim', 'whenWhere', 'facts', 'actions', 'cause']

export function wechatOf(source: KitSource): string {
  const { lang, edition, part, state, agency, marks, url } = source
  const words = (key: string, params?: Record<string, string | number>) => t(lang, key, params)
  const type = edition.type === 'first' ? '' : ` · ${words(`public.type.${changeWordOf(edition)}`)}`
  const foot = [
    words('kit.wechat.number', { number: edition.releaseNumber, edition: edition.number }) + type,
    `${words('kit.wechat.more')}\n${url}`,
  ]
  const head = words('kit.wechat.from', { agency, at: moment(edition.publishedAt, source) })
  if (state !== 'shown')
    return blocks([marks + takenBack(source), head, part.withdrawalReason ?? '', words('kit.delete'), ...foot])
  const { core } = edition.content as NonNullable<typeof edition.content>
  const level = core.warningLevel ? words(`public.level.${core.warningLevel}`) : ''
  return blocks([
    [marks + source.title, level].filter(Boolean).join('\n'),
    [head, sourceLine(source)].filter(Boolean).join('\n'),
    part.changeNote ? under(words(`public.change.${edition.type}`, { number: edition.number }), part.changeNote) : '',
    conferenceLines(source).join('\n'),
    part.blocks.advice ? under(words('kit.wechat.do'), part.blocks.advice) : '',
    part.summary ?? '',
    ...BLOCKS.map((name) => (part.blocks[name] ? under(words(`public.block.${name}`), part.blocks[name]) : '')),
    part.addressees ?? '',
    part.body ? plainText(part.body) : '',
    part.signature ?? '',
    [
      core.asOf ? words('kit.wechat.as-of', { at: moment(core.asOf, source) }) : '',
      core.nextUpdateAt ? words('kit.wechat.next', { at: moment(core.nextUpdateAt, source) }) : '',
      ...source.hotlines.map((c) => `${c.label} ${c.phone}`),
    ]
      .filter(Boolean)
      .join('\n'),
    ...foot,
  ])
}

const under = (heading: string, text: string): string => `${heading}\n${text}`
const blocks = (all: string[]): string =>
  all
    .map((block) => block.replace(/\n{3,}/g, '\n\n').trim())
    .filter(Boolean)
    .join('\n\n')

function sourceLine(source: KitSource): string {
  const { repost, lang, config } = source
  if (!repost) return ''
  const agency = named(repost.agencyName, lang)
  return `${t(lang, 'repost.line', { agency, at: moment(repost.publishedAt, source) })}\n${config.publicUrl}${repost.address}`
}
