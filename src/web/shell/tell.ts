import { notifications } from '@mantine/notifications'
import { wordsOf } from '../data/trouble.ts'

/** Says in a corner that something worked. */
export function tell(words: string): void {
  notifications.show({ message: words, autoClose: 5_000 })
}

/** Says in a corner what went wrong and what to do. Stays until it is closed. */
export function tellTrouble(error: unknown): void {
  notifications.show({ message: wordsOf(error), color: 'red', autoClose: false, role: 'alert' })
}
