/** The confidentiality record: eight checks, the disclosure attribute with its reason, the verdict (REQUIREMENTS-CN §3.1). */
import { z } from 'zod'
import { type Issue, issue } from '../lib/errors.ts'

/** 国家秘密, 工作秘密, 商业秘密, 个人隐私, 三安全一稳定, 汇聚风险, 版权/转载来源, 错敏词 */
export const CHECKS = [
  'state-secret',
  'work-secret',
  'trade-secret',
  'privacy',
  'security-stability',
  'aggregation',
  'copyright-source',
  'wording',
] as const
export type CheckName = (typeof CHECKS)[number]

/** 主动公开, 依申请公开, 不予公开 (国办发〔2016〕80号) */
export const DISCLOSURES = ['proactive', 'on-request', 'withheld'] as const
/** 同意公开, 修改后公开, 部分公开, 不予公开, 提请确定 */
export const VERDICTS = ['publish', 'publish-after-change', 'publish-in-part', 'withhold', 'refer-out'] as const

/** The eight grounds of 政府信息公开条例 2019 art. 14–16, as the annual report counts them. */
export const REASONS = [
  'state-secret',
  'forbidden-by-law',
  'security-stability',
  'third-party',
  'internal-affairs',
  'process-information',
  'enforcement-file',
  'administrative-query',
] as const

const check = z.strictObject({ result: z.enum(['clear', 'issue', 'na']), note: z.string().max(1000).default('') })
export const confidentialityInput = z.strictObject({
  checks: z.partialRecord(z.enum(CHECKS), check),
  disclosure: z.enum(DISCLOSURES),
  reason: z.enum(REASONS).optional(),
  article: z.string().max(200).optional(),
  verdict: z.enum(VERDICTS),
  /** 公文 or 非公文: the carrier of the text. */
  carrier: z.enum(['official', 'other']).default('other'),
})
export type ConfidentialityRecord = z.output<typeof confidentialityInput>

/** What stands between this record and an approval; default deny wherever a check is open or found an issue. */
export function recordIssues(record: ConfidentialityRecord): Issue[] {
  const issues: Issue[] = []
  for (const name of CHECKS) {
    const answer = record.checks[name]
    if (!answer) issues.push(issue(`confidentiality.checks.${name}`, 'check-unanswered'))
    else if (answer.result === 'issue') issues.push(issue(`confidentiality.checks.${name}`, 'check-found-issue'))
  }
  if (record.disclosure !== 'proactive') issues.push(issue('confidentiality.disclosure', 'not-proactive'))
  if (record.disclosure !== 'proactive' && !(record.reason && record.article))
    issues.push(issue('confidentiality.reason', 'reason-and-article'))
  if (record.verdict !== 'publish') issues.push(issue('confidentiality.verdict', 'verdict-withholds'))
  return issues
}
