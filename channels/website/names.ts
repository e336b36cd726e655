/** What a list is called and where it stands, from the faces the release's editions carry. */
import type { Directory } from '../../src/delivery/channel.ts'
import type { Edition, IncidentFace, ListKey, Named } from '../../src/publication/edition.ts'
import type { ListFace } from '../../templates/page/list.tsx'
import { isShown } from '../../templates/page/pick.ts'
import { monthName } from '../../templates/page/site.ts'
import { t } from '../../templates/words/index.ts'

export type Names = { faces: Map<string, Named>; incidents: Map<string, IncidentFace> }

/**
 * Names by list key, the newest edition's last so that it wins; earlier ones still name lists since left. A purged edition names
 * nothing any more, but its lists are called what the directory calls them.
 */
export function namesOf(editions: Edition[], directory: Directory): Names {
  const faces = new Map<string, Named>([
    ...directory.topics.map((topic): [string, Named] => [`topic/${topic.slug}`, topic.name]),
    ...directory.areas.map((area): [string, Named] => [`area/${area.code}`, area.name]),
    ...directory.agencies.map((agency): [string, Named] => [`agency/${agency.slug}`, agency.name]),
  ])
  const incidents = new Map<string, IncidentFace>()
  for (const e of editions) {
    for (const topic of e.topics) faces.set(`topic/${topic.slug}`, topic.name)
    for (const area of e.areas) faces.set(`area/${area.code}`, area.name)
    faces.set(`agency/${e.agency.slug}`, e.agency.name)
    if (!e.incident) continue
    incidents.set(`incident/${e.incident.number}`, e.incident)
    incidents.set(`incident/${e.incident.id}`, e.incident)
  }
  return { faces, incidents }
}

const FOLDERS = {
  topic: 'topics',
  area: 'areas',
  agency: 'agencies',
  kind: 'kinds',
  incident: 'incidents',
  month: 'months',
} as const

export function faceOf(key: ListKey, names: Names, latest?: Edition): ListFace {
  if (key === 'all') return { key, base: '/all/', zh: t('zh', 'public.all'), en: t('en', 'public.all') }
  const kind = key.slice(0, key.indexOf('/')) as keyof typeof FOLDERS
  const slug = key.slice(kind.length + 1)
  if (kind === 'incident') return incidentFace(key, slug, names, latest)
  const base = `/${FOLDERS[kind]}/${encodeURIComponent(slug)}/`
  if (kind === 'kind')
    return {
      key,
      base,
      zh: t('zh', `public.kind.${slug}`),
      en: t('en', `public.kind.${slug}`),
      word: 'public.list.kind',
    }
  if (kind === 'month') {
    const [zh, en] = [monthName(slug, 'zh'), monthName(slug, 'en')]
    return { key, base, zh, en, word: 'public.list.month' }
  }
  const name = names.faces.get(key)
  return { key, base, zh: name?.zh ?? slug, en: name?.en || name?.zh || slug, word: `public.list.${kind}` }
}

/** The newest release of the incident knows best whether it is closed. */
function incidentFace(key: ListKey, slug: string, names: Names, latest?: Edition): ListFace {
  const incident = latest && isShown(latest) && latest.incident ? latest.incident : names.incidents.get(key)
  const number = incident?.number ?? slug
  const base = `/incidents/${encodeURIComponent(number)}/`
  return {
    key,
    base,
    zh: incident?.title.zh ?? number,
    en: incident?.title.en || incident?.title.zh || number,
    incident,
  }
}
