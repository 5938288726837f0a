/**
 * The patterns of texts in requests and answers. Each has its words in `src/http/problems/format-texts.ts`: an answer
 * never shows a regular expression.
 */
export const PATTERNS = {
  /** The ids of customers, contracts, products and apps, as other systems give them. */
  id: '^[A-Za-z0-9._-]+$',
  /** Values of lists that later releases may extend, and scopes. */
  code: '^[a-z0-9/._:-]+$',
  /** A name on one line, without white space at its ends. */
  trimmed: '^\\S(.*\\S)?$',
  notBlank: '\\S',
  visibleAscii: '^[\\x21-\\x7e]+$',
  yearAndMonth: '^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])$',
  cursor: '^[A-Za-z0-9_-]+$',
  operationId: '^[A-Za-z]+$',
  problemType: '^[a-z-]+$',
  digits: '^[0-9]+$',
  /** Days and moments of the years that are stored. */
  storedYear: '^(19|2[0-9])\\d{2}-',
  momentFrom2000: '^2\\d{3}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:[0-5]\\d(\\.\\d{1,15})?(Z|[+-]\\d{2}:\\d{2})$',
  momentOfCentury: '^20\\d{2}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:[0-5]\\d(\\.\\d{1,15})?(Z|[+-]\\d{2}:\\d{2})$',
} as const
