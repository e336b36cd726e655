/** What can be done about an alert from its own page. */
import type { Over } from '../../desk/content.ts'
import { type Frame, say } from './frame.tsx'

/** The first of two presses: it notes that the error is known, and shows what the second would do. */
export const FalseAlarmButton = ({ f, may, at }: { f: Frame; may: boolean; at: string }) =>
  may ? (
    <form method="post" action={`${at}/false-alarm/known`}>
      <button type="submit" class="danger" id="false-alarm">
        {say(f)('desk.false-alarm')}
      </button>
    </form>
  ) : null

/** 解除预警 / 终止响应 */
export const EndingLink = ({ f, as, at }: { f: Frame; as: Over['as'] | null; at: string }) =>
  as ? (
    <a class="button" href={`${at}/ending`}>
      {say(f)(`public.type.${as}`)}
    </a>
  ) : null
