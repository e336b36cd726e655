/** What no feed format has a place for: number and type of the edition, its hash, and until when its facts hold. */
import { el, type Xml } from '../../src/lib/xml.ts'
import type { Entry } from './entry.ts'

/** Namespace of our elements in Atom and RSS. */
export const EXTENSION = 'urn:ortoo:ns:1'

/** One value per name; undefined where the entry has none. A withdrawn release keeps number and type only. */
export function facts({ edition, state }: Entry): Record<string, string | number | undefined> {
  const core = state === 'public' ? edition.content?.core : undefined
  return {
    release: edition.releaseNumber,
    edition: edition.number,
    type: edition.type,
    hash: state === 'public' ? edition.hash : undefined,
    asOf: core?.asOf,
    nextUpdate: core?.nextUpdateAt,
    expires: core?.expiresAt,
    warningLevel: core?.warningLevel,
    displayUntil: core?.displayUntil,
    indexNumber: core?.indexNumber,
    validity: core?.validity?.state,
    documentNumber: core?.documentNumber,
    incident: core ? edition.incident?.number : undefined,
    deleted: state === 'withdrawn' || state === 'takedown' ? edition.publishedAt : undefined,
    mode: edition.mode === 'live' ? undefined : edition.mode,
  }
}

export const extension = (entry: Entry): Xml[] =>
  Object.entries(facts(entry)).flatMap(([name, value]) => (value === undefined ? [] : [el(`ortoo:${name}`, {}, value)]))
