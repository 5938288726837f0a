// Values that JavaScript takes and PostgreSQL does not, or reads otherwise.
export const MOMENTS = [
  '0000-01-01T00:00:00.000Z',
  '0001-01-01T00:00:00.000Z',
  '-000001-01-01T00:00:00.000Z',
  '+010000-01-01T00:00:00.000Z',
  '+275760-09-13T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '2026-02-30T00:00:00.000Z',
  '2026-04-01T24:00:00.000Z',
  '2016-12-31T23:59:60Z',
  '2026-04-01T00:00:00.123456789012345Z',
  '2026-04-01T00:00:00+25:00',
  '2026-04-01T00:00:00-23:59',
  '2026-04-01T00:00:00+15:60',
  '1900-01-01T00:00:00+23:59',
  '2999-12-31T23:59:59-23:59',
  'infinity',
  'now',
  'epoch',
]
export const DAYS = ['0000-01-01', '-000001-01-01', '10000-01-01', '2026-02-30', '2026-13-01', 'infinity', 'today']
export const NUMBERS = [-1, 2 ** 31, 2 ** 31 - 1, -(2 ** 31) - 1, 2 ** 53, 2 ** 63, 1e308, 0.5, -0]
const NUMBER_TEXTS = ['NaN', 'Infinity', '-1', '2147483648', '9223372036854775808', '1e9', '0x10', '٣', '9'.repeat(400)]
export const TEXTS = [
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\uffff',
  "'; --",
  '\\',
  '{',
  '%00',
  'x'.repeat(100_000),
]
const UUIDS = [
  '{019354a8-6c00-7c41-9d2e-3f5b8a1c7e90}',
  'urn:uuid:019354a8-6c00-7c41-9d2e-3f5b8a1c7e90',
  '0'.repeat(36),
]
export const IN_JSON: unknown[] = [...MOMENTS, ...DAYS, ...NUMBERS, ...TEXTS, ...UUIDS]
export const IN_URL: string[] = [
  ...MOMENTS,
  ...DAYS,
  ...NUMBER_TEXTS,
  ...TEXTS.map(text => text.slice(0, 500)),
  ...UUIDS,
]
