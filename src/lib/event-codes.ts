/**
 * GB/T 35561-2017 event codes: a name where running systems were seen to use it (REQUIREMENTS §5.3), and which CAP category a class of
 * them belongs to. The table is meant to be added to.
 */
type Name = { zh: string; en: string }
const n = (zh: string, en: string): Name => ({ zh, en })

export const EVENT_NAMES: Readonly<Record<string, Name>> = {
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

/** A class without its own line is named by its first digit. */
const CLASSES: Readonly<Record<string, Name>> = {
  '11': n('自然灾害', 'Natural disaster'),
  '12': n('事故灾难', 'Accident'),
  '13': n('公共卫生事件', 'Public health event'),
  '14': n('社会安全事件', 'Public security event'),
  '19': n('突发事件', 'Emergency'),
}

/** Two digits of the top, a letter or digit of the class, two of the event; 11000 and 11B00 are classes. */
export const EVENT_CODE = /^1[1-49][0-9A-Z]\d{2}$/

export const eventName = (code: string): Name =>
  EVENT_NAMES[code] ?? CLASSES[code.slice(0, 2)] ?? (CLASSES['19'] as Name)

const CATEGORY: Readonly<Record<string, string>> = {
  '11A': 'Met',
  '11B': 'Met',
  '11C': 'Geo',
  '11D': 'Geo',
  '11E': 'Met',
  '11F': 'Env',
  '11G': 'Fire',
  '12G': 'Fire',
  '12H': 'Transport',
  '12J': 'Transport',
  '12K': 'Transport',
  '12L': 'Transport',
  '12M': 'Transport',
  '12P': 'Infra',
  '12Q': 'Env',
  '12T': 'CBRNE',
}
const TOP: Readonly<Record<string, string>> = { '11': 'Other', '12': 'Safety', '13': 'Health', '14': 'Security' }

/** The CAP 1.2 category a code falls under. */
export const eventCategory = (code: string): string => CATEGORY[code.slice(0, 3)] ?? TOP[code.slice(0, 2)] ?? 'Other'
