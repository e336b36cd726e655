/** nginx from the system's packages: one worker, the same bytes from a file, its fastest settings, a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../support/backends.ts'

const config = (dir: string, port: number) => `
daemon off; master_process off; worker_processes 1; pid ${dir}/pid; error_log stderr error;
events { worker_connections 256; multi_accept on; }
http {
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 1000000000; open_file_cache max=16 inactive=1h;
  client_body_temp_path ${dir}/a; proxy_temp_path ${dir}/b; fastcgi_temp_path ${dir}/c; uwsgi_temp_path ${dir}/d; scgi_temp_path ${dir}/e;
  default_type "text/html; charset=utf-8";
  server { listen 127.0.0.1:${port} backlog=1024; root ${dir}/root; }
}
`

/** Serves `body` as /page. @throws when nginx is not installed */
export async function nginx(body: Uint8Array): Promise<{ port: number; end(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'ortoo-nginx-'))
  const port = await freePort()
  const { mkdir } = await import('node:fs/promises')
  await mkdir(join(dir, 'root'))
  await writeFile(join(dir, 'root', 'page'), body)
  await writeFile(join(dir, 'nginx.conf'), config(dir, port))
  const run = spawn('/usr/sbin/nginx', ['-p', dir, '-c', join(dir, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let why = ''
  run.stderr.on('data', (chunk: Buffer) => {
    why += chunk.toString()
  })
  run.on('error', (err) => {
    why += `${err.message}; on Debian: apt-get install nginx`
  })
  for (let i = 0; i < 100; i++, await sleep(50)) {
    const up = await fetch(`http://127.0.0.1:${port}/page`).then(
      (r) => r.ok,
      () => false,
    )
    if (up) return { port, end: () => ended(run, dir) }
    if (run.exitCode !== null || why) break
  }
  await ended(run, dir)
  throw new Error(`nginx did not start: ${why}`)
}

async function ended(run: ChildProcess, dir: string): Promise<void> {
  if (run.pid && run.exitCode === null && run.signalCode === null) {
    const gone = new Promise((done) => run.once('exit', done))
    run.kill()
    await gone
  }
  await rm(dir, { recursive: true, force: true })
}
