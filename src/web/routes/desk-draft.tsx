/** Writing: the draft form, new and again. What is refused comes back filled; what somebody else saved meanwhile is shown beside it. */
import { kinds } from '../../../templates/draft/index.ts'
import type { Ctx } from '../../context.ts'
import { attach } from '../../desk/attach.ts'
import { type Content, KINDS, type Kind, LANES, type Lane } from '../../desk/content.ts'
import { createRelease } from '../../desk/create.ts'
import { admit } from '../../desk/gate.ts'
import { settleKeep } from '../../desk/keep.ts'
import { whoElse } from '../../desk/opened.ts'
import { noteReading } from '../../desk/read-log.ts'
import { saveDraft } from '../../desk/save.ts'
import { START_LANGUAGES, type Start, startFor } from '../../desk/start-words.ts'
import { type ReleaseRow, type Revision, releaseByNumber, revisionOf } from '../../desk/store.ts'
import { type Issue, invalid, issue, Refusal } from '../../lib/errors.ts'
import { judge } from '../../review/judge.ts'
import { submit } from '../../review/submit.ts'
import type { Actor } from '../../staff/member.ts'
import { namesOf, numbersOf } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { changesTyped } from '../views/changes.tsx'
import { DraftPage, type DraftProps } from '../views/draft.tsx'
import { contentFrom, every, type Fields, fieldsOf, first } from '../views/fields.ts'
import type { ImportNotes } from '../views/import.tsx'
import { NewPage } from '../views/new.tsx'
import { besideFor } from './alerts-beside-data.ts'
import { fieldsAfter } from './desk-after.ts'
import { answerComments, settleHits } from './desk-draft-answers.ts'
import { asIs, askedOnly, tooLate, unsavedForms } from './desk-draft-asked.tsx'
import {
  ableFor,
  behindIn,
  choicesFor,
  draftRelease,
  filesOf,
  returnedWith,
  takeTypedPlaces,
} from './desk-draft-data.ts'
import { startingFalseAlarm } from './desk-false-alarm-data.ts'
import {
  asMissing,
  fieldsFrom,
  frameOf,
  goTo,
  page,
  refusalIn,
  refusalOn,
  refusedWords,
  type Sent,
  screen,
  sentIn,
  statusOf,
} from './desk-frame.ts'
import { openedWords } from './desk-keep.tsx'
import { linkIssues } from './desk-links.ts'
import { commentLines } from './desk-review-data.ts'
import { scannedFiles } from './desk-scan-data.ts'

const WITH_FILE = 21 * 1024 * 1024

export function mountDraft(app: App): void {
  screen(app, { method: 'get', path: '/desk/releases/new', act: 'release.create' }, showNew)
  screen(app, { method: 'post', path: '/desk/releases/new', act: 'release.create', maxBytes: WITH_FILE }, create)
  screen(app, { method: 'get', path: '/desk/releases/{id}/edit', act: 'release.edit' }, (c) => showDraft(c, {}))
  screen(app, { method: 'post', path: '/desk/releases/{id}/edit', act: 'release.edit', maxBytes: WITH_FILE }, save)
}

async function showNew(c: Req): Promise<Response> {
  const kind = KINDS.find((k) => k === c.req.query('kind'))
  if (!kind) return page(c, <NewPage f={await frameOf(c)} issues={[]} unsaved={await unsavedForms(c)} />)
  const lane = LANES.find((l) => l === c.req.query('lane')) ?? 'routine'
  const start = await startingFields(c, kind, kinds[kind].lanes.includes(lane) ? lane : 'routine')
  return blankForm(c, new Map([...start, ...(await fieldsAfter(c))]), {})
}

/** Words to start from; what stands in 【…】 has to be filled in before it may go on. */
async function startingFields(c: Req, kind: Kind, lane: Lane): Promise<Fields> {
  const starts = await startFor(c.var.ctx.store.db, actorIn(c).agencyId, kind)
  return fieldsFrom({
    'core.kind': kind,
    'core.lane': lane,
    'core.mode': 'live',
    'core.urgency': lane === 'flash' ? 'critical' : 'normal',
    'core.outlets': ['website', 'feeds', 'email', 'webpush', 'webhook'],
    ...Object.fromEntries(START_LANGUAGES.flatMap((l) => startEntries(`parts.${l}`, starts[l]))),
    ...startingFalseAlarm(kind, lane),
  })
}

