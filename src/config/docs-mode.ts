/** What the page at /docs may do: send requests, show the document only, or not exist. */
export const DOCS_MODES = ['try', 'read', 'off'] as const

export type DocsMode = (typeof DOCS_MODES)[number]
