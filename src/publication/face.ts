/** From rows to the edition an outlet sees, and the public lists a release stands in. */
import type { Kysely } from 'kysely'
import { knownAreas, knownTopics, parentArea } from '../audience/store.ts'
import type { Content, Kind, Lane, Language, Mode } from '../desk/content.ts'
import { releaseAddress } from '../desk/release.ts'
import type { ReleaseRow } from '../desk/store.ts'
import { incidentById } from '../incident/store.ts'
import { withOffset } from '../lib/clock.ts'
import { agencyById } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'
import type { ActOfCorrection, AgencyFace, AreaFace, Edition, EditionType, IncidentFace, TopicFace } from './edition.ts'
import type { EditionRow } from './store.ts'

type Db = Kysely<Tables>
/** Names as they were at publication. `kind` and `lane` stay readable after the content is gone. */
export type Faces = {
  number: string
  kind: Kind
  lane: Lane
  agency: AgencyFace
  topics: TopicFace[]
  areas: AreaFace[]
  incident?: IncidentFace
  /** A correction that is another act. */
  as?: ActOfCorrection
  /** See Edition. */
  warnedUntil?: string
}

export const actOf = ({ core }: Content): ActOfCorrection | undefined =>
  core.falseAlarmOf === undefined ? core.over?.as : 'false-alarm'

/** The word for an edition's row: its type, or the act it was. */
export const wordOf = (row: Pick<EditionRow, 'type' | 'faces'>): EditionType | ActOfCorrection =>
  row.type === 'correction' ? (actFace(row) ?? row.type) : (row.type as EditionType)

const actFace = (row: Pick<EditionRow, 'faces'>) => (JSON.parse(row.faces) as Partial<Faces>).as

export async function facesOf(db: Db, release: ReleaseRow, content: Content): Promise<Faces> {
  const { core } = content
  const agency = await agencyById(db, release.agency_id)
  const topics = await knownTopics(db, core.topics)
  const areas = await knownAreas(db, core.areas)
  const incident = core.incidentId ? await incidentById(db, core.incidentId) : undefined
  const as = actOf(content)
  return {
    number: release.number,
    ...(as ? { as } : {}),
    kind: core.kind,
    lane: core.lane,
    agency: {
      id: release.agency_id,
      slug: agency?.slug ?? '',
      name: { zh: agency?.name_zh ?? '', en: agency?.name_en ?? '' },
    },
    topics: topics.map((t) => ({ slug: t.slug, name: { zh: t.name_zh, en: t.name_en } })),
    areas: areas.map((a) => ({ code: a.code, name: { zh: a.name_zh, en: a.name_en } })),
    ...(incident
      ? {
          incident: {
            id: incident.id,
            number: incident.number,
            title: { zh: incident.title_zh, en: incident.title_en },
            closed: incident.closed_at !== null,
          },
        }
      : {}),
  }
}

/**
 * Lists the release stands in, prefixed by mode so that exercises have lists of their own. Areas include the places that
 * contain them; a language added later opens its list then.
 */
export async function listsFor(db: Db, mode: string, faces: Faces, languages: Language[]): Promise<string[]> {
  const areas = new Set<string>()
  for (const { code } of faces.areas) {
    for (let at: string | null = code; at && !areas.has(at); at = await parentArea(db, at)) areas.add(at)
  }
  return [
    'all',
    `kind/${faces.kind}`,
    ...languages.map((language) => `language/${language}`),
    `agency/${faces.agency.slug}`,
    ...faces.topics.map((t) => `topic/${t.slug}`),
    ...[...areas].sort().map((code) => `area/${code}`),
    ...(faces.incident ? [`incident/${faces.incident.number}`] : []),
  ].map((list) => `${mode}:${list}`)
}

/** The list of the local month a release was first published in; asked once, at its first edition. */
export const monthList = (mode: string, publishedAt: string, offset: string): string =>
  `${mode}:month/${withOffset(publishedAt, offset).slice(0, 7)}`

const BLANK: Faces = {
  number: '',
  kind: 'notice',
  lane: 'routine',
  agency: { id: '', slug: '', name: { zh: '', en: '' } },
  topics: [],
  areas: [],
}

/** `all` are the release's editions up to this one, oldest first; `number` is the release's own. */
export function editionOf(row: EditionRow, all: EditionRow[], number: string): Edition {
  const faces = { ...BLANK, ...(JSON.parse(row.faces) as Partial<Faces>) }
  return {
    id: row.id,
    sequence: row.sequence,
    releaseId: row.release_id,
    releaseNumber: number,
    address: releaseAddress(number, row.mode),
    number: row.number,
    type: row.type as EditionType,
    mode: row.mode as Mode,
    kind: faces.kind,
    lane: faces.lane,
    agency: faces.agency,
    topics: faces.topics,
    areas: faces.areas,
    ...(faces.incident ? { incident: faces.incident } : {}),
    content: row.content ? (JSON.parse(row.content) as Content) : null,
    ...(faces.warnedUntil ? { warnedUntil: faces.warnedUntil } : {}),
    firstPublishedAt: row.first_published_at,
    publishedAt: row.published_at,
    history: all
      .filter((e) => e.number <= row.number)
      .map((e) => {
        const as = e.type === 'correction' ? actFace(e) : undefined
        const named = { id: e.id, number: e.number, type: e.type as EditionType, publishedAt: e.published_at }
        return as ? { ...named, as } : named
      }),
    hash: row.revision_hash,
    seal: row.seal,
  }
}
