/** What every public page knows of its site, and how paths, names and times are written. */
import { wallMinute } from '../../src/lib/clock.ts'
import type { GovFace } from '../../src/lib/gov-settings.ts'
import type { Language, Mode, Named } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'

export type Site = {
  /** https://press.example ; no trailing slash. */
  publicUrl: string
  nameZh: string
  nameEn: string
  /** +08:00 */
  offset: string
  /** 示例, or '' on a real site. */
  mark: string
  siteCode?: string
  contact?: string
  /** Pages link to their PDF. */
  pdf?: boolean
  /** What the footer of a government site must show besides its code (国办发〔2017〕47号 annex). */
  gov?: GovFace
  mode: Mode
  /** UTC ISO: what is shown is true as of then. Absent at the desk. */
  asOf?: string
  /** Addresses of the stylesheets for screen and paper, of the script, of the seal, and of the picture beside a shared link. */
  css: string
  paper: string
  /** Stylesheet of the pages on which readers choose. */
  choice: string
  js: string
  icon: string
  share: string
  /** Address of the script that keeps an incident's page fresh; absent where the browser's code was not built. */
  incidentScript?: string
}

const ROOTS: Record<Mode, string> = { live: '', exercise: '/exercise', test: '/exercise/test' }

/** Where a mode's pages begin: '' for live, so that nothing of an exercise can stand at a live address. */
export const rootOf = (mode: Mode): string => ROOTS[mode]

/** Path of a site page in a language: ('en', '/all/') → /en/all/ ; exercises stand under their own root. */
export const pathTo = (site: Pick<Site, 'mode'>, lang: Lang, path: string): string =>
  rootOf(site.mode) + (lang === 'en' ? '/en' : '') + path

/** The language of the page's frame: Mongolian text stands in a Chinese frame. */
export const frameOf = (language: Language): Lang => (language === 'en' ? 'en' : 'zh')

export const tagOf = (lang: Lang): 'zh-CN' | 'en' => (lang === 'en' ? 'en' : 'zh-CN')

export const named = (name: Named, lang: Lang): string => name[lang] || name.zh

export const siteName = (site: Site, lang: Lang): string => named({ zh: site.nameZh, en: site.nameEn }, lang)

/** A language in its own name and script. */
export const OWN_NAME: Record<Language, string> = { 'zh-CN': '中文', 'mn-Mong-CN': 'ᠮᠣᠩᠭᠣᠯ', en: 'English' }

/** Folder of a language below a release's address; the first language stands at the address itself. */
export const FOLDER: Record<Language, string> = { 'zh-CN': 'zh/', 'mn-Mong-CN': 'mn/', en: 'en/' }

/** A title as shown: in an exercise or test it says so first, whatever its author wrote. */
export function shownTitle(site: Pick<Site, 'mode'>, lang: Lang, title: string): string {
  if (site.mode === 'live') return title
  const prefix = t(lang, `public.mode.${site.mode}.prefix`)
  return title.startsWith(prefix.trim()) ? title : prefix + title
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

/**
 * 2026年11月23日 星期一 / Monday 23 November 2026, for a UTC time in the site's offset. Spelt here rather than by the
 * platform's locale data, which changes between versions and would change old pages with it.
 */
export function dayName(iso: string, offset: string, lang: Lang): string {
  const date = new Date(`${dayOf(iso, offset)}T00:00:00Z`)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  if (lang === 'en') return `${WEEKDAYS[date.getUTCDay()]} ${day} ${MONTHS[month]} ${year}`
  return `${year}年${month + 1}月${day}日 星期${'日一二三四五六'[date.getUTCDay()]}`
}

/** 2026年11月 / November 2026, for 2026-11. */
export function monthName(month: string, lang: Lang): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return lang === 'en' ? `${MONTHS[number - 1]} ${year}` : `${year}年${number}月`
}

/** YYYY-MM-DD of a UTC time in the site's offset. */
export const dayOf = (iso: string, offset: string): string => wallMinute(iso, offset).slice(0, 10)
