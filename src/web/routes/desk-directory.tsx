/** Topics and areas at the desk: one list for the whole site, kept by administrators of a topmost agency, read by everybody. */
import { areaLines } from '../../../templates/page/area-branches.ts'
import { importAreaCsv } from '../../audience/import-areas.ts'
import { areas, topicBySlug, topics } from '../../audience/store.ts'
import { keepTopic, retireTopic } from '../../audience/topics-areas.ts'
import { csvText, writeCsv } from '../../lib/csv.ts'
import { type Issue, invalid, issue } from '../../lib/errors.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { AreasPage, type AreasProps, TopicsPage } from '../views/directory.tsx'
import { type Fields, first } from '../views/fields.ts'
import { PLACES_JSON } from '../views/place-picker.tsx'
import { asMissing, frameOf, goTo, page, refusalIn, refusalOn, screen, sentIn } from './desk-frame.ts'

const TOPICS = '/desk/office/topics'
const AREAS = '/desk/office/areas'
const MOST_CSV = 4 * 1024 * 1024
/** So many rows of a list are shown; more are found by typing. */
const SHOWN = 200

export function mountDirectoryDesk(app: App): void {
  screen(app, { method: 'get', path: TOPICS, act: 'staff.read' }, (c) => showTopics(c, {}))
  screen(app, { method: 'post', path: TOPICS, act: 'staff.manage' }, addTopic)
  screen(app, { method: 'post', path: `${TOPICS}/{slug}`, act: 'staff.manage' }, changeTopic)
  screen(app, { method: 'get', path: AREAS, act: 'staff.read' }, (c) => showAreas(c, {}))
  screen(app, { method: 'get', path: `${AREAS}.csv`, act: 'staff.read' }, areaTable)
  screen(app, { method: 'get', path: PLACES_JSON, act: 'staff.read' }, async (c) => {
    const rows = await areas(c.var.ctx.store.db)
    return c.json(
      areaLines(rows.map((r) => ({ code: r.code, name: { zh: r.name_zh, en: r.name_en }, parent: r.parent }))),
    )
  })
  screen(app, { method: 'post', path: AREAS, act: 'staff.manage', maxBytes: MOST_CSV }, sendAreas)
}

type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number }

/** Whoever is at the top keeps the lists of the whole site. */
const keeps = (c: Req): boolean => mayAtHome(actorIn(c), 'staff.manage') && actorIn(c).ancestors.length === 0

function extraOf(c: Req, err: unknown, fields: Fields): Extra {
  const refusal = refusalIn(err)
  return {
    fields,
    ...refusalOn(c, refusal),
    issues: asMissing(refusal.issues, fields),
  }
}

async function showTopics(c: Req, extra: Extra): Promise<Response> {
  const rows = await topics(c.var.ctx.store.db)
  const props = {
    f: await frameOf(c),
    fields: extra.fields ?? new Map<string, string[]>(),
    issues: extra.issues ?? [],
    topics: rows.map((r) => ({
      slug: r.slug,
      nameZh: r.name_zh,
      nameEn: r.name_en,
      position: r.position,
      retiredAt: r.retired_at,
    })),
    manage: keeps(c),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <TopicsPage {...props} />, extra.status ?? 200)
}

/** A number as it was typed; what is none goes through and is refused where it is read. */
const numberIn = (text: string): unknown => (text.trim() === '' ? undefined : Number(text))

async function addTopic(c: Req): Promise<Response> {
  const { ctx } = c.var
  const { fields } = await sentIn(c)
  const get = (name: string) => first(fields, name).trim()
  try {
    // Adding never renames what is there: that has its own form.
    if (get('slug') && (await topicBySlug(ctx.store.db, get('slug'))))
      throw invalid([issue('slug', 'topic-taken', { slug: get('slug') })])
    await keepTopic(ctx, actorIn(c), get('slug'), {
      nameZh: get('nameZh'),
      nameEn: get('nameEn'),
      position: numberIn(get('position')),
    })
    return goTo(c, TOPICS, 'topic-kept')
  } catch (err) {
    return showTopics(c, extraOf(c, err, fields))
  }
}

async function changeTopic(c: Req): Promise<Response> {
  const { ctx } = c.var
  const slug = c.req.param('slug') as string
  const { fields } = await sentIn(c)
  const what = first(fields, 'do')
  try {
    if (what === 'retire' || what === 'revive') {
      await retireTopic(ctx, actorIn(c), slug, { retired: what === 'retire' })
      return goTo(c, TOPICS, what === 'retire' ? 'topic-retired' : 'topic-revived')
    }
    await keepTopic(ctx, actorIn(c), slug, {
      nameZh: first(fields, `nameZh.${slug}`),
      nameEn: first(fields, `nameEn.${slug}`),
      position: numberIn(first(fields, `position.${slug}`)),
    })
    return goTo(c, TOPICS, 'topic-kept')
  } catch (err) {
    const extra = extraOf(c, err, fields)
    fields.set('of', [slug])
    return showTopics(c, {
      ...extra,
      fields,
      issues: (extra.issues ?? []).map((i) => ({ ...i, field: `${i.field}.${slug}` })),
    })
  }
}

async function showAreas(c: Req, extra: Extra & { plan?: AreasProps['plan'] }): Promise<Response> {
  const rows = await areas(c.var.ctx.store.db)
  const byCode = new Map(rows.map((r) => [r.code, r]))
  const query = (c.req.query('q') ?? '').trim().toLowerCase()
  const found = rows.filter(
    (r) => !query || [r.code, r.name_zh, r.name_en, r.name_mn].some((x) => x.toLowerCase().includes(query)),
  )
  const depthOf = (parent: string | null, seen = 0): number =>
    parent && seen < 4 ? 1 + depthOf(byCode.get(parent)?.parent ?? null, seen + 1) : 0
  const props: AreasProps = {
    f: await frameOf(c),
    fields: extra.fields ?? new Map<string, string[]>(),
    issues: extra.issues ?? [],
    areas: found.slice(0, SHOWN).map((r) => ({
      code: r.code,
      nameZh: r.name_zh,
      nameEn: r.name_en,
      nameMn: r.name_mn,
      within: (r.parent && byCode.get(r.parent)?.name_zh) || '',
      depth: query ? 0 : depthOf(r.parent),
    })),
    total: found.length,
    query,
    manage: keeps(c),
    ...(extra.plan ? { plan: extra.plan } : {}),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <AreasPage {...props} />, extra.status ?? 200)
}

/** Checked first, then written: a file goes into the box beside it, so that what was seen is what is written. */
async function sendAreas(c: Req): Promise<Response> {
  const { fields, file } = await sentIn(c)
  if (file) fields.set('csv', [csvText(new Uint8Array(await file.arrayBuffer()))])
  const dryRun = first(fields, 'do') !== 'write' || file !== null
  try {
    if (!first(fields, 'csv').trim()) throw invalid([issue('csv', 'required')])
    const plan = await importAreaCsv(c.var.ctx, actorIn(c), first(fields, 'csv'), { dryRun })
    return dryRun ? await showAreas(c, { fields, plan }) : goTo(c, AREAS, 'areas-written')
  } catch (err) {
    return showAreas(c, extraOf(c, err, fields))
  }
}

async function areaTable(c: Req): Promise<Response> {
  const rows = await areas(c.var.ctx.store.db)
  const body = rows.map((r) => [r.code, r.name_zh, r.name_en, r.name_mn, r.parent ?? ''])
  return c.body(writeCsv([['代码', '中文名', '英文名', '蒙古文名', '上级代码'], ...body]), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="areas.csv"',
  })
}
