/** The files of one release: its pages, attachments and receipt; or the tombstones that take their place. */
import type { SiteFile } from '../../src/delivery/channel.ts'
import { withOffset } from '../../src/lib/clock.ts'
import type { Attachment, Edition, Language } from '../../src/publication/edition.ts'
import { filePath, type RelatedLink } from '../../templates/page/article.tsx'
import { goneWord } from '../../templates/page/display.ts'
import { documentOf } from '../../templates/page/layout.tsx'
import { isShown, languagePath, languagesIn, type Shown } from '../../templates/page/pick.ts'
import { ReleasePage } from '../../templates/page/release.tsx'
import { titleFor } from '../../templates/page/row.tsx'
import { dayOf, FOLDER, frameOf, type Site } from '../../templates/page/site.ts'
import { FileTombstone, LanguageGone, Tombstone } from '../../templates/page/tombstone.tsx'
import { validityOf } from '../../templates/page/validity.ts'
import type { Gathered } from './gather.ts'
import { posterFiles, withPoster } from './poster-files.ts'
import { htmlFile } from './site.ts'

const LANGUAGES: readonly Language[] = ['zh-CN', 'mn-Mong-CN', 'en']
type RelatedEdition = { edition: Edition; word: string }

export function releaseFiles(site: Site, edition: Edition, data: Gathered): SiteFile[] {
  const pages = isShown(edition)
    ? [
        ...releasePages(site, edition, data.related),
        ...posterFiles(site, edition),
        ...lostLanguages(site, edition, data.editions),
      ]
    : tombstones(site, edition)
  return [...pages, ...attachmentFiles(site, edition, data), receiptFile(site, edition)]
}

/** One page per language. */
export const releasePages = (site: Site, edition: Shown, related: RelatedEdition[]): SiteFile[] =>
  languagesIn(edition.content).map((language) =>
    htmlFile(
      site,
      languagePath(edition, language),
      documentOf(
        <ReleasePage
          site={site}
          edition={edition}
          language={language}
          related={relatedLinks(site, related, language)}
          validity={validityOf(
            edition,
            related.map((r) => r.edition),
            (iso) => dayOf(iso, site.offset),
          )}
        />,
      ),
    ),
  )

const relatedLinks = (site: Site, related: RelatedEdition[], language: Language): RelatedLink[] =>
  related
    .filter((r) => isShown(r.edition))
    .map((r) => {
      const { text, href, tag } = titleFor(site, r.edition as Shown, frameOf(language))
      return { word: r.word, text, href, tag }
    })

/** Addresses a language once had and this edition no longer uses. */
function lostLanguages(site: Site, edition: Shown, editions: Edition[]): SiteFile[] {
  const kept = new Set(languagesIn(edition.content).map((l) => languagePath(edition, l)))
  const lost = new Map<string, Language>()
  for (const earlier of editions.filter(isShown))
    for (const l of languagesIn(earlier.content)) {
      const page = languagePath(earlier, l)
      if (!kept.has(page)) for (const path of withPoster(page)) lost.set(path, l)
    }
  return [...lost].map(([path, language]) =>
    htmlFile(
      site,
      path,
      documentOf(
        <LanguageGone site={site} edition={edition} path={path} language={language} lang={frameOf(language)} />,
      ),
      410,
    ),
  )
}

/**
 * At every address the release can have had: its own and each language's. All of them, always, so that neither an
 * erased earlier edition nor a forgotten translation leaves a page standing.
 */
export function tombstones(site: Site, edition: Edition): SiteFile[] {
  const addresses: [string, Language][] = [
    [edition.address, 'zh-CN'],
    ...LANGUAGES.map((l): [string, Language] => [edition.address + FOLDER[l], l]),
  ]
  const everywhere = addresses.flatMap(([page, l]) => withPoster(page).map((path): [string, Language] => [path, l]))
  return everywhere.map(([path, language]) =>
    htmlFile(
      site,
      path,
      documentOf(<Tombstone site={site} edition={edition} path={path} language={language} lang={frameOf(language)} />),
      410,
    ),
  )
}

/** Where it stands: the path as a person reads it, which is how the store names its files. */
const placeOf = (site: Site, file: Pick<Attachment, 'name' | 'sha256'>): string =>
  decodeURIComponent(filePath(site, file))

/** The attachments shown, and a tombstone for each one an earlier edition showed and this one does not, unless it is its source's too. */
function attachmentFiles(site: Site, edition: Edition, { editions, files, source }: Gathered): SiteFile[] {
  const shown = isShown(edition) ? edition.content.attachments : []
  const kept = new Set([...shown, ...source].map((file) => placeOf(site, file)))
  const earlier = editions
    .flatMap((e) => e.content?.attachments ?? e.ended?.files ?? [])
    .map((file) => placeOf(site, file))
  const gone = new Set(earlier.filter((path) => !kept.has(path)))
  return [
    ...shown.map((file) => attachmentFile(site, file, files)),
    ...[...gone].map((path) =>
      htmlFile(site, path, documentOf(<FileTombstone site={site} edition={edition} path={path} lang="zh" />), 410),
    ),
  ]
}

/** Served to be saved, never to be run: attachment, nosniff, sandbox. */
function attachmentFile(site: Site, file: Attachment, bytes: Map<string, Uint8Array>): SiteFile {
  const body = bytes.get(file.sha256)
  if (!body) throw new Error(`attachment ${file.sha256} has no bytes`)
  return {
    path: placeOf(site, file),
    type: file.type,
    body,
    headers: {
      'content-disposition': contentDisposition(file.name),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      ...(site.mode === 'live' ? {} : { 'x-robots-tag': 'noindex, nofollow' }),
    },
  }
}

/** Content-Disposition with a name in any script (RFC 6266 §4.3, RFC 8187 §3.2.1) and a plain one for old readers. */
export function contentDisposition(name: string): string {
  const plain = name.replace(/[^\w. -]+/g, '_')
  const exact = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`
}

const STATUS = { withdrawal: 'withdrawn', takedown: 'taken-down', ended: 'display-ended' } as const

/** What a checker needs: number, edition, hash, seal, times. After a takedown number and time are all that is left. */
function receiptFile(site: Site, edition: Edition): SiteFile {
  const at = (iso: string) => withOffset(iso, site.offset)
  const status = isShown(edition) ? 'published' : STATUS[goneWord(edition)]
  const base = { release: edition.releaseNumber, status, mode: edition.mode }
  const receipt =
    status === 'taken-down'
      ? { ...base, at: at(edition.publishedAt) }
      : {
          ...base,
          edition: { id: edition.id, number: edition.number, type: edition.type },
          address: site.publicUrl + edition.address,
          firstPublishedAt: at(edition.firstPublishedAt),
          publishedAt: at(edition.publishedAt),
          ...(edition.ended ? { displayedUntil: at(edition.ended.until) } : {}),
          history: edition.history.map((h) => ({ number: h.number, type: h.type, publishedAt: at(h.publishedAt) })),
          hash: edition.hash,
          seal: edition.seal,
        }
  return {
    path: `${edition.address}receipt.json`,
    type: 'application/json; charset=utf-8',
    body: `${JSON.stringify(receipt, null, 2)}\n`,
    headers: { 'x-robots-tag': 'noindex', 'access-control-allow-origin': '*' },
  }
}
