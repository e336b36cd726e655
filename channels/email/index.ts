/** The outlet e-mail. */
import type { Channel, ChannelDeps, Outcome, Target } from '../../src/delivery/channel.ts'
import { systemClock } from '../../src/lib/clock.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { helloName, wireAddress } from './address.ts'
import { template } from './compile.ts'
import { welcome } from './confirm.ts'
import { digest } from './digest.ts'
import { MailLine } from './line.ts'
import { previewMail, render } from './render.ts'
import { badAddress, send } from './send.ts'
import type { SmtpLimits } from './smtp.ts'
import { type MailTemplate, splice } from './splice.ts'

const NOT_READY = 'No mail relay is configured: set SMTP_URL (smtp://user:password@relay:587) and MAIL_FROM.'
const DEFAULT_CONNECTIONS = 5

/**
 * Mails an edition to subscribers. Without a relay every mail is kept through `deps.outbox` as <deliveryId>.eml and ends
 * `suppressed`. `limits` shortens the time-outs for tests.
 */
export function create(deps: ChannelDeps, limits?: SmtpLimits): Channel<MailTemplate> {
  const { smtp, publicUrl } = deps.config
  const line =
    smtp &&
    new MailLine({
      url: smtp.url,
      connections: Math.max(1, smtp.connections || DEFAULT_CONNECTIONS),
      helo: helloName(publicUrl),
      ticks: systemClock.ticks,
      limits,
      log: deps.log,
    })
  return {
    name: 'email',
    audience: 'subscribers',
    serves: 'email',
    // Over before what the sessions have in hand is through.
    recordTogether: 30,
    ready: (config) => (config.smtp ? null : NOT_READY),
    variants: variantsOf,
    prepare: (edition, variant) => render(edition, variant as Language, deps.config),
    preview: async (edition, language) =>
      carries(edition, language) ? previewMail(edition, language, deps.config) : [],
    digest: (items, language, period) => digest(items, language, period, deps.config),
    send: (template, targets, signal, told) =>
      line && smtp
        ? send(line, template, targets, smtp, signal, deps.log, told)
        : Promise.all(targets.map((target) => keep(deps, template, target))),
    warm: async () => {
      for (const name of ['release', 'correction', 'withdrawal']) await template(name)
    },
    welcome: (message) => welcome(deps, message, limits),
    close: async () => line?.close(),
  }
}

/** An erratum is told on page and feeds only, a takedown to nobody; a withdrawal shows its reason. */
const variantsOf = ({ type, content }: Edition): string[] =>
  type === 'erratum' || type === 'takedown' || !content ? [] : Object.keys(content.parts)
const carries = (edition: Edition, language: Language) => variantsOf(edition).includes(language)

async function keep(deps: ChannelDeps, template: MailTemplate, target: Target): Promise<Outcome> {
  const to = wireAddress(target.address)
  if (!to) return badAddress
  await deps.outbox(`${target.deliveryId}.eml`, splice(template.written, target, to), template.releaseId, template.also)
  return { state: 'suppressed', why: 'no outlet' }
}
