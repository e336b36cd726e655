/** The entry of an edition that is not published yet, in each format of feed, and its CAP message. */
import type { Catalogue, ChannelConfig, PreviewDocument } from '../../src/delivery/channel.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { seenAt } from '../../templates/page/display.ts'
import { capXml } from './cap.ts'
import { capChain, readable } from './cap-chain.ts'
import { digests } from './cap-files.ts'
import { currentFeed, type Run } from './feed.ts'
import { FORMATS, remembered, WRITERS } from './render.ts'

/** Feeds of the language in which this release alone stands, so that what is looked at is its entry. */
export async function previewFeeds(
  config: ChannelConfig,
  published: Edition,
  language: Language,
  catalogue: Catalogue,
): Promise<PreviewDocument[]> {
  const asOf = published.publishedAt
  const edition = seenAt(published, asOf, config.site.gov?.endedTitle === 'keep')
  const alone: Catalogue = {
    ...catalogue,
    size: async () => 1,
    recent: async () => [edition],
    slots: async () => [edition],
  }
  const run: Run = { config, catalogue: alone, mode: edition.mode, edition, asOf, entry: remembered(config) }
  const feed = await currentFeed(run, `language/${language}`)
  const entries = FORMATS.map((format) => ({ name: format, shape: 'source' as const, body: WRITERS[format](feed) }))
  return [...entries, ...(await previewCap(config, edition, catalogue))]
}

/** Not signed, whatever is configured: a signed alert that nobody has agreed to must not exist. */
async function previewCap(config: ChannelConfig, edition: Edition, catalogue: Catalogue): Promise<PreviewDocument[]> {
  const { alertKey: _, ...unsigned } = config
  const past = (await catalogue.editions(edition.releaseId)).filter((e) => e.number < edition.number)
  const own = capChain(unsigned, [...past, edition]).find((m) => m.edition.id === edition.id && readable(m))
  if (!own) return []
  return [{ name: 'cap', shape: 'source', body: capXml(unsigned, own, await digests(catalogue, edition)) }]
}
