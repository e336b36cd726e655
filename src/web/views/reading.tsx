/** A revision as its readers will see it, every language, with its files. */
import { sizeOf } from '../../../templates/page/article.tsx'
import { languagesIn, type Shown } from '../../../templates/page/pick.ts'
import { ReleaseText } from '../../../templates/page/release.tsx'
import type { Site } from '../../../templates/page/site.ts'
import type { JudgedHit } from '../../review/judge.ts'
import type { CommentLine } from './comments.tsx'
import { type Frame, say } from './frame.tsx'
import { type FileState, FileStateLine } from './scan-file.tsx'

type Props = {
  f: Frame
  site: Site
  edition: Shown
  hits: JudgedHit[]
  scans: FileState[]
  comments: CommentLine[]
}

/** `data-hit` and `data-noted` let desk.js mark in the text what the lists beside it name. */
export function Reading({ f, site, edition, hits, scans, comments }: Props) {
  const T = say(f)
  const { content } = edition
  return (
    <div class="d-reading">
      {edition.type === 'withdrawal' ? <Reasons f={f} edition={edition} /> : null}
      {edition.type === 'withdrawal'
        ? null
        : languagesIn(content).map((language) => (
            <section aria-label={T(`field.${language}`)} class="d-sheet">
              <ReleaseText
                site={site}
                edition={edition}
                language={language}
                fileHref={(file) => `/desk/releases/${edition.releaseNumber}/files/${file.sha256}`}
              />
            </section>
          ))}
      {content.attachments.length ? (
        <section class="d-files">
          <h2>{T('field.attachments')}</h2>
          <ul class="files">
            {content.attachments.map((a) => (
              <li>
                <a href={`/desk/releases/${edition.releaseNumber}/files/${a.sha256}`}>{a.title || a.name}</a>{' '}
                <small class="quiet">
                  {a.name} · {sizeOf(a.bytes)} · {T('desk.file.look')}
                </small>
                <FileStateLine f={f} scan={scans.find((s) => s.sha256 === a.sha256)} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {hits
        .filter((h) => !h.file)
        .map((h) => (
          <data hidden value={h.text} data-hit />
        ))}
      {comments
        .filter((c) => c.state !== 'settled' && !c.changed)
        .map((c) => (
          <data hidden value={c.quote} data-noted={`#comment-${c.id}`} />
        ))}
    </div>
  )
}

/** Of a withdrawal the public reads number, time and reason. */
function Reasons({ f, edition }: { f: Frame; edition: Shown }) {
  const T = say(f)
  return (
    <section class="d-sheet">
      <h1>{T('public.gone.withdrawal')}</h1>
      {languagesIn(edition.content).map((l) => (
        <div lang={l}>
          <h2 lang={f.lang === 'en' ? 'en' : 'zh-CN'}>{T(`field.${l}`)}</h2>
          <p>{edition.content.parts[l]?.withdrawalReason}</p>
        </div>
      ))}
    </section>
  )
}
