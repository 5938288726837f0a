import { readFileSync } from 'node:fs'

/** What the published document says before its operations: what the service is, a first call, and where to read on. */
export const INTRODUCTION = withoutSoftBreaks(
  readFileSync(new URL('introduction.md', import.meta.url), 'utf8').trimEnd(),
)

/** Joins the lines of each paragraph: Swagger UI would show the line breaks. */
function withoutSoftBreaks(markdown: string): string {
  return markdown
    .split('\n\n')
    .map(part => (part.startsWith('```') ? part : part.replaceAll('\n', ' ')))
    .join('\n\n')
}
