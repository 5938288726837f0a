import { writeFile } from 'node:fs/promises'
import { withUnconnectedApp } from '#cli/unconnected-app.ts'
import { accessPage } from '#http/openapi/access-table.ts'

// Writes docs/access.md from the routes and the presets: `npm run access:write`.
await withUnconnectedApp(async app => {
  await writeFile(new URL('../../docs/access.md', import.meta.url), accessPage(app))
})
