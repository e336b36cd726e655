/** Words on the screen, both languages side by side so that neither can be forgotten. Glossary: WORDS.md of the design papers. */
import { accountWords } from './accounts.ts'
import { apiWords } from './api.ts'
import { canaryWords } from './canary.ts'
import { cliWords } from './cli.ts'
import { clockWords } from './clocks.ts'
import { demoWords } from './demo.ts'
import { deskWords } from './desk.ts'
import { edgeWords } from './edge.ts'
import { editorWords } from './editor.ts'
import { exerciseWords } from './exercise.ts'
import { feedWords } from './feeds.ts'
import { feedPageWords } from './feeds-more.ts'
import { findingWords } from './finding.ts'
import { govWords } from './gov.ts'
import { hubWords } from './hub.ts'
import { incidentDeskWords } from './incident-desk.ts'
import { incidentPageWords } from './incident-page.ts'
import { issueWords } from './issues.ts'
import { mailWords } from './mail.ts'
import { manualWords } from './manual.ts'
import { mediaWords } from './media.ts'
import { myDeskWords } from './my-desk.ts'
import { officeWords } from './office.ts'
import { previewWords } from './preview.ts'
import { printWords } from './print.ts'
import { publicWords } from './public.ts'
import { pushPageWords } from './push.ts'
import { readersWords } from './readers.ts'
import { relayWords } from './relay.ts'
import { reviewWords } from './review.ts'
import { scanFileWords } from './scan-file.ts'
import { seenWords } from './seen.ts'
import { staffWords } from './staff.ts'
import { subscriptionWords } from './subscription.ts'
import { suppressionWords } from './suppression.ts'
import { warningWords } from './warning.ts'

export type Lang = 'zh' | 'en'
/** key → [中文, English]; {name} is filled from params. */
export type Words = Record<string, readonly [zh: string, en: string]>

const all: Words = {
  ...accountWords,
  ...apiWords,
  ...canaryWords,
  ...cliWords,
  ...clockWords,
  ...demoWords,
  ...deskWords,
  ...edgeWords,
  ...exerciseWords,
  ...editorWords,
  ...feedWords,
  ...incidentDeskWords,
  ...incidentPageWords,
  ...findingWords,
  ...govWords,
  ...hubWords,
  ...feedPageWords,
  ...issueWords,
  ...manualWords,
  ...mailWords,
  ...mediaWords,
  ...myDeskWords,
  ...previewWords,
  ...officeWords,
  ...printWords,
  ...publicWords,
  ...pushPageWords,
  ...readersWords,
  ...relayWords,
  ...scanFileWords,
  ...reviewWords,
  ...seenWords,
  ...staffWords,
  ...subscriptionWords,
  ...suppressionWords,
  ...warningWords,
}

/** The sentence for a key. An unknown key comes back as itself, so that it is seen. */
export function t(lang: Lang, key: string, params: Record<string, string | number> = {}): string {
  const pair = all[key]
  if (!pair) return key
  return (lang === 'zh' ? pair[0] : pair[1]).replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole))
}

export const hasWords = (key: string): boolean => key in all
export const wordKeys = (): string[] => Object.keys(all)
