/** Small pieces shared by public pages: a time, a level, a kind, the advice, tap-to-call. */
import { wallMinute, withOffset } from '../../src/lib/clock.ts'
import type { Contact, Core, Language, WarningLevel } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import type { ChangeWord } from './change-word.ts'
import { isOver, validUntil } from './expiry.ts'
import { frameOf, type Site } from './site.ts'
import { levels } from './tokens.ts'

/** Wall time for people (YYYY-MM-DD HH:MM), exact time with offset for machines. `short` shows HH:MM only. */
export function When(props: { at: string; offset: string; short?: boolean }) {
  const wall = wallMinute(props.at, props.offset)
  return <time datetime={withOffset(props.at, props.offset)}>{props.short ? wall.slice(11) : wall}</time>
}

/** Colour, word and shape together. */
/** `over`: it no longer holds, so its colour says nothing any more; word and shape stay. */
export function Level(props: { level: WarningLevel; lang: Lang; over?: boolean }) {
  return (
    <span class={props.over ? 'level over' : `level ${props.level}`} data-level={props.level}>
      <span class="shape" aria-hidden="true">
        {levels[props.level].shape}
      </span>
      {t(props.lang, `public.level.${props.level}`)}
    </span>
  )
}

/** Above everything else on the page of what has expired: that it has, since when, and that this lifts nothing. */
export function OverNotice({ site, core, lang }: { site: Site; core: Core; lang: Lang }) {
  const until = validUntil(core)
  if (!until || !isOver(core, site.asOf)) return null
  return (
    <div class="notice warn over-notice" role="note">
      <p>
        <strong>{t(lang, 'public.over')}</strong> {t(lang, 'public.over.at', { at: wallMinute(until, site.offset) })}
      </p>
      <p>{t(lang, 'public.over.not-lifted')}</p>
    </div>
  )
}

/** 第2版 · 更正; nothing for a first edition. */
export function EditionChip(props: { number: number; type: ChangeWord; lang: Lang }) {
  if (props.type === 'first') return null
  return (
    <span class="chip changed">
      {t(props.lang, 'public.edition', { number: props.number })} · {t(props.lang, `public.type.${props.type}`)}
    </span>
  )
}

/** A title whose numbers stay with the character they count: 2027年 and 412人 are never parted by a line end. */
export function Title(props: { text: string }) {
  const pieces = props.text.split(/(\d[\d.,]{0,12}\p{Script=Han})/u)
  return <>{pieces.map((piece, i) => (i % 2 ? <span class="nb">{piece}</span> : piece))}</>
}

/** Plain text as paragraphs: parted by a blank line, single line breaks kept. */
export function Paragraphs(props: { text: string }) {
  return (
    <>
      {props.text.split(/\n\s*\n/).map((paragraph) => (
        <p>
          {paragraph.split('\n').map((line, i) => (
            <>
              {i > 0 ? <br /> : null}
              {line}
            </>
          ))}
        </p>
      ))}
    </>
  )
}

export const dialled = (phone: string): string => phone.replace(/[^\d+*#]/g, '')

/** Telephone numbers to tap. */
export function Calls(props: { contacts: Contact[] }) {
  if (props.contacts.length === 0) return null
  return (
    <ul class="calls">
      {props.contacts.map((c) => (
        <li>
          {c.label} {c.phone ? <a href={`tel:${dialled(c.phone)}`}>{c.phone}</a> : null}{' '}
          {c.email ? <a href={`mailto:${encodeURIComponent(c.email).replace('%40', '@')}`}>{c.email}</a> : null}
        </li>
      ))}
    </ul>
  )
}

/** What people should do, line by line, with the numbers to call. Stands above the details. */
export function Advice(props: { text?: string; contacts: Contact[]; language: Language; heading: 'h2' | 'h3' }) {
  const lang = frameOf(props.language)
  const lines = (props.text ?? '').split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0 && props.contacts.length === 0) return null
  const H = props.heading
  const heading = t(lang, lines.length ? 'public.advice' : 'public.calls')
  return (
    <div class="advice">
      <H lang={props.language === 'mn-Mong-CN' ? 'zh-CN' : undefined}>{heading}</H>
      {lines.length ? (
        <ul data-block="advice">
          {lines.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      ) : null}
      <Calls contacts={props.contacts} />
    </div>
  )
}
