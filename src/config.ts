/** The only reader of the environment: typed configuration, or one sentence an operator can act on. */
import { z } from 'zod'
import { findChromium } from './lib/chromium.ts'
import { type GovFace, type GovRules, govFace, govRules, govVariables } from './lib/gov-settings.ts'
import { type Oidc, oidcIn, oidcVariables } from './lib/oidc-settings.ts'

export type Role = 'all' | 'web' | 'work'

/** A place for objects: keys begin with `prefix`, which is empty or ends with a slash. */
export type S3Place = {
  /** Origin, such as https://account.r2.cloudflarestorage.com */
  endpoint: string
  bucket: string
  prefix: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

export type Config = {
  role: Role
  dataDir: string
  host: string
  port: number
  databaseUrl: string
  redisUrl: string | null
  /** A bucket for attachments and public files; null keeps them in the data folder. */
  files: S3Place | null
  publicUrl: string
  /** The edge that is told of everything published; null: readers come here. */
  edge: { url: string; secret: string } | null
  site: {
    nameZh: string
    nameEn: string
    offset: string
    mark: string
    siteCode?: string
    contact?: string
    gov?: GovFace
    /** Pages link to their PDF. */
    pdf?: boolean
  }
  gov: GovRules
  /** Program that prints PDFs, or null: then there are none. */
  chromium: string | null
  smtp?: { url: string; from: string; connections: number; bounceDomain?: string }
  /** Maildir the mail system delivers bounces into, or null. */
  bounceMaildir: string | null
  /** The office's own mailbox: an address that gets everything, and the Maildir it is delivered into. */
  canaryMail: { address: string; maildir: string } | null
  /** How long a canary may keep us waiting. */
  canaryWaitMs: { flash: number; routine: number }
  /** How often what stands in public is read again. */
  patrolMs: number
  rates: Rates
  /** Days deliveries, and subscribers who are no longer, are kept; 0: for ever. */
  retention: { deliveryDays: number; subscriberDays: number }
  vapidSubject: string
  /** Exact host:port that outsiders' calls may reach although they are private: tests and demo only. */
  outsiders: string[]
  alarm: { webhook?: string; command?: string }
  logLevel: string
  /** A scheduled release that fires later than this is held and asked about. */
  scheduleGraceMs: number
  /**
   * How long flash and routine wait for the website to be read back before going on or holding. An edge acknowledges a
   * withdrawal only when no part of it shows the page any more, which takes it up to 2.5 s.
   */
  verifyWaitMs: { flash: number; routine: number }
  leaseMs: number
  /** Sweep periods of the two lanes. */
  sweepMs: { flash: number; routine: number }
  /** Local hours at which digests are due, and the day of the weekly one (1 Monday … 7 Sunday). */
  digest: { dailyHour: number; weeklyHour: number; weeklyDay: number }
  /** Whether /hub takes WebSub subscriptions to the feeds. */
  hub: boolean
  /** Bearer token that opens /metrics and the long answer of /readyz; null: there are no metrics. */
  metricsToken: string | null
  sample: boolean
  /** The office's identity provider, or null: there is no single sign-on. */
  oidc: Oidc | null
}

/** How many a second may be handed over; null: as many as it takes. `domains`: by recipient's domain, `*` each other one. */
export type Rates = { mail: number | null; domains: Readonly<Record<string, number>>; push: number | null }

/** A setting is missing or wrong; the message names the variable and what would be right. */
export class ConfigError extends Error {}

const seconds = (fallback: number) => z.coerce.number().positive().default(fallback)
const text = z.string().trim()
const rate = z.coerce
  .number('must be how many a second, such as 200')
  .positive('must be above 0; leave it out for no limit')

const DOMAIN_RATE = /^(\*|[a-z0-9-]+(?:\.[a-z0-9-]+)+)=(\d+(?:\.\d+)?)$/
const domainRates = text.toLowerCase().transform((value, ctx): Record<string, number> => {
  const pairs = value.split(',').map((piece) => DOMAIN_RATE.exec(piece.trim()))
  if (pairs.every((pair) => pair && Number(pair[2]) > 0))
    return Object.fromEntries(pairs.map((pair) => [pair?.[1] as string, Number(pair?.[2])]))
  ctx.addIssue('must look like qq.com=50,163.com=50,*=20: mails a second for a domain, * for each other one')
  return z.NEVER
})

/** Bounces, complaints and corrections come back about mails of the last weeks. */
const LEAST_DELIVERY_DAYS = 60
const days = (fallback: number, least: number) =>
  z.coerce
    .number('must be a number of days')
    .int('must be whole days')
    .refine((n) => n === 0 || n >= least, `must be at least ${least} days, or 0 to keep for ever`)
    .default(fallback)

const schema = z.object({
  ROLE: z.enum(['all', 'web', 'work']).default('all'),
  ORTOO_DATA: text.default('data'),
  HOST: text.default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(8600),
  DATABASE_URL: text.optional(),
  REDIS_URL: text.regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://').optional(),
  FILES_URL: text.optional(),
  S3_ACCESS_KEY_ID: text.optional(),
  S3_SECRET_ACCESS_KEY: text.optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, message: 'must be the public address of the site, such as https://press.example' })
    .optional(),
  EDGE_URL: z
    .url({ protocol: /^https?$/, message: 'must be the address of the edge, such as https://press.example' })
    .optional(),
  EDGE_SECRET: text.regex(/^\S{32,200}$/, 'must be 32 letters or more, without spaces').optional(),
  SITE_NAME_ZH: text.default('新闻发布'),
  SITE_NAME_EN: text.default('Press Office'),
  SITE_OFFSET: text.regex(/^[+-]\d{2}:\d{2}$/, 'must look like +08:00').default('+08:00'),
  SITE_MARK: text.default(''),
  SITE_CODE: text.regex(/^(bm\d{8}|\d{10})$/, 'must be 10 digits, or bm and 8 digits (网站标识码)').optional(),
  SITE_CONTACT: text.optional(),
  ...govVariables,
  CHROMIUM_PATH: text
    .regex(/^(off|\/.+|[A-Za-z]:\\.+)$/, 'must be the whole path of the program, or off for no PDFs')
    .optional(),
  SMTP_URL: text.regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://').optional(),
  MAIL_FROM: text.optional(),
  SMTP_CONNECTIONS: z.coerce.number().int().min(1).max(100).default(10),
  BOUNCE_DOMAIN: text.optional(),
  BOUNCE_MAILDIR: text.optional(),
  CANARY_MAIL: text.regex(/^[^\s@]+@[^\s@]+$/, 'must be a mail address').optional(),
  CANARY_MAILDIR: text.optional(),
  CANARY_WAIT_FLASH_S: seconds(120),
  CANARY_WAIT_ROUTINE_S: seconds(900),
  PATROL_S: seconds(300),
  MAIL_RATE: rate.optional(),
  MAIL_DOMAIN_RATES: domainRates.optional(),
  PUSH_RATE: rate.optional(),
  RETENTION_DELIVERY_DAYS: days(400, LEAST_DELIVERY_DAYS),
  RETENTION_SUBSCRIBER_DAYS: days(30, 1),
  VAPID_SUBJECT: text
    .regex(/^(mailto:\S+@\S+|https:\/\/\S+)$/, 'must be mailto:someone@your.domain or an https address')
    .optional(),
  ORTOO_OUTSIDERS: text.default(''),
  ALARM_WEBHOOK: z.url().optional(),
  ALARM_COMMAND: text.optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  SCHEDULE_GRACE_S: seconds(600),
  VERIFY_WAIT_FLASH_S: z.coerce.number().positive().optional(),
  VERIFY_WAIT_ROUTINE_S: seconds(60),
  LEASE_S: seconds(30),
  SWEEP_FLASH_S: seconds(1),
  SWEEP_ROUTINE_S: seconds(10),
  DIGEST_DAILY_HOUR: z.coerce.number().int().min(0).max(23).default(8),
  DIGEST_WEEKLY_HOUR: z.coerce.number().int().min(0).max(23).default(8),
  DIGEST_WEEKLY_DAY: z.coerce.number().int().min(1).max(7).default(1),
  WEBSUB_HUB: z.enum(['0', '1']).default('1'),
  METRICS_TOKEN: text.regex(/^\S{16,200}$/, 'must be 16 letters or more, without spaces').optional(),
  ORTOO_SAMPLE: z.enum(['0', '1']).default('0'),
  ...oidcVariables,
})

