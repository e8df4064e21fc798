import { Button, Stack, Text, Title } from '@mantine/core'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { m } from '#messages'
import { queries } from '../data/queries.ts'
import { wordsOf } from '../data/trouble.ts'

/** What stands in place of a page that could not be shown: what happened, and a way to try again. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const again = async () => {
    await queries.resetQueries()
    reset()
    await router.invalidate()
  }
  return (
    <Stack component="main" gap="md" maw={520} mx="auto" p="lg" mt="12vh" align="flex-start" role="alert">
      <Title order={1}>{m.shell_broke()}</Title>
      <Text>{wordsOf(error)}</Text>
      <Button onClick={() => void again()}>{m.shell_broke_again()}</Button>
    </Stack>
  )
}
