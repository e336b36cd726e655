/** Reading back what was published: a parser for each format that shares no code with the one that wrote it. */
import type { Proof } from './channel.ts'
import { readHtml } from './read-html.ts'
import { readJsonFeed } from './read-json.ts'
import { readAtom, readCap, readRss } from './read-xml.ts'

export { compare } from './read-compare.ts'

/** One release as found in a document. Times are as written there. */
export type FoundItem = {
  /** Entry id of a feed, identifier of a CAP message, id of the edition on a page. */
  id: string
  release?: string
  title: string
  /** \n between lines, U+001F where inline markup began or ended. */
  text: string
  /** Everything readable of it, for making sure that something is absent. */
  whole: string
  published?: string
  updated?: string
  times: string[]
  areas: string[]
  editionNumber?: number
  type?: string
  hash?: string
  language?: string
}

export type Found = {
  format: Proof['format']
  contentType: string
  /** The address the document calls its own. */
  self?: string
  items: FoundItem[]
  /** Entries said to be gone (RFC 6721): number and time only. */
  gone: { id: string; when: string; whole: string }[]
  /** CAP msgType. */
  message?: string
  /** Why the document cannot be read as its format; empty when it can. */
  problems: string[]
}

/** Bytes past this are not parsed: none of our documents comes near it. */
const LONGEST = 32 * 1024 * 1024

/** What a document says. Never throws: what cannot be read is a problem in the answer. */
export function readBack(format: Proof['format'], bytes: Uint8Array, contentType: string): Found {
  const empty: Found = { format, contentType, items: [], gone: [], problems: [] }
  if (bytes.length > LONGEST) return { ...empty, problems: [`longer than ${LONGEST} bytes`] }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { ...empty, ...read(format, text) }
  } catch (error) {
    return { ...empty, problems: [error instanceof Error ? error.message : String(error)] }
  }
}

function read(format: Proof['format'], text: string): Partial<Found> {
  switch (format) {
    case 'html':
      return readHtml(text)
    case 'atom':
      return readAtom(text)
    case 'rss':
      return readRss(text)
    case 'jsonfeed':
      return readJsonFeed(text)
    case 'cap':
      return readCap(text)
    default:
      return format satisfies never
  }
}
