// Runs one of the tools of this folder: `node .ci/tool.mjs oxlint --type-aware`. They are installed here, apart from
// the service, when one is first used. With npm install, because the lockfile cannot hold platform builds that a
// registry lacks; versions are pinned in package.json.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const bin = join(here, 'node_modules/.bin')
const [tool = '', ...args] = process.argv.slice(2)

if (!existsSync(join(bin, tool)))
  run('npm', ['install', '--prefix', here, '--no-audit', '--no-fund', '--no-save', '--loglevel=error'])
run(tool, args)

function run(command, args) {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  })
  if (status !== 0) process.exit(status ?? 1)
}