/**
 * Reads the environment (or the given one) into a Config.
 * @throws ConfigError naming the variable and what would be right.
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v !== ''))
  const parsed = schema.safeParse(set)
  if (!parsed.success) {
    const first = parsed.error.issues[0]
    throw new ConfigError(`${first?.path.join('.')}: ${first?.message}`)
  }
  const e = parsed.data
  if (e.SMTP_URL && !e.MAIL_FROM)
    throw new ConfigError('MAIL_FROM: must be set when SMTP_URL is, such as "Press Office <press@your.domain>"')
  if (e.ROLE !== 'all' && !e.DATABASE_URL?.startsWith('postgres')) {
    throw new ConfigError(`ROLE: ${e.ROLE} needs DATABASE_URL=postgres://…; a single machine runs ROLE=all`)
  }
  if (e.BOUNCE_MAILDIR && !e.BOUNCE_DOMAIN)
    throw new ConfigError('BOUNCE_DOMAIN: must be set when BOUNCE_MAILDIR is: the domain whose mail is delivered there')
  if (Boolean(e.CANARY_MAIL) !== Boolean(e.CANARY_MAILDIR))
    throw new ConfigError(
      'CANARY_MAIL: must be set together with CANARY_MAILDIR, the folder that address is delivered into',
    )
  const chromium = chromiumIn(e.CHROMIUM_PATH, e.ROLE)
  if (e.EDGE_URL && !e.EDGE_SECRET)
    throw new ConfigError('EDGE_SECRET: must be set when EDGE_URL is, and be the secret of the Worker')
  const publicUrl = (e.PUBLIC_URL ?? `http://${e.HOST}:${e.PORT}`).replace(/\/+$/, '')
  return {
    role: e.ROLE,
    dataDir: e.ORTOO_DATA,
    host: e.HOST,
    port: e.PORT,
    databaseUrl: e.DATABASE_URL ?? `sqlite:${e.ORTOO_DATA}/ortoo.db`,
    redisUrl: e.REDIS_URL ?? null,
    files: e.FILES_URL ? bucketIn(e.FILES_URL, e.S3_ACCESS_KEY_ID, e.S3_SECRET_ACCESS_KEY) : null,
    publicUrl,
    edge: e.EDGE_URL && e.EDGE_SECRET ? { url: new URL(e.EDGE_URL).origin, secret: e.EDGE_SECRET } : null,
    site: {
      nameZh: e.SITE_NAME_ZH,
      nameEn: e.SITE_NAME_EN,
      offset: e.SITE_OFFSET,
      mark: e.SITE_MARK,
      ...(e.SITE_CODE ? { siteCode: e.SITE_CODE } : {}),
      ...(e.SITE_CONTACT ? { contact: e.SITE_CONTACT } : {}),
      gov: govFace(e),
      ...(chromium ? { pdf: true } : {}),
    },
    gov: govRules(e),
    chromium,
    ...(e.SMTP_URL
      ? {
          smtp: {
            url: e.SMTP_URL,
            from: e.MAIL_FROM as string,
            connections: e.SMTP_CONNECTIONS,
            ...(e.BOUNCE_DOMAIN ? { bounceDomain: e.BOUNCE_DOMAIN } : {}),
          },
        }
      : {}),
    bounceMaildir: e.BOUNCE_MAILDIR ?? null,
    canaryMail: e.CANARY_MAIL && e.CANARY_MAILDIR ? { address: e.CANARY_MAIL, maildir: e.CANARY_MAILDIR } : null,
    canaryWaitMs: { flash: e.CANARY_WAIT_FLASH_S * 1000, routine: e.CANARY_WAIT_ROUTINE_S * 1000 },
    patrolMs: e.PATROL_S * 1000,
    rates: { mail: e.MAIL_RATE ?? null, domains: e.MAIL_DOMAIN_RATES ?? {}, push: e.PUSH_RATE ?? null },
    retention: { deliveryDays: e.RETENTION_DELIVERY_DAYS, subscriberDays: e.RETENTION_SUBSCRIBER_DAYS },
    vapidSubject: e.VAPID_SUBJECT ?? (publicUrl.startsWith('https://') ? publicUrl : 'mailto:press@ortoo.example'),
    outsiders: e.ORTOO_OUTSIDERS.split(',')
      .map((s) => s.trim())
      .filter(Boolean),
    alarm: {
      ...(e.ALARM_WEBHOOK ? { webhook: e.ALARM_WEBHOOK } : {}),
      ...(e.ALARM_COMMAND ? { command: e.ALARM_COMMAND } : {}),
    },
    logLevel: e.LOG_LEVEL,
    scheduleGraceMs: e.SCHEDULE_GRACE_S * 1000,
    verifyWaitMs: {
      flash: (e.VERIFY_WAIT_FLASH_S ?? (e.EDGE_URL ? 5 : 2)) * 1000,
      routine: e.VERIFY_WAIT_ROUTINE_S * 1000,
    },
    leaseMs: e.LEASE_S * 1000,
    sweepMs: { flash: e.SWEEP_FLASH_S * 1000, routine: e.SWEEP_ROUTINE_S * 1000 },
    digest: { dailyHour: e.DIGEST_DAILY_HOUR, weeklyHour: e.DIGEST_WEEKLY_HOUR, weeklyDay: e.DIGEST_WEEKLY_DAY },
    hub: e.WEBSUB_HUB === '1',
    metricsToken: e.METRICS_TOKEN ?? null,
    sample: e.ORTOO_SAMPLE === '1',
    oidc: oidcIn(e, (why) => {
      throw new ConfigError(why)
    }),
  }
}

/** Looked for only where one process does everything: of several, each would find its own, and pages would link to what another cannot make. */
const chromiumIn = (path: string | undefined, role: Role): string | null =>
  path === 'off' ? null : (path ?? (role === 'all' ? findChromium() : null))

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const PREFIX = /^[\w.-]+(\/[\w.-]+)*$/

