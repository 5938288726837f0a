import t from 'tap'
import { writtenAddresses } from '#domain/addresses/written-addresses.ts'

t.test('R33: an address is written as its key, and of an international domain in letters too', async t => {
  t.same(writtenAddresses(['a@example.jp', 'xn--b@example.jp']), ['a@example.jp', 'xn--b@example.jp'])
  t.same(writtenAddresses(['a@xn--r8jz45g.jp']), ['a@xn--r8jz45g.jp', 'a@例え.jp'])
  t.same(writtenAddresses(['a@mail.xn--r8jz45g.jp']), ['a@mail.xn--r8jz45g.jp', 'a@mail.例え.jp'])
})
