/** Testing what is carried by hand: the sheet and the texts marked 测试, and the form on which somebody ticks them off. */
import { siteOf } from '../../../templates/page/assets.ts'
import { posterDocument } from '../../../templates/page/poster.tsx'
import { manualChannelsOf } from '../../delivery/manual-channel.ts'
import { manualTestKit, recordManualTest } from '../../delivery/manual-test.ts'
import type { Issue } from '../../lib/errors.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { type Fields, first } from '../views/fields.ts'
import { ManualTestPage } from '../views/manual-test.tsx'
import { asMissing, frameOf, goTo, page, refusalIn, screen, sentIn, statusOf } from './desk-frame.ts'

const AT = '/desk/outlets/manual/test'

/** Before the test of any outlet by its name, or that would answer. */
export function mountManualTest(app: App): void {
  screen(app, { method: 'get', path: AT, act: 'outlet.test' }, (c) => show(c, {}))
  screen(app, { method: 'get', path: `${AT}/sheet`, act: 'outlet.test' }, sheet)
  screen(app, { method: 'post', path: AT, act: 'outlet.test' }, tick)
}

async function show(c: Req, extra: { fields?: Fields; issues?: Issue[]; status?: number }): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const props = {
    f: await frameOf(c),
    fields: extra.fields ?? new Map<string, string[]>(),
    issues: extra.issues ?? [],
    kits: (await manualTestKit(ctx, by)).kits,
    channels: (await manualChannelsOf(ctx, by)).map((row) => row.name),
  }
  return page(c, <ManualTestPage {...props} />, extra.status ?? 200)
}

/** The same sheet as of a release, with the stylesheets of the site itself. */
async function sheet(c: Req): Promise<Response> {
  const { ctx, lang } = c.var
  const { edition } = await manualTestKit(ctx, actorIn(c))
  const site = { ...siteOf(ctx.config, 'live'), mode: 'test' as const }
  return c.html(posterDocument({ site, edition, language: lang === 'en' ? 'en' : 'zh-CN', trial: { back: AT } }))
}

async function tick(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  try {
    const sent = { where: first(fields, 'where'), arrived: first(fields, 'arrived') || undefined }
    const { outcome } = await recordManualTest(c.var.ctx, actorIn(c), sent)
    return goTo(c, '/desk/outlets', outcome === 'accepted' ? 'manual-tested' : 'manual-not-arrived')
  } catch (err) {
    const refusal = refusalIn(err)
    return show(c, { fields, issues: asMissing(refusal.issues, fields), status: statusOf(refusal) })
  }
}
