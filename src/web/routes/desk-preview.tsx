/** 预览: a revision as every outlet would carry it. An inside word: shown to who may inspect the release, kept by nobody. */
import type { Look } from '../../../templates/page/preview-mark.ts'
import { marked, markedText } from '../../../templates/page/preview-mark.ts'
import { LANGUAGES, type Language, languagesOf } from '../../desk/content.ts'
import { noteReadingOnce } from '../../desk/read-log.ts'
import { releaseAddress } from '../../desk/release.ts'
import { notFound } from '../../lib/errors.ts'
import { PAGE_CSP } from '../../lib/page-csp.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { type Previewable, type Previewed, previewable, previewsOf, withOwnPictures } from '../preview.ts'
import { PreviewPage } from '../views/preview.tsx'
import { frameOf, page, screen } from './desk-frame.ts'

const AT = '/desk/releases/{id}/preview'
const LOOKS: readonly Look[] = ['auto', 'light', 'dark']

/** Its own documents may stand in its frames. */
const AROUND = `${PAGE_CSP}; frame-src 'self'`
/** The document has everything in it, may fetch nothing, run nothing and send nothing, and is nobody's origin. */
const INSIDE =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"

export function mountPreview(app: App): void {
  screen(app, { method: 'get', path: AT, act: 'release.inspect' }, show)
  screen(app, { method: 'get', path: `${AT}/{document}`, act: 'release.inspect' }, showDocument)
}

/** The language asked for where the text has it, else its first. */
const languageIn = (c: Req, languages: Language[]): Language =>
  languages.find((l) => l === c.req.query('language')) ?? languages[0] ?? LANGUAGES[0]
const lookIn = (c: Req): Look => LOOKS.find((l) => l === c.req.query('look')) ?? 'auto'

/** What people look at first; the rest as the outlets come. */
const FIRST = ['page', 'mail', 'push', 'paper', 'poster', 'wechat', 'sms', 'loudspeaker', 'mail-text']
const placeOf = ({ name }: Previewed) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
const inReadingOrder = (documents: Previewed[]) => [...documents].sort((a, b) => placeOf(a) - placeOf(b))

async function show(c: Req): Promise<Response> {
  const { ctx } = c.var
  const found = await previewable(ctx, actorIn(c), c.req.param('id') as string)
  const { release } = found.at
  const { revision } = found
  if (revision) await noteReadingOnce(ctx, actorIn(c), found.at, revision.ordinal, 'preview')
  const languages = revision ? languagesOf(revision.content) : []
  const language = languageIn(c, languages)
  const documents = revision ? await previewsOf(ctx, found, revision, language) : []
  const answer = page(
    c,
    <PreviewPage
      f={await frameOf(c, release.mode as 'live')}
      release={release}
      title={revision?.content.parts[language]?.title ?? ''}
      revision={revision && { ordinal: revision.ordinal, hash: revision.hash }}
      languages={languages}
      language={language}
      look={lookIn(c)}
      documents={inReadingOrder(documents)}
      publicHref={release.face === 'none' ? null : ctx.config.publicUrl + releaseAddress(release.number, release.mode)}
    />,
  )
  answer.headers.set('content-security-policy', AROUND)
  return inside(answer)
}

/** /preview/website.page?language=en&look=dark */
async function showDocument(c: Req): Promise<Response> {
  const { ctx, lang } = c.var
  const found = await previewable(ctx, actorIn(c), c.req.param('id') as string)
  const revision = found.revision
  if (!revision) throw notFound('release')
  const document = await documentIn(c, found)
  await noteReadingOnce(ctx, actorIn(c), found.at, revision.ordinal, 'preview')
  const marking = { lang, look: lookIn(c), paper: document.shape === 'sheet' }
  const html = ['page', 'sheet', 'mail'].includes(document.shape)
    ? marked(await withOwnPictures(ctx, document.body, revision), marking)
    : markedText(document.body, marking)
  return inside(
    c.body(html.toWellFormed(), 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': INSIDE,
      'x-frame-options': 'SAMEORIGIN',
    }),
  )
}

async function documentIn(c: Req, found: Previewable): Promise<Previewed> {
  const [outlet, name] = (c.req.param('document') as string).split('.')
  const { revision } = found
  if (!revision) throw notFound('release')
  const language = languageIn(c, languagesOf(revision.content))
  const documents = await previewsOf(c.var.ctx, found, revision, language, (o) => o === outlet)
  const document = documents.find((d) => d.name === name)
  if (!document) throw notFound('release')
  return document
}

function inside(answer: Response): Response {
  answer.headers.set('cache-control', 'no-store')
  answer.headers.set('x-robots-tag', 'noindex, nofollow')
  return answer
}
