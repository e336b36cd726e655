/** 转发包: everything a person needs to carry one edition where no software goes. Pure: rendered anew whenever it is looked at. */
import type { Edition, Language } from '../../src/publication/edition.ts'
import { loudspeakerOf } from './loudspeaker.ts'
import { type Sms, smsOf } from './sms.ts'
import { type KitSite, kitLanguages, sourceOf } from './source.ts'
import { wechatOf } from './wechat.ts'

export type Kit = {
  language: Language
  /** Address of the page. */
  url: string
  wechat: string
  sms: Sms
  loudspeaker: string
  /** Address of the poster to print; null where there is nothing left to put up. */
  poster: string | null
}

export const kitTexts = ['wechat', 'sms', 'loudspeaker'] as const
export type KitText = (typeof kitTexts)[number]

/** One kit for each language of the edition, Chinese first. */
export const kitsOf = (config: KitSite, edition: Edition): Kit[] =>
  kitLanguages(edition).map((language) => kitOf(config, edition, language))

export function kitOf(config: KitSite, edition: Edition, language: Language): Kit {
  const source = sourceOf(config, edition, language)
  return {
    language,
    url: source.url,
    wechat: wechatOf(source),
    sms: smsOf(source),
    loudspeaker: loudspeakerOf(source),
    poster: source.state === 'shown' ? `${source.url}poster/` : null,
  }
}

export const textIn = (kit: Kit, name: KitText): string => (name === 'sms' ? kit.sms.text : kit[name])
