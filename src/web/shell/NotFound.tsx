import { Button, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { m } from '#messages'

/** What stands at an address where there is nothing (any more). */
export function NotFound() {
  return (
    <Stack component="main" gap="md" maw={520} mx="auto" p="lg" mt="12vh" align="flex-start">
      <Title order={1}>{m.shell_not_found()}</Title>
      <Text>{m.shell_not_found_why()}</Text>
      <Button component={Link} to="/missions">
        {m.shell_not_found_go()}
      </Button>
    </Stack>
  )
}
