import { join, relative } from 'node:path'
import t from 'tap'
import { src, files, importsOf } from './source-files.ts'

// Who may import whom. A layer is a folder of src, or a file at its root; packages have layers too.
const LAYERS: Record<string, { layers: string[]; packages: string[] }> = {
  domain: { layers: [], packages: [] },
  db: { layers: ['domain'], packages: ['kysely', 'pg', 'rate-limiter-flexible'] },
  imports: { layers: ['domain'], packages: ['csv-parse'] },
  'clock.ts': { layers: [], packages: [] },
  'ip-ranges.ts': { layers: [], packages: ['ipaddr.js'] },
  'wait-at-most.ts': { layers: [], packages: [] },
  'assert-port-free.ts': { layers: [], packages: [] },
  'assert-server-version.ts': { layers: ['db'], packages: [] },
  'assert-sessions.ts': { layers: ['db'], packages: [] },
  'assert-service-role.ts': { layers: ['config', 'db'], packages: ['pino'] },
  actions: {
    layers: ['db', 'domain', 'clock.ts', 'ip-ranges.ts', 'webhook-targets.ts'],
    packages: ['email-providers'],
  },
  'webhook-targets.ts': { layers: ['ip-ranges.ts'], packages: [] },
  'send-webhook.ts': { layers: ['domain', 'webhook-targets.ts'], packages: [] },
  jobs: { layers: ['actions', 'db', 'domain'], packages: ['pg-boss'] },
  http: {
    layers: ['actions', 'config', 'db', 'domain', 'imports', 'ip-ranges.ts', 'webhook-targets.ts'],
    packages: [
      'fastify',
      '@fastify/ajv-compiler',
      '@fastify/cors',
      '@fastify/swagger',
      '@fastify/swagger-ui',
      '@fastify/type-provider-typebox',
      '@fastify/under-pressure',
      'ajv',
      'csv-stringify',
      'find-my-way',
      'helmet',
      'ipaddr.js',
      'jose',
      'marked',
      'rate-limiter-flexible',
      'secure-json-parse',
      'typebox',
      'uuid',
    ],
  },
  config: { layers: ['domain', 'ip-ranges.ts', 'webhook-targets.ts'], packages: ['env-schema', 'typebox'] },
  'api-routes.ts': { layers: ['actions', 'http'], packages: [] },
  'app.ts': {
    layers: ['api-routes.ts', 'actions', 'config', 'http', 'webhook-targets.ts'],
    packages: ['fastify', '@fastify/accepts', '@fastify/type-provider-typebox'],
  },
  demo: { layers: ['actions', 'app.ts', 'clock.ts', 'config', 'domain', 'http'], packages: ['fastify', 'uuid'] },
  'migrate-database.ts': { layers: ['assert-server-version.ts', 'assert-sessions.ts', 'db', 'jobs'], packages: [] },
  'embedded-database.ts': { layers: ['db'], packages: ['@madoguchi/embedded-postgres'] },
  'check-database.ts': {
    layers: ['assert-server-version.ts', 'assert-service-role.ts', 'assert-sessions.ts', 'config', 'db'],
    packages: ['pino'],
  },
  'service.ts': {
    layers: [
      'actions',
      'app.ts',
      'assert-port-free.ts',
      'check-database.ts',
      'clock.ts',
      'config',
      'db',
      'demo',
      'embedded-database.ts',
      'http',
      'jobs',
      'migrate-database.ts',
      'send-webhook.ts',
      'wait-at-most.ts',
    ],
    packages: ['pino', 'uuid'],
  },
  'main.ts': { layers: ['config', 'service.ts'], packages: ['close-with-grace'] },
  cli: {
    layers: [
      'actions',
      'app.ts',
      'clock.ts',
      'config',
      'db',
      'domain',
      'embedded-database.ts',
      'http',
      'migrate-database.ts',
    ],
    packages: ['pino'],
  },
}

// Rooms inside a layer, and the files of the layer outside the room that each may import.
const ROOMS: Record<string, string[]> = {
  'db/driver': ['db/tables.ts'],
  'actions/support': [],
  'domain/names': ['domain/person-name.ts'],
}

// The only builtins that rules may use: they compute, and touch nothing.
const PURE_BUILTINS = ['node:crypto', 'node:url', 'node:zlib']
// Files of the rules that use a further builtin, and which. The word lists are text files next to their loader, which
// reads them when the program starts: they are part of the code as a constant would be.
const FURTHER_BUILTINS: Record<string, string[]> = { 'domain/names/lists.ts': ['node:fs'] }

t.test('every import goes the way that the table of layers allows', async t => {
  for (const file of files) {
    const layer = file.split('/')[0] ?? ''
    const allowed = LAYERS[layer]
    t.ok(allowed, `${file} belongs to a layer of the table`)
    const forbidden = importsOf(file).filter(specifier => !isAllowed(file, layer, allowed!, specifier))
    t.same(forbidden, [], `${file} imports nothing else`)
  }
})

t.test('the table of layers allows nothing that no file needs', async t => {
  for (const [layer, { layers, packages }] of Object.entries(LAYERS)) {
    const imports = files.filter(file => file.split('/')[0] === layer).flatMap(importsOf)
    for (const other of layers)
      t.ok(
        imports.some(specifier => specifier === `#${other}` || specifier.startsWith(`#${other}/`)),
        `${layer} imports ${other}`,
      )
    for (const name of packages)
      t.ok(
        imports.some(specifier => specifier === name || specifier.startsWith(`${name}/`)),
        `${layer} imports ${name}`,
      )
  }
})

t.test('a room imports of its own layer only what the table of rooms allows', async t => {
  for (const [room, allowed] of Object.entries(ROOMS)) {
    const inRoom = files.filter(file => file.startsWith(`${room}/`))
    t.ok(inRoom.length > 5, room)
    const layer = `#${room.split('/')[0]}/`
    for (const file of inRoom)
      t.same(
        importsOf(file).filter(
          specifier =>
            specifier.startsWith(layer) && !specifier.startsWith(`#${room}/`) && !allowed.includes(specifier.slice(1)),
        ),
        [],
        file,
      )
  }
})

t.test('source files import each other by their layer, not by relative paths', async t => {
  for (const file of files)
    t.same(
      importsOf(file).filter(specifier => specifier.startsWith('.')),
      [],
      file,
    )
})

t.test('every layer of the table exists', async t => {
  const layers = new Set(files.map(file => file.split('/')[0]))
  t.same(
    Object.keys(LAYERS).filter(layer => !layers.has(layer)),
    [],
  )
})

function isAllowed(
  file: string,
  layer: string,
  allowed: { layers: string[]; packages: string[] },
  specifier: string,
): boolean {
  if (specifier.startsWith('node:'))
    return layer !== 'domain' || [...PURE_BUILTINS, ...(FURTHER_BUILTINS[file] ?? [])].includes(specifier)
  if (specifier.startsWith('#') || specifier.startsWith('.')) {
    const target = specifier.startsWith('#') ? specifier.slice(1) : relative(src, join(src, file, '..', specifier))
    const targetLayer = target.split('/')[0] ?? ''
    return targetLayer === layer || allowed.layers.includes(targetLayer)
  }
  return allowed.packages.some(name => specifier === name || specifier.startsWith(`${name}/`))
}
