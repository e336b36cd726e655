/** What a receiver is told of an edition, as JSON. The shape is public and documented at /api/webhooks; it only ever grows. Pure. */
import type { ChannelConfig } from '../../src/delivery/channel.ts'
import { wallMinute } from '../../src/lib/clock.ts'
import { plainText } from '../../src/lib/html.ts'
import type { Edition, Language, Mode, Part } from '../../src/publication/edition.ts'
import { filePath } from '../../templates/page/article.tsx'
import { capIdentifier, capPath } from '../../templates/page/cap-address.ts'
import { linkOnly } from '../../templates/page/display.ts'
import { isShown, languagePath, languagesIn } from '../../templates/page/pick.ts'
import { withPictures } from '../../templates/page/placed.ts'
import { frameOf, named, rootOf } from '../../templates/page/site.ts'
import { t } from '../../templates/words/index.ts'

export const VERSION = 1

/** Path of the CAP message of an edition; whether there is one the public site knows. */
export const capPathOf = (edition: Edition): string => capPath(edition.mode, capIdentifier(edition))

/** Everything but the CAP link, which is known only once the feeds are out. */
export function bodyOf(edition: Edition, config: ChannelConfig) {
  const { publicUrl } = config
  const core = edition.content?.core
  return {
    version: VERSION,
    event: `edition.${edition.type}`,
    mode: edition.mode,
    edition: {
      id: edition.id,
      number: edition.number,
      type: edition.type,
      sequence: edition.sequence,
      publishedAt: edition.publishedAt,
      hash: edition.hash,
    },
    release: {
      number: edition.releaseNumber,
      kind: edition.kind,
      lane: edition.lane,
      urgency: core?.urgency ?? null,
      warningLevel: core?.warningLevel ?? null,
      firstPublishedAt: edition.firstPublishedAt,
      asOf: core?.asOf ?? null,
      nextUpdateAt: core?.nextUpdateAt ?? null,
      expiresAt: core?.expiresAt ?? null,
      agency: { slug: edition.agency.slug, name: edition.agency.name },
      topics: edition.topics,
      areas: edition.areas,
      incident: edition.incident ? { number: edition.incident.number, title: edition.incident.title } : null,
    },
    links: {
      page: publicUrl + edition.address,
      feed: `${publicUrl}${rootOf(edition.mode)}/feeds/all.json`,
      cap: null as string | null,
    },
    texts: textsOf(edition, config),
    attachments: (linkOnly(edition) ? [] : (edition.content?.attachments ?? [])).map((a) => ({
      name: a.name,
      title: a.title,
      type: a.type,
      bytes: a.bytes,
      sha256: a.sha256,
      url: publicUrl + filePath(edition, a),
    })),
  }
}
export type Body = ReturnType<typeof bodyOf>

/** One per language. What was taken back is shown with its reason alone. */
function textsOf(edition: Edition, config: ChannelConfig): Partial<Record<Language, object>> {
  const { content } = edition
  if (!content) return {}
  return Object.fromEntries(
    languagesIn(content).map((language) => {
      const part = content.parts[language] as Part
      if (!isShown(edition)) return [language, { withdrawalReason: part.withdrawalReason ?? '' }]
      const url = config.publicUrl + languagePath(edition, language)
      return [
        language,
        textOf(linkOnly(edition) ? pointed(edition, part, language, config) : part, url, edition, config.publicUrl),
      ]
    }),
  )
}

/** What a receiver has taken cannot be called back: of what ends by itself it is told where and until when it is on display. */
function pointed(edition: Edition, part: Part, language: Language, config: ChannelConfig): Part {
  const lang = frameOf(language)
  const until = wallMinute(edition.content?.core.displayUntil as string, config.site.offset)
  const said = { agency: named(edition.agency.name, lang), number: edition.releaseNumber, until }
  const title = config.site.gov?.endedTitle === 'keep' ? part.title : t(lang, 'feeds.display.title', said)
  return { title, summary: t(lang, 'feeds.display.text', said), blocks: {}, body: '' }
}

const textOf = (part: Part, url: string, { content, ...edition }: Edition, publicUrl: string) => ({
  url,
  title: part.title,
  summary: part.summary ?? null,
  blocks: part.blocks,
  html: withPictures(part.body, content?.attachments ?? [], (file) => publicUrl + filePath(edition, file), false),
  text: plainText(part.body),
  signature: part.signature ?? null,
  changeNote: part.changeNote ?? null,
})

/** What a test holds: nothing that could be taken for news. */
export const testBody = (config: ChannelConfig, at: string) => ({
  version: VERSION,
  event: 'test',
  mode: 'test' satisfies Mode,
  sentAt: at,
  links: { page: `${config.publicUrl}/` },
})
