/** Settings of the government profile: what the footer names, how index numbers are made, how long a message about a fault may wait. */
import { z } from 'zod'

/** What the foot of a government site names besides its code and contact (国办发〔2017〕47号 annex; list of seven V2/M: R-061). */
export type GovFace = {
  /** 主办单位 */
  sponsor?: { zh: string; en: string }
  /** ICP备案编号, and where it can be looked up. */
  icp?: string
  icpUrl?: string
  /** 公安机关备案号, and its page. */
  police?: string
  policeUrl?: string
  /** Page that proves the 党政机关网站标识. */
  badgeUrl?: string
  /** 我为政府网站找错 of the national platform. Without it the entry at the foot leads to our own form. */
  faultUrl?: string
  /** A 公示 whose time is over, and every copy that cannot be called back, keep its title; else number, agency and period only. */
  endedTitle?: 'keep'
}

export type GovRules = {
  /** 索引号: {code} {year} {month} {serial}; made only for agencies with a code. */
  index: { pattern: string; codes: Readonly<Record<string, string>> }
  /** Working days within which a message about a fault is answered (local rule, R-068: 3). */
  faultDays: number
  /** Days after the answer that the address of whoever wrote is kept. */
  faultKeepDays: number
  /** Hours after the Chinese version within which the Mongolian one is due; 0: no such clock is kept (R-102, R-104: V3). */
  mongolianHours: number
}

const text = z.string().trim()
const line = (max: number) => text.min(1, 'must not be empty').max(max, `must be at most ${max} characters`)
const address = z.url({ protocol: /^https?$/, message: 'must be a web address that begins with https://' })

const CODE_PAIR = /^([a-z0-9][a-z0-9-]{0,62}|\*)=([0-9A-Z-]{9,20})$/
const codes = text.transform((value, ctx): Record<string, string> => {
  const pairs = value.split(',').map((piece) => CODE_PAIR.exec(piece.trim()))
  if (pairs.every((pair) => pair !== null))
    return Object.fromEntries(pairs.map((p) => [p[1] as string, p[2] as string]))
  ctx.addIssue(
    'must look like league-office=11152500MB1234567X,*=11152500000000000A: agency and its code of 9 to 20 letters',
  )
  return z.NEVER
})

/** The shape most often seen (R-029, V2): code, slash, year or year and month, hyphen, five digits. */
const pattern = text.refine(
  (p) => /^\{code\}\/\{year\}(\{month\})?-\{serial\}$/.test(p),
  'must be {code}/{year}-{serial} or {code}/{year}{month}-{serial}',
)

/** The variables, to be spread into the one schema of config.ts. */
export const govVariables = {
  GOV_SPONSOR_ZH: line(120).optional(),
  GOV_SPONSOR_EN: line(200).optional(),
  GOV_ICP: line(80).optional(),
  GOV_ICP_URL: address.default('https://beian.miit.gov.cn/'),
  GOV_POLICE: line(80).optional(),
  GOV_POLICE_URL: address.optional(),
  GOV_BADGE_URL: address.optional(),
  GOV_FAULT_URL: address.optional(),
  GOV_ENDED_TITLE: z.enum(['keep', 'drop']).default('drop'),
  GOV_INDEX_PATTERN: pattern.default('{code}/{year}-{serial}'),
  GOV_INDEX_CODES: codes.optional(),
  GOV_FAULT_DAYS: z.coerce.number().int().min(1).max(30).default(3),
  GOV_MONGOLIAN_HOURS: z.coerce.number().int().min(0).max(720).default(0),
  GOV_FAULT_KEEP_DAYS: z.coerce.number().int().min(1).max(365).default(30),
}
type Given = z.output<z.ZodObject<typeof govVariables>>

/** The foot's part: only what was set. */
export function govFace(e: Given): GovFace {
  const face: GovFace = {}
  if (e.GOV_SPONSOR_ZH) face.sponsor = { zh: e.GOV_SPONSOR_ZH, en: e.GOV_SPONSOR_EN ?? e.GOV_SPONSOR_ZH }
  if (e.GOV_ICP) Object.assign(face, { icp: e.GOV_ICP, icpUrl: e.GOV_ICP_URL })
  if (e.GOV_POLICE) face.police = e.GOV_POLICE
  if (e.GOV_POLICE_URL) face.policeUrl = e.GOV_POLICE_URL
  if (e.GOV_BADGE_URL) face.badgeUrl = e.GOV_BADGE_URL
  if (e.GOV_FAULT_URL) face.faultUrl = e.GOV_FAULT_URL
  if (e.GOV_ENDED_TITLE === 'keep') face.endedTitle = 'keep'
  return face
}

export const govRules = (e: Given): GovRules => ({
  index: { pattern: e.GOV_INDEX_PATTERN, codes: e.GOV_INDEX_CODES ?? {} },
  faultDays: e.GOV_FAULT_DAYS,
  faultKeepDays: e.GOV_FAULT_KEEP_DAYS,
  mongolianHours: e.GOV_MONGOLIAN_HOURS,
})

/** Variables that the foot of a government site still lacks. None are asked for without a site code: then it is no such site. */
export function missingForProfile(site: { siteCode?: string; contact?: string; gov?: GovFace }): string[] {
  const { gov = {} } = site
  const wanted: [string, unknown][] = [
    ['SITE_CODE', site.siteCode],
    ['SITE_CONTACT', site.contact],
    ['GOV_SPONSOR_ZH', gov.sponsor],
    ['GOV_ICP', gov.icp],
    ['GOV_POLICE', gov.police],
    ['GOV_BADGE_URL', gov.badgeUrl],
  ]
  const begun = site.siteCode !== undefined || Object.keys(gov).some((key) => key !== 'endedTitle')
  return begun ? wanted.filter(([, value]) => !value).map(([name]) => name) : []
}
