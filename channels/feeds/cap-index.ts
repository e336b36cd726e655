/** The Atom index of alerts in force: one entry per release, linking to the CAP message that now speaks for it. */
import { el, type Xml, xmlDocument } from '../../src/lib/xml.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { rootOf } from '../../templates/page/site.ts'
import { t } from '../../templates/words/index.ts'
import { CAP_TYPE, capEntryId, capIndexPath, capPath, FEED_TYPES, feedId } from './addresses.ts'
import { headline } from './cap.ts'
import { type CapMessage, capChain, capTerms, readable } from './cap-chain.ts'
import type { Run } from './feed.ts'
import { nameIn, prefixed, spoken } from './wording.ts'

/** How many latest changes, of warnings and of all releases, are looked at. The work of a publication stays bounded by it. */
export const CAP_WINDOW = 100

/** Messages in force at the time of the edition or turn, newest first. A Cancel stays until what it cancels would have ended. */
export async function activeMessages(run: Run): Promise<CapMessage[]> {
  const { catalogue, edition } = run
  const lists = await Promise.all([catalogue.recent('kind/warning', CAP_WINDOW), catalogue.recent('all', CAP_WINDOW)])
  const latest = new Map(lists.flat().map((e) => [e.releaseId, e]))
  const found: CapMessage[] = []
  for (const e of latest.values()) {
    const message = e.mode === edition.mode && maySpeak(e) ? await current(run, e) : undefined
    if (message && Date.parse(message.expires) > Date.parse(run.asOf)) found.push(message)
  }
  return found.sort((a, b) => b.edition.sequence - a.edition.sequence)
}

/** A first edition that is no alert cannot be a Cancel either: most releases end here without a look at their past. */
const maySpeak = (edition: Edition): boolean => capTerms(edition) !== null || edition.number > 1

/** The release's last message, if it can be read: what was erased since is named by nobody. */
async function current(run: Run, edition: Edition): Promise<CapMessage | undefined> {
  const last = capChain(run.config, await run.catalogue.editions(edition.releaseId)).at(-1)
  return last && readable(last) ? last : undefined
}

export function capIndex(run: Run, messages: CapMessage[]): string {
  const { config, edition } = run
  const site = nameIn({ zh: config.site.nameZh, en: config.site.nameEn }, 'zh-CN')
  const mark = config.site.mark && `（${config.site.mark}）`
  const title = `${site}${mark} · ${t('zh', 'feeds.list.cap')}`
  return xmlDocument(
    el(
      'feed',
      {
        xmlns: 'http://www.w3.org/2005/Atom',
        'xmlns:cap': 'urn:oasis:names:tc:emergency:cap:1.2',
        'xml:lang': 'zh-CN',
      },
      el('id', {}, feedId(config, edition.mode, 'cap')),
      el('title', {}, prefixed(edition.mode, 'zh-CN', title)),
      el('updated', {}, run.asOf),
      el('author', {}, el('name', {}, site)),
      el('link', {
        rel: 'self',
        type: FEED_TYPES.atom.split(';')[0],
        href: config.publicUrl + capIndexPath(edition.mode),
      }),
      el('link', { rel: 'alternate', type: 'text/html', href: `${config.publicUrl}${rootOf(edition.mode)}/` }),
      messages.map((m) => entry(run, m)),
    ),
  )
}

function entry({ config }: Run, { edition, identifier, msgType, expires }: CapMessage): Xml {
  const voice = spoken(edition)
  const language = voice?.language ?? 'zh-CN'
  const cancelled = t('zh', 'feeds.cap.cancelled', { number: edition.releaseNumber })
  const title = msgType === 'Cancel' || !voice ? prefixed(edition.mode, 'zh-CN', cancelled) : headline(edition, voice)
  return el(
    'entry',
    { 'xml:lang': msgType === 'Cancel' ? 'zh-CN' : language },
    el('id', {}, capEntryId(config, identifier)),
    el('title', {}, title),
    el('updated', {}, edition.publishedAt),
    el('published', {}, edition.publishedAt),
    el('author', {}, el('name', {}, nameIn(edition.agency.name, language))),
    el('link', {
      rel: 'alternate',
      type: CAP_TYPE.split(';')[0],
      href: config.publicUrl + capPath(edition.mode, identifier),
    }),
    el('summary', {}, title),
    el('cap:msgType', {}, msgType),
    el('cap:expires', {}, new Date(expires).toISOString()),
  )
}
