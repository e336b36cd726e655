/** 转发自: the station whose warning this release carries, when it issued it, and the way to its own words. */
import type { Edition } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { filePath } from './article.tsx'

export function RelayedFrom({ edition, lang }: { edition: Edition; lang: Lang }) {
  const relay = edition.content?.core.relayOf
  if (!relay) return null
  const original = edition.content?.attachments.find((a) => a.sha256 === relay.sha256)
  // The station's own clock, as it stands in its file.
  const time = relay.sent.slice(0, 16).replace('T', ' ')
  return (
    <>
      <br />
      {t(lang, 'relay.line', { station: relay.station, time })}
      {original ? (
        <>
          {' · '}
          <a href={filePath(edition, original)} download={original.name}>
            {t(lang, 'relay.line.original')}
          </a>
        </>
      ) : null}
    </>
  )
}
