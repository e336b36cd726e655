/** What of a release goes on outside the service: the ways to its kit, to who has signed, to carrying it; and what became of its source. */
import type { RepostStanding } from '../../publication/repost.ts'
import { type Frame, say } from './frame.tsx'

export type ByHand = {
  /** What this person may see of it. */
  byHand: { kit: boolean; roll: boolean; repost: boolean; copies: boolean }
  /** How it stands to the release it carries, where it carries one. */
  source: RepostStanding | null
}
type Of = ByHand & {
  f: Frame
  release: { number: string; state: string }
  possible: { edit: boolean; correct: boolean }
}

/** Items of the list of links beside a release. */
export function ByHandLinks({ f, byHand, release }: Of) {
  const T = say(f)
  const at = `/desk/releases/${release.number}`
  const links = [
    [byHand.kit, 'kit', 'kit.title'],
    [byHand.roll, 'acknowledgements', 'roll.title'],
    [byHand.repost, 'repost', 'repost.title'],
    [byHand.copies, 'copies', 'desk.media.reads'],
  ] as const
  return (
    <>
      {links
        .filter(([shown]) => shown)
        .map(([, path, key]) => (
          <li>
            <a href={`${at}/${path}`}>{T(key)}</a>
          </li>
        ))}
    </>
  )
}

/** 转载: what it carries has been put right or taken back since. */
export function SourceChanged({ f, source, release, possible }: Of) {
  if (!source?.changed) return null
  const T = say(f)
  const { releaseNumber } = source.source
  const mended = source.changed === 'corrected'
  const words = { number: releaseNumber, edition: source.edition, newest: source.newest }
  return (
    <div class="notice warn" role="alert">
      <p>
        <strong>{T(`repost.changed.${source.changed}`, words)}</strong>
      </p>
      <p>
        <a href={`/desk/releases/${releaseNumber}`}>{T('repost.source')}</a>
        {possible.correct ? ` · ${T(`repost.changed.${source.changed}.do`)}` : ''}
      </p>
      {mended && release.state === 'draft' && possible.edit ? (
        <form method="post" action={`/desk/releases/${release.number}/source`}>
          <button type="submit">{T('repost.take')}</button>
        </form>
      ) : null}
    </div>
  )
}
