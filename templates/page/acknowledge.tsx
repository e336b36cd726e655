/** The page a named contact signs on: who is asked, the text, one button at its end. Works on any phone, without script. */
import type { Edition } from '../../src/publication/edition.ts'
import { t } from '../words/index.ts'
import { When } from './bits.tsx'
import { isShown, pickPart } from './pick.ts'
import { ReleaseText } from './release.tsx'
import { named } from './site.ts'
import { type Own, OwnPage } from './subscription.tsx'

type Request = {
  state: 'asked' | 'signed' | 'moved' | 'replaced' | 'gone'
  contact: { name: string; role: string }
  language: string
  edition: Edition
  signedAt: string | null
}
type Props = Own & { request: Request; action: string }

export function AcknowledgePage({ request, action, ...own }: Props) {
  const { lang, site } = own
  const { state, contact, edition } = request
  const T = (key: string, params?: Record<string, string>) => t(lang, key, params)
  const agency = named(edition.agency.name, lang)
  return (
    <OwnPage {...own} title={T('acknowledge.title')}>
      <p>{T('acknowledge.who', { name: contact.name, role: contact.role ? ` ${contact.role}` : '', agency })}</p>
      {state === 'signed' ? (
        <p class="notice ok" role="status">
          {T('acknowledge.signed')} {request.signedAt ? <When at={request.signedAt} offset={site.offset} /> : null}
        </p>
      ) : null}
      {state === 'replaced' ? (
        <p class="notice warn" role="status">
          {T('acknowledge.replaced')}
        </p>
      ) : null}
      {state === 'gone' ? (
        <p class="notice warn" role="status">
          {T('acknowledge.gone', { number: edition.releaseNumber })}
        </p>
      ) : null}
      {state === 'asked' ? <p>{T('acknowledge.read')}</p> : null}
      <Text {...own} request={request} action={action} />
      {state === 'asked' ? (
        <form method="post" action={action} class="acknowledge">
          <p>{T('acknowledge.means')}</p>
          <button type="submit" class="primary">
            {T('acknowledge.do')}
          </button>
        </form>
      ) : null}
    </OwnPage>
  )
}

function Text({ request, lang, site }: Props) {
  const { edition, state } = request
  if (state === 'gone') return null
  if (!isShown(edition)) {
    const { language, part } = pickPart(
      edition.content ?? { core: {} as never, parts: {}, attachments: [] },
      request.language as 'en',
    )
    return (
      <section class="acknowledge-text">
        <h2>{t(lang, 'kit.withdrawn', { number: edition.releaseNumber })}</h2>
        <p lang={language}>{part.withdrawalReason ?? ''}</p>
        <p>{t(lang, 'kit.delete')}</p>
      </section>
    )
  }
  const { language } = pickPart(edition.content, request.language as 'en')
  return (
    <div class="acknowledge-text">
      <ReleaseText site={site} edition={edition} language={language} />
    </div>
  )
}
