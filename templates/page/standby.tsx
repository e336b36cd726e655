/** Pages of an address that stands by for a browser: please confirm, confirmed, no longer. */
import { t } from '../words/index.ts'
import { siteName } from './site.ts'
import { type Own, OwnPage } from './subscription.tsx'

type Asked = Own & { address: string; action: string }

export function StandbyConfirmPage({ address, action, ...own }: Asked) {
  const { site, lang } = own
  return (
    <OwnPage {...own} title={t(lang, 'standby.confirm.title')}>
      <p>{t(lang, 'standby.confirm.lead', { site: siteName(site, lang), address })}</p>
      <form method="post" action={action}>
        <p>
          <button type="submit" class="primary">
            {t(lang, 'standby.confirm.button')}
          </button>
        </p>
      </form>
    </OwnPage>
  )
}

export function StandbyConfirmed({ address, leave, ...own }: Own & { address: string; leave: string }) {
  const { lang } = own
  return (
    <OwnPage {...own} title={t(lang, 'standby.done.title')}>
      <p role="status">{t(lang, 'standby.done.lead', { address })}</p>
      <p>
        <a href={leave}>{t(lang, 'standby.leave.link')}</a>
      </p>
    </OwnPage>
  )
}

/** Opening it changes nothing: scanners open every link of a mail. */
export function StandbyLeavePage({ action, ...own }: Own & { action: string }) {
  const { lang } = own
  return (
    <OwnPage {...own} title={t(lang, 'standby.leave.title')}>
      <p>{t(lang, 'standby.leave.lead')}</p>
      <form method="post" action={action}>
        <p>
          <button type="submit" class="primary">
            {t(lang, 'standby.leave.button')}
          </button>
        </p>
      </form>
    </OwnPage>
  )
}