const startEntries = (at: string, start: Start | null): [string, string][] =>
  start
    ? [
        [`${at}.title`, start.title],
        ...Object.entries(start.blocks ?? {}).map(([b, text]): [string, string] => [`${at}.blocks.${b}`, text]),
        ...(start.body ? [[`${at}.body`, start.body] as [string, string]] : []),
      ]
    : []

type Extra = { issues?: Issue[]; refused?: string; status?: number; imported?: ImportNotes }

/** The form of a release that has not been saved yet. */
export async function blankForm(c: Req, fields: Fields, extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const by = actorIn(c)
  const reach = {
    topics: [...every(fields, 'core.topics')],
    areas: every(fields, 'core.areas').filter((a) => /^\d+$/.test(a)),
    urgency: (first(fields, 'core.urgency') || 'normal') as 'normal',
    mode: (first(fields, 'core.mode') || 'live') as 'live',
  }
  const props: DraftProps = {
    f: await frameOf(c, reach.mode),
    fields,
    issues: extra.issues ?? [],
    choices: await choicesFor(ctx, by.agencyId, lang, reach),
    release: null,
    able: await ableFor(ctx, by.agencyId, first(fields, 'core.lane'), [by.memberId]),
    hits: [],
    files: [],
    unsaved: c.req.method === 'POST',
    ...(extra.refused ? { refused: extra.refused } : {}),
    ...(extra.imported ? { imported: extra.imported } : {}),
  }
  return page(c, <DraftPage {...props} />, extra.status ?? 200)
}

async function create(c: Req): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const { fields, file } = await sentIn(c)
  try {
    await takeTypedPlaces(ctx, by.agencyId, fields, 'core.areas')
    const asked = await askedOnly(c, fields)
    if (asked) return blankForm(c, asIs(fields), asked)
    const sent = contentFrom(fields, ctx.config.site.offset, new Map(), await related(ctx, by, fields))
    const release = await createRelease(ctx, by, sent, fields.has('how') ? 'import' : 'save')
    await settleKeep(ctx, by, release.id, first(fields, 'keep'))
    return await afterSave(c, by, release, { fields, file })
  } catch (err) {
    const refusal = refusalIn(err)
    return blankForm(c, fields, {
      ...refusalOn(c, refusal),
      issues: asMissing(refusal.issues, fields),
    })
  }
}

/** Release numbers typed as related, as ids; only what the writer may read, the rest is named as unknown. */
async function related(ctx: Ctx, by: Actor, fields: Fields): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const wrong: Issue[] = []
  for (const [name, [typed = '']] of fields) {
    if (!/^core\.relatesTo\.\d+\.releaseId$/.test(name) || typed.trim() === '') continue
    const row = await releaseByNumber(ctx.store.db, typed.trim())
    const seen = row ? await admit(ctx.store.db, by, row.id, 'release.read').catch(() => null) : null
    if (seen) found.set(typed.trim(), seen.release.id)
    else wrong.push(issue(name, 'unknown-release'))
  }
  if (wrong.length) throw invalid(wrong)
  return found
}

/** With the words safe: the file, the hits that were answered, and on to review where that was asked for. */
async function afterSave(c: Req, by: Actor, saved: ReleaseRow, { fields, file }: Sent): Promise<Response> {
  const { ctx } = c.var
  const at = `/desk/releases/${saved.number}/edit`
  try {
    if (file) {
      const bytes = new Uint8Array(await file.arrayBuffer())
      await attach(ctx, by, saved.id, { name: file.name, title: first(fields, 'fileTitle'), bytes }, null)
    }
    await settleHits(ctx, by, saved.id, fields)
    await answerComments(ctx, by, saved.id, fields)
    if (first(fields, 'do') !== 'submit') return goTo(c, at, 'saved')
    await submit(ctx, by, saved.id, null)
    return goTo(c, `/desk/releases/${saved.number}`, 'submitted')
  } catch (err) {
    const refusal = refusalIn(err)
    return showDraft(c, {
      ref: saved.id,
      refused: savedBut(c, refusal),
      issues: refusal.issues,
      status: statusOf(refusal),
    })
  }
}

const savedBut = (c: Req, refusal: Refusal): string => refusedWords(c, refusal)

type Shown = Extra & { ref?: string; fields?: Fields; stale?: boolean }

