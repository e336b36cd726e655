/** What office documents of every kind can hold beside their pages, and the cleaning each gets on its way in. */
import { type Finding, finding, type Unit } from '../looked.ts'
import {
  allRelationships,
  dropOrphans,
  dropParts,
  editPart,
  type Package,
  retagged,
  setPart,
  textOfPart,
  tokensText,
  xmlParts,
} from './package.ts'
import { cleanPicture, isPicture } from './picture.ts'

const EMBEDDED = /\/embeddings\//i
/** Links that lead out and are followed when the file is opened; what a reader clicks on is none. */
const FOLLOWED = (r: { external: boolean; type: string }): boolean => r.external && r.type !== 'hyperlink'
const DDE = /\bDDE(AUTO)?\b|\bINCLUDE(TEXT|PICTURE)\b/

export function officeFindings(pkg: Package): Finding[] {
  const embedded = [...pkg.parts.keys()].filter((n) => EMBEDDED.test(n))
  const links = allRelationships(pkg).filter((r) => FOLLOWED(r))
  const books = [...pkg.parts.keys()].filter((n) => /externalLinks\/externalLink\d+\.xml$/.test(n))
  const fields = pkg.kind === 'docx' && DDE.test(tokensText(textOfPart(pkg, pkg.main), ['instrText']))
  const pictures = [...pkg.parts.keys()].filter((n) => /\/media\//.test(n))
  const unclean = pictures.filter((n) => isPicture(partOf(pkg, n)) && !cleanedOrNot(partOf(pkg, n)))
  const data = xmlParts(pkg).filter(
    (n) => /^customXml\/item\d+\.xml$/.test(n) && tokensText(textOfPart(pkg, n), null).trim(),
  )
  const part = (at: string) => ({ kind: 'part', at }) as const
  return [
    ...(embedded.length ? [finding('file-embedded', part(lastOf(embedded)), embedded.length)] : []),
    ...(links.length + books.length || fields
      ? [finding('file-external', part(links[0]?.type ?? books[0] ?? 'DDE'), Math.max(1, links.length + books.length))]
      : []),
    ...(pictures.length ? [finding('file-picture', part(lastOf(pictures)), pictures.length)] : []),
    ...(unclean.length ? [finding('file-metadata', part(lastOf(unclean)), unclean.length)] : []),
    ...(data.length ? [finding('file-data', part('customXml'), data.length)] : []),
  ]
}

const partOf = (pkg: Package, name: string): Uint8Array => pkg.parts.get(name) as Uint8Array
const lastOf = (names: string[]): string =>
  names
    .map((n) => n.replace(/^.*\//, ''))
    .slice(0, 3)
    .join(', ')

/** Texts of every XML part not yet read, and what attributes say: alternative texts, cached values, field names. */
export function otherTexts(pkg: Package, done: string[]): Unit[] {
  return xmlParts(pkg)
    .filter((n) => !done.includes(n) && !/\.rels$|^\[Content|theme\d*\.xml$|styles\.xml$|docProps\//.test(n))
    .map((n) => ({
      place: { kind: 'part', at: n } as const,
      text: tokensText(textOfPart(pkg, n), null, true),
      heads: false,
    }))
    .filter((u) => u.text.trim() !== '')
}

const NAMES = ['author', 'initials', 'lastModifiedBy', 'userId', 'providerId', 'displayName']

/**
 * Who, when, where and with what: properties, names beside comments and changes, printers, template, thumbnail, EXIF of the
 * pictures inside. What a reader sees is not touched.
 * @returns what was taken out
 */
export function cleanOffice(pkg: Package): string[] {
  const removed = new Set<string>()
  if (dropOrphans(pkg).length > 0) removed.add('other')
  for (const part of [...pkg.parts.keys()].filter((n) => /^docProps\/(core|app|custom)\.xml$/.test(n)))
    if (tokensText(textOfPart(pkg, part), null).trim()) removed.add('properties')
  if (dropParts(pkg, (n) => /^docProps\//.test(n)).some((n) => /thumbnail/.test(n))) removed.add('thumbnail')
  for (const part of xmlParts(pkg)) {
    if (/\.rels$|^\[/.test(part)) continue
    const text = textOfPart(pkg, part)
    const named = nameless(text)
    if (named !== text) {
      setPart(pkg, part, named)
      removed.add('names')
    }
  }
  if (dropParts(pkg, (n) => /printerSettings/i.test(n)).length > 0) {
    removed.add('printer')
    for (const part of xmlParts(pkg).filter((n) => /sheets\/[^_]*\.xml$/.test(n)))
      setPart(
        pkg,
        part,
        retagged(textOfPart(pkg, part), (tag, attr, value) =>
          tag === 'pageSetup' && /:id$/.test(attr) ? null : value,
        ),
      )
  }
  if (detached(pkg)) removed.add('template')
  for (const [name, bytes] of pkg.parts) {
    const cleaned = isPicture(bytes) && cleanedOrNot(bytes)
    if (!cleaned) continue
    pkg.parts.set(name, cleaned.bytes)
    for (const what of cleaned.removed) removed.add(what)
  }
  return [...removed]
}

/** A picture inside that cannot be cleaned is left, and is a finding; the document around it may be sound. */
function cleanedOrNot(bytes: Uint8Array): ReturnType<typeof cleanPicture> | null {
  try {
    return cleanPicture(bytes)
  } catch {
    return null
  }
}

function nameless(text: string): string {
  const blank = retagged(text, (_tag, attr, value) =>
    NAMES.includes(attr.replace(/^.*:/, '')) && value !== '' ? '' : value,
  )
  const slides = blank.includes('cmAuthor')
    ? retagged(blank, (tag, attr, value) => (tag === 'cmAuthor' && attr === 'name' ? '' : value))
    : blank
  // xl/comments: <authors><author>…</author></authors>
  return slides.replace(/(<(?:\w+:)?author(?:\s[^>]*)?>)[^<]+(<\/(?:\w+:)?author>)/g, '$1$2')
}

/** The template a document was made from is named by its path on the writer's own machine. */
function detached(pkg: Package): boolean {
  const links = allRelationships(pkg).filter((r) => r.type === 'attachedTemplate')
  for (const { from, id } of links) {
    editPart(pkg, from.replace(/([^/]*)$/, '_rels/$1.rels'), ['Relationship'], (a) => a['Id'] !== id)
    editPart(pkg, from, ['attachedTemplate'], () => false)
  }
  return links.length > 0
}
