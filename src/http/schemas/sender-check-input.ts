import { Type } from 'typebox'
import { closedObject, component, ref } from '#http/openapi/component.ts'
import { filterId } from '#http/schemas/common.ts'
import { CONTRACT_ID, CUSTOMER_ID } from '#http/schemas/examples.ts'
import { MailAuthenticationInput } from '#http/schemas/sender-authentication.ts'
import { PATTERNS } from '#http/schemas/patterns.ts'

/** The text of a header. Text that no address holds is answered, not refused. */
const header = (description: string, example: string) =>
  Type.String({ maxLength: 65_536, description, examples: [example] })

export const SenderCheckInput = component(
  'SenderCheckInput',
  closedObject(
    {
      from: header(
        'What the `From` header of the mail holds, or a bare address: this address decides (RFC 5322 §3.6.2). Case ' +
          'and width do not matter; an internationalised domain may have either form (R16). Text that is not exactly ' +
          'one address is answered with `invalid_address`, also text that other fields refuse.',
        '"山田" <Yamada.Taro@aozora.example.co.jp>',
      ),
      reply_to: Type.Optional(
        header(
          'What `Reply-To` holds: where an answer would go. The answer says whether it is authorised too.',
          'Yamada.Taro@aozora.example.co.jp',
        ),
      ),
      sender: Type.Optional(
        header(
          'What `Sender` holds: who sent the mail for its author. Shows only whether a program did.',
          'yamada.taro@aozora.example.co.jp',
        ),
      ),
      return_path: Type.Optional(
        header(
          'What `Return-Path` holds, or the address of `MAIL FROM`; `<>` or empty for a bounce.',
          '<yamada.taro@aozora.example.co.jp>',
        ),
      ),
      auto_submitted: Type.Optional(
        header('What `Auto-Submitted` holds (RFC 3834 §5): anything but `no` is a machine.', 'no'),
      ),
      authentication: Type.Optional(ref(MailAuthenticationInput)),
      customer_id: Type.Optional(filterId('Ask only about contracts of this customer.', CUSTOMER_ID)),
      contract_id: Type.Optional(filterId('Ask only about this contract.', CONTRACT_ID)),
      product_id: Type.Optional(filterId('Ask only about contracts of this product.', 'manage_ac')),
      as_of: Type.Optional(
        Type.String({
          format: 'date-time',
          minLength: 20,
          maxLength: 41,
          pattern: PATTERNS.storedYear,
          description:
            'A past moment: was the sender authorised then? RFC 3339. Answers for the past have no entry in ' +
            '`confirm_with`, no `change_request` and no hints.',
          examples: ['2026-04-01T00:30:00.000Z'],
        }),
      ),
    },
    {
      description:
        'Whose inquiry is to be accepted: headers of a mail, each as its text, and the customer, contract or product ' +
        'that the inquiry is about, where that is known. A narrowed check shows nothing of other customers.',
    },
  ),
)

export const SenderCheckBatch = component(
  'SenderCheckBatch',
  closedObject(
    {
      senders: Type.Array(ref(SenderCheckInput), {
        minItems: 1,
        maxItems: 100,
        description: 'Up to 100 checks, each answered by itself, in this order.',
      }),
    },
    { description: 'Several senders.' },
  ),
)
