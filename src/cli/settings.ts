/** Settings of an installation by the names of their variables, without anything secret: for a backup's manifest. */
import type { Config } from '../config.ts'

/** What is wanted to set up the same service elsewhere. Passwords and keys are left out, and whole addresses that may hold them. */
export function settingsWithoutSecrets(config: Config): Record<string, string> {
  const { site, smtp, files, alarm } = config
  const all: Record<string, string | undefined> = {
    ROLE: config.role,
    PUBLIC_URL: config.publicUrl,
    DATABASE_URL: withoutLogin(config.databaseUrl),
    REDIS_URL: withoutLogin(config.redisUrl ?? ''),
    FILES_URL: files ? `s3://${files.bucket}/${files.prefix}?endpoint=${files.endpoint}&region=${files.region}` : '',
    SITE_NAME_ZH: site.nameZh,
    SITE_NAME_EN: site.nameEn,
    SITE_OFFSET: site.offset,
    SITE_MARK: site.mark,
    SITE_CODE: site.siteCode,
    SITE_CONTACT: site.contact,
    SMTP_URL: withoutLogin(smtp?.url ?? ''),
    MAIL_FROM: smtp?.from,
    BOUNCE_DOMAIN: smtp?.bounceDomain,
    VAPID_SUBJECT: config.vapidSubject,
    ALARM_WEBHOOK: alarm.webhook && new URL(alarm.webhook).origin,
    ALARM_COMMAND: alarm.command && '…',
  }
  return Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => !!pair[1]))
}

/** Scheme, host and path; neither login nor query, where drivers also take passwords. */
function withoutLogin(text: string): string {
  if (!/^\w+:\/\//.test(text) || !URL.canParse(text)) return text
  const url = new URL(text)
  url.username = ''
  url.password = ''
  url.search = ''
  return url.href
}
