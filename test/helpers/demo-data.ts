import pino from 'pino'
import type { TestService } from './test-service.ts'
import { registerDemoData } from '#demo/register-demo-data.ts'

/** Registers the demonstration data on the database of a service. */
export async function registerDemoOn({ context }: TestService): Promise<void> {
  await registerDemoData({ ...context, time_zone: 'Asia/Tokyo', logger: pino({ level: 'silent' }) })
}
