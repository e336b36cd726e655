/** ortoo doctor: what is set up, what answers and what does not, one sentence each, with the remedy. */
import { type Lang, t } from '../../templates/words/index.ts'
import { systemClock } from '../lib/clock.ts'
import type { Command } from './command.ts'
import { edge } from './doctor/edge.ts'
import { files, workers } from './doctor/files.ts'
import { type Finding, fail, type Look, reason } from './doctor/finding.ts'
import { profile, workingCalendar } from './doctor/gov.ts'
import { folder, keys, node } from './doctor/machine.ts'
import { mailbox } from './doctor/mailbox.ts'
import { oidc } from './doctor/oidc.ts'
import { printer } from './doctor/printer.ts'
import { database, publicAddress, redis, settings } from './doctor/reach.ts'
import { smtp } from './doctor/smtp.ts'

const LOOKS: readonly Look[] = [
  node,
  folder,
  keys,
  files,
  database,
  workers,
  redis,
  smtp,
  mailbox,
  printer,
  publicAddress,
  edge,
  oidc,
  settings,
  profile,
  workingCalendar,
]

export const doctor: Command = {
  name: 'doctor',
  args: [],
  async run(io) {
    const config = io.config()
    let failures = 0
    for (const look of LOOKS) {
      const found = await look
        .run(config, systemClock)
        .catch((err): Finding[] => [fail('doctor.broke', { look: look.name, why: reason(err) })])
      for (const f of found) io.out(sentence(f, io.lang))
      failures += found.filter((f) => f.level === 'fail').length
    }
    io.out(t(io.lang, failures ? 'doctor.failures' : 'doctor.well', { n: failures }))
    return failures ? 1 : 0
  },
}

const sentence = ({ level, key, params }: Finding, lang: Lang): string => {
  const spoken = { ...params, ...(params?.['what'] ? { what: named(lang, String(params['what'])) } : {}) }
  return `${t(lang, `doctor.level.${level}`)}  ${t(lang, key, spoken)}`
}

const named = (lang: Lang, what: string): string => {
  const key = `doctor.clock-of.${what}`
  const words = t(lang, key)
  return words === key ? what : words
}
