import t from 'tap'
import { COMMON_SURNAMES, FURTHER_SURNAMES } from '#domain/names/lists.ts'
import { lettersOfShiftJis, shiftJis } from '../helpers/shift-jis.ts'
import { reading } from './csv-reading.ts'

const HEADER = 'contract_id,name,email\n'
const NOT_IN_CELLS = new Set('\0\n\r",\x1B')
const nameIn = async (file: Buffer, charset: string): Promise<unknown> =>
  (await reading(file, charset)).lines[0]?.cells?.[1]
const fault = async (file: string | Buffer, charset: string | null = null): Promise<unknown> =>
  (await reading(file, charset)).fault
const otherEncoding = (found: string, line: number, column: number | null): unknown => ({
  code: 'other-encoding',
  line,
  column,
  found,
})

t.test('R39: Shift_JIS as Windows writes it keeps every letter, 髙, 﨑, ～, － and ㈱ among them', async t => {
  const letters = lettersOfShiftJis().filter(letter => !NOT_IN_CELLS.has(letter))
  t.ok(letters.length > 9_000)
  for (const letter of ['髙', '﨑', '～', '－', '㈱', '①', '∥', '￢', '\\', 'ｱ'])
    t.equal(await nameIn(shiftJis(`${HEADER}C-1,${letter}山田,y@x.jp\n`), 'shift_jis'), `${letter}山田`)
  for (let start = 0; start < letters.length; start += 500) {
    const text = letters.slice(start, start + 500).join('')
    t.equal(await nameIn(shiftJis(`契約番号,お名前,メールアドレス\nC-1,|${text}|,y@x.jp\n`), 'shift_jis'), `|${text}|`)
  }
  for (const charset of ['Shift_JIS', 'sjis', 'x-sjis', 'windows-31j', 'cp932', 'ms932'])
    t.equal(await nameIn(shiftJis(`${HEADER}C-1,髙橋,y@x.jp\n`), charset), '髙橋', charset)
})

const undecodable = (found: string, column: number): unknown => ({ code: 'undecodable', line: 2, column, found })

t.test('R39: bytes that no letter has are named with their line and place', async t => {
  const broken = (bytes: number[]): Buffer =>
    Buffer.concat([shiftJis(`${HEADER}C-1,髙橋 ｱ`), Buffer.from(bytes), shiftJis(',y@x.jp\n')])
  t.same(await fault(broken([0xff]), 'shift_jis'), undecodable('0xFF', 9))
  t.same(await fault(broken([0x80]), 'shift_jis'), undecodable('0x80', 9))
  t.same(await fault(broken([0x85, 0x40]), 'shift_jis'), undecodable('0x8540', 9))
  const cut = Buffer.concat([
    Buffer.from(`${HEADER}C-1,山田`),
    Buffer.from([0xe5, 0xb1]),
    Buffer.from('\xFF,y@x.jp\n', 'latin1'),
  ])
  t.same(await fault(cut), undecodable('0xE5', 7))
})

t.test('R39: a file in another encoding than was said is refused, and the encoding is named', async t => {
  const japanese = '契約番号,お名前,メールアドレス\nC-1,山田,y@x.jp\n'
  const english = `${HEADER}C-1,山田,y@x.jp\n`
  t.same(await fault(shiftJis(japanese)), otherEncoding('shift_jis', 1, 1))
  t.same(await fault(shiftJis(english)), otherEncoding('shift_jis', 2, 5))
  t.same(await fault(japanese, 'shift_jis'), otherEncoding('utf-8', 1, 1))
  t.same(await fault(english, 'shift_jis'), otherEncoding('utf-8', 2, 5), 'it could be read as Shift_JIS')
  t.same(await fault(`${HEADER}C-1,山田太郎,y@x.jp\n`, 'shift_jis'), otherEncoding('utf-8', 2, 5))
  t.same(await fault(`\uFEFF${english}`, 'shift_jis'), otherEncoding('utf-8', 1, null))
  t.same(await fault(Buffer.from(`\uFEFF${english}`, 'utf16le')), otherEncoding('utf-16', 1, null))
  t.same(await fault(Buffer.from(english, 'utf16le')), otherEncoding('utf-16', 1, null))
  const inEucJp = Buffer.concat([
    Buffer.from(`${HEADER}C-1,`),
    Buffer.from('bbb3c5c4c2c0cfba', 'hex'),
    Buffer.from(',y@x.jp\n'),
  ])
  t.same(await fault(inEucJp), otherEncoding('euc-jp', 2, 5))
  const half = Buffer.concat([shiftJis(`${HEADER}C-1,`), Buffer.from('81', 'hex'), Buffer.from(',y@x.jp\n')])
  t.match(await fault(half, 'shift_jis'), { code: 'undecodable', line: 2, column: 5, found: '0x812C' }, 'half a letter')
  const inJis = Buffer.from(`${HEADER}C-1,\x1B$B;3ED\x1B(B,y@x.jp\n`)
  t.same(await fault(inJis), otherEncoding('iso-2022-jp', 1, null))
  t.same(await fault(Buffer.concat([Buffer.from(HEADER.repeat(60)), inJis])), otherEncoding('iso-2022-jp', 62, null))
  t.same(await fault(english, 'utf-16'), otherEncoding('utf-16', 1, null), 'a charset that no import takes')
})

t.test('R39: no surname in Shift_JIS is taken for UTF-8', async t => {
  const letters = new Set(lettersOfShiftJis())
  const surnames = [...COMMON_SURNAMES, ...FURTHER_SURNAMES].filter(name =>
    Array.from(name).every(letter => letters.has(letter)),
  )
  const rows = surnames.map(name => `C-1,${name} ${name},y@x.jp\n`)
  const { lines, fault: found } = await reading(shiftJis(`${HEADER}${rows.join('')}`), 'shift_jis')
  t.equal(found, undefined)
  t.equal(lines.length, surnames.length)
  for (const name of ['邊山', '齋藤', 'ｱﾝ', '彌 ｱ'])
    t.equal((await reading(shiftJis(`${HEADER}C-1,${name},y@x.jp\n`), 'shift_jis')).lines.length, 1, name)
})
