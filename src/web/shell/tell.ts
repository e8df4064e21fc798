import { wordsOf } from '../data/trouble.ts'
import { wantCorner } from './Corner.tsx'

/** Says in a corner that something worked. */
export function tell(words: string): void {
  void show({ message: words, autoClose: 5_000 })
}

/** Says in a corner what somebody should know and perhaps do something about. Stays until it is closed. */
export function tellNews(title: string, words: string): void {
  // Below a title Mantine greys the words, too pale to be read by everybody.
  void show({ title, message: words, autoClose: false, styles: { description: { color: 'var(--mantine-color-text)' } } })
}

/** Says in a corner what went wrong and what to do. Stays until it is closed. */
export function tellTrouble(error: unknown): void {
  void show({ message: wordsOf(error), color: 'red', autoClose: false, role: 'alert' })
}

async function show(notification: {
  title?: string
  message: string
  color?: string
  autoClose: number | false
  role?: string
  styles?: { description: { color: string } }
}): Promise<void> {
  wantCorner()
  const { notifications } = await import('@mantine/notifications')
  notifications.show(notification)
}
