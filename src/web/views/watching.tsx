/** Pieces of the page of a release: how to look ahead at it, what to write next about it, and how long is left for a second look. */
import { At } from './bits.tsx'
import { type Frame, say } from './frame.tsx'
import { Due } from './queue.tsx'

type About = { f: Frame; release: { number: string; kind: string; lane: string; state: string }; may: boolean }

const AHEAD = ['draft', 'in-review', 'approved', 'scheduled', 'held']

export const PreviewLink = ({ f, release, may }: About) =>
  may && AHEAD.includes(release.state) ? (
    <li>
      <a href={`/desk/releases/${release.number}/preview`}>{say(f)('desk.preview')}</a>
    </li>
  ) : null

/** 发续报: the largest button of a report that is out; it begins with the place, the incident and whom to call. */
export const NextReport = ({ f, release: r, may }: About) =>
  may && f.begin.release && r.kind.startsWith('incident-') && r.kind !== 'incident-final' ? (
    <a class="button primary d-large" href={`/desk/releases/new?kind=incident-update&lane=${r.lane}&after=${r.number}`}>
      {say(f)('desk.next-report')}
    </a>
  ) : null

export const Until = ({ f, at }: { f: Frame; at: string }) => (
  <>
    <At f={f} at={at} short /> <Due f={f} due={at} />
  </>
)
