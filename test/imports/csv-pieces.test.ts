import fc from 'fast-check'
import t from 'tap'
import { shiftJis } from '../helpers/shift-jis.ts'
import { SEED } from '../domain/seed.ts'
import { reading } from './csv-reading.ts'

const CHARSETS = ['utf-8', 'shift_jis'] as const
const text = fc.string({ unit: fc.constantFrom(...'山髙﨑ｱ～㈱ab@.,;"\n\t=\' あ縺邊'), maxLength: 8 })
const table = fc.array(fc.tuple(text, text, text, fc.boolean()), { minLength: 1, maxLength: 40 })
const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 6 })
const ends = fc.constantFrom('\n', '\r\n', '\r')

function written(cell: string, isQuoted: boolean, end: string): string {
  return isQuoted || /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""').replaceAll('\n', end)}"` : cell
}

function encoded(file: string, charset: (typeof CHARSETS)[number]): Buffer {
  return charset === 'utf-8' ? Buffer.from(file) : shiftJis(file)
}

t.test('R39: a table is read as it was written, wherever its bytes are divided', async t => {
  await fc.assert(
    fc.asyncProperty(table, sizes, ends, fc.constantFrom(...CHARSETS), async (cells, pieces, end, charset) => {
      const rows = cells.map(([contract, name, email, isQuoted]) =>
        [contract, name, email].map(cell => written(cell, isQuoted, end)).join(','),
      )
      // A word of Japanese in the header says which encoding it is.
      const file = encoded(['契約番号,お名前,メールアドレス', ...rows].join(end) + end, charset)
      const { lines, fault } = await reading(file, charset, pieces)
      const filled = cells.filter(([contract, name, email]) => `${contract}${name}${email}`.trim() !== '')
      t.equal(fault, undefined)
      t.same(
        lines.map(line => line.cells),
        filled.map(([contract, name, email]) => [contract, name, email]),
      )
    }),
    { seed: SEED, numRuns: 300 },
  )
  t.pass()
})

t.test('R39: any bytes give the same lines and the same fault, wherever they are divided', async t => {
  const lines = fc.array(fc.oneof(text, fc.constantFrom('C-1,山田,y@x.jp', 'C-1,"伊藤', '"', '\0', '\x1B$B')), {
    maxLength: 30,
  })
  const noise = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0x7e, max: 0xff })), { maxLength: 2 })
  await fc.assert(
    fc.asyncProperty(
      lines,
      noise,
      sizes,
      ends,
      fc.constantFrom(...CHARSETS),
      async (rows, changed, pieces, end, charset) => {
        const file = encoded(['contract_id,name,email', ...rows].join(end), charset)
        for (const [at, byte] of changed) if (at < file.length) file[at] = byte
        const whole = await reading(file, charset)
        t.same(await reading(file, charset, pieces), whole)
      },
    ),
    { seed: SEED, numRuns: 500 },
  )
  t.pass()
})
