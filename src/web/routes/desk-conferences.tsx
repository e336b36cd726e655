/** Press conferences at the desk: those announced, and of one who comes, its papers, whether it was held, and the record afterwards. */
import { incidentById } from '../../incident/store.ts'
import type { Issue } from '../../lib/errors.ts'
import { beginTranscript } from '../../publication/begin-transcript.ts'
import { conferenceFor, conferencesFor } from '../../publication/conference.ts'
import { confirmHeld } from '../../publication/hold-conference.ts'
import { relationOf } from '../../staff/member.ts'
import { may } from '../../staff/policy.ts'
import { ancestorsOf } from '../../staff/store.ts'
import { namesOf } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { ConferencePage, ConferencesPage } from '../views/conferences.tsx'
import { exactTime, type Fields, first } from '../views/fields.ts'
import { nameOf } from './desk-draft-data.ts'
import { asMissing, frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'

const HERE = '/desk/conferences'

export function mountConferencesDesk(app: App): void {
  screen(app, { method: 'get', path: HERE, act: 'conference.read' }, async (c) =>
    page(c, <ConferencesPage f={await frameOf(c)} lines={await conferencesFor(c.var.ctx, actorIn(c))} />),
  )
  screen(app, { method: 'get', path: `${HERE}/{number}`, act: 'conference.read' }, (c) => one(c, {}))
  screen(app, { method: 'post', path: `${HERE}/{number}/held`, act: 'conference.confirm' }, held)
  screen(app, { method: 'post', path: `${HERE}/{number}/transcript`, act: 'release.create' }, async (c) => {
    const row = await beginTranscript(c.var.ctx, actorIn(c), numberIn(c))
    return goTo(c, `/desk/releases/${row.number}/edit`)
  })
}

const numberIn = (c: Req): string => c.req.param('number') ?? ''
type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number }

async function one(c: Req, extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const { meeting, attending, links, held: done } = await conferenceFor(ctx, by, numberIn(c))
  const incident = meeting.incidentId ? await incidentById(db, meeting.incidentId) : undefined
  const relation = relationOf(by, { id: meeting.agencyId, ancestors: await ancestorsOf(db, meeting.agencyId) })
  const props = {
    f: await frameOf(c),
    fields: extra.fields ?? new Map<string, string[]>(),
    issues: extra.issues ?? [],
    meeting,
    attending,
    links,
    held: done ? { at: done.held_at, by: (await namesOf(db, [done.confirmed_by])).get(done.confirmed_by) ?? '' } : null,
    incident: incident ? { number: incident.number, title: nameOf(incident, lang) } : null,
    mayConfirm: may('conference.confirm', { roles: by.roles, relation, scopes: by.scopes }).ok,
    mayWrite: relation === 'own' && mayAtHome(by, 'release.create'),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <ConferencePage {...props} />, extra.status ?? 200)
}

async function held(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  const at = first(fields, 'heldAt')
  try {
    const sent = at ? { heldAt: exactTime(at, c.var.ctx.config.site.offset) } : {}
    await confirmHeld(c.var.ctx, actorIn(c), numberIn(c), sent)
    return goTo(c, `${HERE}/${numberIn(c)}`, 'conference-held')
  } catch (err) {
    const refusal = refusalIn(err)
    const refused = refusal.issues.length ? {} : { refused: refusedWords(c, refusal) }
    return one(c, { fields, issues: asMissing(refusal.issues, fields), status: statusOf(refusal), ...refused })
  }
}
