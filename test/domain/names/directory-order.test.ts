import t from 'tap'
import { outcomeOf, suggestionsOf } from './judged-names.ts'

t.test('R13, R15: a name in directory order is one person', async t => {
  const people = [
    'Smith, John',
    'YAMADA, Taro',
    'van der Berg, Anna',
    'de la Cruz, Juan Carlos',
    'García Márquez, Gabriel',
    'Garcia Lopez, Maria Jose',
    "O'Neill, Patrick",
    'Müller, Hans-Peter',
    'Nguyen, Van An',
    'Kim, Min-jun',
    'Li, Na',
    'Tran, Thi Hoa',
    'Smith, J.',
    'Smith, John Q.',
    'Smith,John',
    'Smith , John',
    'Smith，John',
    'Smith, Jane, Jr.',
    'King, Jr.',
    'King, Jr. Martin Luther',
    'King, Jr.|Martin Luther',
    'Brown, III',
    'Gates, William Henry, III',
    'Williams, PhD',
    'Williams, Ph.D.',
    'Nakamura, MD',
    'Jones, M.D.',
    'Perry, Esq.',
    'Lee, CPA',
    'Adams, PhD, MBA',
    'Smith-Jones, Mary Kelly',
    'St. John, Ian',
    'bin Salman, Mohammed',
    'al-Rashid, Harun',
    'Иванов, Иван',
    'Παπαδόπουλος, Γεώργιος',
    'Tanaka, Yuki',
    'Sato, Izumi',
    'Martin, Thomas',
    'Smith Jones, Mary Kelly',
    '山田, 太郎',
    '김, 민수',
    'Smith,|John',
  ]
  for (const name of people) t.equal(outcomeOf(name), 'accepted', name)
})

t.test('R14: several people with commas between them are refused', async t => {
  const several = [
    'Tanaka, Suzuki',
    'Yamada, Sato',
    'John Smith, Jane Doe',
    'Taro Yamada, Hanako Suzuki',
    'Maria Garcia, Jose Lopez',
    'Yamada, Sato, Suzuki',
    'Smith, Jones, Brown',
    'Smith, John; Doe, Jane',
    'Smith, John and Jane',
    'Smith, John/Jane',
    '山田, 佐藤',
    '山田,佐藤花子',
    '山田、太郎',
    '김민수, 이영희',
    'Michael Brown, Emily White',
    'Hans Müller, Anja Schmidt',
    'Kenji Tanaka, Yuko Sato',
  ]
  for (const name of several) t.equal(outcomeOf(name).split(':')[0], 'several-people', name)
  t.strictSame(suggestionsOf('Tanaka, Suzuki'), ['Tanaka', 'Suzuki'])
})
