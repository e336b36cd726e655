/** An office document (OOXML, ISO/IEC 29500): a zip of XML parts tied by relationships. Opened, read part by part, changed, closed. */
import { zipSync } from 'fflate'
import { attrsOf, spliced, type Token, textOf, tokens, withAttrs, XmlFault, xmlText } from '../../lib/xml-tokens.ts'
import { readZip, ZipFault } from '../../lib/zip.ts'
import { FileFault } from '../looked.ts'

export type OfficeKind = 'xlsx' | 'docx' | 'pptx'
export type Relationship = { id: string; type: string; target: string; external: boolean }
export type Package = { kind: OfficeKind; main: string; parts: Map<string, Uint8Array> }

const MAIN: Record<string, OfficeKind> = {
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml': 'docx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml': 'pptx',
}
const TYPES = '[Content_Types].xml'
/** What runs when a file is opened. */
const MACROS = /vbaProject|vbaData|macrosheet|macroEnabled|xl4/i
const ACTIVE = /activeX|oleObject|\.(bin|exe|dll|js|vbs|hta|lnk)$/i
/** Harmless, and dropped when the file is cleaned. */
const PRINTER = /printerSettings/i

/** @throws FileFault for what is no office document, or one that could do harm when opened */
export function openPackage(bytes: Uint8Array): Package {
  const parts = unzipped(bytes)
  const types = parts.get(TYPES)
  if (!types) throw new FileFault('file-type', 'zip without content types')
  for (const name of parts.keys()) if (/\\|\.\.|^\/|[\x00-\x1f]/.test(name)) throw new FileFault('file-damaged', name)
  const listed = elements(xml(types), ['Override', 'Default'])
  if ([...parts.keys()].some((n) => MACROS.test(n)) || listed.some((a) => MACROS.test(a['ContentType'] ?? '')))
    throw new FileFault('file-macros')
  const active = [...parts.keys()].filter((n) => ACTIVE.test(n) && !PRINTER.test(n))
  if (active.length > 0) throw new FileFault('file-active', active[0])
  const main = listed.find((a) => MAIN[a['ContentType'] ?? ''] && a['PartName'])
  const name = main?.['PartName']?.slice(1)
  if (!main || !name || !parts.has(name)) throw new FileFault('file-type', 'no main part')
  const pkg = { kind: MAIN[main['ContentType'] as string] as OfficeKind, main: name, parts }
  // Every part that claims to be XML has to be: a document type anywhere refuses the file.
  for (const part of xmlParts(pkg)) assertSound(textOfPart(pkg, part))
  return pkg
}

function unzipped(bytes: Uint8Array): Map<string, Uint8Array> {
  try {
    return readZip(bytes)
  } catch (err) {
    if (err instanceof ZipFault) throw new FileFault(`file-${err.code}`, err.message)
    throw err
  }
}

export const xmlParts = (pkg: Package): string[] => [...pkg.parts.keys()].filter((n) => /\.(xml|rels|vml)$/i.test(n))

function xml(bytes: Uint8Array): string {
  try {
    return xmlText(bytes)
  } catch (err) {
    if (err instanceof XmlFault) throw new FileFault('file-damaged', err.message)
    throw err
  }
}

function assertSound(text: string): void {
  try {
    for (const _ of tokens(text));
  } catch (err) {
    if (err instanceof XmlFault) throw new FileFault('file-damaged', err.message)
    throw err
  }
}

/** '' where there is no such part. */
export const textOfPart = (pkg: Package, name: string): string => {
  const bytes = pkg.parts.get(name)
  return bytes ? xml(bytes) : ''
}
export const setPart = (pkg: Package, name: string, text: string): void =>
  void pkg.parts.set(
    name,
    new TextEncoder().encode(
      text.replace(/^\ufeff/, '').replace(/encoding\s*=\s*["']utf-16[^"']*["']/i, 'encoding="UTF-8"'),
    ),
  )

/** Attributes of the elements of these names, in order. */
export function elements(text: string, names: string[]): Record<string, string>[] {
  const found: Record<string, string>[] = []
  for (const token of tokens(text))
    if (token.kind === 'open' && names.includes(token.name)) found.push(attrsOf(text, token))
  return found
}

/** Attributes that say something to a reader or keep a value. */
const SPEAKING = [
  'descr',
  'title',
  'alt',
  'v',
  'name',
  'caption',
  'val',
  'displayName',
  'tooltip',
  'prompt',
  'error',
  'promptTitle',
  'errorTitle',
]
const PARAGRAPHS = ['p', 'si', 'comment', 'row', 'tr']

/** Texts inside elements of these names (of all, where none are given), a line for each paragraph. `attributes`: also what they say. */
export function tokensText(text: string, names: string[] | null, attributes = false): string {
  const out: string[] = []
  const open: string[] = []
  for (const token of tokens(text)) {
    if (token.kind === 'text') {
      if (!names || names.includes(open.at(-1) ?? '')) out.push(textOf(text, token), open.at(-1) === 't' ? '' : '\n')
      continue
    }
    if (token.kind === 'open' && attributes)
      for (const [name, value] of Object.entries(attrsOf(text, token)))
        if (SPEAKING.includes(name) && value.length > 5) out.push('\n', value, '\n')
    if (token.kind === 'close') {
      open.pop()
      if (PARAGRAPHS.includes(token.name)) out.push('\n')
    } else if (!token.empty) open.push(token.name)
    else if (['br', 'tab', 'cr'].includes(token.name)) out.push(' ')
  }
  return out.join('')
}

