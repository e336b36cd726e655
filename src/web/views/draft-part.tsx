/** One language of a draft: title, the blocks its kind asks for, body, and what an official document has besides. */
import type { KindData } from '../../../templates/draft/index.ts'
import { OWN_NAME } from '../../../templates/page/site.ts'
import { BLOCKS, type Language } from '../../desk/content.ts'
import { Changes } from './changes.tsx'
import { type Form, Line, Text, Tick } from './controls.tsx'
import type { Behind } from './draft.tsx'
import { FalseAlarmFields } from './false-alarm.tsx'
import { first } from './fields.ts'
import { say } from './frame.tsx'

type Props = { form: Form; language: Language; kind: KindData; editionType: string; behind?: Behind }

/** Chinese always stands open; another language opens when it has words or when somebody adds it. */
export function PartFields(p: Props) {
  const T = say(p.form.f)
  const at = `parts.${p.language}`
  const present = [...p.form.fields].some(([name, v]) => name.startsWith(`${at}.`) && v[0])
  const name = T(`field.${p.language}`)
  if (p.editionType === 'withdrawal')
    return present ? (
      <Text
        form={p.form}
        name={`${at}.withdrawalReason`}
        label={`${name} · ${T('field.withdrawalReason')}`}
        lang={p.language}
      />
    ) : null
  if (p.language === 'zh-CN')
    return (
      <section class="d-part" aria-label={name}>
        <Words {...p} />
      </section>
    )
  return (
    <details class="d-part" open={present}>
      <summary>
        {present ? name : T('desk.language.add', { name })}{' '}
        <span lang={p.language} class="own">
          {OWN_NAME[p.language]}
        </span>
        {p.behind ? <b class="chip changed">{T('editor.behind.chip')}</b> : null}
      </summary>
      {p.behind ? <BehindNotice form={p.form} behind={p.behind} /> : null}
      <Words {...p} />
      {present ? <Tick form={p.form} name={`drop.${p.language}`} label={T('desk.language.drop', { name })} /> : null}
    </details>
  )
}

/** The Chinese went on since these words were last saved; what changed in it stands here for whoever translates. */
function BehindNotice({ form, behind }: { form: Form; behind: Behind }) {
  const T = say(form.f)
  return (
    <div class="notice warn d-behind">
      <p>{T('editor.behind', { own: behind.own, chinese: behind.chinese })}</p>
      <details>
        <summary>{T('editor.behind.what')}</summary>
        <Changes f={form.f} changes={behind.changes} />
      </details>
    </div>
  )
}

function Words(p: Props) {
  const { form, language, kind } = p
  const at = `parts.${language}`
  const T = say(form.f)
  const has = (name: string) => first(form.fields, `${at}.${name}`) !== ''
  const mongol = language === 'mn-Mong-CN' ? 'mongol' : undefined
  const official = kind.checks.includes('document-number')
  const blocks = BLOCKS.filter((b) => kind.blocks.includes(b) || has(`blocks.${b}`))
  const body = kind.bodyRequired || kind.blocks.length === 0 || has('body')
  const need = (b: (typeof BLOCKS)[number]) => (kind.requiredBlocks.includes(b) ? '' : T('desk.optional'))
  return (
    <>
      {p.editionType === 'first' ? null : (
        <Text form={form} name={`${at}.changeNote`} hint={T('desk.change-note.hint')} rows={2} lang={language} />
      )}
      <Line form={form} name={`${at}.title`} lang={language} class="d-title" />
      <Text
        form={form}
        name={`${at}.summary`}
        label={`${T('field.summary')}${T('desk.optional')}`}
        rows={2}
        lang={language}
        class={mongol}
      />
      {blocks.map((b) => (
        <Text
          form={form}
          name={`${at}.blocks.${b}`}
          label={`${T(`block.${b}`)}${need(b)}`}
          hint={b === 'cause' ? T('desk.cause.hint') : undefined}
          rows={3}
          lang={language}
          class={mongol}
        />
      ))}
      {official || has('addressees') ? <Line form={form} name={`${at}.addressees`} lang={language} /> : null}
      {body ? (
        <Text
          form={form}
          name={`${at}.body`}
          hint={T('desk.body.hint')}
          rows={12}
          lang={language}
          class={mongol}
          rich
        />
      ) : (
        <details class="d-more">
          <summary>{T('desk.body.add')}</summary>
          <Text
            form={form}
            name={`${at}.body`}
            hint={T('desk.body.hint')}
            rows={8}
            lang={language}
            class={mongol}
            rich
          />
        </details>
      )}
      {official || has('signature') ? <Text form={form} name={`${at}.signature`} rows={2} lang={language} /> : null}
      <FalseAlarmFields form={form} language={language} />
    </>
  )
}
