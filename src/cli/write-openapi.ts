import { writeFile } from 'node:fs/promises'
import { withUnconnectedApp } from '#cli/unconnected-app.ts'
import { committedDocument } from '#http/openapi/document.ts'

// Writes openapi/openapi.json from the routes: `npm run openapi:write`.
await withUnconnectedApp(async app => {
  await writeFile(new URL('../../openapi/openapi.json', import.meta.url), committedDocument(app))
})