const relsOf = (part: string): string => part.replace(/([^/]*)$/, '_rels/$1.rels')

/** Relationships of a part ('' for the package), their targets as names of parts. */
export function relationships(pkg: Package, part: string): Relationship[] {
  return elements(textOfPart(pkg, relsOf(part)), ['Relationship']).map((a) => {
    const external = a['TargetMode'] === 'External'
    const target = a['Target'] ?? ''
    return {
      id: a['Id'] ?? '',
      type: (a['Type'] ?? '').replace(/^.*\//, ''),
      target: external ? target : resolved(part, target),
      external,
    }
  })
}

function resolved(part: string, target: string): string {
  const base = target.startsWith('/') ? [] : part.split('/').slice(0, -1)
  for (const piece of target.replace(/^\//, '').split('/')) {
    if (piece === '..') base.pop()
    else if (piece !== '.') base.push(piece)
  }
  return base.join('/')
}

/** Every relationship of the package, with the part it leaves. */
export const allRelationships = (pkg: Package): (Relationship & { from: string })[] =>
  [...pkg.parts.keys()]
    .filter((n) => n.endsWith('.rels'))
    .flatMap((n) => {
      const from = n.replace(/_rels\/([^/]*)\.rels$/, '$1')
      return relationships(pkg, from).map((r) => ({ ...r, from }))
    })

/** Takes parts away with all that names them, and whatever only they named. @returns names of those gone */
export function dropParts(pkg: Package, gone: (name: string) => boolean): string[] {
  const names = [...pkg.parts.keys()].filter((n) => gone(n) && n !== TYPES && !n.endsWith('.rels'))
  for (const name of names) {
    pkg.parts.delete(name)
    pkg.parts.delete(relsOf(name))
  }
  if (names.length === 0) return names
  editPart(pkg, TYPES, ['Override'], (a) => !names.includes((a['PartName'] ?? '').slice(1)))
  for (const rels of [...pkg.parts.keys()].filter((n) => n.endsWith('.rels'))) {
    const from = rels.replace(/_rels\/([^/]*)\.rels$/, '$1')
    const kept = relationships(pkg, from)
    editPart(pkg, rels, ['Relationship'], (a) => {
      const target = kept.find((r) => r.id === a['Id'])
      return !target || target.external || !names.includes(target.target)
    })
  }
  return [...names, ...dropParts(pkg, orphans(pkg))]
}

/** Parts nothing leads to: no program shows them, and anything could be in them. */
export const dropOrphans = (pkg: Package): string[] => dropParts(pkg, orphans(pkg))

/** Parts nothing leads to any more. */
function orphans(pkg: Package): (name: string) => boolean {
  const reached = new Set<string>()
  const queue = ['']
  for (let part = queue.pop(); part !== undefined; part = queue.pop())
    for (const r of relationships(pkg, part))
      if (!r.external && !reached.has(r.target)) {
        reached.add(r.target)
        queue.push(r.target)
      }
  return (name) => !reached.has(name)
}

/** Keeps, of the elements of these names, those `keep` says; the others go with all they hold. */
export function editPart(
  pkg: Package,
  part: string,
  names: string[],
  keep: (attrs: Record<string, string>) => boolean,
): void {
  const text = textOfPart(pkg, part)
  if (text)
    setPart(
      pkg,
      part,
      without(text, (token) => names.includes(token.name) && !keep(attrsOf(text, token))),
    )
}

/** The document without the elements `gone` names, each with all it holds. */
export function without(text: string, gone: (open: Token) => boolean): string {
  const cuts: { start: number; end: number; to: string }[] = []
  let depth = 0
  let from = -1
  for (const token of tokens(text)) {
    if (token.kind === 'open') {
      if (from < 0 && gone(token)) {
        if (token.empty) cuts.push({ start: token.start, end: token.end, to: '' })
        else from = token.start
        depth = 0
      }
      if (from >= 0 && !token.empty) depth++
    } else if (token.kind === 'close' && from >= 0 && --depth === 0) {
      cuts.push({ start: from, end: token.end, to: '' })
      from = -1
    }
  }
  return spliced(text, cuts)
}

/** The document without the tags of these names; what they hold stays. */
export function unwrapped(text: string, names: string[]): string {
  const cuts = [...tokens(text)].filter((t) => t.kind !== 'text' && names.includes(t.name))
  return spliced(
    text,
    cuts.map(({ start, end }) => ({ start, end, to: '' })),
  )
}

/** Every tag with its attributes changed. */
export function retagged(text: string, change: (name: string, attr: string, value: string) => string | null): string {
  const changes: { start: number; end: number; to: string }[] = []
  for (const token of tokens(text)) {
    if (token.kind !== 'open') continue
    const tag = text.slice(token.start, token.end)
    const now = withAttrs(tag, (attr, value) => change(token.name, attr, value))
    if (now !== tag) changes.push({ start: token.start, end: token.end, to: now })
  }
  return spliced(text, changes)
}

/** Always the same bytes for the same parts. */
export function closePackage(pkg: Package): Uint8Array {
  const first = [TYPES, ...[...pkg.parts.keys()].filter((n) => n !== TYPES)]
  const time = new Date(1980, 0, 1, 0, 0, 0)
  return zipSync(Object.fromEntries(first.map((n) => [n, [pkg.parts.get(n) as Uint8Array, { mtime: time }]])), {
    level: 6,
  })
}