/** s3://bucket/prefix?endpoint=https://…&region=auto; without an endpoint the bucket is at AWS, in that region. */
function bucketIn(text: string, accessKeyId?: string, secretAccessKey?: string): S3Place {
  const wrong = new ConfigError('FILES_URL: must look like s3://bucket/prefix?endpoint=https://host&region=auto')
  if (!text.startsWith('s3://') || !URL.canParse(text)) throw wrong
  const url = new URL(text)
  const region = url.searchParams.get('region') ?? 'us-east-1'
  const endpoint = url.searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '')
  const known = [...url.searchParams.keys()].every((name) => name === 'endpoint' || name === 'region')
  const host = /^https?:\/\/[^/?#@\s]+\/?$/.test(endpoint) && URL.canParse(endpoint)
  if (!BUCKET.test(url.hostname) || (prefix && !PREFIX.test(prefix)) || !known || !host || url.username || url.hash)
    throw wrong
  if (!accessKeyId) throw new ConfigError('S3_ACCESS_KEY_ID: must be set when FILES_URL is')
  if (!secretAccessKey) throw new ConfigError('S3_SECRET_ACCESS_KEY: must be set when FILES_URL is')
  const place = { endpoint: new URL(endpoint).origin, bucket: url.hostname, prefix: prefix && `${prefix}/`, region }
  return { ...place, accessKeyId, secretAccessKey }
}

/** The language of commands: what the terminal's locale says, else Chinese. LC_ALL goes before LC_MESSAGES before LANG (POSIX). */
export function consoleLanguage(env: Record<string, string | undefined> = process.env): 'zh' | 'en' {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return /^(en|C|POSIX)(?![A-Za-z])/.test(locale) ? 'en' : 'zh'
}
