/** 公示: what is on display only for a time. What is left of it afterwards, and which copies may never carry it at all. Pure. */
import type { Catalogue } from '../../src/delivery/channel.ts'
import type { Content, Edition, Language } from '../../src/publication/edition.ts'

/** Whether the edition's time of display is over at an instant (UTC ISO). A release already withdrawn or taken down has none. */
export const displayEnded = (edition: Edition, asOf: string): boolean => {
  const until = edition.content?.core.displayUntil
  return until !== undefined && until <= asOf && edition.type !== 'withdrawal' && edition.type !== 'takedown'
}

/**
 * The edition as a reader may see it at an instant. After its time of display every word is gone from it, so that whatever
 * renders it treats it as gone; only the period and the paths of its files stay, by which the files are taken away. A title may
 * hold a name, which no program can know: it goes too, unless the configuration keeps it.
 */
export function seenAt(edition: Edition, asOf: string, keepTitle = false): Edition {
  if (!displayEnded(edition, asOf)) return edition
  const content = edition.content as Content
  return {
    ...edition,
    content: null,
    ended: {
      until: content.core.displayUntil as string,
      titles: keepTitle ? titlesOf(content) : {},
      files: content.attachments.map(({ sha256, name }) => ({ sha256, name })),
    },
  }
}

const titlesOf = (content: Content): Partial<Record<Language, string>> =>
  Object.fromEntries(Object.entries(content.parts).map(([language, part]) => [language, part.title]))

/** A catalogue whose every edition is as a reader may see it at an instant. */
export function catalogueSeenAt(catalogue: Catalogue, asOf: string, keepTitle = false): Catalogue {
  const seen = (edition: Edition) => seenAt(edition, asOf, keepTitle)
  const all = async (asked: Promise<Edition[]>) => (await asked).map(seen)
  const { directory, relating } = catalogue
  return {
    ...catalogue,
    slots: (...of) => all(catalogue.slots(...of)),
    recent: (...of) => all(catalogue.recent(...of)),
    editions: (...of) => all(catalogue.editions(...of)),
    latest: async (id) => {
      const found = await catalogue.latest(id)
      return found && seen(found)
    },
    ...(directory
      ? {
          directory: async () => {
            const whole = await directory()
            return { ...whole, running: whole.running.map(seen) }
          },
        }
      : {}),
    ...(relating ? { relating: (id: string) => all(relating(id)) } : {}),
  }
}

/** A letter, a notification or a feed reader's copy cannot be called back: of what ends by itself it carries a link only. */
export const linkOnly = (edition: Edition): boolean =>
  edition.content?.core.displayUntil !== undefined && edition.type !== 'withdrawal'

export type GoneWord = 'withdrawal' | 'takedown' | 'ended'
/** What became of an edition that may not be shown. */
export const goneWord = (edition: Edition): GoneWord =>
  edition.ended ? 'ended' : edition.type === 'withdrawal' ? 'withdrawal' : 'takedown'

/** When that was: a display ended at its time, not at that of the edition. */
export const goneAt = (edition: Edition): string => edition.ended?.until ?? edition.publishedAt
