import { withoutRadicals } from '#domain/names/compared-form.ts'

// NFKC would rewrite compatibility ideographs (U+FA19 神 becomes U+795E): people write their names with them (R15).
const COMPATIBILITY_IDEOGRAPHS = /([\uF900-\uFAFF\u{2F800}-\u{2FA1F}]+)/u

/**
 * A part of a name as it is stored (R15): trimmed, inner spaces single, full-width and half-width forms unified (NFKC),
 * and radicals replaced by the kanji that they look like. Variant kanji are kept (髙, 﨑, 𠮷, 神). Idempotent.
 */
export function normalizeNamePart(given: string): string {
  return withoutRadicals(
    given
      .split(COMPATIBILITY_IDEOGRAPHS)
      .map(run => (COMPATIBILITY_IDEOGRAPHS.test(run) ? run : run.normalize('NFKC')))
      .join(''),
  )
    .trim()
    .replace(/\s+/gu, ' ')
}
