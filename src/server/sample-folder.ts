/** The sample folder is marked, so that sample data never goes live and live data is never taken for a sample. */
import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, ConfigError } from '../config.ts'

const MARK = 'SAMPLE-DATA-ONLY'

export const isSampleFolder = (dataDir: string): Promise<boolean> =>
  access(join(dataDir, MARK)).then(
    () => true,
    () => false,
  )

export const markSampleFolder = (dataDir: string): Promise<void> =>
  writeFile(join(dataDir, MARK), '示例数据，不得用于正式发布。Sample data; never to be served as live.\n')

/** @throws ConfigError when a marked folder is to be served as live, or the demo is pointed at a folder that is not its own */
export async function refuseSampleFolder(config: Config): Promise<void> {
  const marked = await isSampleFolder(config.dataDir)
  if (marked && !config.sample)
    throw new ConfigError(
      `ORTOO_DATA: ${config.dataDir} holds sample data and is served by the demo alone; name another folder`,
    )
  if (!marked && config.sample)
    throw new ConfigError(`ORTOO_DATA: ${config.dataDir} is not a sample folder; the demo serves only its own`)
}
