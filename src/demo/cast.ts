/** The invented league of the demo: places, bodies, people by role, topics. None of it exists. */
import { type Chains, DEFAULT_CHAINS } from '../staff/chain.ts'
import type { Role } from '../staff/member.ts'

export type Place = { code: string; zh: string; en: string; parent: string | null }
const place = (code: string, zh: string, en: string, parent: string | null): Place => ({ code, zh, en, parent })

/** One league, three banners, eight 苏木/镇 and twenty 嘎查; two of the 嘎查 share a name. */
export const PLACES: readonly Place[] = [
  place('159900', '青格勒盟（示例）', 'Qinggele League (sample)', null),
  place('159921', '哈日诺尔旗', 'Hari Nuur Banner', '159900'),
  place('159922', '宝日胡硕旗', 'Bor Khushuu Banner', '159900'),
  place('159923', '乌兰图雅县', 'Ulaantuya County', '159900'),
  ...town('159921100', '哈日诺尔镇', 'Hari Nuur Town', ['诺尔嘎查', '敖包嘎查', '巴彦嘎查']),
  ...town('159921200', '宝力根苏木', 'Bulgan Sum', ['宝力根嘎查', '白音敖包嘎查', '萨如拉嘎查']),
  ...town('159921201', '查干淖尔苏木', 'Chagan Nuur Sum', ['查干嘎查', '乌兰嘎查']),
  ...town('159922100', '宝日胡硕镇', 'Bor Khushuu Town', ['胡硕嘎查', '都日布嘎查', '呼和嘎查']),
  ...town('159922200', '巴彦乌拉苏木', 'Bayan Uul Sum', ['巴彦嘎查', '乌拉嘎查', '吉仁嘎查']),
  ...town('159922201', '赛汗塔拉苏木', 'Saikhan Tal Sum', ['塔拉嘎查', '赛汗嘎查']),
  ...town('159923100', '乌兰图雅镇', 'Ulaantuya Town', ['图雅嘎查', '新力嘎查']),
  ...town('159923101', '查干敖包镇', 'Chagan Oboo Town', ['敖日嘎嘎查', '那木嘎查']),
]

function town(code: string, zh: string, en: string, villages: string[]): Place[] {
  const below = villages.map((name, i) => place(`${code}${200 + i}`, name, `${en}, village ${i + 1}`, code))
  return [place(code, zh, en, code.slice(0, 6)), ...below]
}

export const TOPICS: readonly (readonly [slug: string, zh: string, en: string])[] = [
  ['fire', '草原火灾', 'Grassland fire'],
  ['weather', '气象灾害', 'Severe weather'],
  ['safety', '安全生产', 'Work safety'],
  ['health', '公共卫生', 'Public health'],
  ['traffic', '交通出行', 'Roads'],
  ['farming', '农牧业', 'Farming and herding'],
  ['livelihood', '民生服务', 'Daily life'],
  ['policy', '政策文件', 'Policy'],
]

export type Body = { slug: string; parent: string | null; zh: string; en: string; areas: string[]; chains?: Chains }
const LEAGUE = 'qinggele'
/** A banner's reviewer also answers the confidentiality list; a bureau's signer does all three. Never fewer than two people. */
const TWO_STEPS: Chains = {
  ...DEFAULT_CHAINS,
  routine: [
    { name: 'review', role: 'reviewer', duties: ['review', 'confidentiality'] },
    { name: 'sign', role: 'signer', duties: ['sign'] },
  ],
}
const ONE_STEP: Chains = {
  ...DEFAULT_CHAINS,
  routine: [{ name: 'sign', role: 'signer', duties: ['review', 'confidentiality', 'sign'] }],
}
export const BODIES: readonly Body[] = [
  { slug: LEAGUE, parent: null, zh: '青格勒盟行政公署（示例）', en: 'Qinggele League (sample)', areas: ['159900'] },
  {
    slug: 'harinuur',
    parent: LEAGUE,
    zh: '哈日诺尔旗人民政府（示例）',
    en: 'Hari Nuur Banner (sample)',
    areas: ['159921'],
    chains: TWO_STEPS,
  },
  {
    slug: 'borkhushuu',
    parent: LEAGUE,
    zh: '宝日胡硕旗人民政府（示例）',
    en: 'Bor Khushuu Banner (sample)',
    areas: ['159922'],
    chains: TWO_STEPS,
  },
  {
    slug: 'ulaantuya',
    parent: LEAGUE,
    zh: '乌兰图雅县人民政府（示例）',
    en: 'Ulaantuya County (sample)',
    areas: ['159923'],
    chains: TWO_STEPS,
  },
  {
    slug: 'emergency',
    parent: LEAGUE,
    zh: '青格勒盟应急管理局（示例）',
    en: 'Emergency Bureau (sample)',
    areas: ['159900'],
    chains: ONE_STEP,
  },
  {
    slug: 'weather',
    parent: LEAGUE,
    zh: '青格勒盟气象台（示例）',
    en: 'Weather Station (sample)',
    areas: ['159900'],
    chains: ONE_STEP,
  },
  {
    slug: 'health',
    parent: LEAGUE,
    zh: '青格勒盟卫生健康委（示例）',
    en: 'Health Commission (sample)',
    areas: ['159900'],
    chains: ONE_STEP,
  },
  {
    slug: 'transport',
    parent: LEAGUE,
    zh: '青格勒盟交通运输局（示例）',
    en: 'Transport Bureau (sample)',
    areas: ['159900'],
    chains: ONE_STEP,
  },
  // The small office: three people, and a signer borrowed from above (上级代签).
  {
    slug: 'bayanuul',
    parent: 'borkhushuu',
    zh: '巴彦乌拉苏木政府（示例）',
    en: 'Bayan Uul Sum (sample)',
    areas: ['159922200'],
  },
]