/** The form of a saved draft: as saved, or as typed where saving was refused. */
async function showDraft(c: Req, shown: Shown): Promise<Response> {
  const { ctx, lang } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const at = await admit(db, by, shown.ref ?? (c.req.param('id') as string), 'release.edit')
  const { release } = at
  const revision = (await revisionOf(db, release.id, release.revision)) as Revision
  if (c.req.method === 'GET' || shown.stale) await noteReading(ctx, by, at, revision.ordinal, 'edit')
  const { content } = revision
  const saved = fieldsOf(content, ctx.config.site.offset, await relatedNumbers(ctx, content))
  const { issues, hits } = await judge(ctx, db, release, revision, { hints: true })
  const links = shown.issues?.length ? [] : await linkIssues(ctx, shown.fields ?? saved, false)
  const own = asMissing([...(shown.issues ?? []), ...links], shown.fields ?? saved)
  const props: DraftProps = {
    f: await frameOf(c, release.mode as 'live'),
    fields: shown.fields ?? saved,
    issues: [...own, ...issues.filter((i) => !own.some((o) => o.field === i.field && o.code === i.code))],
    choices: await choicesFor(ctx, release.agency_id, lang, content.core),
    release: await draftRelease(ctx, at, revision),
    able: await ableFor(ctx, release.agency_id, release.lane, [...at.barred, by.memberId]),
    hits,
    files: await scannedFiles(ctx, release, content, hits),
    comments: await commentLines(ctx, by, at, revision),
    alerts: await besideFor(ctx, lang, release, content),
    returned: await returnedWith(ctx, at, lang),
    behind: await behindIn(ctx, release, revision),
    others: openedWords(c, await whoElse(ctx, by, release.id)),
    unsaved: shown.fields !== undefined,
    ...(shown.refused ? { refused: shown.refused } : {}),
    ...(shown.stale && shown.fields ? { stale: await staleAgainst(ctx, revision, saved, shown.fields) } : {}),
  }
  return page(c, <DraftPage {...props} />, shown.status ?? 200)
}

const relatedNumbers = (ctx: Ctx, content: Content) =>
  numbersOf(
    ctx.store.db,
    (content.core.relatesTo ?? []).map((r) => r.releaseId),
  )

async function staleAgainst(ctx: Ctx, theirs: Revision, saved: Fields, typed: Fields): Promise<DraftProps['stale']> {
  const names = await namesOf(ctx.store.db, [theirs.savedBy])
  return {
    revision: theirs.ordinal,
    savedBy: names.get(theirs.savedBy) ?? '',
    savedAt: theirs.savedAt,
    changes: changesTyped(saved, typed),
  }
}

const versionIn = (fields: Fields): number | null =>
  /^\d+$/.test(first(fields, 'version')) ? Number(first(fields, 'version')) : null

async function save(c: Req): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const ref = c.req.param('id') as string
  const sent = await sentIn(c)
  const door = await admit(ctx.store.db, by, ref, 'release.edit').catch(refusalIn)
  if (door instanceof Refusal) return tooLate(c, door, sent.fields)
  const { release } = door
  try {
    await takeTypedPlaces(ctx, release.agency_id, sent.fields, 'core.areas')
    const asked = await askedOnly(c, sent.fields)
    // Words from before somebody else's save are shown beside theirs at once.
    const version = versionIn(sent.fields)
    const stale = asked !== null && version !== null && version !== release.version
    if (asked) return showDraft(c, { ref: release.id, fields: asIs(sent.fields), stale, ...asked })
    const { known } = await filesOf(ctx, release.id, null)
    const content = contentFrom(sent.fields, ctx.config.site.offset, known, await related(ctx, by, sent.fields))
    const saved = await saveDraft(ctx, by, release.id, content, versionIn(sent.fields))
    if (first(sent.fields, 'undecided') === '') await settleKeep(ctx, by, saved.id, '')
    return await afterSave(c, by, saved, sent)
  } catch (err) {
    const refusal = refusalIn(err)
    return showDraft(c, {
      ref: release.id,
      fields: sent.fields,
      issues: refusal.issues,
      status: statusOf(refusal),
      ...(refusal.code === 'stale'
        ? { stale: true }
        : refusal.issues.length
          ? {}
          : { refused: refusedWords(c, refusal) }),
    })
  }
}
