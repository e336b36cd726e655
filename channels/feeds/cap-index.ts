/** The index of alerts in force, in Atom and RSS: one entry per release, linking to the CAP message that now speaks for it. */
import { el, type Xml, xmlDocument } from '../../src/lib/xml.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { rootOf } from '../../templates/page/site.ts'
import { t } from '../../templates/words/index.ts'
import { CAP_TYPE, capEntryId, capIndexPath, capPath, FEED_TYPES, feedId } from './addresses.ts'
import { headline } from './cap.ts'
import { type CapMessage, capChain, capTerms, capTime, readable } from './cap-chain.ts'
import type { Run } from './feed.ts'
import { rfc822 } from './rss.ts'
import { nameIn, prefixed, spoken } from './wording.ts'

/** How many latest changes, of warnings and of all releases, are looked at. The work of a publication stays bounded by it. */
export const CAP_WINDOW = 100

/** Messages in force as of the run, newest first. A Cancel stays until what it cancels would have ended. */
export async function activeMessages(run: Run): Promise<CapMessage[]> {
  const { catalogue, mode, asOf } = run
  const lists = await Promise.all([catalogue.recent('kind/warning', CAP_WINDOW), catalogue.recent('all', CAP_WINDOW)])
  const latest = new Map(lists.flat().map((e) => [e.releaseId, e]))
  const found: CapMessage[] = []
  for (const e of latest.values()) {
    const message = e.mode === mode && maySpeak(e) ? await current(run, e) : undefined
    if (message && Date.parse(message.expires) > Date.parse(asOf)) found.push(message)
  }
  return found.sort((a, b) => b.edition.sequence - a.edition.sequence)
}

/** A first edition that is no alert cannot be a Cancel either: most releases end here without a look at their past. */
const maySpeak = (edition: Edition): boolean => capTerms(edition) !== null || edition.number > 1

/** The release's last message, if it can be read: what was erased since is named by nobody. */
async function current(run: Run, edition: Edition): Promise<CapMessage | undefined> {
  const last = capChain(run.config, await run.catalogue.editions(edition.releaseId)).at(-1)
  // What a takedown took away with its note is named no more; only its own Cancel is.
  const taken = edition.type === 'takedown' && last?.edition.id !== edition.id
  return last && readable(last) && !taken ? last : undefined
}

const NAMESPACES = {
  xmlns: 'http://www.w3.org/2005/Atom',
  'xmlns:cap': 'urn:oasis:names:tc:emergency:cap:1.2',
  'xmlns:fh': 'http://purl.org/syndication/history/1.0',
}

/** What both formats say of the index itself. */
function head({ config, mode }: Run) {
  const site = nameIn({ zh: config.site.nameZh, en: config.site.nameEn }, 'zh-CN')
  const mark = config.site.mark && `（${config.site.mark}）`
  return {
    site,
    title: prefixed(mode, 'zh-CN', `${site}${mark} · ${t('zh', 'feeds.list.cap')}`),
    home: `${config.publicUrl}${rootOf(mode)}/`,
    self: (format: 'atom' | 'rss') => ({
      rel: 'self',
      type: FEED_TYPES[format].split(';')[0],
      href: config.publicUrl + capIndexPath(mode, format),
    }),
  }
}

/** A complete feed (RFC 5005 §2): an alert that stands no longer in it is over. */
export function capIndex(run: Run, messages: CapMessage[]): string {
  const { site, title, home, self } = head(run)
  return xmlDocument(
    el(
      'feed',
      { ...NAMESPACES, 'xml:lang': 'zh-CN' },
      el('id', {}, feedId(run.config, run.mode, 'cap')),
      el('title', {}, title),
      el('updated', {}, run.asOf),
      el('author', {}, el('name', {}, site)),
      el('link', self('atom')),
      run.config.hubUrl && el('link', { rel: 'hub', href: run.config.hubUrl }),
      el('link', { rel: 'alternate', type: 'text/html', href: home }),
      el('fh:complete'),
      messages.map((m) => entry(run, m)),
    ),
  )
}

/** The same for readers of RSS. The link of an item is the alert itself. */
export function capIndexRss(run: Run, messages: CapMessage[]): string {
  const { title, home, self } = head(run)
  const { xmlns, ...extensions } = NAMESPACES
  return xmlDocument(
    el(
      'rss',
      { version: '2.0', 'xmlns:atom': xmlns, 'xmlns:dc': 'http://purl.org/dc/elements/1.1/', ...extensions },
      el(
        'channel',
        {},
        el('title', {}, title),
        el('link', {}, home),
        el('description', {}, title),
        el('language', {}, 'zh-CN'),
        el('lastBuildDate', {}, rfc822(run.asOf)),
        el('atom:link', self('rss')),
        run.config.hubUrl && el('atom:link', { rel: 'hub', href: run.config.hubUrl }),
        el('fh:complete'),
        messages.map((m) => item(run, m)),
      ),
    ),
  )
}

/** What an alert is called in the index, and in which language that is. */
function named({ edition, msgType }: CapMessage): { title: string; language: Language } {
  const voice = spoken(edition)
  if (msgType !== 'Cancel' && voice) return { title: headline(edition, voice), language: voice.language }
  const cancelled = t('zh', 'feeds.cap.cancelled', { number: edition.releaseNumber })
  return { title: prefixed(edition.mode, 'zh-CN', cancelled), language: 'zh-CN' }
}

const addressOf = ({ config, mode }: Run, identifier: string) => config.publicUrl + capPath(mode, identifier)

function entry(run: Run, message: CapMessage): Xml {
  const { edition, identifier, msgType, expires } = message
  const { title, language } = named(message)
  return el(
    'entry',
    { 'xml:lang': language },
    el('id', {}, capEntryId(run.config, identifier)),
    el('title', {}, title),
    el('updated', {}, edition.publishedAt),
    el('published', {}, edition.publishedAt),
    el('author', {}, el('name', {}, nameIn(edition.agency.name, language))),
    el('link', { rel: 'alternate', type: CAP_TYPE.split(';')[0], href: addressOf(run, identifier) }),
    el('summary', {}, title),
    el('cap:msgType', {}, msgType),
    el('cap:expires', {}, capTime(expires)),
  )
}

function item(run: Run, message: CapMessage): Xml {
  const { edition, identifier, msgType, expires } = message
  const { title, language } = named(message)
  return el(
    'item',
    {},
    el('title', {}, title),
    el('link', {}, addressOf(run, identifier)),
    el('guid', { isPermaLink: 'false' }, capEntryId(run.config, identifier)),
    el('pubDate', {}, rfc822(edition.publishedAt)),
    el('dc:creator', {}, nameIn(edition.agency.name, language)),
    el('dc:language', {}, language),
    el('description', {}, el('p', {}, title).markup),
    el('cap:msgType', {}, msgType),
    el('cap:expires', {}, capTime(expires)),
  )
}
