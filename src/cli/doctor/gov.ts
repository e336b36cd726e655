/** The government profile: what its foot still lacks, and whether the working days of this year and the next are known. */
import { calendarOf } from '../../incident/calendar.ts'
import { wallMinute } from '../../lib/clock.ts'
import { missingForProfile } from '../../lib/gov-settings.ts'
import { type Look, note, ok } from './finding.ts'

export const profile: Look = {
  name: 'profile',
  async run({ site }) {
    const missing = missingForProfile(site)
    if (missing.length) return [note('doctor.gov-missing', { names: missing.join(', ') })]
    return site.siteCode ? [ok('doctor.gov', { code: site.siteCode })] : []
  },
}

/** The next year's arrangement is announced in autumn; from December on its absence is felt. */
const ASKED_FROM = '-11-15'

export const workingCalendar: Look = {
  name: 'calendar',
  async run({ dataDir, site }, clock) {
    const { days, bad } = await calendarOf(dataDir)
    const today = wallMinute(clock.now(), site.offset).slice(0, 10)
    const year = Number(today.slice(0, 4))
    const wanted = today.slice(4) >= ASKED_FROM ? [year, year + 1] : [year]
    const missing = wanted.filter((y) => !days.years.includes(y))
    return [
      ...bad.map(({ file, why }) => note('doctor.calendar-bad', { file, why })),
      ...(missing.length
        ? [note('doctor.calendar-missing', { years: missing.join(', '), file: `${missing[0]}.json` })]
        : [ok('doctor.calendar', { years: days.years.join(', ') })]),
    ]
  },
}
