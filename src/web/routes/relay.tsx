/** 转发预警: the original of another station's warning is brought, by a program or at the desk, and a draft begins beside it. */
import { z } from 'zod'
import { t } from '../../../templates/words/index.ts'
import { relayWarning } from '../../desk/relay.ts'
import { invalid, issue } from '../../lib/errors.ts'
import { MOST_BYTES } from '../../lib/xml-tree.ts'
import type { App, Req } from '../env.ts'
import { spoken } from '../errors.ts'
import { upload } from '../guards/body.ts'
import { etagOf } from '../guards/etag.ts'
import { actorIn, route } from '../guards/route.ts'
import { NewPage } from '../views/new.tsx'
import { frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'
import { issueSchema, releaseSchema } from './schemas.ts'
import { shownRelease } from './shown.ts'

const relayed = z.object({
  release: releaseSchema,
  /** new: begins · update, cancel: goes on from a warning relayed before */
  place: z.enum(['new', 'update', 'cancel']),
  signature: z.enum(['absent', 'trusted', 'unknown', 'out-of-date']),
  remarks: z.array(issueSchema),
})
/** A little more than a file may have, so that one that is too large is told so by name. */
const LIMIT = MOST_BYTES * 2

export function mountRelayApi(app: App): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/v1/relays',
      act: 'release.create',
      maxBytes: LIMIT,
      doc: {
        tag: 'releases',
        summary: 'A warning of another station (CAP 1.2 or 12379) becomes a draft beside its original',
        answers: { 201: relayed, 409: null, 422: null },
        body: { 'application/xml': z.string(), 'multipart/form-data': z.object({ file: z.string() }) },
      },
    },
    async (c) => {
      const multipart = (c.req.header('content-type') ?? '').startsWith('multipart/')
      const bytes = multipart ? (await upload(c)).bytes : new Uint8Array(await c.req.arrayBuffer())
      const { release, place, signature, remarks } = await relayWarning(c.var.ctx, actorIn(c), bytes)
      const said = remarks.map((r) => spoken(r, c.var.lang))
      const answer = { release: shownRelease(release), place, signature: signature.state, remarks: said }
      return c.json(answer, 201, { etag: etagOf(release.version), location: `/api/v1/releases/${release.id}` })
    },
  )
}

export function mountRelayDesk(app: App): void {
  screen(app, { method: 'post', path: '/desk/releases/relay', act: 'release.create', maxBytes: LIMIT }, bring)
}

async function bring(c: Req): Promise<Response> {
  const { file } = await sentIn(c)
  try {
    if (!file) throw invalid([issue('file', 'file-missing')])
    const { release, signature } = await relayWarning(c.var.ctx, actorIn(c), new Uint8Array(await file.arrayBuffer()))
    return goTo(c, `/desk/releases/${release.number}/edit`, `relay-${signature.state}`)
  } catch (err) {
    const refusal = refusalIn(err)
    const broken = refusal.kind === 'invalid'
    const refused = broken ? t(c.var.lang, 'relay.bring.refused') : refusedWords(c, refusal)
    const relay = { refused, issues: refusal.issues }
    return page(c, <NewPage f={await frameOf(c)} issues={[]} relay={relay} />, statusOf(refusal))
  }
}
