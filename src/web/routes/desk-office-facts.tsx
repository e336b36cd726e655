/** Keys by fingerprint, and what is kept how long under which rules of time: pages that only say. */
import { type ClockRule, clockRules } from '../../../templates/clocks/index.ts'
import { t } from '../../../templates/words/index.ts'
import { calendarOf } from '../../incident/calendar.ts'
import { keyFacts } from '../../publication/key-facts.ts'
import { localDay } from '../../staff/roster-week.ts'
import type { App, Req } from '../env.ts'
import { calendarMissing } from '../office-state.ts'
import { type Kept, KeysPage, RulesPage } from '../views/office-facts.tsx'
import { frameOf, page, screen } from './desk-frame.ts'

export function mountOfficeFacts(app: App): void {
  screen(app, { method: 'get', path: '/desk/office/keys', act: 'key.read' }, async (c) =>
    page(c, <KeysPage f={await frameOf(c)} keys={await keyFacts(c.var.ctx)} certificate="/cap/certificate.pem" />),
  )
  screen(app, { method: 'get', path: '/desk/office/rules', act: 'staff.read' }, rules)
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
