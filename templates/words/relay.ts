/** Words of warnings as files: what is wrong with one, what its signature is worth, what another form of it cannot say. */
import type { Words } from './index.ts'

export const relayWords: Words = {
  'cli.verify.alerts': [
    'CAP 文件 {n} 份，签名已逐份核验（{unsigned} 份发布于启用签名之前）',
    '{n} CAP files, each signature checked ({unsigned} from before there were signatures)',
  ],
}
