import fc from 'fast-check'
import t from 'tap'
import { isOneSlipAway } from '#domain/addresses/near-address.ts'
import { SEED } from '../seed.ts'

t.test('one letter too many, too few or wrong, or two neighbours swapped', async t => {
  for (const other of ['yamad', 'yamadaa', 'yamads', 'yamdaa', 'amada', 'xyamada', 'aymada'])
    t.equal(isOneSlipAway('yamada', other), true, other)
  for (const other of ['yamada', 'yama', 'yamadaxx', 'ymaaad', 'adamay', '', 'yamsds'])
    t.equal(isOneSlipAway('yamada', other), false, other)
  t.equal(isOneSlipAway('𠮷田', '吉田'), true, 'a letter outside the basic plane is one letter')
})

t.test('it goes both ways, and every single slip is found', async t => {
  const letters = fc.array(fc.constantFrom<string>('a', 'b', 'c', '𠮷'), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(letters, fc.nat(), fc.constantFrom('a', 'b', 'd'), (word, at, letter) => {
      const place = at % word.length
      const text = word.join('')
      const slips = [word.toSpliced(place, 1), word.toSpliced(place, 0, letter), word.toSpliced(place, 1, letter)]
        .map(slip => slip.join(''))
        .filter(slip => slip !== text)
      for (const slip of slips)
        if (!isOneSlipAway(text, slip) || !isOneSlipAway(slip, text)) throw new Error(`${text} ${slip}`)
    }),
    { seed: SEED },
  )
  t.pass()
})