export type Person = { id: string; body: string; name: string; roles: Role[]; login?: boolean }
const person = (body: string, post: string, name: string, roles: Role[], login = false): Person => ({
  id: `${body}-${post}`,
  body,
  name,
  roles,
  ...(login ? { login } : {}),
})
const banner = (body: string): Person[] => [
  person(body, 'drafter', '值班员', ['drafter']),
  person(body, 'reviewer', '审核员', ['reviewer']),
  person(body, 'signer', '值班领导', ['signer']),
]

/** People by their post, never by a name. */
export const PEOPLE: readonly Person[] = [
  person(LEAGUE, 'drafter', '值班员甲', ['drafter'], true),
  person(LEAGUE, 'drafter2', '值班员乙', ['drafter']),
  person(LEAGUE, 'reviewer', '审核员甲', ['reviewer'], true),
  person(LEAGUE, 'confidentiality', '保密审查员甲', ['confidentiality'], true),
  person(LEAGUE, 'signer', '值班领导甲', ['signer'], true),
  person(LEAGUE, 'signer2', '值班领导乙', ['signer']),
  person(LEAGUE, 'admin', '管理员甲', ['admin'], true),
  person(LEAGUE, 'admin2', '管理员乙', ['admin']),
  person(LEAGUE, 'auditor', '审计员甲', ['auditor'], true),
  ...banner('harinuur'),
  ...banner('borkhushuu'),
  ...banner('ulaantuya'),
  person('emergency', 'drafter', '应急值班员', ['drafter']),
  person('emergency', 'signer', '应急值班领导', ['signer']),
  person('weather', 'drafter', '预报员', ['drafter']),
  person('weather', 'signer', '台值班领导', ['signer']),
  person('health', 'drafter', '卫健值班员', ['drafter']),
  person('transport', 'drafter', '交通值班员', ['drafter']),
  person('bayanuul', 'drafter', '苏木值班员', ['drafter']),
  person('bayanuul', 'reviewer', '苏木审核员', ['reviewer']),
  person('bayanuul', 'confidentiality', '苏木保密员', ['confidentiality']),
]

/** Posts on duty at night, with whoever is called when the first does not answer. */
export const DUTIES: readonly (readonly [person: string, role: Role, backup: 0 | 1])[] = [
  [`${LEAGUE}-drafter`, 'drafter', 0],
  [`${LEAGUE}-drafter2`, 'drafter', 1],
  [`${LEAGUE}-signer`, 'signer', 0],
  [`${LEAGUE}-signer2`, 'signer', 1],
  ['emergency-drafter', 'drafter', 0],
  ['emergency-signer', 'signer', 0],
]

/** Who decides for a body, in order of its chain; bodies without a signer borrow one from above (上级代签). */
export const CHAIN_OF: Readonly<Record<string, { routine: readonly string[]; flash: readonly string[] }>> = {
  [LEAGUE]: {
    routine: [`${LEAGUE}-reviewer`, `${LEAGUE}-confidentiality`, `${LEAGUE}-signer`],
    flash: [`${LEAGUE}-signer`],
  },
  ...Object.fromEntries(
    ['harinuur', 'borkhushuu', 'ulaantuya'].map((b) => [
      b,
      { routine: [`${b}-reviewer`, `${b}-signer`], flash: [`${b}-signer`] },
    ]),
  ),
  ...Object.fromEntries(['emergency', 'weather'].map((b) => [b, { routine: [`${b}-signer`], flash: [`${b}-signer`] }])),
  ...Object.fromEntries(
    ['health', 'transport'].map((b) => [b, { routine: [`${LEAGUE}-signer2`], flash: [`${LEAGUE}-signer2`] }]),
  ),
  bayanuul: {
    routine: ['bayanuul-reviewer', 'bayanuul-confidentiality', 'borkhushuu-signer'],
    flash: ['borkhushuu-signer'],
  },
}
