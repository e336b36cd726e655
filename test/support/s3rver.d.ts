/** Types of the part of s3rver the tests use. */
declare module 's3rver' {
  import type { RequestListener } from 'node:http'

  class S3rver {
    constructor(options: { silent: boolean; directory: string; configureBuckets: { name: string }[] })
    configureBuckets(): Promise<unknown>
    callback(): RequestListener
  }
  export = S3rver
}
