/** Keys by fingerprint, with another proposed in the place of one; and what is kept how long under which rules of time. */
import { type ClockRule, clockRules } from '../../../templates/clocks/index.ts'
import { t } from '../../../templates/words/index.ts'
import { calendarOf } from '../../incident/calendar.ts'
import { keyFacts } from '../../publication/key-facts.ts'
import { changeIn } from '../../staff/change.ts'
import { proposeKeyTurn } from '../../staff/propose-key-turn.ts'
import { localDay } from '../../staff/roster-week.ts'
import { openChanges } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { calendarMissing } from '../office-state.ts'
import { first } from '../views/fields.ts'
import { type Kept, RulesPage } from '../views/office-facts.tsx'
import { KeysPage } from '../views/office-keys.tsx'
import { frameOf, goTo, page, refusalIn, refusalOn, screen, sentIn } from './desk-frame.ts'

export function mountOfficeFacts(app: App): void {
  screen(app, { method: 'get', path: '/desk/office/keys', act: 'key.read' }, (c) => keys(c, {}))
  screen(app, { method: 'post', path: '/desk/office/keys', act: 'key.turn', maxBytes: 1024 }, async (c) => {
    const { fields } = await sentIn(c)
    try {
      await proposeKeyTurn(c.var.ctx, actorIn(c), { name: first(fields, 'name') })
      return goTo(c, '/desk/office/keys', 'key-proposed')
    } catch (err) {
      return keys(c, refusalOn(c, refusalIn(err)))
    }
  })
  screen(app, { method: 'get', path: '/desk/office/rules', act: 'staff.read' }, rules)
}

async function keys(c: Req, extra: Partial<ReturnType<typeof refusalOn>>): Promise<Response> {
  const by = actorIn(c)
  const open = await openChanges(c.var.ctx.store.db, [by.agencyId])
  const props = {
    f: await frameOf(c),
    keys: await keyFacts(c.var.ctx),
    certificate: '/cap/certificate.pem',
    turns: by.ancestors.length === 0 && mayAtHome(by, 'key.turn'),
    proposed: open.flatMap((row) => {
      const change = changeIn(row)
      return change.kind === 'key' ? [change.name] : []
    }),
    issues: extra.issues ?? [],
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <KeysPage {...props} />, extra.status ?? 200)
}

async function rules(c: Req): Promise<Response> {
  const { ctx } = c.var
  const { days, bad } = await calendarOf(ctx.config.dataDir)
  const today = localDay(ctx.clock.now(), ctx.config.site.offset)
  const props = {
    f: await frameOf(c),
    kept: keptHere(c),
    rules: clockRules.map((rule) => ({
      rule,
      length: lengthWords(c, rule),
      now: rule.from <= today && (!rule.until || today <= rule.until),
    })),
    years: days.years,
    missing: await calendarMissing(ctx),
    bad,
  }
  return page(c, <RulesPage {...props} />)
}

function keptHere(c: Req): Kept[] {
  const { lang } = c.var
  const { retention, gov } = c.var.ctx.config
  const days = (n: number) => t(lang, n ? 'office.kept.days' : 'office.kept.ever', { n })
  return [
    { what: 'editions', how: t(lang, 'office.kept.ever') },
    { what: 'ledger', how: t(lang, 'office.kept.ever') },
    { what: 'drafts', how: t(lang, 'office.kept.purge') },
    { what: 'deliveries', how: days(retention.deliveryDays), setting: 'RETENTION_DELIVERY_DAYS' },
    { what: 'letters', how: days(retention.deliveryDays), setting: 'RETENTION_DELIVERY_DAYS' },
    { what: 'subscribers', how: days(retention.subscriberDays), setting: 'RETENTION_SUBSCRIBER_DAYS' },
    { what: 'unconfirmed', how: days(3) },
    { what: 'fault-contacts', how: days(gov.faultKeepDays), setting: 'GOV_FAULT_KEEP_DAYS' },
    { what: 'media-links', how: days(1) },
    { what: 'tests', how: days(400) },
    { what: 'suppression', how: t(lang, 'office.kept.ever') },
  ]
}

function lengthWords(c: Req, { length }: ClockRule): string {
  const { lang } = c.var
  if ('hours' in length) return t(lang, 'office.clocks.hours', { n: length.hours })
  if ('workingDays' in length) return t(lang, 'office.clocks.working-days', { n: length.workingDays })
  if ('given' in length) return t(lang, 'office.clocks.given')
  if (length.setting === 'own') return t(lang, 'office.clocks.own')
  const n = c.var.ctx.config.gov[length.setting]
  if (n === 0) return t(lang, 'office.clocks.not-kept')
  return t(lang, length.unit === 'hours' ? 'office.clocks.hours' : 'office.clocks.working-days', { n })
}
