/** What a GB/T 35561-2017 event code is called, and which colour stands for which CAP severity. */
import { cleanText } from '../../src/lib/xml.ts'
import type { CapTerms, Edition, Language, Named, WarningLevel } from '../../src/publication/edition.ts'
import { languagesIn, type Spoken, spoken } from './wording.ts'

const n = (zh: string, en: string): Named => ({ zh, en })

/** GB/T 35561-2017 codes seen in running systems; a code not listed is named by its category. */
const EVENTS: Record<string, Named> = {
  '11A01': n('洪水', 'Flood'),
  '11A02': n('内涝', 'Waterlogging'),
  '11A51': n('山洪', 'Flash flood'),
  '11B01': n('台风', 'Typhoon'),
  '11B03': n('暴雨', 'Rainstorm'),
  '11B04': n('暴雪', 'Snowstorm'),
  '11B05': n('寒潮', 'Cold wave'),
  '11B06': n('大风', 'Gale'),
  '11B07': n('沙尘暴', 'Sandstorm'),
  '11B09': n('高温', 'Heat'),
  '11B14': n('雷电', 'Lightning'),
  '11B15': n('冰雹', 'Hail'),
  '11B16': n('霜冻', 'Frost'),
  '11B17': n('大雾', 'Dense fog'),
  '11B19': n('霾', 'Haze'),
  '11B20': n('雷雨大风', 'Thunderstorm gale'),
  '11B21': n('道路结冰', 'Icy roads'),
  '11B22': n('干旱', 'Drought'),
  '11B25': n('森林火险', 'Forest fire danger'),
  '11B29': n('重污染', 'Heavy air pollution'),
  '11B34': n('寒冷', 'Cold'),
  '11B37': n('地质灾害气象风险', 'Geological hazard weather risk'),
  '11B56': n('低温', 'Low temperature'),
  '11C02': n('天然地震', 'Earthquake'),
  '11D00': n('地质灾害', 'Geological hazard'),
  '11D01': n('滑坡', 'Landslide'),
  '11D02': n('泥石流', 'Debris flow'),
  '11D99': n('其他地质灾害', 'Other geological hazard'),
  '11E02': n('风暴潮', 'Storm surge'),
  '11E06': n('海浪', 'High waves'),
  '11G01': n('森林火灾', 'Forest fire'),
  '11G05': n('草原火灾', 'Grassland fire'),
}

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
  const event = EVENTS[terms.eventCode ?? ''] ?? CATEGORIES[terms.category]
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
