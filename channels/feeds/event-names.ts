/** What a GB/T 35561-2017 event code is called, and which colour stands for which CAP severity. */
import { EVENT_NAMES } from '../../src/lib/event-codes.ts'
import { cleanText } from '../../src/lib/xml.ts'
import type { CapTerms, Edition, Language, Named, WarningLevel } from '../../src/publication/edition.ts'
import { languagesIn, type Spoken, spoken } from './wording.ts'

const n = (zh: string, en: string): Named => ({ zh, en })

const CATEGORIES: Record<CapTerms['category'], Named> = {
  Geo: n('地质', 'Geological'),
  Met: n('气象', 'Weather'),
  Safety: n('公共安全', 'Public safety'),
  Security: n('社会安全', 'Security'),
  Rescue: n('救援', 'Rescue'),
  Fire: n('火灾', 'Fire'),
  Health: n('公共卫生', 'Public health'),
  Env: n('环境', 'Environment'),
  Transport: n('交通', 'Transport'),
  Infra: n('基础设施', 'Infrastructure'),
  CBRNE: n('危险物质', 'Hazardous substance'),
  Other: n('突发事件', 'Emergency'),
}

const COLOURS: Record<WarningLevel, { name: Named; code: string; severity: CapTerms['severity'] }> = {
  red: { name: n('红色预警', 'red warning'), code: 'Red', severity: 'Extreme' },
  orange: { name: n('橙色预警', 'orange warning'), code: 'Orange', severity: 'Severe' },
  yellow: { name: n('黄色预警', 'yellow warning'), code: 'Yellow', severity: 'Moderate' },
  blue: { name: n('蓝色预警', 'blue warning'), code: 'Blue', severity: 'Minor' },
}

/** Red, Orange, Yellow or Blue, as the national platform writes severity (GB/T 35965.1-2018). */
export const colourCode = (level: WarningLevel): string => COLOURS[level].code
export const severityOf = (level: WarningLevel | undefined): CapTerms['severity'] =>
  level ? COLOURS[level].severity : 'Unknown'

/** Longest event text; it is a name, not a sentence. */
const LONGEST = 80

/**
 * Event in one language; CAP wants it to differ between languages. No Mongolian name is made up here: a Mongolian
 * alert is named by its own title, which a person approved.
 */
function eventName(edition: Edition, terms: CapTerms, { language, part }: Spoken): string {
  if (language === 'mn-Mong-CN') return [...cleanText(part.title).trim()].slice(0, LONGEST).join('') || language
  const event = EVENT_NAMES[terms.eventCode ?? ''] ?? CATEGORIES[terms.category]
  const level = edition.content?.core.warningLevel
  const colour = level && COLOURS[level].name
  return join(language, event, colour)
}

/** Each language's event; one that reads like another's is told apart by the release, as CAP feeds want it. */
export function eventNames(edition: Edition, terms: CapTerms): Map<Language, string> {
  const names = new Map<Language, string>()
  for (const language of languagesIn(edition)) {
    const name = eventName(edition, terms, spoken(edition, language) as Spoken)
    names.set(language, [...names.values()].includes(name) ? `${name} ${edition.releaseNumber}` : name)
  }
  return names
}

const join = (language: Language, event: Named, colour: Named | undefined): string =>
  language === 'en' ? `${event.en}${colour ? `, ${colour.en}` : ''}` : `${event.zh}${colour?.zh ?? ''}`
