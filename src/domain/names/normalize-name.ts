import { withoutRadicals } from '#domain/names/compared-form.ts'
import { unifiedForm } from '#domain/names/unified-form.ts'

// A byte order mark inside a name is no space: it stays, and the name is doubted.
const SPACES = /[^\S\uFEFF]+/gu

/**
 * A part of a name as it is stored (R15): trimmed, inner spaces single, full-width and half-width forms unified (NFKC),
 * and radicals replaced by the kanji that they look like. Variant kanji (髙, 﨑, 𠮷, 神) and marks that NFKC would tear off
 * (O´Brien, Thai Sara Am) are kept. Idempotent.
 */
export function normalizeNamePart(given: string): string {
  return withoutRadicals(unifiedForm(given)).trim().replace(SPACES, ' ')
}
